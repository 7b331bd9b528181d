//! The chair's console during a scene: gives orders on a socket of its own and waits for the receipts.

use super::BenchError;
use super::crowd::Crowd;
use super::dialect::Dialect;
use super::hall::{Hall, JOINS_AT_ONCE, WITHIN, frame, hello, json};
use super::process::Process;
use super::wire;
use crate::protocol::ClientMessage;
use pingyi_core::ballot::{BallotState, VoidCause};
use pingyi_core::command::Command;
use pingyi_core::ids::{BallotId, QuestionId};
use pingyi_core::stamp::Expects;
use pingyi_core::views::Audience;
use std::sync::atomic::Ordering;
use std::time::Duration;
use uuid::Uuid;

/// Two questions, between which a tap goes to and fro. Such a tap is allowed while a ballot runs.
pub(super) const QUESTIONS_TO_TAP: usize = 2;

/// The ballot that is voted in.
pub(super) const BALLOT: BallotId = BallotId(1);

#[derive(Debug)]
pub(super) struct Chair {
    socket: Crowd,
}

impl Chair {
    pub(super) fn take_seat(hall: &Hall, process: &Process) -> Result<Chair, BenchError> {
        let hello = hello(hall.case.appraisal, Audience::Chair, &hall.case.chair);
        let mut socket = Crowd::new(process.at, Dialect::Pingyi, vec![hello])?;
        socket.joins_by_snapshot = true;
        socket.join_all(JOINS_AT_ONCE, WITHIN)?;
        Ok(Chair { socket })
    }

    /// Gives an order and waits until it is done.
    fn order(&mut self, command: Command, seen: (u32, BallotState)) -> Result<(), BenchError> {
        let expects = Expects {
            ballot: BALLOT,
            round: seen.0,
            state: seen.1,
        };
        let message = ClientMessage::Command {
            id: Uuid::new_v4(),
            command,
            expects: Some(expects),
        };
        self.socket.storm(&[wire::text(&json(&message))], WITHIN).map(|_| ())
    }

    /// Reads what has come: a screen that reads nothing is not listened to for long.
    pub(super) fn listen(&mut self) -> Result<(), BenchError> {
        self.socket.settle(Duration::from_millis(5), WITHIN)
    }

    /// Something every phone shows, given without waiting: the receipt comes with the change.
    pub(super) fn tap(&mut self, hall: &Hall) -> Result<(), BenchError> {
        let tap = hall.taps.fetch_add(1, Ordering::Relaxed);
        let number = u32::try_from(tap % QUESTIONS_TO_TAP + 1).unwrap_or(1);
        let question = QuestionId(number);
        self.socket
            .say(0, &frame(Uuid::new_v4(), Command::TakeQuestion { question }))
    }

    pub(super) fn present(&mut self, round: u32) -> Result<(), BenchError> {
        self.order(
            Command::PresentBallot { ballot: BALLOT },
            (round, BallotState::Prepared),
        )
    }

    /// Opens the ballot without a time limit.
    pub(super) fn open(&mut self, round: u32) -> Result<(), BenchError> {
        let open = Command::OpenBallot {
            ballot: BALLOT,
            limit_s: 0,
        };
        self.order(open, (round, BallotState::Presented))
    }

    /// This round does not count; the next one is prepared.
    pub(super) fn void(&mut self, round: u32) -> Result<(), BenchError> {
        let void = Command::VoidBallot {
            ballot: BALLOT,
            cause: VoidCause::SystemFailure,
            note: "测量".into(),
        };
        self.order(void, (round, BallotState::Open))
    }

    pub(super) fn close(&mut self, round: u32) -> Result<(), BenchError> {
        self.order(Command::CloseBallot { ballot: BALLOT }, (round, BallotState::Open))
    }
}
