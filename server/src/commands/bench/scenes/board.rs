//! What anybody may do with a released board: check its every token and signature, on this machine.

use super::super::BenchError;
use super::super::hall::seed;
use super::super::report::{Scene, number};
use crate::protocol::call::Token;
use crate::rehearsal::SecretVoter;
use crate::secrecy::encoding::{from_b64, to_b64};
use crate::secrecy::{Announced, BallotKey, Board, Header, Issuance, Paper, Question, ReceiptKey, Round, verify};
use pingyi_core::ids::{BallotId, PersonId};
use std::fmt::Display;
use std::time::Instant;
use uuid::Uuid;

const SEED: [u8; 32] = [3; 32];

pub(super) fn verified(n: usize) -> Result<Scene, BenchError> {
    let text = board(n)?.text();
    let began = Instant::now();
    let board = Board::parse(&text).map_err(answer)?;
    let counts = board.tally().map_err(answer)?.counts;
    let attendance: Vec<PersonId> = board.issuance.iter().map(|row| row.person).collect();
    let all = u32::try_from(n).unwrap_or(u32::MAX);
    let announced = Announced {
        header_hash: *board.header.hash(),
        digest: board.digest,
        attendance: &attendance,
        counts: &counts,
        issued: all,
        returned: all,
    };
    verify(&board, &announced).map_err(answer)?;
    let ms = began.elapsed().as_secs_f64() * 1e3;
    let detail = format!(
        "{} KiB, {} µs a line, one core",
        text.len() / 1024,
        number(ms * 1e3 / n as f64)
    );
    Ok(Scene::new("secret ballot, board verified", n, ms, "ms").detail(detail))
}

/// A released board of so many votes.
fn board(n: usize) -> Result<Board, BenchError> {
    let round = Round {
        appraisal: Uuid::nil(),
        ballot: BallotId(1),
        number: 1,
    };
    let key = BallotKey::from_seed(&SEED, round);
    let question = Question {
        subject: "区教育局局长".into(),
        options: ["a", "b", "c", "d"].map(str::to_owned).to_vec(),
        dimensions: 1,
    };
    let receipts = ReceiptKey::from_seed(&SEED);
    let header = Header::new(round, question, key.public(), receipts.public()).map_err(answer)?;
    let (mut rows, mut lines) = (Vec::with_capacity(n), Vec::with_capacity(n));
    for number in 0..n {
        let mut voter = SecretVoter::new(seed(number), header.text()).map_err(answer)?;
        let blinded: [u8; 32] = from_b64(&voter.blinded()).ok_or_else(|| answer("an element"))?;
        let issued = key.evaluate(&blinded).map_err(answer)?;
        let token = Token {
            evaluated: to_b64(&issued.evaluated),
            proof: to_b64(&issued.proof),
            header: header.text().to_owned(),
        };
        voter.take(&token).map_err(answer)?;
        let choice = u8::try_from(number % 4 + 1).unwrap_or(1);
        lines.push(voter.line(choice, 1).map_err(answer)?);
        rows.push(Issuance {
            person: PersonId(u32::try_from(number).unwrap_or(u32::MAX)),
            blinded,
            evaluated: issued.evaluated,
        });
    }
    let mut board = Board::seal(header, rows, Paper::default(), lines).map_err(answer)?;
    board.release(SEED);
    Ok(board)
}

fn answer(error: impl Display) -> BenchError {
    BenchError::Answer(error.to_string())
}
