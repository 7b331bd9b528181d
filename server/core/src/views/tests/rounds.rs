//! A round held again: for what the rule allows, as often as it allows, and what the chair is told comes next.

use super::rig::{Hall, ONE, TWO};
use super::*;
use crate::appraisal::AfterRound;
use crate::refusal::Refusal;
use crate::rules::profile::{Base, Measure, NoGradeRule, PublishedDetail, Quantity, Ranking, RevoteReason, TieRule};
use crate::rules::{Identity, Profile, built_in, wording};

/// The usual rule with these reasons and rounds, named.
fn rule(reasons: &[RevoteReason], rounds_max: u32) -> Profile {
    let mut profile = Profile {
        secrecy: Secrecy::Named,
        ..built_in::usual()
    };
    profile.revote.reasons = reasons.to_vec();
    profile.revote.rounds_max = rounds_max;
    profile
}

/// No grade where nothing reaches a majority.
fn ungraded(no_grade: NoGradeRule) -> Profile {
    let mut profile = rule(&[], 2);
    (profile.no_grade, profile.default_grade) = (no_grade, None);
    profile.grades.retain(|g| g.key != "basically_satisfied");
    profile.consequences.retain(|c| c.grade != "basically_satisfied");
    profile.assumed.retain(|path| path != "default_grade");
    profile
}

/// Ranked by the votes for the best option.
fn ranked(ties: TieRule) -> Profile {
    let mut profile = rule(&[], 2);
    let by = vec![Quantity {
        measure: Measure::Votes,
        options: vec!["satisfied".to_owned()],
        of: Base::Returned,
        group: None,
        dimension: None,
    }];
    profile.ranking = Some(Ranking { by, ties });
    profile
}

fn void(ballot: BallotId, cause: VoidCause) -> Command {
    Command::VoidBallot {
        ballot,
        cause,
        note: "经核实".into(),
    }
}

fn vote(hall: &mut Hall, ballot: BallotId, choices: &[u32]) {
    let round = hall.case.ballots[&ballot].round;
    for (n, choice) in (1..).zip(choices) {
        let cast = Command::CastVote {
            ballot,
            round,
            choice: *choice,
            signature: String::new(),
        };
        hall.go(person(n), cast).unwrap();
    }
}

fn seen(hall: &Hall, audience: Audience, ballot: BallotId) -> BallotView {
    let value = render(&hall.case, &Surroundings::default(), audience, Key::Ballot(ballot)).unwrap();
    serde_json::from_value(value).unwrap()
}

fn sealed(profile: Profile, choices: &[u32]) -> Hall {
    let mut hall = Hall::by_rule(profile, Sheets::Apart, "");
    hall.open_ballot(ONE);
    vote(&mut hall, ONE, choices);
    hall.close_ballot(ONE);
    hall
}

fn announced(profile: Profile, choices: &[u32]) -> Hall {
    let mut hall = sealed(profile, choices);
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    hall
}

#[test]
fn a_counted_round_is_voided_only_for_a_cause_that_the_rule_allows() {
    use VoidCause::*;
    let mut hall = sealed(rule(&[RevoteReason::SystemFailure], 2), &[0, 0, 0]);
    for cause in [QuorumLost, Procedure] {
        assert_eq!(
            hall.go(CHAIR, void(ONE, cause)),
            Err(Refusal::CauseNotAllowed { cause })
        );
    }
    for cause in [ReturnedOverIssued, NoGrade, Tie] {
        assert_eq!(hall.go(CHAIR, void(ONE, cause)), Err(Refusal::CauseNotThere { cause }));
    }
    let again = seen(&hall, Audience::Chair, ONE).again.unwrap();
    assert_eq!((again.causes, again.rounds_left), (vec![SystemFailure], 1));
    assert_eq!(
        seen(&hall, Audience::Member, ONE).again,
        None,
        "only the chair conducts"
    );
    hall.go(CHAIR, void(ONE, SystemFailure)).unwrap();
    let voided = &hall.case.ballots[&ONE].voided[0];
    assert_eq!(
        (voided.cause, voided.note.as_str(), voided.held, voided.returned),
        (SystemFailure, "经核实", true, 3)
    );
}

