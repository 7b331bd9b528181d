//! The doors: a second device, a new card, a sniffed bearer, guesses.

use pingyi::protocol::call::{SignInHall, SignedIn, TakeOver};
use pingyi::protocol::{CloseCode, Problem, Verdict};
use pingyi::rehearsal::{CallError, Memory, PhoneError, post};
use pingyi_core::command::Command;
use pingyi_core::ids::PersonId;
use pingyi_core::views::DoorView;
use pingyi_tests::Hall;
use pingyi_tests::hall::{device_key, done, open_first_ballot};

fn closed_with<T: std::fmt::Debug>(result: Result<T, PhoneError>, code: CloseCode) {
    match result {
        Err(PhoneError::Closed { code: got, .. }) if got == code.number() => {}
        other => panic!("expected close {}, got {other:?}", code.number()),
    }
}

fn problem<T: std::fmt::Debug>(result: Result<T, CallError>) -> Problem {
    match result {
        Err(CallError::Problem { problem, .. }) => problem,
        other => panic!("expected a problem, got {other:?}"),
    }
}

#[tokio::test]
async fn a_second_device_asks_first_and_then_the_first_is_out_at_once() {
    let hall = Hall::open().await;
    let mut first = hall.member(3).await;
    let asked = problem(hall.sign_in(3, 1, TakeOver::Ask).await);
    assert_eq!(
        asked,
        Problem::OnAnotherDevice {
            name: "委员03".into()
        }
    );
    let (second, _) = hall.sign_in(3, 1, TakeOver::Move).await.unwrap();
    closed_with(first.phone.until(|_| false).await, CloseCode::MovedToOtherDevice);
    closed_with(
        hall.join(&first.signed_in, Memory::default()).await,
        CloseCode::MovedToOtherDevice,
    );
    hall.join(&second, Memory::default())
        .await
        .expect("the second device is in");
}

#[tokio::test]
async fn the_same_phone_may_sign_in_again_without_a_question() {
    let hall = Hall::open().await;
    hall.sign_in(3, 0, TakeOver::Ask).await.unwrap();
    hall.sign_in(3, 0, TakeOver::Ask)
        .await
        .expect("the same device key is the same phone");
}

#[tokio::test]
async fn a_reissued_card_puts_the_old_card_and_phone_out() {
    let hall = Hall::open().await;
    let (mut desk, mut member) = (hall.desk().await, hall.member(7).await);
    done(&mut desk, Command::ReissueCredential { person: PersonId(7) }).await;
    closed_with(member.phone.until(|_| false).await, CloseCode::CredentialReissued);
    assert_eq!(
        problem(hall.sign_in(7, 0, TakeOver::Ask).await),
        Problem::UnknownCard {}
    );
}

/// The bearer was read off a plain-http network. Without the phone's key it votes for nobody.
#[tokio::test]
async fn a_sniffed_bearer_votes_for_nobody() {
    let hall = Hall::open_named().await;
    let mut chair = hall.chair().await;
    let mut victim = None;
    for person in 1..=15 {
        let mut member = hall.member(person).await;
        member.check_in().await;
        if person == 2 {
            victim = Some(member);
        }
    }
    let ballot = open_first_ballot(&mut chair).await;
    let mut victim = victim.unwrap();
    let mut thief = hall.join(&victim.signed_in, Memory::default()).await.unwrap();
    let id = uuid::Uuid::new_v4();
    let forged = device_key(2, 9).vote(hall.demo.appraisal, id, ballot, 1, 2);
    thief.give(id, forged, None).await.unwrap();
    closed_with(thief.receipt(id).await, CloseCode::BadMessage);
    let stolen = {
        let theirs = uuid::Uuid::new_v4();
        (
            theirs,
            victim.key.vote(hall.demo.appraisal, uuid::Uuid::new_v4(), ballot, 1, 2),
        )
    };
    let mut thief = hall.join(&victim.signed_in, Memory::default()).await.unwrap();
    thief.give(stolen.0, stolen.1, None).await.unwrap();
    closed_with(thief.receipt(stolen.0).await, CloseCode::BadMessage);
    assert!(matches!(victim.vote(ballot, 0).await, Verdict::Accepted { .. }));
}

#[tokio::test]
async fn the_hall_code_with_name_and_pin_opens_and_each_mistake_has_its_word() {
    let hall = Hall::open().await;
    let mut projector = hall.projector().await;
    projector
        .until(|p| p.views.contains_key("door"))
        .await
        .expect("the hall screen shows the way in");
    let door: DoorView = projector.view("door").unwrap();
    assert!(door.url.ends_with(&format!("/#h={}", door.code)) && door.svg.contains("<svg"));
    let member = &hall.demo.members[4];
    let ask = |hall_code: &str, name: &str, pin: &str| SignInHall {
        hall_code: hall_code.into(),
        name: name.into(),
        pin: pin.into(),
        device_key: device_key(5, 0).public_hex(),
        take_over: TakeOver::Ask,
    };
    let call = async |body: SignInHall| post::<SignedIn>(&hall.host, "/api/sign-in/hall", None, &body).await;
    assert_eq!(
        problem(call(ask("000000", &member.name, &member.pin)).await),
        Problem::HallCodeExpired {}
    );
    assert_eq!(
        problem(call(ask(&door.code, "路人甲", "0000")).await),
        Problem::UnknownName {}
    );
    let wrong = if member.pin == "9999" { "9998" } else { "9999" };
    assert!(
        matches!(problem(call(ask(&door.code, &member.name, wrong)).await), Problem::WrongPin { tries_left } if tries_left > 0)
    );
    let signed_in = call(ask(&door.code, &member.name, &member.pin))
        .await
        .expect("the right PIN opens");
    assert_eq!(signed_in.person, Some(member.person));
}

#[tokio::test]
async fn guessing_a_pin_is_slowed_and_the_card_still_opens() {
    let hall = Hall::open().await;
    let mut projector = hall.projector().await;
    projector.until(|p| p.views.contains_key("door")).await.unwrap();
    let door: DoorView = projector.view("door").unwrap();
    let victim = &hall.demo.members[5];
    let mut waits = 0;
    for guess in 0..12 {
        let pin = format!("{guess:04}");
        if pin == victim.pin {
            continue;
        }
        let ask = SignInHall {
            hall_code: door.code.clone(),
            name: victim.name.clone(),
            pin,
            device_key: device_key(6, 9).public_hex(),
            take_over: TakeOver::Ask,
        };
        match problem(post::<SignedIn>(&hall.host, "/api/sign-in/hall", None, &ask).await) {
            Problem::Wait { retry_after_s } => {
                assert!(retry_after_s > 0);
                waits += 1;
            }
            Problem::WrongPin { .. } => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(waits >= 6, "guesses went through: {waits} of 12 were slowed");
    hall.sign_in(6, 0, TakeOver::Ask)
        .await
        .expect("the member's own card is not locked by a stranger's guesses");
}
