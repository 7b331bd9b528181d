//! Courses of a rectification: what the ledger shows follows from opinions, receipt and every line's story.

use super::follow::follow;
use super::*;
use crate::follow_up::DueMatter;
use crate::ids::IssueId;
use crate::issues::{Issue, OpinionText};
use crate::ledger::{
    AddCheck, AddEvidence, CheckFinding, CloseLine, FilingEntry, LineEntry, LineState, NameCommittee, RemoveEvidence,
    ReopenLine, ReturnFiling, SetLine, TakeFiling,
};
use crate::subject::Document;

const OFFICER: u32 = MEMBERS + 1;
/// START in Beijing.
const TODAY: &str = "2024-01-01";

/// Both subjects' opinions are approved and handed over, the first subject's received too.
fn handed_over() -> Appraisal {
    let mut case = prepared_case(Sheets::Apart);
    for n in 1..=2 {
        let subject = SubjectId(n);
        let issues = [IssueId(n), IssueId(n + 2)];
        for id in issues {
            let issue = Issue {
                subject,
                category: "民生热点".into(),
                text: "学位不足".into(),
                sources: Vec::new(),
                merged_into: None,
                dropped_because: String::new(),
            };
            case.issues.issues.insert(id, issue);
        }
        let today = Some(TODAY.parse().unwrap());
        let text = OpinionText {
            approved_on: today,
            issues: issues.to_vec(),
            ..OpinionText::default()
        };
        case.issues.opinions.insert(subject, text);
        let opinions = case.follow_up.subjects.entry(subject).or_default();
        opinions.handed_on = today;
        opinions.received_on = today.filter(|_| n == 1);
    }
    case.subjects.get_mut(&SubjectId(1)).unwrap().person = Some(PersonId(OFFICER));
    case
}

fn document() -> Document {
    Document {
        digest: "e".repeat(64),
        kind: DocumentKind::Jpeg,
        file_name: "现场.jpg".into(),
        size_bytes: 9,
    }
}

fn entry(state: LineState) -> LineEntry {
    LineEntry {
        cause: String::new(),
        measure: "新增学位".into(),
        target: String::new(),
        owner: "基教科".into(),
        due_on: "2024-02-29".into(),
        state,
    }
}

/// Of office and officer alike.
fn kept() -> impl Strategy<Value = Command> {
    let issue = (1..5_u32).prop_map(IssueId);
    let state = prop_oneof![1 => Just(LineState::Underway), 3 => Just(LineState::Done)];
    let filing = (1..3_u32).prop_map(|n| FilingEntry {
        subject: SubjectId(n),
        on: String::new(),
        summary: "见附件".into(),
        document: Some(document()),
    });
    prop_oneof![
        6 => (issue.clone(), state).prop_map(|(issue, state)| Command::SetLine(SetLine { issue, entry: entry(state) })),
        1 => issue.clone().prop_map(|issue| Command::AddEvidence(AddEvidence { issue, document: document() })),
        1 => issue.prop_map(|issue| Command::RemoveEvidence(RemoveEvidence { issue, digest: document().digest })),
        2 => filing.clone().prop_map(Command::FilePlan),
        1 => filing.prop_map(Command::FileRectification),
    ]
}

/// Of the office alone.
fn supervised() -> impl Strategy<Value = Command> {
    let issue = (1..5_u32).prop_map(IssueId);
    let subject = (1..3_u32).prop_map(SubjectId);
    let matter = prop_oneof![3 => Just(DueMatter::Plan), 1 => Just(DueMatter::Report)];
    let on = prop_oneof![1 => Just(String::new()), 4 => Just(TODAY.to_owned())];
    let finding =
        prop_oneof![4 => Just(CheckFinding::Sound), 1 => Just(CheckFinding::Partial), 1 => Just(CheckFinding::Fake)];
    prop_oneof![
        4 => (issue.clone(), finding).prop_map(|(issue, finding)| Command::AddCheck(AddCheck { issue, on: TODAY.into(), by: "财经工委".into(), finding, note: "查看".into() })),
        4 => issue.clone().prop_map(|issue| Command::CloseLine(CloseLine { issue, on: TODAY.into(), by: "财经工委".into() })),
        2 => issue.prop_map(|issue| Command::ReopenLine(ReopenLine { issue, reason: "反弹".into() })),
        1 => subject.clone().prop_map(|subject| Command::NameCommittee(NameCommittee { subject, name: "财经工委".into() })),
        1 => (subject.clone(), matter.clone()).prop_map(|(subject, matter)| Command::TakeFiling(TakeFiling { subject, matter })),
        1 => (subject.clone(), matter).prop_map(|(subject, matter)| Command::ReturnFiling(ReturnFiling { subject, matter, reason: "不具体".into() })),
        2 => (subject.clone(), on).prop_map(|(subject, on)| Command::ReceiveOpinions { subject, on }),
        1 => subject.prop_map(|subject| Command::SetOfficer { subject, person: Some(PersonId(OFFICER)) }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn any_course_of_a_rectification_shows_what_a_rebuild_shows(course in prop::collection::vec(prop_oneof![
        kept().prop_map(|c| (DESK, c)),
        kept().prop_map(|c| (person(OFFICER), c)),
        supervised().prop_map(|c| (DESK, c)),
    ], 1..60)) {
        follow(course, handed_over())?;
    }
}
