//! The ledger as officer, desk and working committee meet it: who may write what, when a plan can be filed, what a check
//! does to a line, and when a line may be closed.

use super::*;
use crate::Reply;
use crate::appraisal::Reader;
use crate::command::Command;
use crate::follow_up::rounds::Round;
use crate::follow_up::{Progress, day};
use crate::ids::{BallotId, InstantMs, PersonId};
use crate::issues::{Issue, OpinionText};
use crate::limits::EVIDENCE_PER_LINE_MAX;
use crate::outcome::Outcome;
use crate::refusal::{Counted, Refusal, TextField};
use crate::roster::{PersonKind, RosterEntry};
use crate::sitting::SittingState;
use crate::stamp::{Actor, Stamped};
use crate::subject::{DocumentKind, ReportForm, SubjectEntry};
use crate::views::{self, Audience, LedgerLineView, LedgerView, Surroundings};

mod filings;

const DESK: Actor = Actor::Desk { account: 1 };
const OFFICER: Actor = Actor::Person { person: PersonId(1) };
const OTHER: Actor = Actor::Person { person: PersonId(2) };
/// 2023-12-08 10:00 in Beijing.
const SITTING: InstantMs = 1_702_000_800_000;
const DAY_MS: InstantMs = 86_400_000;
const FIRST: IssueId = IssueId(3);
const SECOND: IssueId = IssueId(1);

struct Office {
    case: Appraisal,
    orders: u128,
    /// Days since the sitting.
    days: i64,
}

impl Office {
    /// Two subjects with an officer each; the opinions on the first name two issues and were received on 2023-12-15.
    fn received() -> Office {
        let mut office = Office::approved();
        office.days = 7;
        let opinions = office.case.follow_up.subjects.entry(SubjectId(1)).or_default();
        opinions.handed_on = Some("2023-12-14".parse().unwrap());
        let on = "2023-12-15".into();
        office
            .give(
                DESK,
                Command::ReceiveOpinions {
                    subject: SubjectId(1),
                    on,
                },
            )
            .unwrap();
        office
    }

    fn approved() -> Office {
        let case = Appraisal::new(uuid::Uuid::from_u128(1));
        let mut office = Office {
            case,
            orders: 0,
            days: 0,
        };
        let officer = |n: u32| RosterEntry {
            name: format!("局长{n}"),
            kind: PersonKind::Attendee,
            title: String::new(),
            group: String::new(),
            seat: String::new(),
        };
        let people = vec![officer(1), officer(2)];
        office.give(DESK, Command::ImportRoster { people }).unwrap();
        for n in 1..=2 {
            let subject = SubjectEntry {
                officer: String::new(),
                post: "局长".into(),
                unit: format!("单位{n}"),
                report: ReportForm::Oral,
            };
            office.give(DESK, Command::AddSubject { subject }).unwrap();
            let officer = Command::SetOfficer {
                subject: SubjectId(n),
                person: Some(PersonId(n)),
            };
            office.give(DESK, officer).unwrap();
        }
        office.case.sitting.state = SittingState::Closed;
        office.case.sitting.closed_at = SITTING;
        for id in [SECOND, IssueId(2), FIRST] {
            let issue = Issue {
                subject: SubjectId(1),
                category: "民生热点".into(),
                text: format!("问题{id}"),
                sources: Vec::new(),
                merged_into: None,
                dropped_because: String::new(),
            };
            office.case.issues.issues.insert(id, issue);
        }
        let opinions = OpinionText {
            approved_on: Some("2023-12-13".parse().unwrap()),
            issues: vec![FIRST, SECOND],
            ..OpinionText::default()
        };
        office.case.issues.opinions.insert(SubjectId(1), opinions);
        office
    }

    fn outcome(&mut self, actor: Actor, command: Command) -> Outcome {
        self.orders += 1;
        self.case.apply(&Stamped {
            id: uuid::Uuid::from_u128(self.orders),
            actor,
            at: SITTING + self.days * DAY_MS,
            expects: None,
            command,
        })
    }

    fn give(&mut self, actor: Actor, command: Command) -> Result<Reply, Refusal> {
        self.outcome(actor, command).verdict
    }

    fn write(&mut self, actor: Actor, issue: IssueId, entry: LineEntry) -> Result<Reply, Refusal> {
        self.give(actor, Command::SetLine(SetLine { issue, entry }))
    }

    fn plan_all(&mut self) {
        for issue in [FIRST, SECOND] {
            self.write(OFFICER, issue, planned("2024-02-29")).unwrap();
        }
    }

    fn file_plan(&mut self, actor: Actor) -> Result<Reply, Refusal> {
        self.give(actor, Command::FilePlan(filing("")))
    }

