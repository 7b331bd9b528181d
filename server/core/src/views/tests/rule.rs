//! A sitting by another rule than the usual one: several items, groups of voters, first press, what is published when.

use super::rig::{Hall, ONE, TWO};
use super::*;
use crate::duties::{Duty, OfficeWork, Work, duties};
use crate::refusal::{Lacking, Refusal};
use crate::rules::profile::{MarkKind, NamesRule, PublishedDetail, PublishedWhen};
use crate::rules::{FaultReason, Profile, built_in, wording};

fn rule(name: &str, secrecy: Secrecy) -> Profile {
    let mut profile = built_in::profile(name).unwrap().unwrap();
    (profile.publication.when, profile.publication.until) = (PublishedWhen::OnTheSpot, None);
    Profile { secrecy, ..profile }
}

fn hold(hall: &mut Hall, ballot: BallotId, casts: &[(u32, BallotId, &[u32])]) {
    hall.open_ballot(ballot);
    for (n, ballot, choices) in casts {
        hall.go(person(*n), cast(*ballot, choices)).unwrap();
    }
    hall.close_ballot(ballot);
}

fn cast(ballot: BallotId, choices: &[u32]) -> Command {
    Command::CastVotes {
        ballot,
        round: 1,
        choices: choices.to_vec(),
        signature: String::new(),
    }
}

fn seen(hall: &Hall, audience: Audience, ballot: BallotId) -> BallotView {
    let value = render(&hall.case, &Surroundings::default(), audience, Key::Ballot(ballot)).unwrap();
    serde_json::from_value(value).unwrap()
}

#[test]
fn what_is_assumed_in_a_rule_is_confirmed_before_the_sitting() {
    let mut case = prepared_case(Sheets::Apart);
    let profile = built_in::usual();
    let mut confirmed = profile.assumed.clone();
    let last = confirmed.pop().unwrap();
    let give = |case: &mut Appraisal, n, actor, command| {
        let stamped = Stamped {
            id: id(n),
            actor,
            at: START + 5,
            expects: None,
            command,
        };
        case.apply(&stamped).verdict
    };
    let adopt = |confirmed: Vec<String>| Command::AdoptProfile {
        profile: Box::new(profile.clone()),
        confirmed,
    };
    give(&mut case, 60, DESK, adopt(confirmed)).unwrap();
    let lacks = Lacking::ProfileConfirmed;
    assert_eq!(
        give(&mut case, 61, CHAIR, Command::OpenSitting {}),
        Err(Refusal::NotReady { lacks })
    );
    let view = render(&case, &Surroundings::default(), Audience::Desk, Key::Rules).unwrap();
    assert_eq!(view["unconfirmed"][0]["path"], last);
    let mut faulty = profile.clone();
    faulty.options.clear();
    let confirmed = faulty.assumed.clone();
    let faulty = Command::AdoptProfile {
        profile: Box::new(faulty),
        confirmed,
    };
    assert_eq!(give(&mut case, 62, DESK, faulty), Err(Refusal::ProfileFaulty {}));
    give(&mut case, 63, DESK, adopt(profile.assumed.clone())).unwrap();
    give(&mut case, 64, CHAIR, Command::OpenSitting {}).unwrap();
    assert_eq!(
        give(&mut case, 65, DESK, adopt(Vec::new())),
        Err(Refusal::SittingAlreadyOpen {})
    );
}

#[test]
fn every_item_gets_a_mark_and_is_counted_by_itself() {
    let mut hall = Hall::by_rule(rule("songyang_items", Secrecy::Named), Sheets::Apart, "");
    hall.open_ballot(ONE);
    assert_eq!(
        hall.go(person(1), cast(ONE, &[0])),
        Err(Refusal::NoSuchOption {}),
        "one item is missing"
    );
    for n in 1..=3 {
        hall.go(person(n), cast(ONE, &[0, 1])).unwrap();
    }
    hall.close_ballot(ONE);
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    let result = hall.case.ballots[&ONE].result.clone().unwrap();
    let options = hall.case.ballots[&ONE].rule.options.len();
    let votes: Vec<Vec<u32>> = result
        .counts
        .chunks(options)
        .map(|row| row.iter().map(|c| c.votes).collect())
        .collect();
    assert_eq!((votes[0][0], votes[0][1], votes[1][0], votes[1][1]), (3, 0, 0, 3));
    assert_eq!(result.verdict.dimensions.len(), 2);
    assert_eq!(result.balanced(), Ok(()));
    assert!(!result.text.is_empty());
}

