//! Properties over random courses of a sitting: incremental views equal rebuilt ones, secrets stay where they belong,
//! a refused command changes nothing, invariants hold, the same records give the same state.

use super::*;
use crate::ballot::{BallotState, PaperCount, Secrecy, TallyDisplay, VoidCause};
use crate::command::{AgendaEntry, Command, RosterEntry, SubjectEntry};
use crate::duties::{OfficeWork, Work};
use crate::ids::{BallotId, IssueId, ItemId, QuestionId, QuestionnaireId, SubjectId};
use crate::inquiry::{QuestionReview, Visibility};
use crate::outcome::Touched;
use crate::questionnaire::{
    Access, AnswerForm, Answering, CountQuestionnaire, SetQuestionnaire, SurveyQuestion, count,
};
use crate::roster::{Attendance, PersonKind, Way};
use crate::scrutiny::Step;
use crate::sitting::{ConsoleSeat, ItemKind, Screen};
use crate::stamp::{Actor, Expects, Stamped};
use crate::subject::{DocumentKind, ReportForm};
use crate::{duties, invariants};
use proptest::prelude::*;

mod follow;
mod later;
mod ledger;
mod left_behind;
mod mixed;
mod officer;
mod orders;
mod public;
mod rig;
mod rounds;
mod rule;
mod sheet;
mod whole_case;

use follow::{expects, follow};
use orders::{orders, preparations};

const CHAIR: Actor = Actor::Console {
    seat: ConsoleSeat::Chair,
};
const OPERATOR: Actor = Actor::Console {
    seat: ConsoleSeat::Operator,
};
const DESK: Actor = Actor::Desk { account: 1 };
const MEMBERS: u32 = 5;
const START: i64 = crate::limits::CLOCK_FIRST_MS;

fn person(n: u32) -> Actor {
    Actor::Person { person: PersonId(n) }
}

/// Whether the two subjects are evaluated one after the other or on one sheet.
#[derive(Clone, Copy)]
pub enum Sheets {
    Apart,
    One,
}

/// A prepared case whose sitting is open.
fn open_case(secrecy: Secrecy, sheets: Sheets) -> Appraisal {
    let mut case = prepared_case(sheets);
    let stamped = Stamped {
        id: id(6),
        actor: DESK,
        at: START + 4,
        expects: None,
        command: crate::rules::built_in::usual_confirmed(secrecy),
    };
    assert!(case.apply(&stamped).verdict.is_ok());
    let settings = Command::ChangeSettings {
        question_review: QuestionReview::First,
        tally_display: TallyDisplay::Live,
        written_answer_days: 15,
        ballot_limit_s: 120,
        secrecy,
    };
    let stamped = Stamped {
        id: id(5),
        actor: DESK,
        at: START + 4,
        expects: None,
        command: settings,
    };
    assert!(case.apply(&stamped).verdict.is_ok());
    let stamped = Stamped {
        id: id(4),
        actor: CHAIR,
        at: START + 4,
        expects: None,
        command: Command::OpenSitting {},
    };
    assert!(case.apply(&stamped).verdict.is_ok());
    case
}

/// A case with five members, one attendee, two subjects, an agenda.
fn prepared_case(sheets: Sheets) -> Appraisal {
    let mut case = Appraisal::new(case_id(1));
    let row = |n: u32| RosterEntry {
        name: format!("委员{n:02}"),
        kind: if n > MEMBERS {
            PersonKind::Attendee
        } else {
            PersonKind::Member
        },
        title: String::new(),
        group: if n.is_multiple_of(2) {
            "第一组".into()
        } else {
            String::new()
        },
        seat: String::new(),
    };
    let subject = |unit: &str| Command::AddSubject {
        subject: SubjectEntry {
            officer: String::new(),
            post: "局长".into(),
            unit: unit.into(),
            report: ReportForm::Oral,
        },
    };
    let item = |kind, subjects: &[u32]| AgendaEntry {
        kind,
        title: "项".into(),
        subject: subjects.first().filter(|_| subjects.len() == 1).map(|s| SubjectId(*s)),
        subjects: subjects
            .iter()
            .filter(|_| subjects.len() > 1)
            .map(|s| SubjectId(*s))
            .collect(),
    };
    let mut agenda = vec![item(ItemKind::Opening, &[]), item(ItemKind::Inquiry, &[])];
    agenda.extend(match sheets {
        Sheets::Apart => vec![item(ItemKind::Evaluation, &[1]), item(ItemKind::Evaluation, &[2])],
        Sheets::One => vec![item(ItemKind::Evaluation, &[1, 2])],
    });
    let start = [
        (
            DESK,
            Command::ImportRoster {
                people: (1..=MEMBERS + 1).map(row).collect(),
            },
        ),
        (DESK, subject("区教育局")),
        (DESK, subject("区工信局")),
        (DESK, Command::SetAgenda { items: agenda }),
    ];
    case.confirmed = case.profile.assumed.clone();
    for (n, (actor, command)) in start.into_iter().enumerate() {
        let stamped = Stamped {
            id: id(n as u128),
            actor,
            at: START + n as i64,
            expects: None,
            command,
        };
        assert!(case.apply(&stamped).verdict.is_ok());
    }
    case
}