    fn check(&mut self, on: &str, finding: CheckFinding) -> Result<Reply, Refusal> {
        let order = AddCheck {
            issue: FIRST,
            on: on.into(),
            by: "教科文卫工委".into(),
            finding,
            note: "到校查看".into(),
        };
        self.give(DESK, Command::AddCheck(order))
    }

    fn close(&mut self, on: &str) -> Result<Reply, Refusal> {
        let order = CloseLine {
            issue: FIRST,
            on: on.into(),
            by: "教科文卫工委".into(),
        };
        self.give(DESK, Command::CloseLine(order))
    }

    fn line(&self, audience: Audience) -> Option<LedgerLineView> {
        let value = views::render(
            &self.case,
            &Surroundings::default(),
            audience,
            crate::outcome::Key::LedgerLine(FIRST),
        )?;
        serde_json::from_value(value).ok()
    }

    fn ledger(&self, audience: Audience) -> Option<LedgerView> {
        let key = crate::outcome::Key::Ledger(SubjectId(1));
        let value = views::render(&self.case, &Surroundings::default(), audience, key)?;
        serde_json::from_value(value).ok()
    }

    fn done_on(&self, matter: DueMatter) -> Option<String> {
        let due = self.case.due(matter, Some(SubjectId(1)))?;
        due.done_on.map(day::write)
    }
}

fn planned(due_on: &str) -> LineEntry {
    LineEntry {
        cause: "学位供给跟不上".into(),
        measure: "新增学位600个".into(),
        target: "消除大班额".into(),
        owner: "基教科 王科长".into(),
        due_on: due_on.into(),
        state: LineState::Underway,
    }
}

fn done() -> LineEntry {
    LineEntry {
        state: LineState::Done,
        ..planned("2024-02-29")
    }
}

fn filing(on: &str) -> FilingEntry {
    FilingEntry {
        subject: SubjectId(1),
        on: on.into(),
        summary: "见附件。".into(),
        document: Some(photo(7)),
    }
}

fn photo(n: u32) -> Document {
    Document {
        digest: format!("{n:064x}"),
        kind: DocumentKind::Jpeg,
        file_name: format!("现场{n}.jpg"),
        size_bytes: 9,
    }
}

#[test]
fn the_lines_are_the_approved_opinions_and_come_with_the_receipt() {
    let mut office = Office::approved();
    assert_eq!(office.write(OFFICER, FIRST, planned("")), Err(Refusal::NoSuchIssue {}));
    assert!(office.ledger(Audience::Desk).is_none());
    let mut office = Office::received();
    let lines: Vec<_> = office.case.ledger_lines(SubjectId(1)).map(|(id, _)| id).collect();
    assert_eq!(lines, [FIRST, SECOND], "in the order of the document");
    assert_eq!(office.ledger(Audience::Desk).unwrap().counts.not_started, 2);
    assert_eq!(
        office.write(OFFICER, IssueId(2), planned("")),
        Err(Refusal::NoSuchIssue {}),
        "what the council did not approve is no line"
    );
    let taken_back = Command::ReceiveOpinions {
        subject: SubjectId(1),
        on: String::new(),
    };
    let outcome = office.outcome(DESK, taken_back);
    assert!(outcome.touched.keys.contains(&crate::outcome::Key::LedgerLine(FIRST)));
    assert!(office.line(Audience::Desk).is_none());
}

#[test]
fn an_officer_writes_the_own_lines_only() {
    let mut office = Office::received();
    assert_eq!(
        office.write(OTHER, FIRST, planned("2024-02-29")),
        Err(Refusal::NotAllowed {})
    );
    office.write(OFFICER, FIRST, planned("2024-02-29")).unwrap();
    office.write(DESK, FIRST, done()).unwrap();
    let line = office.line(Audience::Desk).unwrap();
    assert_eq!((line.number, line.state), (1, LineState::Done));
    assert_eq!(line.ends_at, day::BEIJING.end_of("2024-02-29".parse().unwrap()));
    let own = views::mine(&office.case, &Surroundings::default(), PersonId(1));
    assert!(own.contains_key("my_ledger/1") && own.contains_key("my_line/3"));
    let others = views::mine(&office.case, &Surroundings::default(), PersonId(2));
    assert!(!others.keys().any(|k| k.starts_with("my_l")));
    let first = "2023-12-15".to_owned();
    assert_eq!(
        office.write(OFFICER, FIRST, planned("2023-12-14")),
        Err(Refusal::DayTooEarly { first })
    );
    let check = Command::NameCommittee(NameCommittee {
        subject: SubjectId(1),
        name: "教科文卫工委".into(),
    });
    assert_eq!(office.give(OFFICER, check.clone()), Err(Refusal::NotAllowed {}));
    office.give(DESK, check).unwrap();
    assert_eq!(office.ledger(Audience::Member).unwrap().committee, "教科文卫工委");
}

