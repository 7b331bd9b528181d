//! The demonstration's simulated members: tokens when presented, and what is still held goes out when the chair closes.

use pingyi::clock::Clock;
use pingyi::rehearsal::crowd::{self, Seat};
use pingyi::sample::Sample;
use pingyi_core::ballot::{BallotState, Secrecy};
use pingyi_core::command::Command;
use pingyi_core::ids::BallotId;
use pingyi_core::views::{AttendanceView, BallotView};
use pingyi_tests::Hall;
use pingyi_tests::hall::{FIRST_EVALUATION, done, present_ballot, until_ballot};
use pingyi_tests::sheet::{SHEET, one_sheet, until_all, until_sealed};
use tokio::task::JoinSet;

const PHONES: u32 = 27;

async fn gathered(sample: Sample) -> (Hall, JoinSet<()>, pingyi::rehearsal::Phone) {
    let hall = Hall::with_clock(Clock::default(), sample).await;
    let seat = |m: &pingyi::commands::DemoMember| Seat {
        code: m.code.clone(),
        seed: u64::from(m.person.0),
    };
    let seats = hall.demo.members[..PHONES as usize].iter().map(seat).collect();
    let crowd = crowd::gather(&hall.host, seats);
    let mut chair = hall.chair().await;
    let here = |a: AttendanceView| a.present == PHONES;
    chair.until(|c| c.view("attendance").is_some_and(here)).await.unwrap();
    done(&mut chair, Command::BeginItem { item: FIRST_EVALUATION }).await;
    (hall, crowd, chair)
}

fn all_voted(b: &BallotView) -> bool {
    let result = b.result.as_ref();
    result.is_some_and(|r| (r.issued, r.returned) == (PHONES, PHONES))
}

#[tokio::test]
async fn a_simulated_crowd_votes_in_secret_and_flushes_at_the_close() {
    let (_hall, _crowd, mut chair) = gathered(Sample::default()).await;
    let ballot = BallotId(1);
    present_ballot(&mut chair, ballot).await;
    let issued = |b: BallotView| b.issued == PHONES;
    chair.until(|c| c.view("ballot/1").is_some_and(issued)).await.unwrap();
    done(&mut chair, Command::OpenBallot { ballot, limit_s: 0 }).await;
    until_ballot(&mut chair, ballot, BallotState::Open).await;
    done(&mut chair, Command::CloseBallot { ballot }).await;
    chair
        .until(|c| c.view::<BallotView>("ballot/1").is_some_and(|b| b.result.is_some()))
        .await
        .unwrap();
    assert!(all_voted(&chair.view("ballot/1").unwrap()));
}

/// Nobody leaves a ballot of the sheet out.
async fn fills_a_whole_sheet(secrecy: Secrecy) {
    let sample = Sample { secrecy, ..one_sheet() };
    let (_hall, _crowd, mut chair) = gathered(sample).await;
    let ballot = SHEET[0];
    done(&mut chair, Command::PresentBallot { ballot }).await;
    let ready = |b: &BallotView| secrecy == Secrecy::Named || b.issued == PHONES;
    until_all(&mut chair, |b| b.state == BallotState::Presented && ready(b)).await;
    done(&mut chair, Command::OpenBallot { ballot, limit_s: 0 }).await;
    until_all(&mut chair, |b| b.state == BallotState::Open).await;
    if secrecy == Secrecy::Named {
        // Named votes are not held back for the closing: everybody must have had the time to tap.
        until_all(&mut chair, |b| b.returned == PHONES).await;
    }
    done(&mut chair, Command::CloseBallot { ballot }).await;
    let sealed = until_sealed(&mut chair).await;
    assert!(sealed.iter().all(all_voted), "{sealed:?}");
}

#[tokio::test]
async fn a_simulated_crowd_fills_a_secret_sheet() {
    fills_a_whole_sheet(Secrecy::Secret).await;
}

#[tokio::test]
async fn a_simulated_crowd_fills_a_named_sheet() {
    fills_a_whole_sheet(Secrecy::Named).await;
}
