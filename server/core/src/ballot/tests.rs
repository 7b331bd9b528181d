//! Counting and grading, against real figures and an independent oracle.

use super::*;
use crate::ids::{ItemId, PersonId, SubjectId};
use crate::limits::CLOSING_S;
use crate::rules::built_in;
use crate::rules::wording::Occasion;
use proptest::prelude::*;

fn voters(present: u32) -> Voters {
    Voters {
        present: (1..=present).map(|p| (PersonId(p), Way::Phone)).collect(),
        recused: BTreeSet::new(),
    }
}

/// A sealed ballot of `due` members, all issued, with these counts per option.
fn counted(due: u32, counts: [u32; 4]) -> BallotResult {
    let mut ballot = Ballot::new(
        SubjectId(1),
        ItemId(1),
        Rule::of(&built_in::usual(), 0),
        TallyDisplay::Live,
        Secrecy::Named,
    );
    ballot.present(&voters(due), 0).unwrap();
    ballot.open(0, 0).unwrap();
    let mut person = 0;
    for (choice, votes) in counts.into_iter().enumerate() {
        for _ in 0..votes {
            person += 1;
            ballot.cast(PersonId(person), 1, &[choice as u32]).unwrap();
        }
    }
    ballot.close(0).unwrap();
    ballot.seal(due, CLOSING_S * 1000).unwrap();
    let by_device = ballot.casts.counts(&ballot.rule).unwrap();
    let part = result::Part {
        ballot: &ballot,
        by_device,
    };
    let occasion = Occasion {
        body: "某区人大常委会",
        meeting: "第十次会议",
        subject: "区教育局局长",
    };
    BallotResult::of(&built_in::usual(), &occasion, &[part], 0)
        .unwrap()
        .unwrap()
}

/// 沾益区人大常委会公告〔2019〕第60号: 28 sheets issued and returned.
#[test]
fn the_public_notice_of_28() {
    let result = counted(28, [20, 7, 1, 0]);
    let percents: Vec<_> = result.counts.iter().map(|c| c.percent.as_str()).collect();
    assert_eq!(percents, ["71.43", "25", "3.57", "0"]);
    assert_eq!(
        (result.grade.as_str(), result.grade_label.as_str(), result.majority),
        ("satisfied", "满意", 15)
    );
    assert_eq!(result.by_majority_of.as_deref(), Some("satisfied"));
    assert_eq!(result.balanced(), Ok(()));
}

#[test]
fn exactly_half_is_no_majority() {
    assert_eq!(counted(28, [14, 0, 14, 0]).grade, "basically_satisfied");
    assert_eq!(counted(28, [15, 0, 13, 0]).grade, "satisfied");
    assert_eq!(counted(28, [13, 0, 15, 0]).grade, "dissatisfied");
    assert_eq!(counted(29, [14, 15, 0, 0]).grade, "basically_satisfied");
    assert_eq!(
        counted(29, [15, 0, 0, 0]).grade,
        "satisfied",
        "14 stayed silent and count for the base"
    );
    assert_eq!(counted(29, [0, 0, 0, 0]).grade, "basically_satisfied");
}

#[test]
fn an_account_that_does_not_balance_is_named() {
    let good = counted(28, [20, 7, 1, 0]);
    let bad = [
        (
            BallotResult {
                due: 27,
                ..good.clone()
            },
            "due >= present",
        ),
        (
            BallotResult {
                issued: 29,
                due: 30,
                ..good.clone()
            },
            "issued <= present",
        ),
        (
            BallotResult {
                returned: 29,
                valid: 29,
                ..good.clone()
            },
            "returned <= issued",
        ),
        (
            BallotResult {
                invalid: 1,
                ..good.clone()
            },
            "valid + invalid = returned",
        ),
        (
            BallotResult {
                valid: 27,
                invalid: 1,
                ..good.clone()
            },
            "options = valid",
        ),
    ];
    for (result, identity) in bad {
        assert_eq!(result.balanced(), Err(identity));
    }
}

proptest! {
    #[test]
    fn a_grade_is_what_fractions_say(due in 1_u32..=60, cuts in prop::array::uniform4(0_u32..=60)) {
        let mut left = due;
        let counts = cuts.map(|c| { let n = c.min(left); left -= n; n });
        let result = counted(due, counts);
        prop_assert_eq!(result.balanced(), Ok(()));
        let share = |n: u32| f64::from(n) / f64::from(due);
        let expected = if share(counts[0]) > 0.5 { "satisfied" } else if share(counts[2]) > 0.5 { "dissatisfied" } else { "basically_satisfied" };
        prop_assert_eq!(result.grade, expected);
        prop_assert!(u64::from(result.majority) * 2 > u64::from(due) && (u64::from(result.majority) - 1) * 2 <= u64::from(due));
    }
}

#[test]
fn a_vote_may_change_until_the_close_and_not_after() {
    let mut ballot = Ballot::new(
        SubjectId(1),
        ItemId(1),
        Rule::of(&built_in::usual(), 0),
        TallyDisplay::Live,
        Secrecy::Named,
    );
    let one = PersonId(1);
    assert_eq!(
        ballot.cast(one, 1, &[0]),
        Err(Refusal::BallotNotOpen {
            state: BallotState::Prepared
        })
    );
    ballot.present(&voters(1), 0).unwrap();
    ballot.open(60, 0).unwrap();
    ballot.cast(one, 1, &[2]).unwrap();
    ballot.cast(one, 1, &[0]).unwrap();
    assert_eq!(ballot.casts.counts(&ballot.rule), Some(vec![1, 0, 0, 0]));
    assert_eq!(ballot.cast(one, 1, &[4]), Err(Refusal::NoSuchOption {}));
    assert_eq!(ballot.cast(PersonId(2), 1, &[0]), Err(Refusal::NotCheckedIn {}));
    assert_eq!(ballot.cast(one, 2, &[0]), Err(Refusal::OtherRound { round: 1 }));
    ballot.pause(10_000).unwrap();
    assert_eq!(ballot.cast(one, 1, &[1]), Err(Refusal::BallotPaused {}));
    ballot.resume(70_000).unwrap();
    assert_eq!(ballot.limit_ends_at, 120_000, "the pause does not eat the time");
    ballot.extend(30, 200_000).unwrap();
    assert_eq!(
        ballot.limit_ends_at, 230_000,
        "an extension after the end counts from now"
    );
    ballot.close(210_000).unwrap();
    ballot
        .cast(one, 1, &[1])
        .expect("phones flush while the ballot is closing");
    assert_eq!(ballot.seal(1, 214_999), Err(Refusal::NothingDue {}));
    ballot.seal(1, 215_000).unwrap();
    assert_eq!(ballot.cast(one, 1, &[0]), Err(Refusal::BallotClosed {}));
    ballot.announce(215_000).unwrap();
    assert_eq!(ballot.announce(215_000), Err(Refusal::ResultNotRecorded {}));
    ballot.void(VoidCause::SystemFailure, "重来".into(), 216_000).unwrap();
    assert_eq!(
        (ballot.round, ballot.state, ballot.casts.returned()),
        (2, BallotState::Prepared, 0)
    );
    assert_eq!(
        (
            ballot.voided[0].issued,
            ballot.voided[0].returned,
            ballot.voided[0].note.as_str()
        ),
        (1, 1, "重来")
    );
}
