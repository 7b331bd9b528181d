//! The table of views: what each audience is really shown along the course of a sitting, and that the named types fit.

use crate::{investigation, whole_case};
use pingyi_core::ballot::{Secrecy, VoidCause};
use pingyi_core::command::Command;
use pingyi_core::ids::{BallotId, ItemId, PersonId, QuestionId, SubjectId};
use pingyi_core::inquiry::Visibility;
use pingyi_core::sitting::{ConsoleSeat, Screen};
use pingyi_core::stamp::{Actor, Expects, Stamped};
use pingyi_core::views as v;
use pingyi_core::views::{Audience, Door, Surroundings, mine, view};
use pingyi_core::{Appraisal, Refusal, Reply};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Types on the page that the views are made of, in reading order.
pub const TYPES: &[&str] = &[
    "CaseView",
    "SettingsView",
    "SittingView",
    "AgendaView",
    "ItemView",
    "AttendanceView",
    "Screen",
    "SubjectView",
    "Document",
    "GradeView",
    "QuestionView",
    "AskerView",
    "BallotView",
    "BallotOption",
    "OptionCount",
    "BallotResult",
    "VoidedRound",
    "PaperView",
    "PaperEntry",
    "PaperCount",
    "ConfirmedView",
    "ScrutinyView",
    "ScrutineerView",
    "ScrutinyBallotView",
    "Incident",
    "NotedBy",
    "Step",
    "ScrutinyRule",
    "Way",
    "GroupTurnout",
    "JoinedView",
    "Stations",
    "DoorView",
    "ConsoleView",
    "Next",
    "PersonView",
    "MinutesView",
    "Minute",
    "Event",
    "QuestionnaireView",
    "Access",
    "QuestionnaireState",
    "SurveyQuestion",
    "Answering",
    "AnswerForm",
    "QuestionCount",
    "FollowUpView",
    "TermView",
    "OpinionsView",
    "DueView",
    "CalendarYear",
    "IssueListView",
    "IssueView",
    "Source",
    "RectificationView",
    "MySubjectView",
    "StandingIssue",
    "LedgerView",
    "LedgerLineView",
    "LineCounts",
    "LineState",
    "CheckView",
    "CheckFinding",
    "ClosingView",
    "ReopeningView",
    "FilingView",
    "FiledBy",
    "VerdictView",
    "GroupView",
    "GroupPerson",
    "ActivityView",
    "ConductedView",
    "GroupReportView",
    "DeliberationView",
    "SpeakingView",
    "WaitingView",
    "SpokenView",
    "RemarkView",
    "GroupId",
    "RemarkId",
    "ActivityKind",
    "RemarkSource",
    "RemarkState",
    "ConfirmedOn",
    "MeView",
    "MyQuestionView",
    "MySupportView",
    "MyBallotView",
    "PersonId",
    "SubjectId",
    "ItemId",
    "QuestionId",
    "BallotId",
    "GroupId",
    "RemarkId",
    "IssueId",
    "PersonKind",
    "Attendance",
    "ReportForm",
    "DocumentKind",
    "ItemKind",
    "ItemState",
    "SittingState",
    "ConsoleSeat",
    "Visibility",
    "QuestionReview",
    "QuestionState",
    "BallotState",
    "TallyDisplay",
    "DueMatter",
    "Term",
    "DeadlineUnit",
    "RollRule",
    "MarkKind",
    "BallotItem",
    "RollLine",
    "RulesView",
    "PublishedDetail",
    "AssumedSetting",
];

pub struct Row {
    pub key: &'static str,
    pub kind: &'static str,
    pub fits: fn(&Value) -> bool,
    pub note: &'static str,
}

/// A type fits a value if nothing is lost or added on the way through it.
pub fn fits<T: DeserializeOwned + Serialize>(value: &Value) -> bool {
    serde_json::from_value::<T>(value.clone()).is_ok_and(|t| serde_json::to_value(t).is_ok_and(|back| back == *value))
}

macro_rules! rows {
    ($($key:literal $kind:ty, $note:literal;)*) => {
        &[$($crate::course::Row { key: $key, kind: stringify!($kind), fits: $crate::course::fits::<$kind>, note: $note }),*]
    };
}

use v::{
    AgendaView, AttendanceView, BallotView, CaseView, ConsoleView, DoorView, FollowUpView, JoinedView, MeView,
    MinutesView, MyBallotView, MyQuestionView, MySupportView, PersonView, QuestionView, RulesView, ScrutinyBallotView,
    ScrutinyView, SettingsView, SittingView, SubjectView,
};

