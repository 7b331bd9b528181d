//! A member whose phone is replaced after a token was taken.

use super::follow::brought_back;
use super::*;

#[test]
fn the_desk_alone_sees_whose_token_stayed_on_a_lost_phone_and_only_while_it_matters() {
    let mut case = open_case(Secrecy::Secret, Sheets::Apart);
    let mut at = START + 10;
    let mut give = |case: &mut Appraisal, actor, command: Command| {
        at += 1;
        let expects = expects(case, &command);
        let stamped = Stamped {
            id: id(at as u128),
            actor,
            at,
            expects,
            command,
        };
        let outcome = case.apply(&stamped);
        assert!(outcome.verdict.is_ok(), "{:?}: {:?}", stamped.command, outcome.verdict);
        outcome.touched.keys.contains(&Key::Ballot(BallotId(1)))
    };
    let bind = |n, key: &str| Command::BindDevice {
        person: PersonId(n),
        device_key: key.repeat(64),
    };
    let token = |blinded: &str| Command::TakeToken {
        ballot: BallotId(1),
        round: 1,
        blinded: blinded.repeat(43),
        signature: String::new(),
    };
    let reissue = |n| Command::ReissueCredential { person: PersonId(n) };
    let seen = |case: &Appraisal, audience| {
        let view = render(case, &Surroundings::default(), audience, Key::Ballot(BallotId(1)));
        view?.get("left_behind").cloned()
    };
    for n in 1..=4 {
        give(&mut case, Actor::Door {}, bind(n, "a"));
        give(&mut case, person(n), Command::CheckIn {});
    }
    give(&mut case, CHAIR, Command::BeginItem { item: ItemId(3) });
    give(&mut case, CHAIR, Command::PresentBallot { ballot: BallotId(1) });
    let key = duties::duties(&case)
        .into_iter()
        .map(|d| brought_back(&case, d.work))
        .next()
        .unwrap();
    give(&mut case, Actor::System {}, key);
    give(&mut case, person(1), token("A"));
    give(&mut case, person(2), token("B"));
    assert_eq!(seen(&case, Audience::Desk), None);

    assert!(give(&mut case, DESK, reissue(1)), "the desk's page hears of it");
    assert!(!give(&mut case, DESK, reissue(3)), "who took no token loses none");
    assert_eq!(seen(&case, Audience::Desk), Some(serde_json::json!([1])));
    for other in [Audience::Member, Audience::Projector, Audience::Chair, Audience::Public] {
        assert_eq!(seen(&case, other), None);
    }
    give(&mut case, Actor::Door {}, bind(1, "b"));
    give(&mut case, Actor::Door {}, bind(2, "b"));
    assert_eq!(seen(&case, Audience::Desk), Some(serde_json::json!([1, 2])));
    give(&mut case, Actor::Door {}, bind(1, "a"));
    assert_eq!(
        seen(&case, Audience::Desk),
        Some(serde_json::json!([2])),
        "the phone that holds it is back"
    );
    let void = Command::VoidBallot {
        ballot: BallotId(1),
        cause: VoidCause::SystemFailure,
        note: "手机遗失".into(),
    };
    give(&mut case, CHAIR, void);
    assert_eq!(seen(&case, Audience::Desk), None);
}
