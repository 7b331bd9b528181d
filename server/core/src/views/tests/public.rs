//! Nothing is public before its time.

use super::rig::{Hall, ONE};
use super::*;
use crate::follow_up::day;
use crate::issues::{Issue, OpinionText};
use crate::publication::{Part, SetPublication, Timing};
use crate::refusal::Refusal;

fn announced() -> Hall {
    let mut hall = Hall::open(Secrecy::Named, Sheets::Apart);
    hall.open_ballot(ONE);
    hall.close_ballot(ONE);
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    hall
}

fn set(part: Part, timing: Timing) -> (Actor, Command) {
    (DESK, Command::SetPublication(SetPublication { part, timing }))
}

fn public(hall: &Hall) -> BTreeMap<String, Value> {
    view(&hall.case, &Surroundings::default(), Audience::Public)
}

/// Opinions with one issue, approved and in the subject's hands.
fn hand_over(hall: &mut Hall) {
    let today = day::BEIJING.day_of(hall.case.now).unwrap();
    let issue = Issue {
        subject: SubjectId(1),
        category: "民生热点".into(),
        text: "教育资源配置不尽合理".into(),
        sources: Vec::new(),
        merged_into: None,
        dropped_because: String::new(),
    };
    hall.case.issues.issues.insert(IssueId(1), issue);
    let text = OpinionText {
        assessment: "总体较好".into(),
        approved_on: Some(today),
        issues: vec![IssueId(1)],
        ..OpinionText::default()
    };
    hall.case.issues.opinions.insert(SubjectId(1), text);
    let handed = hall.case.follow_up.subjects.entry(SubjectId(1)).or_default();
    (handed.handed_on, handed.received_on) = (Some(today), Some(today));
}

#[test]
fn results_are_public_with_the_announcement_or_when_the_office_says() {
    let mut hall = announced();
    assert!(public(&hall).contains_key("ballot/1"));
    let (desk, held) = set(Part::Results, Timing::Held {});
    hall.go(desk, held).unwrap();
    let shown = public(&hall);
    assert!(!shown.contains_key("ballot/1") && !shown.contains_key("published/1"));
    assert!(!shown["subject/1"].to_string().contains("grade"));

    // An order of this hall comes every ten seconds.
    let at = hall.case.now + 25_000;
    let (desk, later) = set(Part::Results, Timing::At { at });
    hall.go(desk, later).unwrap();
    assert!(!public(&hall).contains_key("ballot/1"), "its time has not come");
    let more = |text: &str| Command::NoteIncident {
        ballot: None,
        text: text.into(),
    };
    hall.go(CHAIR, more("一")).unwrap();
    assert!(public(&hall).contains_key("ballot/1"));
    assert_eq!(public(&hall)["publication"]["parts"][0]["public"], true);
}

#[test]
fn opinions_and_rectification_are_public_only_once_the_office_says_so() {
    let mut hall = announced();
    hand_over(&mut hall);
    let said = |hall: &Hall| public(hall)["published/1"].to_string();
    assert!(!said(&hall).contains("教育资源") && !said(&hall).contains("progress"));
    let (desk, refused) = set(Part::Opinions, Timing::WithAnnouncement {});
    assert_eq!(hall.go(desk, refused), Err(Refusal::NothingDue {}));
    let now = hall.case.now;
    let (desk, opinions) = set(Part::Opinions, Timing::At { at: now });
    hall.go(desk, opinions).unwrap();
    assert!(said(&hall).contains("教育资源配置不尽合理"));
    assert!(!said(&hall).contains("progress"));
    let (desk, progress) = set(Part::Rectification, Timing::At { at: now });
    hall.go(desk, progress).unwrap();
    assert_eq!(public(&hall)["published/1"]["progress"]["not_started"], 1);
    let (desk, back) = set(Part::Opinions, Timing::Held {});
    hall.go(desk, back).unwrap();
    assert!(!said(&hall).contains("教育资源"));
}