const SHARED: &[Row] = rows! {
    "case" CaseView, "names of the case";
    "settings" SettingsView, "what the desk has set";
    "sitting" SittingView, "where the sitting stands; `current` names the agenda item";
    "agenda" AgendaView, "all items in order";
    "attendance" AttendanceView, "应到 `due`, 实到 `present`, quorum";
    "screen" Screen, "what the hall screen shows";
    "joined" JoinedView, "how many have signed in and are connected; `stations` not for the projector";
    "door" DoorView, "the hall code of the minute and its QR; gone once the sitting is closed";
    "subject/N" SubjectView, "`documents` is empty for the public";
    "question/N" QuestionView, "members: accepted and later, not `chair_only`; projector: while it is on the screen; chair: all but withdrawn; desk: all but `chair_only`";
    "ballot/N" BallotView, "`tally` only where shown live, `result` once announced (chair: once sealed); public: announced only";
    "console" ConsoleView, "the one next action, and the queue of questions";
    "minutes" MinutesView, "the latest lines, oldest first";
    "follow_up" FollowUpView, "what is due after the sitting; late from `ends_at` on, by the reader's clock";
    "scrutiny" ScrutinyView, "scrutineers and incidents";
    "rules" RulesView, "the locality's rule and what of it the office has confirmed";
    "person/N" PersonView, "roster with presence and connection";
};

const OWN: &[Row] = rows! {
    "me" MeView, "who this phone is, and whether checked in";
    "my_support" MySupportView, "questions this person supports";
    "my_question/N" MyQuestionView, "each question this person asked, whatever became of it";
    "scrutiny" ScrutinyView, "scrutineers only";
    "scrutiny_ballot/N" ScrutinyBallotView, "scrutineers only: paper, confirmations, the result once sealed";
    "my_ballot/N" MyBallotView, "members, from presenting on: may I vote, is my vote recorded; never which";
};

fn pattern(key: &str) -> String {
    key.split_once('/')
        .map_or_else(|| key.to_owned(), |(name, _)| format!("{name}/N"))
}

/// What was seen: which audiences had which key, and every value of it.
#[derive(Default)]
struct Seen {
    audiences: BTreeMap<String, BTreeSet<Audience>>,
    values: BTreeMap<String, Vec<Value>>,
    own: BTreeMap<String, Vec<Value>>,
}

impl Seen {
    fn look(&mut self, case: &Appraisal, around: &Surroundings) {
        for audience in Audience::ALL {
            for (key, value) in view(case, around, audience) {
                self.audiences.entry(pattern(&key)).or_default().insert(audience);
                self.values.entry(pattern(&key)).or_default().push(value);
            }
        }
        for person in [PersonId(1), whole_case::officer(case)] {
            for (key, value) in mine(case, around, person) {
                self.own.entry(pattern(&key)).or_default().push(value);
            }
        }
    }
}

pub const CHAIR: Actor = Actor::Console {
    seat: ConsoleSeat::Chair,
};
pub const DESK: Actor = Actor::Desk { account: 1 };

/// Gives a command to a case, one second after the last.
pub fn give(case: &mut Appraisal, actor: Actor, command: Command, expects: Option<Expects>) -> Result<Reply, Refusal> {
    let id = Uuid::from_u128(case.decided.len() as u128 + 1);
    case.apply(&Stamped {
        id,
        actor,
        at: case.now + 1_000,
        expects,
        command,
    })
    .verdict
}

/// The sample case with its sitting open.
pub fn opened() -> Appraisal {
    use pingyi::sample;
    let mut case = Appraisal::new(Uuid::from_u128(7));
    case.now = pingyi_core::limits::CLOCK_FIRST_MS;
    let prepare = [
        sample::describe(),
        Command::ImportRoster {
            people: sample::roster(),
        },
    ];
    let attach = Command::AttachDocument {
        subject: SubjectId(1),
        digest: "0".repeat(64),
        kind: pingyi_core::subject::DocumentKind::Md,
        file_name: "述职报告.md".into(),
        size_bytes: 1,
    };
    for command in prepare.into_iter().chain(sample::subjects()).chain([
        attach,
        sample::agenda(),
        pingyi_core::rules::built_in::usual_confirmed(Secrecy::Named),
        sample::settings(Secrecy::Named),
    ]) {
        give(&mut case, DESK, command, None).expect("the sample case is sound");
    }
    for (actor, command) in whole_case::before(&case).into_iter().chain(investigation::before()) {
        give(&mut case, actor, command, None).expect("the preparation is a possible one");
    }
    give(&mut case, CHAIR, Command::OpenSitting {}, None).expect("it opens");
    case
}

