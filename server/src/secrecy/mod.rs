//! The secret ballot's cryptography: header, issuing, casts, board, and the verifier that anyone may run.
//! VOPRF(ristretto255, SHA-512) after RFC 9497, Ed25519 for votes and receipts. Pure: no clock, no store, no network;
//! the only randomness is that of the issuer's proofs. Must never log a cast.

pub mod board;
pub mod cast;
pub mod encoding;
pub mod header;
pub mod issuer;
pub mod verify;

#[cfg(test)]
pub(crate) mod tests;

pub use board::{Board, Issuance, Paper, Tally, Unreadable};
pub use cast::{Cast, CastFault, CastText, ReceiptKey, receipt_holds};
pub use header::{Header, HeaderFault, Question};
pub use issuer::{BadElement, BallotKey, Issued, is_element};
pub use verify::{Announced, Check, Extent, Fault, Report, verify};

use pingyi_core::ids::{AppraisalId, BallotId};

/// One round of one ballot. Every round has keys, a box and a board of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Round {
    pub appraisal: AppraisalId,
    pub ballot: BallotId,
    pub number: u32,
}