#[test]
fn each_group_of_voters_has_its_own_ballot_and_all_make_one_grade() {
    let profile = rule("weighted_groups", Secrecy::Named);
    let group = profile.groups[1].label.clone();
    let mut hall = Hall::by_rule(profile, Sheets::Apart, &group);
    let deputy = MEMBERS + 1;
    hall.go(person(deputy), Command::CheckIn {}).unwrap();
    hall.go(CHAIR, Command::PresentBallot { ballot: ONE }).unwrap();
    let (members, deputies) = (ONE, BallotId(2));
    assert_eq!(seen(&hall, Audience::Member, deputies).voters, Some(group));
    hall.go(
        CHAIR,
        Command::OpenBallot {
            ballot: ONE,
            limit_s: 0,
        },
    )
    .unwrap();
    assert_eq!(hall.go(person(deputy), cast(members, &[0])), Err(Refusal::NoVote {}));
    assert_eq!(hall.go(person(1), cast(deputies, &[0])), Err(Refusal::NoVote {}));
    hall.go(person(deputy), cast(deputies, &[2])).unwrap();
    for n in 1..=4 {
        hall.go(person(n), cast(members, &[0])).unwrap();
    }
    hall.close_ballot(ONE);
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    let result = |id| hall.case.ballots[&id].result.clone().unwrap();
    assert_eq!((result(members).due, result(deputies).due), (MEMBERS, 1));
    assert_eq!((result(members).returned, result(deputies).returned), (4, 1));
    assert_eq!(result(members).verdict, result(deputies).verdict);
    assert_eq!(result(members).verdict.groups.len(), 2);
}

/// Members and one deputy; a group of fewer papers than it is shown from is not shown apart.
fn two_groups(secrecy: Secrecy, shown_from: [u32; 2]) -> Hall {
    let mut profile = rule("weighted_groups", secrecy);
    for (group, from) in profile.groups.iter_mut().zip(shown_from) {
        group.shown_from = from;
    }
    profile.names = NamesRule::Shown;
    if secrecy == Secrecy::Secret {
        profile.names = NamesRule::Kept;
    }
    let group = profile.groups[1].label.clone();
    let mut hall = Hall::by_rule(profile, Sheets::Apart, &group);
    hall.go(person(MEMBERS + 1), Command::CheckIn {}).unwrap();
    hall
}

#[test]
fn of_a_group_too_small_to_be_shown_neither_bars_nor_names_are_seen() {
    let mut hall = two_groups(Secrecy::Named, [3, 3]);
    hall.open_ballot(ONE);
    let deputies = BallotId(2);
    hall.go(person(MEMBERS + 1), cast(deputies, &[2])).unwrap();
    for n in 1..=4 {
        hall.go(person(n), cast(ONE, &[0])).unwrap();
    }
    for audience in [Audience::Member, Audience::Projector, Audience::Chair, Audience::Desk] {
        for ballot in [ONE, deputies] {
            let view = seen(&hall, audience, ballot);
            assert_eq!(view.tally, None, "{audience:?}: the total would tell the other group");
            assert!(view.returned > 0, "the turnout is no vote");
        }
    }
    hall.close_ballot(ONE);
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    for audience in [Audience::Member, Audience::Projector] {
        for ballot in [ONE, deputies] {
            let view = seen(&hall, audience, ballot);
            assert!(view.roll.is_empty(), "{audience:?}");
            assert!(view.result.unwrap().counts.is_empty(), "{audience:?}");
        }
    }
}

#[test]
fn bars_come_with_the_vote_that_makes_the_last_group_large_enough() {
    let mut hall = two_groups(Secrecy::Named, [3, 0]);
    hall.open_ballot(ONE);
    let deputies = BallotId(2);
    hall.go(person(MEMBERS + 1), cast(deputies, &[2])).unwrap();
    for n in 1..=2 {
        hall.go(person(n), cast(ONE, &[0])).unwrap();
        assert_eq!(seen(&hall, Audience::Projector, deputies).tally, None, "member {n}");
    }
    let keys: Vec<Key> = hall.case.seen_with(ONE).collect();
    assert_eq!(keys, [Key::Ballot(ONE), Key::Ballot(deputies)], "both are sent anew");
    hall.go(person(3), cast(ONE, &[0])).unwrap();
    for ballot in [ONE, deputies] {
        assert!(seen(&hall, Audience::Projector, ballot).tally.is_some());
    }
    hall.close_ballot(ONE);
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    assert_eq!(seen(&hall, Audience::Projector, deputies).roll.len(), 1);
}