/// Nobody knows a result yet: a broken network and a wrong roster must not wait for the rule.
#[test]
fn before_the_sealing_devices_quorum_and_mistakes_are_the_chairs_to_judge() {
    use VoidCause::*;
    let mut hall = Hall::by_rule(rule(&[], 9), Sheets::Apart, "");
    for cause in [SystemFailure, QuorumLost, Procedure] {
        hall.open_ballot(ONE);
        hall.go(CHAIR, void(ONE, cause)).unwrap();
    }
    let nameless = Command::VoidBallot {
        ballot: ONE,
        cause: SystemFailure,
        note: " ".into(),
    };
    hall.open_ballot(ONE);
    hall.go(CHAIR, nameless).expect("the cause says it");
    let unexplained = Command::VoidBallot {
        ballot: ONE,
        cause: Procedure,
        note: String::new(),
    };
    hall.open_ballot(ONE);
    let missing = crate::refusal::TextField::Reason;
    assert_eq!(
        hall.go(CHAIR, unexplained),
        Err(Refusal::TextMissing { field: missing })
    );
}

#[test]
fn the_rounds_of_the_rule_are_those_in_which_voting_began() {
    let mut hall = Hall::by_rule(rule(&[RevoteReason::SystemFailure], 2), Sheets::Apart, "");
    for _ in 0..3 {
        hall.go(CHAIR, Command::PresentBallot { ballot: ONE }).unwrap();
        hall.go(CHAIR, void(ONE, VoidCause::Procedure)).unwrap();
    }
    hall.open_ballot(ONE);
    hall.go(CHAIR, void(ONE, VoidCause::SystemFailure)).unwrap();
    hall.open_ballot(ONE);
    let used_up = Err(Refusal::RoundsUsedUp { max: 2 });
    assert_eq!(hall.go(CHAIR, void(ONE, VoidCause::SystemFailure)), used_up);
    assert_eq!(seen(&hall, Audience::Chair, ONE).again.unwrap().rounds_left, 0);
    hall.close_ballot(ONE);
    assert_eq!(hall.go(CHAIR, void(ONE, VoidCause::SystemFailure)), used_up);
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE })
        .expect("what came back is still a result");
}

/// A quorum by a larger number of seats than were due, so that the sealed figures are no result.
fn without_quorum(rounds_max: u32, sheets: Sheets) -> Hall {
    let mut hall = Hall::by_rule(rule(&[], rounds_max), sheets, "");
    hall.open_ballot(ONE);
    hall.close_ballot(ONE);
    hall.case.ballots.get_mut(&ONE).unwrap().due = 50;
    hall
}

#[test]
fn figures_that_are_no_result_are_voided_whatever_the_rule_lists() {
    let mut hall = without_quorum(2, Sheets::Apart);
    let view = seen(&hall, Audience::Chair, ONE);
    assert!(matches!(view.failing, Some(Identity::NoQuorum { roster: 50, .. })));
    assert!(
        seen(&hall, Audience::Desk, ONE).failing.is_some(),
        "the office prints the sheet"
    );
    assert!(seen(&hall, Audience::Projector, ONE).failing.is_none());
    assert_eq!(view.again.unwrap().causes, [VoidCause::QuorumLost]);
    assert_eq!(hall.blocked()["code"], "accounts_do_not_balance");
    hall.go(CHAIR, void(ONE, VoidCause::QuorumLost)).unwrap();
}

#[test]
fn the_last_round_without_a_result_goes_to_the_council_and_holds_up_nobody() {
    let mut hall = without_quorum(1, Sheets::One);
    let refused = hall.go(CHAIR, void(ONE, VoidCause::QuorumLost));
    assert_eq!(refused, Err(Refusal::RoundsUsedUp { max: 1 }));
    let next = seen(&hall, Audience::Chair, ONE).again.unwrap().comes_next;
    assert_eq!(next, Some(AfterRound::ReferToCouncil));
    assert_eq!(hall.next(), serde_json::json!({"type": "announce_ballot", "ballot": 2}));
    hall.go(CHAIR, Command::AnnounceBallot { ballot: TWO }).unwrap();
    assert_eq!(hall.states(), [BallotState::Sealed, BallotState::Announced]);
    assert!(matches!(
        hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }),
        Err(Refusal::AccountsDoNotBalance { .. })
    ));
    assert_eq!(hall.next()["type"], "close_sitting", "the sitting goes on");
}

#[test]
fn without_a_grade_the_rule_says_whether_to_vote_again() {
    let split = [0, 0, 1, 1, 2];
    let mut hall = announced(ungraded(NoGradeRule::Revote), &split);
    let repeat = serde_json::json!({"type": "repeat_ballot", "ballot": 1, "cause": "no_grade"});
    assert_eq!(hall.next(), repeat);
    hall.go(CHAIR, void(ONE, VoidCause::NoGrade)).unwrap();
    hall.open_ballot(ONE);
    vote(&mut hall, ONE, &split);
    hall.close_ballot(ONE);
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    let again = seen(&hall, Audience::Chair, ONE).again.unwrap();
    assert_eq!(again.comes_next, Some(AfterRound::ReferToCouncil), "no third round");
    assert_eq!(hall.next()["type"], "begin_item");

    let hall = announced(ungraded(NoGradeRule::ReferToCouncil), &split);
    let again = seen(&hall, Audience::Chair, ONE).again.unwrap();
    assert_eq!(again.comes_next, Some(AfterRound::ReferToCouncil));
    assert!(again.causes.is_empty());

    let hall = announced(ungraded(NoGradeRule::Revote), &[0, 0, 0]);
    assert_eq!(
        seen(&hall, Audience::Chair, ONE).again.unwrap().comes_next,
        None,
        "a grade was reached"
    );
}

