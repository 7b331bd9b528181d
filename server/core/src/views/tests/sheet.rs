//! One sheet for several subjects: its ballots go together, a voided one follows on its own.

use super::rig::{Hall, ONE, TWO, take_token};
use super::*;
use crate::refusal::Refusal;

#[test]
fn the_ballots_of_a_sheet_are_held_and_announced_together() {
    use BallotState::*;
    let mut hall = Hall::open(Secrecy::Secret, Sheets::One);
    hall.go(CHAIR, Command::PresentBallot { ballot: ONE }).unwrap();
    assert_eq!(hall.states(), [Presented, Presented]);
    for ballot in [ONE, TWO] {
        let (actor, command) = take_token(1, ballot, 1);
        hall.go(actor, command).unwrap();
    }
    hall.go(
        CHAIR,
        Command::OpenBallot {
            ballot: TWO,
            limit_s: 60,
        },
    )
    .unwrap();
    assert_eq!(hall.states(), [Open, Open]);
    hall.close_ballot(ONE);
    assert_eq!(hall.states(), [Sealed, Sealed]);
    assert!(
        hall.case.ballots.values().all(|b| b.result.is_none()),
        "nobody has announced it"
    );
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    assert_eq!(hall.states(), [Announced, Announced]);
    assert!(hall.case.ballots.values().all(|b| b.result.is_some()));
}

#[test]
fn a_voided_ballot_of_a_sheet_is_held_again_alone_before_the_sheet_is_announced() {
    use BallotState::*;
    let mut hall = Hall::open(Secrecy::Secret, Sheets::One);
    hall.open_ballot(ONE);
    hall.close_ballot(ONE);
    let void = Command::VoidBallot {
        ballot: TWO,
        cause: VoidCause::SystemFailure,
        note: "断网".into(),
    };
    hall.go(CHAIR, void).unwrap();
    assert_eq!(hall.states(), [Sealed, Prepared]);
    let voided = serde_json::to_value(&hall.case.ballots[&TWO].voided).unwrap();
    assert!(voided[0].get("counts").is_none() && voided[0]["digest"].is_string());
    assert_eq!(hall.next(), serde_json::json!({"type": "present_ballot", "ballot": 2}));
    hall.open_ballot(TWO);
    assert_eq!(hall.states(), [Sealed, Open]);
    let expects = expects(&hall.case, &Command::CloseBallot { ballot: TWO });
    let at = hall.case.now + 1_000;
    let close = Command::CloseBallot { ballot: TWO };
    hall.apply(77, CHAIR, at, expects, close).unwrap();
    assert_eq!(
        hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }),
        Err(Refusal::SheetNotSealed {}),
        "the other one is still in its five seconds"
    );
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    assert_eq!(hall.states(), [Announced, Announced]);
}

#[test]
fn a_named_sheet_counts_each_ballot_by_itself() {
    let mut hall = Hall::open(Secrecy::Named, Sheets::One);
    hall.open_ballot(ONE);
    for (p, ballot, choice) in [(1, ONE, 0), (1, TWO, 2), (2, ONE, 0), (3, ONE, 0)] {
        let cast = Command::CastVote {
            ballot,
            round: 1,
            choice,
            signature: String::new(),
        };
        hall.go(person(p), cast).unwrap();
    }
    hall.close_ballot(TWO);
    hall.go(CHAIR, Command::AnnounceBallot { ballot: TWO }).unwrap();
    let figures = [ONE, TWO].map(|b| {
        let result = hall.case.ballots[&b].result.clone().unwrap();
        (result.returned, result.grade)
    });
    assert_eq!(
        figures,
        [(3, "satisfied".to_owned()), (1, "basically_satisfied".to_owned())]
    );
}

/// While the board of an announced round is on its way to the public, the round cannot be voided.
#[test]
fn an_announced_secret_round_is_voided_only_once_its_board_is_public() {
    let mut hall = Hall::open(Secrecy::Secret, Sheets::One);
    for command in [
        Command::PresentBallot { ballot: ONE },
        Command::OpenBallot {
            ballot: ONE,
            limit_s: 0,
        },
        Command::CloseBallot { ballot: ONE },
        Command::AnnounceBallot { ballot: ONE },
    ] {
        hall.go(CHAIR, command).unwrap();
    }
    let mut unreleased = hall.case.ballots[&ONE].clone();
    unreleased.casts.secret_mut().unwrap().released = None;
    assert_eq!(
        unreleased.void(VoidCause::SystemFailure, "有误".into(), 0),
        Err(Refusal::BoardNotReleased {})
    );
    let void = Command::VoidBallot {
        ballot: ONE,
        cause: VoidCause::SystemFailure,
        note: "有误".into(),
    };
    hall.go(CHAIR, void).unwrap();
    assert!(
        !hall.case.ballots[&ONE].voided[0].to_destroy,
        "what is public is not destroyed"
    );
}