#[test]
fn the_board_of_a_group_too_small_to_be_shown_is_not_released() {
    for (from, released) in [(3, 0), (0, 2)] {
        let mut hall = two_groups(Secrecy::Secret, [from, from]);
        hall.open_ballot(ONE);
        hall.close_ballot(ONE);
        hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
        let release = |d: &Duty| matches!(d.work, Work::Office(OfficeWork::Release { .. }));
        let due = duties(&hall.case).iter().filter(|d| release(d)).count();
        let already = hall.case.ballots.values();
        let already = already
            .filter(|b| b.casts.secret().is_some_and(|s| s.released.is_some()))
            .count();
        assert_eq!(due + already, released, "shown from {from}");
        for ballot in [ONE, BallotId(2)] {
            let secret = seen(&hall, Audience::Public, ballot).secret.unwrap();
            assert!(secret.digest.is_some(), "the digest stands");
        }
    }
}

#[test]
fn where_the_first_press_counts_a_vote_cannot_be_changed_and_names_are_on_the_board() {
    let mut hall = Hall::by_rule(rule("shangluo_named", Secrecy::Named), Sheets::Apart, "");
    hall.open_ballot(ONE);
    hall.go(person(1), cast(ONE, &[0])).unwrap();
    assert_eq!(hall.go(person(1), cast(ONE, &[1])), Err(Refusal::AlreadyVoted {}));
    hall.close_ballot(ONE);
    assert!(
        seen(&hall, Audience::Projector, ONE).roll.is_empty(),
        "not before it is announced"
    );
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    let roll = seen(&hall, Audience::Projector, ONE).roll;
    assert_eq!(
        (roll.len(), roll[0].name.as_str(), roll[0].choices.as_slice()),
        (1, "委员01", &[0][..])
    );
    assert!(seen(&hall, Audience::Public, ONE).roll.is_empty());
}

#[test]
fn results_that_are_published_together_wait_for_the_last_ballot() {
    let mut profile = rule("satisfaction", Secrecy::Named);
    profile.publication.when = PublishedWhen::Together;
    let mut hall = Hall::by_rule(profile, Sheets::Apart, "");
    hold(&mut hall, ONE, &[(1, ONE, &[0])]);
    assert_eq!(
        hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }),
        Err(Refusal::SheetNotSealed {})
    );
    assert_eq!(hall.next()["type"], "begin_item", "the chair goes on");
    hall.go(CHAIR, Command::BeginItem { item: ItemId(4) }).unwrap();
    hold(&mut hall, TWO, &[(1, TWO, &[2])]);
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    assert_eq!(hall.states(), [BallotState::Announced, BallotState::Announced]);
}

#[test]
fn where_grades_only_are_published_no_count_leaves_the_office() {
    let mut profile = rule("satisfaction", Secrecy::Secret);
    profile.publication.detail = PublishedDetail::GradeOnly;
    profile.wording.announcement = "{subject}：{grade}".into();
    let mut hall = Hall::by_rule(profile, Sheets::Apart, "");
    hall.go(CHAIR, Command::PresentBallot { ballot: ONE }).unwrap();
    for p in 1..=3 {
        let (actor, command) = rig::take_token(p, ONE, 1);
        hall.go(actor, command).unwrap();
    }
    hall.go(
        CHAIR,
        Command::OpenBallot {
            ballot: ONE,
            limit_s: 0,
        },
    )
    .unwrap();
    assert_eq!(hall.case.ballots[&ONE].display, TallyDisplay::Live);
    for audience in [Audience::Member, Audience::Projector, Audience::Chair, Audience::Desk] {
        assert_eq!(
            seen(&hall, audience, ONE).tally,
            None,
            "{audience:?}: live bars would tell the counts"
        );
    }
    hall.close_ballot(ONE);
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    for audience in [Audience::Member, Audience::Projector, Audience::Public] {
        let result = seen(&hall, audience, ONE).result.unwrap();
        assert!(
            result.counts.is_empty() && result.verdict.dimensions.is_empty(),
            "{audience:?}"
        );
        assert_eq!(result.grade, "satisfied");
        assert!(
            result.text.ends_with("：满意"),
            "what is read out is for everybody: {}",
            result.text
        );
    }
    assert!(!seen(&hall, Audience::Chair, ONE).result.unwrap().counts.is_empty());
    let released = &hall.case.ballots[&ONE].casts.secret().unwrap().released;
    assert_eq!(*released, None, "the board would tell the counts");
}

