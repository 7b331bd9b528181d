//! The same for what lies around the sitting: preparation, investigation, deliberation, opinions, rectification.
//! Examples for the table of commands, rows for the table of keys, and the orders by which the keys come to be seen.

use crate::course::Row;
use pingyi_core::Appraisal;
use pingyi_core::command::Command;
use pingyi_core::ids::{PersonId, SubjectId};
use pingyi_core::roster::PersonKind;
use pingyi_core::stamp::Actor;

/// Examples as sent, and what they ask for.
pub const EXAMPLES: &[(&str, &str)] = &[
    (
        r#"{"type":"subject.officer/1","body":{"subject":1,"person":31}}"#,
        "who on the roster is the subject's officer; without `person` nobody is",
    ),
    (
        r#"{"type":"sitting.convene/1","body":{"session_name":"第十五次会议","held_on":"2024-03-08"}}"#,
        "the case meets again, after a sitting was closed: own agenda, attendance and rule",
    ),
    (
        r#"{"type":"sitting.cancel/1","body":{}}"#,
        "convened by mistake; only before it opens",
    ),
    (
        r#"{"type":"rectification.order/1","body":{"subject":1,"on":"2024-03-11","until":"2024-05-31","note":"…"}}"#,
        "the council orders continued rectification, after a ballot that asks for it; a further report is due `until`",
    ),
    (
        r#"{"type":"rectification.escalate/1","body":{"subject":1,"step":"talk","on":"2024-06-03","note":"…"}}"#,
        "a step beyond it, on the record",
    ),
    (
        r#"{"type":"ledger.line/1","body":{"issue":1,"entry":{"cause":"…","measure":"…","target":"…","owner":"…","due_on":"2024-02-29","state":"underway"}}}"#,
        "a line of the rectification ledger; a person only as the subject's officer",
    ),
    (
        r#"{"type":"ledger.evidence/1","body":{"issue":1,"document":{"digest":"0000000000000000000000000000000000000000000000000000000000000000","kind":"jpeg","file_name":"…","size_bytes":9}}}"#,
        "evidence, uploaded before; likewise",
    ),
    (
        r#"{"type":"ledger.evidence_remove/1","body":{"issue":1,"digest":"…"}}"#,
        "likewise",
    ),
    (
        r#"{"type":"ledger.plan/1","body":{"subject":1,"on":"","summary":"…"}}"#,
        "files the plan, of today; `document` may be beside it, the desk may name an earlier day",
    ),
    (
        r#"{"type":"ledger.report/1","body":{"subject":1,"on":"","summary":"…"}}"#,
        "files the report of the present round; likewise",
    ),
    (
        r#"{"type":"ledger.accept/1","body":{"subject":1,"matter":"plan"}}"#,
        "the last plan or report is in order",
    ),
    (
        r#"{"type":"ledger.return/1","body":{"subject":1,"matter":"plan","reason":"…"}}"#,
        "it is not; it is due again",
    ),
    (
        r#"{"type":"ledger.committee/1","body":{"subject":1,"name":"…"}}"#,
        "which working committee supervises the subject",
    ),
    (
        r#"{"type":"ledger.check/1","body":{"issue":1,"on":"2024-02-01","by":"…","finding":"perfunctory","note":"…"}}"#,
        "what it found; `perfunctory` and `fake` open a closed line again",
    ),
    (
        r#"{"type":"ledger.close/1","body":{"issue":1,"on":"2024-02-01","by":"…"}}"#,
        "销号",
    ),
    (
        r#"{"type":"ledger.reopen/1","body":{"issue":1,"reason":"…"}}"#,
        "closed too early; takes a new check",
    ),
];

pub const SHARED: &[Row] = rows! {};

pub const OWN: &[Row] = rows! {};

/// The first attendee of the sample: the officer of the first subject.
pub fn officer(case: &Appraisal) -> PersonId {
    let mut people = case.roster.people.iter();
    let attendee = people.find(|(_, p)| p.kind == PersonKind::Attendee);
    *attendee.expect("the sample has attendees").0
}

/// Orders before the sitting opens.
pub fn before(case: &Appraisal) -> Vec<(Actor, Command)> {
    let person = Some(officer(case));
    vec![(
        crate::course::DESK,
        Command::SetOfficer {
            subject: SubjectId(1),
            person,
        },
    )]
}

/// Orders while it is open.
pub fn during(_case: &Appraisal) -> Vec<(Actor, Command)> {
    vec![]
}

/// Orders after it: its first result is announced, the case's clock stands at that moment.
pub fn after(_case: &Appraisal) -> Vec<(Actor, Command)> {
    vec![]
}
