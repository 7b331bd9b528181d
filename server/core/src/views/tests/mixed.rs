//! Paper beside phones, recusal, scrutineers and show of hands.

use super::rig::{Hall, ONE, take_token};
use super::*;
use crate::refusal::Refusal;

const CLERK: Actor = DESK;
const OTHER_CLERK: Actor = Actor::Desk { account: 2 };

fn way(n: u32, way: Way) -> Command {
    Command::SetWay {
        person: PersonId(n),
        way,
    }
}

fn counted(returned: u32, invalid: u32, votes: [u32; 4]) -> Command {
    let votes = vec![votes.to_vec()];
    Command::CountPaper {
        ballot: ONE,
        round: 1,
        count: PaperCount {
            returned,
            blank: 0,
            invalid,
            votes,
        },
    }
}

fn cast(n: u32, choice: u32) -> (Actor, Command) {
    let command = Command::CastVote {
        ballot: ONE,
        round: 1,
        choice,
        signature: String::new(),
    };
    (person(n), command)
}

fn announce(hall: &mut Hall) -> Result<(), Refusal> {
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE })
}

#[test]
fn two_people_count_the_paper_and_must_agree() {
    let mut hall = Hall::open(Secrecy::Named, Sheets::Apart);
    hall.go(DESK, way(5, Way::Paper)).unwrap();
    hall.open_ballot(ONE);
    let (actor, command) = cast(5, 0);
    assert_eq!(hall.go(actor, command), Err(Refusal::OnPaper {}));
    for n in 1..=3 {
        let (actor, command) = cast(n, 0);
        hall.go(actor, command).unwrap();
    }
    assert_eq!(
        hall.go(CLERK, counted(1, 0, [1, 0, 0, 0])),
        Err(Refusal::PaperNotDue {
            state: BallotState::Open
        })
    );
    hall.close_ballot(ONE);
    assert_eq!(
        announce(&mut hall),
        Err(Refusal::PaperNotAgreed {}),
        "nobody has counted"
    );
    assert_eq!(
        hall.go(CLERK, counted(1, 0, [1, 1, 0, 0])),
        Err(Refusal::PaperDoesNotAddUp {})
    );
    hall.go(CLERK, counted(1, 0, [0, 0, 1, 0])).unwrap();
    assert_eq!(announce(&mut hall), Err(Refusal::PaperNotAgreed {}), "one has counted");
    hall.go(OTHER_CLERK, counted(1, 0, [1, 0, 0, 0])).unwrap();
    assert_eq!(announce(&mut hall), Err(Refusal::PaperNotAgreed {}), "they differ");
    hall.go(CLERK, counted(1, 0, [1, 0, 0, 0])).unwrap();
    announce(&mut hall).unwrap();
    let result = hall.case.ballots[&ONE].result.clone().unwrap();
    let votes: Vec<_> = result.counts.iter().map(|c| c.votes).collect();
    assert_eq!(
        (result.issued, result.returned, result.valid, votes),
        (5, 4, 4, vec![4, 0, 0, 0])
    );
}

#[test]
fn more_paper_than_was_handed_out_stops_the_announcement_until_it_is_recounted_or_voided() {
    let mut hall = Hall::open(Secrecy::Named, Sheets::Apart);
    hall.go(DESK, way(5, Way::Paper)).unwrap();
    hall.open_ballot(ONE);
    for n in 1..=4 {
        let (actor, command) = cast(n, 0);
        hall.go(actor, command).unwrap();
    }
    hall.close_ballot(ONE);
    for clerk in [CLERK, OTHER_CLERK] {
        hall.go(clerk, counted(2, 0, [2, 0, 0, 0])).unwrap();
    }
    assert!(matches!(announce(&mut hall), Err(Refusal::AccountsDoNotBalance { .. })));
    assert!(hall.blocked()["code"] == "accounts_do_not_balance");
    for clerk in [CLERK, OTHER_CLERK] {
        hall.go(clerk, counted(1, 1, [0, 0, 0, 0])).unwrap();
    }
    announce(&mut hall).unwrap();
    let result = hall.case.ballots[&ONE].result.clone().unwrap();
    assert_eq!((result.returned, result.valid, result.invalid), (5, 4, 1));
}

#[test]
fn a_token_and_a_paper_exclude_each_other() {
    let mut hall = Hall::open(Secrecy::Secret, Sheets::Apart);
    hall.go(DESK, way(5, Way::Paper)).unwrap();
    hall.go(CHAIR, Command::PresentBallot { ballot: ONE }).unwrap();
    let (actor, command) = take_token(5, ONE, 1);
    assert_eq!(hall.go(actor, command), Err(Refusal::OnPaper {}));
    let (actor, command) = take_token(4, ONE, 1);
    hall.go(actor, command).unwrap();
    assert_eq!(hall.go(DESK, way(4, Way::Paper)), Err(Refusal::TokenTaken {}));
    assert_eq!(hall.case.ballots[&ONE].issued_count(), 2);
    hall.go(DESK, way(5, Way::Phone)).unwrap();
    hall.go(DESK, way(5, Way::Paper)).unwrap();
    hall.go(
        CHAIR,
        Command::OpenBallot {
            ballot: ONE,
            limit_s: 0,
        },
    )
    .unwrap();
    assert_eq!(
        hall.go(DESK, way(5, Way::Phone)),
        Err(Refusal::PaperIssued {}),
        "the paper is in the member's hand"
    );
}