fn case_id(n: u128) -> crate::ids::AppraisalId {
    uuid::Uuid::from_u128(n)
}

fn id(n: u128) -> crate::ids::CommandId {
    uuid::Uuid::from_u128(1_000_000 + n)
}

/// Fewer than proptest would run by itself; its own variable asks for more.
#[allow(clippy::disallowed_methods)]
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(150)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn any_course_of_a_sitting_keeps_views_secrets_and_accounts(secret in any::<bool>(), one_sheet in any::<bool>(), course in prop::collection::vec(orders(), 1..80)) {
        let secrecy = if secret { Secrecy::Secret } else { Secrecy::Named };
        let sheets = if one_sheet { Sheets::One } else { Sheets::Apart };
        follow(course, whole_case::with_deliberation(open_case(secrecy, sheets)))?;
    }

    #[test]
    fn any_preparation_keeps_views_secrets_and_accounts(course in prop::collection::vec(preparations(), 1..60)) {
        follow(course, whole_case::with_deliberation(prepared_case(Sheets::Apart)))?;
    }
}

/// A vote's choice is in no view of anybody, in any state.
#[test]
fn a_choice_is_in_no_view() {
    let mut case = open_case(Secrecy::Named, Sheets::Apart);
    let mut n = 500;
    let mut go = |case: &mut Appraisal, actor, command| {
        n += 1;
        let expects = expects(case, &command);
        let outcome = case.apply(&Stamped {
            id: id(n),
            actor,
            at: START + 20_000 + n as i64 * 10_000,
            expects,
            command,
        });
        outcome.verdict.unwrap();
    };
    for p in 1..=MEMBERS {
        go(&mut case, person(p), Command::CheckIn {});
    }
    go(&mut case, CHAIR, Command::BeginItem { item: ItemId(3) });
    go(
        &mut case,
        CHAIR,
        Command::SetTallyDisplay {
            ballot: BallotId(1),
            display: TallyDisplay::TurnoutOnly,
        },
    );
    go(&mut case, CHAIR, Command::PresentBallot { ballot: BallotId(1) });
    go(
        &mut case,
        CHAIR,
        Command::OpenBallot {
            ballot: BallotId(1),
            limit_s: 0,
        },
    );
    let blank = Audience::ALL.map(|a| view(&case, &Surroundings::default(), a));
    let mut other = case.clone();
    go(
        &mut case,
        person(1),
        Command::CastVote {
            ballot: BallotId(1),
            round: 1,
            choice: 0,
            signature: String::new(),
        },
    );
    go(
        &mut other,
        person(1),
        Command::CastVote {
            ballot: BallotId(1),
            round: 1,
            choice: 2,
            signature: String::new(),
        },
    );
    let seen = |case: &Appraisal| {
        (
            Audience::ALL.map(|a| view(case, &Surroundings::default(), a)),
            mine(case, &Surroundings::default(), PersonId(1)),
        )
    };
    assert_eq!(seen(&case), seen(&other), "a screen can tell 满意 from 不满意");
    assert_ne!(seen(&case).0, blank, "turnout is shown");
}

/// The minutes of a sitting opened at 1970 would be worth nothing.
#[test]
fn a_sitting_does_not_open_on_a_clock_that_is_plainly_wrong() {
    let mut case = Appraisal::new(case_id(2));
    let stamped = Stamped {
        id: id(1),
        actor: CHAIR,
        at: 86_400_000,
        expects: None,
        command: Command::OpenSitting {},
    };
    assert_eq!(case.apply(&stamped).verdict, Err(crate::Refusal::ClockImplausible {}));
}

/// Whoever supported a question that was merged away supports the one that speaks for it, and is told so.
#[test]
fn support_moves_along_when_questions_are_merged() {
    let mut case = open_case(Secrecy::Named, Sheets::Apart);
    let ask = |n| {
        (
            person(n),
            Command::AskQuestion {
                subject: None,
                visibility: Visibility::Named,
                text: format!("问题{n}"),
            },
        )
    };
    let course = [
        ask(1),
        ask(2),
        (
            DESK,
            Command::AcceptQuestion {
                question: QuestionId(1),
            },
        ),
        (
            person(3),
            Command::SupportQuestion {
                question: QuestionId(1),
            },
        ),
        (
            DESK,
            Command::MergeQuestion {
                from: QuestionId(1),
                into: QuestionId(2),
            },
        ),
    ];
    let mut touched = Touched::default();
    for (n, (actor, command)) in course.into_iter().enumerate() {
        let outcome = case.apply(&Stamped {
            id: id(700 + n as u128),
            actor,
            at: START + 20_000,
            expects: None,
            command,
        });
        outcome.verdict.unwrap();
        touched = outcome.touched;
    }
    assert!(touched.mine.contains(&PersonId(3)));
    assert_eq!(
        mine(&case, &Surroundings::default(), PersonId(3))["my_support"]["questions"],
        serde_json::json!([1, 2])
    );
}