#[test]
fn a_line_is_closed_when_carried_out_and_found_sound() {
    let mut office = Office::received();
    office.plan_all();
    office.days = 60;
    assert_eq!(office.close("2024-02-05"), Err(Refusal::LineNotDone {}));
    office.write(OFFICER, FIRST, done()).unwrap();
    assert_eq!(office.close("2024-02-05"), Err(Refusal::LineNotChecked {}));
    office.check("2024-02-01", CheckFinding::Partial).unwrap();
    assert_eq!(office.close("2024-02-05"), Err(Refusal::LineNotChecked {}));
    let first = "2024-02-01".to_owned();
    assert_eq!(
        office.check("2024-01-31", CheckFinding::Sound),
        Err(Refusal::DayTooEarly { first })
    );
    office.check("2024-02-04", CheckFinding::Sound).unwrap();
    assert!(office.line(Audience::Desk).unwrap().may_close);
    let first = "2024-02-04".to_owned();
    assert_eq!(office.close("2024-02-03"), Err(Refusal::DayTooEarly { first }));
    office.close("2024-02-05").unwrap();
    assert_eq!(office.case.line_counts(SubjectId(1)).closed, 1);
    assert_eq!(office.write(OFFICER, FIRST, done()), Err(Refusal::LineClosed {}));
    let evidence = AddEvidence {
        issue: FIRST,
        document: photo(1),
    };
    assert_eq!(
        office.give(OFFICER, Command::AddEvidence(evidence)),
        Err(Refusal::LineClosed {})
    );
}

#[test]
fn a_reopened_line_needs_a_new_check() {
    let mut office = Office::received();
    office.plan_all();
    office.days = 60;
    let reopen = |reason: &str| {
        let reason = reason.to_owned();
        Command::ReopenLine(ReopenLine { issue: FIRST, reason })
    };
    assert_eq!(office.give(DESK, reopen("反弹")), Err(Refusal::LineOpen {}));
    office.write(OFFICER, FIRST, done()).unwrap();
    office.check("2024-02-04", CheckFinding::Sound).unwrap();
    office.close("2024-02-05").unwrap();
    assert!(matches!(
        office.give(DESK, reopen("")),
        Err(Refusal::TextMissing { .. })
    ));
    office.give(DESK, reopen("春季学期反弹")).unwrap();
    assert_eq!(office.line(Audience::Desk).unwrap().state, LineState::Underway);
    office.write(OFFICER, FIRST, done()).unwrap();
    assert_eq!(
        office.close("2024-02-06"),
        Err(Refusal::LineNotChecked {}),
        "the check from before the reopening says nothing of what came after"
    );
    office.check("2024-02-06", CheckFinding::Sound).unwrap();
    office.close("2024-02-06").unwrap();
}

#[test]
fn a_fake_rectification_opens_the_line_again_and_members_see_it() {
    let mut office = Office::received();
    office.plan_all();
    office.days = 60;
    office.write(OFFICER, FIRST, done()).unwrap();
    office.check("2024-02-01", CheckFinding::Sound).unwrap();
    office.close("2024-02-01").unwrap();
    let wordless = AddCheck {
        issue: FIRST,
        on: "2024-02-05".into(),
        by: "教科文卫工委".into(),
        finding: CheckFinding::Fake,
        note: String::new(),
    };
    let field = TextField::Note;
    assert_eq!(
        office.give(DESK, Command::AddCheck(wordless)),
        Err(Refusal::TextMissing { field }),
        "such a finding says what was seen"
    );
    office.check("2024-02-05", CheckFinding::Fake).unwrap();
    let line = office.line(Audience::Member).unwrap();
    assert!(line.closed.is_none() && line.state == LineState::Underway);
    let last = line.checks.last().unwrap();
    assert_eq!((last.finding, last.note.as_str()), (CheckFinding::Fake, ""));
    let counts = office.case.line_counts(SubjectId(1));
    assert_eq!((counts.closed, counts.condemned), (0, 1));
}