#[test]
fn a_recused_member_takes_no_part_in_that_ballot_only() {
    let mut hall = Hall::open(Secrecy::Named, Sheets::Apart);
    let recuse = Command::Recuse {
        person: PersonId(2),
        subject: SubjectId(1),
        reason: "亲属".into(),
    };
    hall.go(DESK, recuse.clone()).unwrap();
    hall.open_ballot(ONE);
    let (actor, command) = cast(2, 0);
    assert_eq!(hall.go(actor, command), Err(Refusal::Recused {}));
    assert!(matches!(hall.go(DESK, recuse), Err(Refusal::BallotState { .. })));
    let ballot = &hall.case.ballots[&ONE];
    assert_eq!((ballot.present_count(), ballot.issued_count()), (5, 4));
    let own = mine(&hall.case, &Surroundings::default(), PersonId(2));
    assert_eq!(
        (&own["my_ballot/1"]["entitled"], &own["my_ballot/1"]["recused"]),
        (&false.into(), &true.into())
    );
}

#[test]
fn scrutineers_confirm_each_step_or_say_why_not() {
    let mut hall = Hall::open(Secrecy::Named, Sheets::Apart);
    hall.case.profile.scrutiny = crate::scrutiny::ScrutinyRule::Confirm;
    hall.go(CHAIR, Command::PresentBallot { ballot: ONE }).unwrap();
    let open = || Command::OpenBallot {
        ballot: ONE,
        limit_s: 0,
    };
    assert_eq!(hall.go(CHAIR, open()), Err(Refusal::ScrutineersTooFew { min: 2 }));
    let appoint = |persons: &[u32]| Command::AppointScrutineers {
        persons: persons.iter().map(|p| PersonId(*p)).collect(),
    };
    assert_eq!(hall.go(CHAIR, appoint(&[1, 2])), Err(Refusal::BallotRunning {}));
    let void = Command::VoidBallot {
        ballot: ONE,
        cause: VoidCause::SystemFailure,
        note: "先推选监票人".into(),
    };
    hall.go(CHAIR, void).unwrap();
    assert_eq!(
        hall.go(CHAIR, appoint(&[1, 6])),
        Err(Refusal::NotEligible { person: PersonId(6) }),
        "an attendee"
    );
    hall.go(CHAIR, appoint(&[1, 2])).unwrap();
    hall.go(CHAIR, Command::PresentBallot { ballot: ONE }).unwrap();
    let confirm = |n| {
        (
            person(n),
            Command::ConfirmStep {
                ballot: ONE,
                round: 2,
                step: Step::Open,
            },
        )
    };
    let (actor, command) = confirm(3);
    assert_eq!(hall.go(actor, command), Err(Refusal::NotScrutineer {}));
    let (actor, command) = confirm(1);
    hall.go(actor, command).unwrap();
    let object = Command::ObjectToStep {
        ballot: ONE,
        round: 2,
        step: Step::Open,
        reason: "人数不符".into(),
    };
    hall.go(person(2), object).unwrap();
    assert_eq!(
        hall.go(CHAIR, open()),
        Err(Refusal::ScrutineersPending {
            step: Step::Open,
            confirmed: 1,
            needed: 2
        })
    );
    assert_eq!(hall.case.scrutiny.incidents[0].text, "人数不符");
    let replace = Command::ReplaceScrutineer {
        out: PersonId(2),
        by: PersonId(4),
        reason: "手机没电".into(),
    };
    hall.go(CHAIR, replace).unwrap();
    let (actor, command) = confirm(4);
    hall.go(actor, command).unwrap();
    hall.go(CHAIR, open()).unwrap();
}

#[test]
fn no_hands_are_raised_on_one_ballot_while_another_is_held() {
    let mut hall = Hall::open(Secrecy::Named, Sheets::Apart);
    hall.open_ballot(ONE);
    let hands = Command::ShowOfHands {
        ballot: BallotId(2),
        votes: vec![3, 1, 0, 0],
        reason: "网络故障".into(),
    };
    assert_eq!(hall.go(CHAIR, hands), Err(Refusal::OtherBallotRunning { ballot: ONE }));
}

#[test]
fn hands_are_counted_when_devices_fail() {
    let mut hall = Hall::open(Secrecy::Secret, Sheets::Apart);
    let hands = |votes: [u32; 4]| Command::ShowOfHands {
        ballot: ONE,
        votes: votes.to_vec(),
        reason: "网络故障".into(),
    };
    assert_eq!(
        hall.go(CHAIR, hands([6, 0, 0, 0])),
        Err(Refusal::TooMany {
            of: crate::refusal::Counted::Hands,
            max: 5
        })
    );
    hall.go(CHAIR, hands([3, 1, 0, 0])).unwrap();
    announce(&mut hall).unwrap();
    let result = hall.case.ballots[&ONE].result.clone().unwrap();
    assert_eq!(
        (result.issued, result.returned, result.grade.as_str()),
        (5, 4, "satisfied")
    );
}

#[test]
fn the_round_after_a_voided_show_of_hands_is_secret_again() {
    let mut hall = Hall::open(Secrecy::Secret, Sheets::Apart);
    let hands = Command::ShowOfHands {
        ballot: ONE,
        votes: vec![3, 1, 0, 0],
        reason: "网络故障".into(),
    };
    hall.go(CHAIR, hands).unwrap();
    let void = Command::VoidBallot {
        ballot: ONE,
        cause: VoidCause::SystemFailure,
        note: "网络恢复".into(),
    };
    hall.go(CHAIR, void).unwrap();
    hall.open_ballot(ONE);
    let (actor, command) = cast(1, 0);
    assert_eq!(hall.go(actor, command), Err(Refusal::OtherRound { round: 2 }));
    assert_eq!(hall.case.ballots[&ONE].casts.secrecy(), Secrecy::Secret);
}
