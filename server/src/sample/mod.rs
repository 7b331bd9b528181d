//! The sample case, taken from the seed speech: a district committee of 28 members, two officers reporting orally, two
//! in writing, the agenda in the speech's order. Names are neutral placeholders.

pub mod whole;

use jiff::civil::Date;
use pingyi_core::ballot::{Secrecy, TallyDisplay};
use pingyi_core::command::{AgendaEntry, Command, RosterEntry, SubjectEntry};
use pingyi_core::ids::SubjectId;
use pingyi_core::inquiry::QuestionReview;
use pingyi_core::roster::PersonKind;
use pingyi_core::sitting::ItemKind;
use pingyi_core::subject::ReportForm;

pub const BODY_NAME: &str = "某区人民代表大会常务委员会";
pub const TITLE: &str = "2023年述职评议";
pub const SESSION: &str = "区九届人大常委会述职评议会议";
pub const HELD_ON: &str = "2023-11-24";
pub const MEMBERS: u32 = 28;
pub const ATTENDEES: u32 = 3;

/// How the sample case differs from one time to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    pub secrecy: Secrecy,
    pub evaluation: Evaluation,
    /// Members on the roster, at least `MEMBERS`.
    pub members: u32,
}

impl Default for Sample {
    fn default() -> Self {
        Sample {
            secrecy: Secrecy::Secret,
            evaluation: Evaluation::OneByOne,
            members: MEMBERS,
        }
    }
}

/// How the four subjects are evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evaluation {
    OneByOne,
    OneSheet,
}

/// A duty report of the sample: whose, under which file name, its text.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    pub subject: SubjectId,
    pub file_name: &'static str,
    pub text: &'static str,
}

pub const REPORTS: [Report; 4] = [
    Report {
        subject: SubjectId(1),
        file_name: "区教育局述职报告.md",
        text: include_str!("education.md"),
    },
    Report {
        subject: SubjectId(2),
        file_name: "区工信局述职报告.md",
        text: include_str!("industry.md"),
    },
    Report {
        subject: SubjectId(3),
        file_name: "区卫生健康局述职报告.md",
        text: include_str!("health.md"),
    },
    Report {
        subject: SubjectId(4),
        file_name: "区乡村振兴局述职报告.md",
        text: include_str!("countryside.md"),
    },
];

pub fn describe() -> Command {
    Command::DescribeCase {
        title: TITLE.into(),
        body_name: BODY_NAME.into(),
        session_name: SESSION.into(),
        held_on: HELD_ON.into(),
    }
}

/// The same held on another day.
pub fn describe_on(day: Date) -> Command {
    Command::DescribeCase {
        title: format!("{}年述职评议", day.year()),
        body_name: BODY_NAME.into(),
        session_name: SESSION.into(),
        held_on: day.to_string(),
    }
}

/// 28 members in four groups, and three deputies who attend without a vote.
pub fn roster() -> Vec<RosterEntry> {
    roster_of(MEMBERS)
}

/// The same with more members: a hall as large as a congress.
pub fn roster_of(members: u32) -> Vec<RosterEntry> {
    let groups = ["第一组", "第二组", "第三组", "第四组"];
    let member = |n: u32| RosterEntry {
        name: format!("委员{n:02}"),
        kind: PersonKind::Member,
        title: match n {
            1 => "主任".into(),
            2..=5 => "副主任".into(),
            _ => "委员".into(),
        },
        group: groups[(n as usize - 1) / 7 % groups.len()].into(),
        seat: format!("{}排{}座", (n - 1) / 7 + 1, (n - 1) % 7 + 1),
    };
    let attendee = |n: u32| RosterEntry {
        name: format!("列席代表{n:02}"),
        kind: PersonKind::Attendee,
        title: "区人大代表".into(),
        group: String::new(),
        seat: format!("列席{n}座"),
    };
    (1..=members).map(member).chain((1..=ATTENDEES).map(attendee)).collect()
}