/// Two subjects on one sheet with these votes.
fn ranked_sheet(ties: TieRule, one: &[u32], two: &[u32]) -> Hall {
    let mut hall = Hall::by_rule(ranked(ties), Sheets::One, "");
    hall.open_ballot(ONE);
    vote(&mut hall, ONE, one);
    vote(&mut hall, TWO, two);
    hall.close_ballot(ONE);
    assert_eq!(seen(&hall, Audience::Projector, ONE).place, None, "not announced yet");
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    hall
}

fn places(hall: &Hall, audience: Audience) -> Vec<Option<(u32, bool)>> {
    let place = |b| seen(hall, audience, b).place.map(|p| (p.place, p.second_vote));
    [ONE, TWO].map(place).to_vec()
}

#[test]
fn the_subjects_of_a_sheet_are_placed_once_all_are_announced() {
    let hall = ranked_sheet(TieRule::SharePlace, &[0, 1, 1], &[0, 0, 1]);
    let second_first = [Some((2, false)), Some((1, false))];
    for audience in [Audience::Chair, Audience::Desk, Audience::Projector, Audience::Public] {
        assert_eq!(places(&hall, audience), second_first, "{audience:?}");
    }
    let shared = ranked_sheet(TieRule::SharePlace, &[0, 1], &[1, 0]);
    assert_eq!(places(&shared, Audience::Chair), [Some((1, false)), Some((1, false))]);
    assert_eq!(seen(&shared, Audience::Chair, ONE).again.unwrap().comes_next, None);

    let mut quiet = ranked(TieRule::SharePlace);
    quiet.publication.detail = PublishedDetail::GradeOnly;
    quiet.tally = TallyDisplay::TurnoutOnly;
    quiet.wording = wording::usual(PublishedDetail::GradeOnly, NoGradeRule::Default);
    let mut hall = Hall::by_rule(quiet, Sheets::One, "");
    hall.open_ballot(ONE);
    hall.close_ballot(ONE);
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    assert_eq!(
        places(&hall, Audience::Projector),
        [None, None],
        "a place tells of counts"
    );
    assert!(places(&hall, Audience::Chair)[0].is_some());
}

#[test]
fn a_tie_that_the_rule_settles_by_a_second_vote_is_voted_on_again_by_both() {
    let mut hall = ranked_sheet(TieRule::SecondVote, &[0, 1], &[1, 0]);
    assert_eq!(places(&hall, Audience::Projector), [Some((1, true)), Some((1, true))]);
    let repeat = serde_json::json!({"type": "repeat_ballot", "ballot": 1, "cause": "tie"});
    assert_eq!(hall.next(), repeat);
    hall.go(CHAIR, void(ONE, VoidCause::Tie)).unwrap();
    let other = serde_json::json!({"type": "repeat_ballot", "ballot": 2, "cause": "tie"});
    assert_eq!(hall.next(), other, "a second vote is among all who share the place");
    hall.go(CHAIR, void(TWO, VoidCause::Tie)).unwrap();
    assert_eq!(hall.states(), [BallotState::Prepared, BallotState::Prepared]);
    hall.open_ballot(ONE);
    vote(&mut hall, ONE, &[0, 0]);
    vote(&mut hall, TWO, &[0, 1]);
    hall.close_ballot(TWO);
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    assert_eq!(places(&hall, Audience::Projector), [Some((1, false)), Some((2, false))]);
}

#[test]
fn whether_votes_are_named_is_the_adopted_rules_to_say() {
    let mut hall = Hall::by_rule(rule(&[], 5), Sheets::Apart, "");
    let settings = |secrecy| Command::ChangeSettings {
        question_review: QuestionReview::First,
        tally_display: TallyDisplay::Live,
        written_answer_days: 15,
        ballot_limit_s: 0,
        secrecy,
    };
    let by_rule = Refusal::SecrecyByRule {
        secrecy: Secrecy::Named,
    };
    assert_eq!(hall.go(DESK, settings(Secrecy::Secret)), Err(by_rule));
    hall.go(DESK, settings(Secrecy::Named)).unwrap();
    assert_eq!(hall.case.settings.secrecy, Secrecy::Named);
}