#[test]
fn evidence_has_a_bound_and_is_for_office_and_officer() {
    let mut office = Office::received();
    let add = |n| {
        Command::AddEvidence(AddEvidence {
            issue: FIRST,
            document: photo(n),
        })
    };
    assert_eq!(office.give(OTHER, add(1)), Err(Refusal::NotAllowed {}));
    for n in 1..=EVIDENCE_PER_LINE_MAX as u32 {
        office.give(OFFICER, add(n)).unwrap();
    }
    office.give(OFFICER, add(1)).unwrap();
    let of = Counted::Evidence;
    let max = EVIDENCE_PER_LINE_MAX as u32;
    assert_eq!(office.give(OFFICER, add(99)), Err(Refusal::TooMany { of, max }));
    let remove = Command::RemoveEvidence(RemoveEvidence {
        issue: FIRST,
        digest: photo(1).digest,
    });
    office.give(OFFICER, remove.clone()).unwrap();
    assert_eq!(office.give(OFFICER, remove), Err(Refusal::NoSuchDocument {}));
    assert_eq!(office.line(Audience::Desk).unwrap().evidence.len(), 19);
    assert!(office.line(Audience::Member).unwrap().evidence.is_empty());
    assert!(office.line(Audience::Public).is_none() && office.line(Audience::Projector).is_none());
}

#[test]
fn evidence_is_opened_by_office_and_officer_a_filed_plan_by_everybody_in_the_room() {
    let mut office = Office::received();
    office.plan_all();
    let (issue, document) = (FIRST, photo(1));
    office
        .give(OFFICER, Command::AddEvidence(AddEvidence { issue, document }))
        .unwrap();
    office.file_plan(OFFICER).unwrap();
    let opens = |office: &Office, n, reader| office.case.document(&photo(n).digest, reader).is_some();
    let (officer, other) = (Reader::Person(PersonId(1)), Reader::Person(PersonId(2)));
    for (reader, evidence, plan) in [
        (Reader::Desk, true, true),
        (officer, true, true),
        (other, false, true),
        (Reader::Station, false, false),
    ] {
        assert_eq!((opens(&office, 1, reader), opens(&office, 7, reader)), (evidence, plan));
    }
    let reason = "不具体".into();
    let (subject, matter) = (SubjectId(1), DueMatter::Plan);
    let give_back = ReturnFiling {
        subject,
        matter,
        reason,
    };
    office.give(DESK, Command::ReturnFiling(give_back)).unwrap();
    assert!(opens(&office, 7, officer) && !opens(&office, 7, other));
    assert!(office.case.may_file_documents(PersonId(1)) && !office.case.may_file_documents(PersonId(2)));
}

#[test]
fn a_ledger_survives_its_snapshot() {
    let mut office = Office::received();
    office.plan_all();
    office.file_plan(OFFICER).unwrap();
    office.check("2023-12-15", CheckFinding::Perfunctory).unwrap();
    let kept = serde_json::to_string(&office.case).unwrap();
    assert_eq!(serde_json::from_str::<Appraisal>(&kept).unwrap(), office.case);
}

/// What the officer is still writing is nobody's business: members read it once it is filed as the plan.
#[test]
fn members_read_no_draft_of_a_plan() {
    let mut office = Office::received();
    office.plan_all();
    let drafted = office.line(Audience::Member).unwrap();
    let texts = |l: &LedgerLineView| [&l.cause, &l.measure, &l.target, &l.owner, &l.due_on].map(String::clone);
    assert_eq!(texts(&drafted), <[String; 5]>::default());
    assert_eq!(drafted.ends_at, None);
    assert_eq!((drafted.text.as_str(), drafted.state), ("问题3", LineState::Underway));
    assert_eq!(office.line(Audience::Desk).unwrap().measure, "新增学位600个");
    office.file_plan(OFFICER).unwrap();
    let filed = office.line(Audience::Member).unwrap();
    assert_eq!(filed.measure, "新增学位600个");
    assert_eq!(filed.due_on, "2024-02-29");
    let give_back = ReturnFiling {
        subject: SubjectId(1),
        matter: DueMatter::Plan,
        reason: "措施不具体".into(),
    };
    let outcome = office.outcome(DESK, Command::ReturnFiling(give_back));
    assert!(outcome.touched.keys.contains(&crate::outcome::Key::LedgerLine(FIRST)));
    assert_eq!(office.line(Audience::Member).unwrap().measure, "");
}

/// Or the proof of a fake rectification would be gone by the evening.
#[test]
fn an_officer_takes_back_no_evidence_that_was_checked() {
    let mut office = Office::received();
    let add = |n| {
        Command::AddEvidence(AddEvidence {
            issue: FIRST,
            document: photo(n),
        })
    };
    let remove = |n| {
        Command::RemoveEvidence(RemoveEvidence {
            issue: FIRST,
            digest: photo(n).digest,
        })
    };
    office.give(OFFICER, add(1)).unwrap();
    office.give(OFFICER, add(2)).unwrap();
    office.give(OFFICER, remove(1)).expect("nobody has looked at it");
    office.check("2023-12-15", CheckFinding::Fake).unwrap();
    assert_eq!(office.give(OFFICER, remove(2)), Err(Refusal::EvidenceChecked {}));
    office.give(OFFICER, add(3)).unwrap();
    office.give(DESK, remove(2)).expect("the office may, on the record");
}