/// PINs of the 28 members and the attendees: four digits each, the same in every run so that a rehearsal can be repeated.
pub fn pins() -> Vec<String> {
    (1..=MEMBERS + ATTENDEES)
        .map(|n| format!("{:04}", (n * 2_711 + 1_013) % 10_000))
        .collect()
}

pub fn subjects() -> Vec<Command> {
    let subject = |unit: &str, report| Command::AddSubject {
        subject: SubjectEntry {
            officer: String::new(),
            post: "局长".into(),
            unit: unit.into(),
            report,
        },
    };
    vec![
        subject("区教育局", ReportForm::Oral),
        subject("区工信局", ReportForm::Oral),
        subject("区卫生健康局", ReportForm::Written),
        subject("区乡村振兴局", ReportForm::Written),
    ]
}

/// Oral reports and answers on the spot, written reports, deliberation, the evaluation of all four, the speech.
pub fn agenda() -> Command {
    agenda_of(Evaluation::OneByOne)
}

pub fn agenda_of(evaluation: Evaluation) -> Command {
    let item = |kind, title: &str, subject: Option<u32>| AgendaEntry {
        kind,
        title: title.into(),
        subject: subject.map(SubjectId),
        subjects: Vec::new(),
    };
    let mut items = vec![
        item(ItemKind::Opening, "签到，宣布开会", None),
        item(ItemKind::Report, "区教育局主要负责同志口头述职", Some(1)),
        item(ItemKind::Report, "区工信局主要负责同志口头述职", Some(2)),
        item(ItemKind::Inquiry, "询问与现场答复", None),
        item(ItemKind::Report, "区卫生健康局主要负责同志书面述职", Some(3)),
        item(ItemKind::Report, "区乡村振兴局主要负责同志书面述职", Some(4)),
        item(ItemKind::Deliberation, "审议", None),
    ];
    match evaluation {
        Evaluation::OneByOne => items.extend([
            item(ItemKind::Evaluation, "民主测评：区教育局", Some(1)),
            item(ItemKind::Evaluation, "民主测评：区工信局", Some(2)),
            item(ItemKind::Evaluation, "民主测评：区卫生健康局", Some(3)),
            item(ItemKind::Evaluation, "民主测评：区乡村振兴局", Some(4)),
        ]),
        Evaluation::OneSheet => items.push(AgendaEntry {
            subjects: (1..=4).map(SubjectId).collect(),
            ..item(ItemKind::Evaluation, "民主测评：四个单位一张票", None)
        }),
    }
    items.push(item(ItemKind::Speech, "常委会主任讲话", None));
    Command::SetAgenda { items }
}

pub fn settings(secrecy: Secrecy) -> Command {
    Command::ChangeSettings {
        question_review: QuestionReview::AtOnce,
        tally_display: TallyDisplay::Live,
        written_answer_days: 15,
        ballot_limit_s: 120,
        secrecy,
    }
}

/// What simulated members ask, by subject.
pub const QUESTIONS: [(u32, &str); 10] = [
    (1, "部分农村学校仍有班额超过50人的班级，什么时候能够消除？"),
    (1, "公办幼儿园学位不足，明年新增学位有什么安排？"),
    (1, "教育资源配置不尽合理的问题，下一步准备怎样解决？"),
    (1, "乡镇教师编制空缺较多，如何补充和稳定教师队伍？"),
    (2, "对中小企业的服务力度不够，数字化转型补贴何时兑付？"),
    (2, "工业园区夏季用电紧张，有没有保障方案？"),
    (3, "医疗卫生保障体系还不健全，乡镇卫生院缺医生怎么办？"),
    (3, "基层疫情防控和日常诊疗如何统筹？"),
    (4, "巩固脱贫成果同乡村振兴的衔接谋划不足，今后怎样改进？"),
    (4, "已建成的扶贫产业项目，后续怎样管护、怎样让群众长期受益？"),
];
