//! Who is due and present, and who is appraised.

use crate::documents::official::Fields;
use pingyi_core::Appraisal;
use pingyi_core::ballot::{Rule, Secrecy};
use pingyi_core::ids::SubjectId;
use pingyi_core::roster::{Attendance, Person, PersonKind};
use pingyi_core::rules::profile::BlankRule;
use pingyi_core::subject::ReportForm;

pub(super) fn rolls(case: &Appraisal, fields: Fields) -> Fields {
    let of = |kind| {
        let people = case.roster.people.values().filter(move |p| p.kind == kind);
        (1_u32..).zip(people).map(|(n, p)| person(n, p))
    };
    fields
        .list("组成人员", of(PersonKind::Member))
        .list("列席人员", of(PersonKind::Attendee))
}

fn person(number: u32, person: &Person) -> Fields {
    let came = match person.attendance {
        Attendance::Absent => "",
        Attendance::Excused => "请假",
        Attendance::Present | Attendance::Left => "到会",
    };
    Fields::default()
        .text("序号", number.to_string())
        .text("姓名", padded(&person.name))
        .text("职务", &person.title)
        .text("组别", &person.group)
        .text("座位", &person.seat)
        .text("到会", came)
}

pub(super) fn attendance(case: &Appraisal, fields: Fields) -> Fields {
    // Who came and left early was there.
    let came = |kind| {
        let people = case.roster.people.values();
        people
            .filter(|p| p.kind == kind && matches!(p.attendance, Attendance::Present | Attendance::Left))
            .count()
    };
    fields
        .text("应到", case.roster.due().to_string())
        .text("实到", came(PersonKind::Member).to_string())
        .text("法定人数", case.roster.quorum().to_string())
        .text("列席人数", came(PersonKind::Attendee).to_string())
}

pub(super) fn subjects(case: &Appraisal, fields: Fields) -> Fields {
    let subject = |(number, id): (u32, &SubjectId)| {
        let Some(s) = case.subjects.get(id) else {
            return Fields::default();
        };
        Fields::default()
            .text("序号", number.to_string())
            .text("对象", name(case, *id))
            .text("单位", &s.unit)
            .text("职务", &s.post)
            .text("姓名", &s.officer)
            .text(
                "述职方式",
                match s.report {
                    ReportForm::Oral => "口头述职",
                    ReportForm::Written => "书面述职",
                },
            )
            .text("选项栏", boxes(case, *id))
    };
    fields.list("评议对象", (1_u32..).zip(case.subjects.keys()).map(subject))
}

/// A name of two characters takes the room of three, so that names stand under one another.
pub(super) fn padded(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    match chars[..] {
        [family, given] if !name.is_ascii() => format!("{family}\u{3000}{given}"),
        _ => name.to_owned(),
    }
}

/// 出席, 请假, 缺席 and 列席, as the minutes list them.
pub(super) fn came_by_name(case: &Appraisal, fields: Fields) -> Fields {
    let named = |kind, which: &[Attendance]| {
        let people = case.roster.people.values();
        let people = people.filter(|p| p.kind == kind && which.contains(&p.attendance));
        people.map(|p| padded(&p.name)).collect::<Vec<_>>().join("、")
    };
    let (member, came) = (PersonKind::Member, [Attendance::Present, Attendance::Left]);
    fields
        .text("出席名单", named(member, &came))
        .text("请假名单", named(member, &[Attendance::Excused]))
        .text("缺席名单", named(member, &[Attendance::Absent]))
        .text("列席名单", named(PersonKind::Attendee, &came))
}

/// What the ballot paper tells about itself: as the rule will count it.
pub(super) fn ballot_paper(case: &Appraisal, fields: Fields) -> Fields {
    let (secret, named) = match case.settings.secrecy {
        Secrecy::Secret => ("无记名", ""),
        Secrecy::Named => ("", "记名"),
    };
    let blank = match case.profile.blank {
        BlankRule::Invalid => "不选、多选的，该项测评无效",
        BlankRule::Abstain => "不选的，该项按弃权计；多选的，该项测评无效",
        BlankRule::NotCounted => "不选的，该项不计入票数；多选的，该项测评无效",
    };
    fields
        .text("无记名", secret)
        .text("记名", named)
        .text("空白票说明", blank)
}

/// 区教育局局长 张三; the officer's name may be missing.
pub(super) fn name(case: &Appraisal, id: SubjectId) -> String {
    case.subjects.get(&id).map_or_else(String::new, |s| {
        let gap = if s.officer.is_empty() { "" } else { "　" };
        format!("{}{}{gap}{}", s.unit, s.post, s.officer)
    })
}

/// The boxes to tick, as the subject's ballot has them.
fn boxes(case: &Appraisal, id: SubjectId) -> String {
    let own = case.ballot_of_subject(id).map(|(_, b)| b.rule.clone());
    let rule = own.unwrap_or_else(|| Rule::of(&case.profile, 0));
    let boxes: Vec<_> = rule.options.iter().map(|o| format!("□{}", o.label)).collect();
    boxes.join("　")
}

#[cfg(test)]
mod tests {
    use super::padded;

    #[test]
    fn a_name_of_two_characters_takes_the_room_of_three() {
        let names = ["王芳", "欧阳文", "买买提·艾力", "Li", "李"].map(padded);
        assert_eq!(names, ["王　芳", "欧阳文", "买买提·艾力", "Li", "李"]);
    }
}
