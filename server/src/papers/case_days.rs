//! What the papers around the sitting share: the body's place, the appraisal's own sitting, the days of the four stages.
//! What the case does not hold is a line to write on, never left out.

use super::{dates, people};
use crate::documents::official::Fields;
use jiff::civil::Date;
use pingyi_core::Appraisal;
use pingyi_core::appraisal::Names;
use pingyi_core::ids::PersonId;
use pingyi_core::roster::{Attendance, PersonKind};
use pingyi_core::sitting::Sitting;
use pingyi_core::stages::Stage;
use pingyi_core::subject::ReportForm;

/// To be filled in by hand.
pub(super) const TO_FILL: &str = "＿＿＿＿＿＿";
const DAY_TO_FILL: &str = "＿＿＿＿年＿＿月＿＿日";

/// The sitting that heard and measured the duty reports: the first. Later ones measure the rectification.
pub(super) fn first_sitting(case: &Appraisal) -> (&Sitting, &Names) {
    case.past
        .first()
        .map_or((&case.sitting, &case.names), |past| (&past.sitting, &past.names))
}

/// The names of the first sitting, with lines for what nobody has entered.
pub(super) fn occasion(case: &Appraisal, fields: Fields) -> Fields {
    let (_, names) = first_sitting(case);
    let sitting = if names.session_name.is_empty() {
        TO_FILL
    } else {
        &names.session_name
    };
    fields
        .text("会议名称", sitting)
        .text("会议日期", or_line(&names.held_on))
}

/// Whose congress it is: 某区 of 某区人民代表大会常务委员会. The names of the other organs begin with it.
pub(super) fn place(body: &str) -> String {
    let found = body.split_once("人民代表大会").map_or("", |(place, _)| place);
    if found.is_empty() { TO_FILL } else { found }.to_owned()
}

/// A day of the record, or a line for it.
fn or_line(day: &str) -> String {
    pingyi_core::follow_up::day::read(day).map_or_else(|_| DAY_TO_FILL.to_owned(), dates::chinese)
}

pub(super) fn day_or_line(day: Option<Date>) -> String {
    day.map_or_else(|| DAY_TO_FILL.to_owned(), dates::chinese)
}

/// Who came to the first sitting: members, and those attending without a vote.
pub(super) fn came(case: &Appraisal, kind: PersonKind) -> usize {
    let then = case.past.first().map(|past| &past.attendance);
    let attendance = |id: &PersonId, now: Attendance| then.map_or(Some(now), |a| a.get(id).copied());
    let people = case.roster.people.iter().filter(|(_, p)| p.kind == kind);
    people
        .filter_map(|(id, p)| attendance(id, p.attendance))
        .filter(|a| matches!(a, Attendance::Present | Attendance::Left))
        .count()
}

/// How many are appraised, and how they report.
pub(super) fn subjects(case: &Appraisal, fields: Fields) -> Fields {
    let reporting = |form| case.subjects.values().filter(|s| s.report == form).count();
    let count = |n: usize| if n == 0 { String::new() } else { n.to_string() };
    let (oral, written) = (
        count(reporting(ReportForm::Oral)),
        count(reporting(ReportForm::Written)),
    );
    let mut forms = vec![aside(&oral, "口头述职", "名"), aside(&written, "书面述职", "名")];
    forms.retain(|form| !form.is_empty());
    let units: Vec<_> = case.subjects.values().map(|s| s.unit.as_str()).collect();
    people::subjects(case, fields)
        .text("对象数", case.subjects.len().to_string())
        .text("口头述职数", oral)
        .text("书面述职数", written)
        .text("述职说明", forms.join("，"))
        .text("主送单位", units.join("、"))
}

/// The days of the stages as planned; else as far as the case knows them: what was investigated when, and the sitting.
/// And the plan's own texts, whose place the template fills where nobody wrote any.
pub(super) fn stages(case: &Appraisal, fields: Fields) -> Fields {
    let groups = case.investigation.groups.values();
    let activities = groups.flat_map(|g| g.activities.values());
    let days: Vec<_> = activities
        .filter(|a| a.removed_because.is_empty())
        .map(|a| a.on)
        .collect();
    let investigated = days.iter().min().copied().zip(days.iter().max().copied());
    let (_, names) = first_sitting(case);
    let plan = &case.stages.plan;
    let planned = |stage| plan.days.get(&stage).map(|days| (days.first, days.last));
    let sitting = planned(Stage::Sitting).map_or_else(|| or_line(&names.held_on), |days| span(Some(days)));
    let unwritten = |text: &str| if text.is_empty() { "＿" } else { "" };
    fields
        .text("准备时间", span(planned(Stage::Preparation)))
        .text("调查时间", span(planned(Stage::Investigation).or(investigated)))
        .text("会议时间", sitting)
        .text("整改时间", span(planned(Stage::Rectification)))
        .text("指导思想", &plan.guidance)
        .text("指导思想未写", unwritten(&plan.guidance))
        .text("组织领导", &plan.leadership)
        .text("组织领导未写", unwritten(&plan.leadership))
        .text("工作要求", &plan.demands)
        .text("工作要求未写", unwritten(&plan.demands))
}

fn span(days: Option<(Date, Date)>) -> String {
    match days {
        Some((first, last)) if first == last => dates::chinese(first),
        Some((first, last)) => format!("{}至{}", dates::chinese(first), dates::chinese(last)),
        None => format!("{DAY_TO_FILL}至{DAY_TO_FILL}"),
    }
}

/// A part of a sentence that falls away with what it tells of.
pub(super) fn aside(told: &str, before: &str, after: &str) -> String {
    if told.is_empty() {
        String::new()
    } else {
        format!("{before}{told}{after}")
    }
}

/// The investigation groups, each with its people and subjects.
pub(super) fn groups(case: &Appraisal, fields: Fields) -> Fields {
    let groups = case.investigation.groups.values().map(|group| {
        let members: Vec<_> = group.members.iter().map(|p| case.name_of(*p)).collect();
        let subjects: Vec<_> = group.subjects.iter().map(|s| people::name(case, *s)).collect();
        Fields::default()
            .text("名称", &group.name)
            .text("组长", case.name_of(group.leader))
            .text("成员", members.join("、"))
            .text("成员说明", aside(&members.join("、"), "，成员", ""))
            .text("调查对象", subjects.join("、"))
    });
    fields.list("评议工作组", groups)
}