fn sitting() -> Seen {
    let mut seen = Seen::default();
    let mut case = opened();
    let door = Door {
        code: "123456".into(),
        url: "u".into(),
        address: "a".into(),
        svg: "s".into(),
        expires_at: 1,
    };
    let around = Surroundings {
        door: Some(door),
        ..Surroundings::default()
    };
    let person = |n| Actor::Person { person: PersonId(n) };
    let ballot = BallotId(1);
    let ask = |visibility| Command::AskQuestion {
        subject: Some(SubjectId(1)),
        visibility,
        text: "为什么？".into(),
    };
    let mut course: Vec<(Actor, Command)> = (1..=15).map(|n| (person(n), Command::CheckIn {})).collect();
    course.extend(whole_case::during(&case));
    course.extend(investigation::during());
    course.extend([
        (person(1), ask(Visibility::Named)),
        (person(2), ask(Visibility::ChairOnly)),
        (CHAIR, Command::BeginItem { item: ItemId(4) }),
        (
            CHAIR,
            Command::TakeQuestion {
                question: QuestionId(1),
            },
        ),
        (
            CHAIR,
            Command::AnswerQuestion {
                question: QuestionId(1),
                note: String::new(),
            },
        ),
        (CHAIR, Command::BeginItem { item: ItemId(8) }),
        (
            CHAIR,
            Command::AppointScrutineers {
                persons: vec![PersonId(1), PersonId(2)],
            },
        ),
        (CHAIR, Command::PresentBallot { ballot }),
        (CHAIR, Command::OpenBallot { ballot, limit_s: 60 }),
        (
            person(1),
            Command::CastVote {
                ballot,
                round: 1,
                choice: 0,
                signature: String::new(),
            },
        ),
        (
            CHAIR,
            Command::VoidBallot {
                ballot,
                cause: VoidCause::Procedure,
                note: "误操作".into(),
            },
        ),
        (CHAIR, Command::PresentBallot { ballot }),
        (CHAIR, Command::OpenBallot { ballot, limit_s: 0 }),
        (
            person(1),
            Command::CastVote {
                ballot,
                round: 2,
                choice: 0,
                signature: String::new(),
            },
        ),
        (CHAIR, Command::CloseBallot { ballot }),
    ]);
    for (actor, command) in course {
        let b = &case.ballots[&ballot];
        let expects = Expects {
            ballot,
            round: b.round,
            state: b.state,
        };
        give(&mut case, actor, command, Some(expects)).expect("the course is a possible one");
        seen.look(&case, &around);
    }
    case.now += 10_000;
    give(
        &mut case,
        Actor::System {},
        Command::SealBallot { ballot, round: 2 },
        None,
    )
    .expect("sealed");
    let expects = Expects {
        ballot,
        round: 2,
        state: pingyi_core::ballot::BallotState::Sealed,
    };
    give(&mut case, CHAIR, Command::AnnounceBallot { ballot }, Some(expects)).expect("announced");
    seen.look(&case, &around);
    let result = Box::new(case.recorded_result(ballot).expect("a named ballot is counted"));
    give(
        &mut case,
        Actor::System {},
        Command::RecordResult {
            ballot,
            round: 2,
            result,
        },
        None,
    )
    .expect("recorded");
    seen.look(&case, &around);
    for (actor, command) in whole_case::after(&case) {
        give(&mut case, actor, command, None).expect("the follow-up is a possible one");
        seen.look(&case, &around);
    }
    seen
}

pub fn table() -> String {
    let seen = sitting();
    let named: Vec<_> = SHARED
        .iter()
        .chain(whole_case::SHARED)
        .chain(investigation::SHARED)
        .map(|r| r.key.to_owned())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    assert_eq!(
        seen.audiences.keys().cloned().collect::<Vec<_>>(),
        named,
        "the page names the keys that are shown"
    );
    let own: Vec<_> = OWN
        .iter()
        .chain(whole_case::OWN)
        .chain(investigation::OWN)
        .map(|r| r.key.to_owned())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    assert_eq!(
        seen.own.keys().cloned().collect::<Vec<_>>(),
        own,
        "the page names the keys of the own stream"
    );
    let mut out = String::from(
        "| key | type | member | projector | chair | desk | public | |\n|---|---|---|---|---|---|---|---|\n",
    );
    for row in SHARED.iter().chain(whole_case::SHARED).chain(investigation::SHARED) {
        let values = &seen.values[row.key];
        assert!(values.iter().all(row.fits), "{} is no {}", row.key, row.kind);
        let marks: String = Audience::ALL
            .iter()
            .map(|a| {
                if seen.audiences[row.key].contains(a) {
                    " ✓ |"
                } else {
                    " |"
                }
            })
            .collect();
        out.push_str(&format!("| `{}` | `{}` |{marks} {} |\n", row.key, row.kind, row.note));
    }
    out.push_str("\n| key of the own stream | type | |\n|---|---|---|\n");
    for row in OWN.iter().chain(whole_case::OWN).chain(investigation::OWN) {
        assert!(seen.own[row.key].iter().all(row.fits), "{} is no {}", row.key, row.kind);
        out.push_str(&format!("| `{}` | `{}` | {} |\n", row.key, row.kind, row.note));
    }
    out
}
