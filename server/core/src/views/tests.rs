//! Properties over random courses of a sitting: incremental views equal rebuilt ones, secrets stay where they belong,
//! a refused command changes nothing, invariants hold, the same records give the same state.

use super::*;
use crate::ballot::{BallotState, Secrecy, TallyDisplay};
use crate::command::{AgendaEntry, Command, RosterEntry, SubjectEntry};
use crate::duties::{OfficeWork, Work};
use crate::ids::{BallotId, ItemId, QuestionId, SubjectId};
use crate::inquiry::{QuestionReview, Visibility};
use crate::outcome::Touched;
use crate::roster::{Attendance, PersonKind};
use crate::sitting::{ConsoleSeat, ItemKind, Screen};
use crate::stamp::{Actor, Expects, Stamped};
use crate::subject::{DocumentKind, ReportForm};
use crate::{duties, invariants};
use proptest::prelude::*;

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

/// A prepared case whose sitting is open.
fn open_case(secrecy: Secrecy) -> Appraisal {
    let mut case = prepared_case();
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
fn prepared_case() -> Appraisal {
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
    let item = |kind, subject: Option<u32>| AgendaEntry {
        kind,
        title: "项".into(),
        subject: subject.map(SubjectId),
    };
    let start = [
        (
            DESK,
            Command::ImportRoster {
                people: (1..=MEMBERS + 1).map(row).collect(),
            },
        ),
        (DESK, subject("区教育局")),
        (DESK, subject("区工信局")),
        (
            DESK,
            Command::SetAgenda {
                items: vec![
                    item(ItemKind::Opening, None),
                    item(ItemKind::Inquiry, None),
                    item(ItemKind::Evaluation, Some(1)),
                    item(ItemKind::Evaluation, Some(2)),
                ],
            },
        ),
    ];
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

fn orders() -> impl Strategy<Value = (Actor, Command)> {
    let who = 1..=MEMBERS + 1;
    let question = (1..6_u32).prop_map(QuestionId);
    let ballot = (1..3_u32).prop_map(BallotId);
    let visibility = prop_oneof![
        Just(Visibility::Named),
        Just(Visibility::ChairOnly),
        Just(Visibility::WithoutName)
    ];
    let screen = prop_oneof![
        Just(Screen::Welcome {}),
        Just(Screen::CheckIn {}),
        Just(Screen::Title {}),
        (1..6_u32).prop_map(|n| Screen::Question {
            question: QuestionId(n)
        }),
        (1..3_u32).prop_map(|n| Screen::Ballot { ballot: BallotId(n) }),
        (1..5_u32).prop_map(|n| Screen::Item { item: ItemId(n) }),
    ];
    let attendance = prop_oneof![
        Just(Attendance::Present),
        Just(Attendance::Present),
        Just(Attendance::Left),
        Just(Attendance::Absent)
    ];
    prop_oneof![
        3 => who.clone().prop_map(|n| (person(n), Command::CheckIn {})),
        2 => (who.clone(), visibility).prop_map(|(n, visibility)| (person(n), Command::AskQuestion { subject: Some(SubjectId(1 + n % 2)), visibility, text: format!("问题{n}") })),
        2 => (who.clone(), question.clone()).prop_map(|(n, question)| (person(n), Command::SupportQuestion { question })),
        1 => (who.clone(), question.clone()).prop_map(|(n, question)| (person(n), Command::WithdrawQuestion { question })),
        2 => question.clone().prop_map(|question| (DESK, Command::AcceptQuestion { question })),
        1 => question.clone().prop_map(|question| (DESK, Command::EditQuestion { question, text: "改后的措辞".into() })),
        1 => (question.clone(), question.clone()).prop_map(|(from, into)| (DESK, Command::MergeQuestion { from, into })),
        1 => question.clone().prop_map(|question| (DESK, Command::RejectQuestion { question, reason: "重复".into() })),
        2 => question.clone().prop_map(|question| (CHAIR, Command::TakeQuestion { question })),
        1 => question.clone().prop_map(|question| (CHAIR, Command::AnswerQuestion { question, note: String::new() })),
        1 => question.prop_map(|question| (CHAIR, Command::DeferQuestion { question, due_on: "2024-01-05".into() })),
        1 => (1..5_u32).prop_map(|n| (CHAIR, Command::BeginItem { item: ItemId(n) })),
        1 => screen.prop_map(|screen| (CHAIR, Command::ShowScreen { screen })),
        1 => (who.clone(), attendance).prop_map(|(n, attendance)| (DESK, Command::RecordAttendance { person: PersonId(n), attendance })),
        1 => who.clone().prop_map(|n| (Actor::Door {}, Command::BindDevice { person: PersonId(n), device_key: "a".repeat(64) })),
        1 => who.clone().prop_map(|n| (DESK, Command::ReissueCredential { person: PersonId(n) })),
        1 => prop_oneof![Just((CHAIR, ConsoleSeat::Operator)), Just((CHAIR, ConsoleSeat::Chair)), Just((OPERATOR, ConsoleSeat::Chair))].prop_map(|(a, to)| (a, Command::HandConsole { to })),
        1 => (ballot.clone(), prop_oneof![Just(TallyDisplay::Live), Just(TallyDisplay::TurnoutOnly)]).prop_map(|(ballot, display)| (CHAIR, Command::SetTallyDisplay { ballot, display })),
        3 => ballot.clone().prop_map(|ballot| (CHAIR, Command::PresentBallot { ballot })),
        3 => ballot.clone().prop_map(|ballot| (CHAIR, Command::OpenBallot { ballot, limit_s: 60 })),
        1 => ballot.clone().prop_map(|ballot| (CHAIR, Command::PauseBallot { ballot })),
        1 => ballot.clone().prop_map(|ballot| (CHAIR, Command::ResumeBallot { ballot })),
        1 => ballot.clone().prop_map(|ballot| (CHAIR, Command::ExtendBallot { ballot, seconds: 60 })),
        1 => ballot.clone().prop_map(|ballot| (CHAIR, Command::CloseBallot { ballot })),
        2 => ballot.clone().prop_map(|ballot| (CHAIR, Command::AnnounceBallot { ballot })),
        1 => ballot.clone().prop_map(|ballot| (CHAIR, Command::VoidBallot { ballot, reason: "大屏有误".into() })),
        4 => (who.clone(), ballot.clone(), prop_oneof![4 => Just("A"), 1 => Just("B")]).prop_map(|(n, ballot, e)| (person(n), Command::TakeToken { ballot, round: 1, blinded: e.repeat(43), signature: String::new() })),
        8 => (who, ballot, 0..5_u32).prop_map(|(n, ballot, choice)| (person(n), Command::CastVote { ballot, round: 1, choice, signature: String::new() })),
        1 => Just((DESK, Command::ChangeSettings { question_review: QuestionReview::AtOnce, tally_display: TallyDisplay::Live, written_answer_days: 10, ballot_limit_s: 0, secrecy: Secrecy::Named })),
        1 => Just((DESK, Command::AddPerson { person: RosterEntry { name: "迟到的委员".into(), kind: PersonKind::Member, title: String::new(), group: String::new(), seat: String::new() } })),
    ]
}

/// What the desk does while it prepares, with questions coming in already.
fn preparations() -> impl Strategy<Value = (Actor, Command)> {
    let row = |n: u32, group: &str| RosterEntry {
        name: format!("委员{n:02}"),
        kind: if n == 2 {
            PersonKind::Attendee
        } else {
            PersonKind::Member
        },
        title: String::new(),
        group: group.into(),
        seat: String::new(),
    };
    let subject = |unit: &str| SubjectEntry {
        officer: String::new(),
        post: "局长".into(),
        unit: unit.into(),
        report: ReportForm::Written,
    };
    let some = prop::collection::btree_set(1..=MEMBERS + 2, 1..5);
    let item = |n: u32| AgendaEntry {
        kind: ItemKind::Evaluation,
        title: "项".into(),
        subject: Some(SubjectId(n)),
    };
    prop_oneof![
        6 => orders(),
        2 => some.prop_map(move |ns| (DESK, Command::ImportRoster { people: ns.into_iter().map(|n| row(n, "第二组")).collect() })),
        1 => (1..=MEMBERS + 2).prop_map(|n| (DESK, Command::RemovePerson { person: PersonId(n) })),
        1 => (1..=MEMBERS + 2).prop_map(move |n| (DESK, Command::CorrectPerson { person: PersonId(n), entry: row(n + 3, "第三组") })),
        1 => (1..4_u32).prop_map(move |n| (DESK, Command::SetAgenda { items: vec![item(n)] })),
        1 => (1..4_u32).prop_map(move |n| (DESK, Command::ChangeSubject { subject: SubjectId(n), entry: subject("区财政局") })),
        1 => (1..4_u32).prop_map(|n| (DESK, Command::RemoveSubject { subject: SubjectId(n) })),
        1 => Just((DESK, Command::AddSubject { subject: subject("区水务局") })),
        1 => (1..4_u32).prop_map(|n| (DESK, Command::AttachDocument { subject: SubjectId(n), digest: "a".repeat(64), kind: DocumentKind::Txt, file_name: "报告.txt".into(), size_bytes: 9 })),
        1 => (1..4_u32).prop_map(|n| (DESK, Command::DetachDocument { subject: SubjectId(n), digest: "a".repeat(64) })),
        1 => Just((DESK, Command::DescribeCase { title: "2023年述职评议".into(), body_name: "某区人大常委会".into(), session_name: String::new(), held_on: String::new() })),
        1 => Just((CHAIR, Command::OpenSitting {})),
        1 => Just((CHAIR, Command::CloseSitting {})),
    ]
}

/// What the console would send: what it sees now.
fn expects(case: &Appraisal, command: &Command) -> Option<Expects> {
    use Command as C;
    let ballot = match command {
        C::PresentBallot { ballot }
        | C::OpenBallot { ballot, .. }
        | C::PauseBallot { ballot }
        | C::ResumeBallot { ballot }
        | C::ExtendBallot { ballot, .. }
        | C::CloseBallot { ballot }
        | C::AnnounceBallot { ballot }
        | C::VoidBallot { ballot, .. } => *ballot,
        _ => return None,
    };
    let b = case.ballots.get(&ballot)?;
    Some(Expects {
        ballot,
        round: b.round,
        state: b.state,
    })
}

/// What the ballot office would bring back: everybody who took a token chose the first option.
fn brought_back(case: &Appraisal, work: Work) -> Command {
    match work {
        Work::Record(command) => command,
        Work::Office(OfficeWork::MakeKey { ballot, round, .. }) => Command::SetKey {
            ballot,
            round,
            header: format!("{{{ballot}/{round}}}"),
            header_hash: "0".repeat(64),
        },
        Work::Office(OfficeWork::SealBox {
            ballot,
            round,
            issuance,
            ..
        }) => {
            assert_eq!(issuance.len(), case.ballots[&ballot].issued_count() as usize);
            Command::SealBox {
                ballot,
                round,
                digest: "1".repeat(64),
                counts: vec![issuance.len() as u32, 0, 0, 0],
            }
        }
        Work::Office(OfficeWork::Release { ballot, round, .. }) => Command::ReleaseBoard {
            ballot,
            round,
            board: "2".repeat(64),
        },
        Work::Office(OfficeWork::Destroy { ballot, round }) => Command::BoxDestroyed { ballot, round },
    }
}

/// The published views, kept as the conductor keeps them.
struct Screens {
    around: Surroundings,
    shown: BTreeMap<Audience, BTreeMap<String, Value>>,
    own: BTreeMap<PersonId, BTreeMap<String, Value>>,
}

impl Screens {
    fn new(case: &Appraisal) -> Screens {
        let around = Surroundings {
            projectors: 1,
            ..Surroundings::default()
        };
        let shown = Audience::ALL.into_iter().map(|a| (a, view(case, &around, a))).collect();
        let own = case.roster.people.keys().map(|p| (*p, mine(case, *p))).collect();
        Screens { around, shown, own }
    }

    fn publish(&mut self, case: &Appraisal, touched: &Touched) {
        for (audience, shown) in &mut self.shown {
            for key in &touched.keys {
                match render(case, &self.around, *audience, *key) {
                    Some(value) => shown.insert(key.to_string(), value),
                    None => shown.remove(&key.to_string()),
                };
            }
        }
        // Who is off the roster is signed out, and sees nothing more.
        self.own.retain(|person, _| {
            !touched
                .signed_out
                .iter()
                .any(|out| out.person == *person && out.valid_generation == u32::MAX)
        });
        for person in case.roster.people.keys() {
            if touched.mine_of_all || touched.mine.contains(person) || !self.own.contains_key(person) {
                self.own.insert(*person, mine(case, *person));
            }
        }
    }

    fn check(&self, case: &Appraisal) -> Result<(), TestCaseError> {
        for (audience, shown) in &self.shown {
            prop_assert_eq!(
                shown,
                &view(case, &self.around, *audience),
                "the {:?} view is not what a rebuild shows",
                audience
            );
        }
        for (person, own) in &self.own {
            prop_assert_eq!(
                own,
                &mine(case, *person),
                "person {}'s own stream is not what a rebuild shows",
                person
            );
        }
        Ok(())
    }
}

/// No screen but the chair's may hold a distribution before the hall may, and no screen at all may hold a choice.
fn check_secrecy(case: &Appraisal) -> Result<(), TestCaseError> {
    for (id, b) in &case.ballots {
        for audience in Audience::ALL {
            let shown: Option<BallotView> = render(case, &Surroundings::default(), audience, Key::Ballot(*id))
                .and_then(|v| serde_json::from_value(v).ok());
            let Some(shown) = shown else { continue };
            let announced = b.state == BallotState::Announced;
            let early_chair = audience == Audience::Chair && b.state == BallotState::Sealed;
            prop_assert!(
                shown.result.is_none() || announced || early_chair,
                "{:?} sees a result at {:?}",
                audience,
                b.state
            );
            let held = matches!(
                b.state,
                BallotState::Open | BallotState::Paused | BallotState::Closing | BallotState::Sealed
            );
            prop_assert!(
                shown.tally.is_none() || (held && b.display == TallyDisplay::Live),
                "{:?} sees a tally",
                audience
            );
            prop_assert!(
                audience != Audience::Public || announced,
                "the public sees a ballot that is not announced"
            );
        }
    }
    for (id, q) in &case.inquiry.questions {
        for audience in [Audience::Member, Audience::Projector, Audience::Chair, Audience::Public] {
            let shown: Option<QuestionView> = render(case, &Surroundings::default(), audience, Key::Question(*id))
                .and_then(|v| serde_json::from_value(v).ok());
            let Some(shown) = shown else { continue };
            let without_name = q.visibility == Visibility::WithoutName;
            let named = shown.askers.iter().any(|a| a.name == case.name_of(q.asker));
            let asked_also_by_name = q
                .merged
                .iter()
                .filter_map(|m| case.inquiry.questions.get(m))
                .any(|m| m.asker == q.asker && m.visibility != Visibility::WithoutName);
            prop_assert!(
                !(without_name && named && !asked_also_by_name),
                "{:?} sees who asked without name",
                audience
            );
            prop_assert!(
                q.visibility != Visibility::ChairOnly || audience == Audience::Chair,
                "{:?} sees a question for the chair",
                audience
            );
        }
    }
    Ok(())
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
    fn any_course_of_a_sitting_keeps_views_secrets_and_accounts(secret in any::<bool>(), course in prop::collection::vec(orders(), 1..80)) {
        let secrecy = if secret { Secrecy::Secret } else { Secrecy::Named };
        follow(course, open_case(secrecy))?;
    }

    #[test]
    fn any_preparation_keeps_views_secrets_and_accounts(course in prop::collection::vec(preparations(), 1..60)) {
        follow(course, prepared_case())?;
    }
}

/// Follows a course of orders from `start`, and what it makes due.
fn follow(course: Vec<(Actor, Command)>, start: Appraisal) -> Result<(), TestCaseError> {
    {
        let mut case = start.clone();
        let mut screens = Screens::new(&case);
        let mut records = Vec::new();
        for (n, (actor, command)) in course.into_iter().enumerate() {
            let at = START + 10_000 + 2_000 * n as i64;
            let mut commands = vec![(id(100 + 10 * n as u128), actor, expects(&case, &command), command)];
            let due = duties::duties(&case).into_iter().filter(|d| d.due_at <= at);
            commands.extend(due.enumerate().map(|(k, d)| {
                (
                    id(101 + 10 * n as u128 + k as u128),
                    Actor::System {},
                    None,
                    brought_back(&case, d.work),
                )
            }));
            for (id, actor, expects, command) in commands {
                let before = case.clone();
                let stamped = Stamped {
                    id,
                    actor,
                    at,
                    expects,
                    command,
                };
                let outcome = case.apply(&stamped);
                prop_assert_eq!(invariants::breach(&case), None);
                if outcome.verdict.is_err() {
                    let mut same = before;
                    same.now = case.now;
                    same.decided.clone_from(&case.decided);
                    same.office_commands.clone_from(&case.office_commands);
                    for (p, person) in &mut same.roster.people {
                        person.commands = case.roster.people[p].commands;
                    }
                    prop_assert_eq!(&same, &case, "a refused command changed the case: {:?}", stamped);
                }
                screens.publish(&case, &outcome.touched);
                screens.check(&case)?;
                check_secrecy(&case)?;
                records.push(stamped);
            }
        }
        let mut again = start;
        for (n, stamped) in records.iter().enumerate() {
            again.apply(stamped);
            if n == records.len() / 2 {
                let kept = serde_json::to_vec(&again).unwrap();
                again = serde_json::from_slice(&kept).unwrap();
            }
            again.apply(stamped);
        }
        prop_assert_eq!(
            serde_json::to_string(&again).unwrap(),
            serde_json::to_string(&case).unwrap(),
            "replay over a snapshot, every record twice"
        );
    }
    Ok(())
}

/// A vote's choice is in no view of anybody, in any state.
#[test]
fn a_choice_is_in_no_view() {
    let mut case = open_case(Secrecy::Named);
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
            mine(case, PersonId(1)),
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
    let mut case = open_case(Secrecy::Named);
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
        mine(&case, PersonId(3))["my_support"]["questions"],
        serde_json::json!([1, 2])
    );
}
