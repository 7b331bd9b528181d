//! One sheet for the sample's four subjects: orders to all of its ballots, and what screens show of them.

use crate::hall::{FIRST_EVALUATION, done};
use crate::secret::{board_text_of, check_board};
use pingyi::rehearsal::Phone;
use pingyi::sample::{Evaluation, Sample};
use pingyi::secrecy::Board;
use pingyi_core::ballot::BallotState;
use pingyi_core::command::Command;
use pingyi_core::ids::BallotId;
use pingyi_core::views::BallotView;

/// The ballots of the sheet, in its order.
pub const SHEET: [BallotId; 4] = [BallotId(1), BallotId(2), BallotId(3), BallotId(4)];

pub fn one_sheet() -> Sample {
    Sample {
        evaluation: Evaluation::OneSheet,
        ..Sample::default()
    }
}

/// What a screen shows of the sheet's ballots.
pub fn views(screen: &Phone) -> Option<Vec<BallotView>> {
    let view = |b: &BallotId| screen.view(&format!("ballot/{b}"));
    SHEET.iter().map(view).collect()
}

/// Waits until it holds of all ballots of the sheet.
pub async fn until_all(screen: &mut Phone, holds: impl Fn(&BallotView) -> bool) -> Vec<BallotView> {
    let all = |screen: &Phone| views(screen).filter(|all| all.iter().all(&holds));
    screen
        .until(|s| all(s).is_some())
        .await
        .expect("the screen hears of it");
    all(screen).expect("it was just there")
}

/// Begins the evaluation and presents the sheet. The answer are the headers, in its order.
pub async fn present(chair: &mut Phone) -> Vec<String> {
    done(chair, Command::BeginItem { item: FIRST_EVALUATION }).await;
    done(chair, Command::PresentBallot { ballot: SHEET[0] }).await;
    let presented = until_all(chair, |b| b.state == BallotState::Presented && b.secret.is_some()).await;
    let header = |b: BallotView| b.secret.expect("a key").header;
    presented.into_iter().map(header).collect()
}

pub async fn open(chair: &mut Phone) {
    let (ballot, limit_s) = (SHEET[0], 0);
    done(chair, Command::OpenBallot { ballot, limit_s }).await;
    until_all(chair, |b| b.state == BallotState::Open).await;
}

/// Waits until the console has the counts of all.
pub async fn until_sealed(chair: &mut Phone) -> Vec<BallotView> {
    until_all(chair, |b| b.state == BallotState::Sealed && b.result.is_some()).await
}

/// Waits until all boards are public.
pub async fn until_released(screen: &mut Phone) -> Vec<BallotView> {
    let out = |b: &BallotView| b.secret.as_ref().is_some_and(|s| s.board.is_some());
    until_all(screen, |b| b.state == BallotState::Announced && out(b)).await
}

/// The public boards, each checked against what the hall was shown at the sealing and told at the announcement.
pub async fn checked_boards(
    host: &str,
    appraisal: uuid::Uuid,
    sealed: &[BallotView],
    told: &[BallotView],
) -> Vec<Board> {
    let mut boards = Vec::new();
    for (sealed, told) in sealed.iter().zip(told) {
        let text = board_text_of(host, appraisal, told.id).await.expect("it is public");
        let shown = sealed.secret.as_ref().expect("a secret ballot");
        let (board, _) = check_board(&text, shown, told, told.present).expect("the board holds");
        boards.push(board);
    }
    boards
}
