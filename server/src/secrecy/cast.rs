//! One secret vote as it comes from a phone and stands on the board, and the receipt for it.
//! Must carry nothing that tells who sent it or when.

use super::encoding::{b64, from_b64};
use super::header::Header;
use super::issuer::{BallotKey, token_input};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// The order of these fields is that of the board's text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cast {
    /// Made on the phone for this round alone.
    #[serde(with = "b64")]
    pub vote_pk: [u8; 32],
    #[serde(with = "b64")]
    pub token: [u8; 64],
    /// A higher one replaces a lower one of the same key. Phones start and step at random, so it counts nothing.
    pub seq: u32,
    /// One a dimension: 0 is blank, 1 the first option.
    pub choices: Vec<u8>,
    #[serde(with = "b64")]
    pub sig: [u8; 64],
}

/// A vote does not belong into a log line, not even by accident.
impl fmt::Debug for Cast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cast(…)")
    }
}

/// As it stands in a request, base64url.
#[derive(Clone, Copy)]
pub struct CastText<'a> {
    pub vote_pk: &'a str,
    pub token: &'a str,
    pub seq: u32,
    pub choices: &'a [u8],
    pub sig: &'a str,
}

/// Names the part that is wrong, never its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CastFault {
    #[error("{part} is not the right number of bytes in base64url")]
    Malformed { part: &'static str },
    #[error("the sequence number is 0")]
    NoSequence,
    #[error("the slip has another number of choices")]
    ChoicesCount,
    #[error("a choice that is not on the ballot")]
    NoSuchOption,
    #[error("the token is not one of this round for this key")]
    Token,
    #[error("the vote's signature")]
    Signature,
}

impl Cast {
    /// Sizes only; nothing is computed with.
    pub fn read(text: CastText<'_>, header: &Header) -> Result<Cast, CastFault> {
        let cast = Cast {
            vote_pk: from_b64(text.vote_pk).ok_or(CastFault::Malformed { part: "vote_pk" })?,
            token: from_b64(text.token).ok_or(CastFault::Malformed { part: "token" })?,
            sig: from_b64(text.sig).ok_or(CastFault::Malformed { part: "sig" })?,
            seq: text.seq,
            choices: text.choices.to_vec(),
        };
        cast.fits(header)?;
        Ok(cast)
    }

    /// All that admits a cast, dearest last: the route is open to everyone in the hall.
    pub fn check(&self, header: &Header, key: &BallotKey) -> Result<(), CastFault> {
        self.fits(header)?;
        self.has_token(header, key)?;
        self.is_signed(header)
    }

    pub(super) fn fits(&self, header: &Header) -> Result<(), CastFault> {
        let question = header.question();
        if self.seq == 0 {
            return Err(CastFault::NoSequence);
        }
        if self.choices.len() != usize::from(question.dimensions) {
            return Err(CastFault::ChoicesCount);
        }
        if self.choices.iter().any(|c| usize::from(*c) > question.options.len()) {
            return Err(CastFault::NoSuchOption);
        }
        Ok(())
    }

    pub(super) fn has_token(&self, header: &Header, key: &BallotKey) -> Result<(), CastFault> {
        let input = token_input(header.hash(), &self.vote_pk);
        if key.token_is_right(&input, &self.token) {
            Ok(())
        } else {
            Err(CastFault::Token)
        }
    }

    /// Strictly, or a crafted signature could hold for one verifier and not for another.
    pub(super) fn is_signed(&self, header: &Header) -> Result<(), CastFault> {
        let key = VerifyingKey::from_bytes(&self.vote_pk).map_err(|_| CastFault::Signature)?;
        key.verify_strict(&self.message(header.hash()), &Signature::from_bytes(&self.sig))
            .map_err(|_| CastFault::Signature)
    }

    /// What the vote's key signs.
    pub fn message(&self, header_hash: &[u8; 32]) -> Vec<u8> {
        // `fits` holds the choices far below what two bytes count; a longer list only fails the signature.
        let count = u16::try_from(self.choices.len()).unwrap_or(u16::MAX);
        let (seq, count) = (self.seq.to_be_bytes(), count.to_be_bytes());
        [b"ballot-cast/v1|".as_slice(), header_hash, &seq, &count, &self.choices].concat()
    }

    fn receipt_message(&self, header_hash: &[u8; 32]) -> Vec<u8> {
        let digest: [u8; 32] = Sha256::digest(self.message(header_hash)).into();
        [b"ballot-receipt/v1|".as_slice(), header_hash, &digest, &self.vote_pk].concat()
    }
}

/// Signs receipts: with one in hand a voter proves that a dropped vote had been taken.
pub struct ReceiptKey(SigningKey);

impl ReceiptKey {
    pub fn from_seed(seed: &[u8; 32]) -> ReceiptKey {
        ReceiptKey(SigningKey::from_bytes(seed))
    }

    /// What stands in the header as `receipt_pk`.
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// Only for a cast that is durable. The same cast gives the same receipt.
    pub fn receipt(&self, header: &Header, cast: &Cast) -> [u8; 64] {
        self.0.sign(&cast.receipt_message(header.hash())).to_bytes()
    }
}

pub fn receipt_holds(header: &Header, cast: &Cast, receipt: &[u8; 64]) -> bool {
    VerifyingKey::from_bytes(header.receipt_pk()).is_ok_and(|key| {
        key.verify_strict(&cast.receipt_message(header.hash()), &Signature::from_bytes(receipt))
            .is_ok()
    })
}
