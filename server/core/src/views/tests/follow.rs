//! Follows a course of orders and checks, after each, views, secrecy, invariants and replay.

use super::*;
use crate::stages::lots::{LotCommitment, LotSeed, commitment};

/// The seed of every lot in these courses.
const SEED: &str = "5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed";

/// What the console would send: what it sees now.
pub fn expects(case: &Appraisal, command: &Command) -> Option<Expects> {
    use Command as C;
    let ballot = match command {
        C::PresentBallot { ballot }
        | C::OpenBallot { ballot, .. }
        | C::PauseBallot { ballot }
        | C::ResumeBallot { ballot }
        | C::ExtendBallot { ballot, .. }
        | C::CloseBallot { ballot }
        | C::AnnounceBallot { ballot }
        | C::VoidBallot { ballot, .. }
        | C::ShowOfHands { ballot, .. } => *ballot,
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
pub fn brought_back(case: &Appraisal, work: Work) -> Command {
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
            paper,
            ..
        }) => {
            let issued = issuance.len() + paper.len();
            assert_eq!(issued, case.ballots[&ballot].issued_count() as usize);
            Command::SealBox {
                ballot,
                round,
                digest: "1".repeat(64),
                returned: issuance.len() as u32,
            }
        }
        Work::Office(OfficeWork::CountBox { ballot, round, .. }) => {
            let (rule, returned) = (&case.ballots[&ballot].rule, case.ballots[&ballot].casts.returned());
            let mut counts = vec![0; rule.cells()];
            for item in counts.chunks_mut(rule.options.len()) {
                item[0] = returned;
            }
            Command::CountBox { ballot, round, counts }
        }
        Work::Office(OfficeWork::Release { ballot, round, .. }) => Command::ReleaseBoard {
            ballot,
            round,
            board: "2".repeat(64),
        },
        Work::Office(OfficeWork::Destroy { ballot, round }) => Command::BoxDestroyed { ballot, round },
        Work::Office(OfficeWork::CountAnswers {
            questionnaire,
            questions,
        }) => Command::CountQuestionnaire(CountQuestionnaire {
            questionnaire,
            answers: 0,
            counts: count(&questions, std::iter::empty()),
            digest: "3".repeat(64),
        }),
        Work::Office(OfficeWork::CommitLot { lot }) => Command::CommitLot(LotCommitment {
            lot,
            commitment: commitment(SEED).unwrap(),
        }),
        Work::Office(OfficeWork::RevealLot { lot }) => Command::RevealLot(LotSeed { lot, seed: SEED.into() }),
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
        let own = case
            .roster
            .people
            .keys()
            .map(|p| (*p, mine(case, &around, *p)))
            .collect();
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
                self.own.insert(*person, mine(case, &self.around, *person));
            }
        }
        for (person, ballot) in &touched.mine_ballots {
            let own = self.own.entry(*person).or_default();
            own.extend(mine_ballot(case, *person, *ballot));
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
                &mine(case, &self.around, *person),
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

/// Follows a course of orders from `start`, and what it makes due.
pub fn follow(course: Vec<(Actor, Command)>, start: Appraisal) -> Result<(), TestCaseError> {
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