#[test]
fn a_result_that_stays_sealed_is_announced_after_the_sitting() {
    let mut profile = rule("satisfaction", Secrecy::Named);
    profile.publication.when = PublishedWhen::SealedUntil;
    profile.publication.until = Some("党委会议之后".into());
    let mut hall = Hall::by_rule(profile, Sheets::One, "");
    hold(&mut hall, ONE, &[(1, ONE, &[0])]);
    let early = hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE });
    assert_eq!(early, Err(Refusal::SheetNotSealed {}));
    assert_eq!(hall.next()["type"], "close_sitting");
    hall.go(CHAIR, Command::CloseSitting {}).unwrap();
    assert_eq!(hall.next(), serde_json::json!({"type": "announce_ballot", "ballot": 1}));
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    assert_eq!(hall.states(), [BallotState::Announced, BallotState::Announced]);
    assert_eq!(hall.next()["type"], "finished");
}

#[test]
fn a_ballot_that_was_never_held_keeps_no_result_from_being_announced_after_the_sitting() {
    let mut profile = rule("satisfaction", Secrecy::Named);
    profile.publication.when = PublishedWhen::Together;
    let mut hall = Hall::by_rule(profile, Sheets::Apart, "");
    hold(&mut hall, ONE, &[(1, ONE, &[0])]);
    hall.go(CHAIR, Command::CloseSitting {}).unwrap();
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    assert_eq!(hall.states(), [BallotState::Announced, BallotState::Prepared]);
}

#[test]
fn the_text_on_the_wall_tells_no_more_than_the_rule_publishes() {
    let mut profile = rule("satisfaction", Secrecy::Named);
    profile.publication.detail = PublishedDetail::GradeOnly;
    profile.valid_kinds = vec![MarkKind::Choice];
    profile.wording.announcement = "有效票{valid}张，弃权{apart}张，{grade}".into();
    let faults: Vec<_> = profile.faults().into_iter().map(|f| f.reason).collect();
    for name in ["valid", "apart"] {
        let name = name.to_owned();
        assert!(faults.contains(&FaultReason::NotPublished { name }), "{faults:?}");
    }
    profile.wording = wording::usual(PublishedDetail::GradeOnly, profile.no_grade);
    assert_eq!(profile.faults(), []);
    let abstain = u32::try_from(
        profile
            .options
            .iter()
            .position(|o| o.kind == MarkKind::Abstain)
            .unwrap(),
    )
    .unwrap();
    let mut hall = Hall::by_rule(profile, Sheets::Apart, "");
    let casts: Vec<(u32, BallotId, &[u32])> = vec![(1, ONE, &[0]), (2, ONE, &[0])];
    let abstains = [abstain];
    hold(&mut hall, ONE, &[casts, vec![(3, ONE, &abstains[..])]].concat());
    hall.go(CHAIR, Command::AnnounceBallot { ballot: ONE }).unwrap();
    let counted = seen(&hall, Audience::Chair, ONE).result.unwrap();
    assert_eq!(counted.verdict.accounts.apart, 1, "one abstained");
    for audience in [Audience::Member, Audience::Projector, Audience::Public] {
        let result = seen(&hall, audience, ONE).result.unwrap();
        assert!(
            result.text.contains("收回3张，其中无效票0张。测评等次："),
            "{}",
            result.text
        );
        let accounts = &result.verdict.accounts;
        assert_eq!(
            (accounts.valid, accounts.apart),
            (3, 0),
            "{audience:?}: abstentions are a count"
        );
    }
}

#[test]
fn a_group_too_small_to_be_shown_has_no_counts_on_its_own_ballot() {
    let profile = rule("weighted_groups", Secrecy::Named);
    let group = profile.groups[1].label.clone();
    let mut hall = Hall::by_rule(profile, Sheets::Apart, &group);
    let (members, deputies) = (ONE, BallotId(2));
    hall.go(person(MEMBERS + 1), Command::CheckIn {}).unwrap();
    let casts: Vec<(u32, BallotId, &[u32])> = vec![(MEMBERS + 1, deputies, &[2]), (1, members, &[0])];
    hold(&mut hall, members, &casts);
    hall.go(CHAIR, Command::AnnounceBallot { ballot: members }).unwrap();
    let result = seen(&hall, Audience::Projector, deputies).result.unwrap();
    assert_eq!(
        (result.counts.len(), result.returned),
        (0, 1),
        "one paper is one person's choice"
    );
    assert!(!result.text.contains(&group), "{}", result.text);
    assert!(!seen(&hall, Audience::Chair, deputies).result.unwrap().counts.is_empty());
}
