//! The header of a secret ballot: what is voted on and under which keys. It is hashed as the text that is served and
//! never written anew from its parts, so no canonical form of JSON is needed.

use super::Round;
use super::encoding::b64;
use crate::limits::{BALLOT_DIMENSIONS_MAX, BALLOT_OPTIONS_MAX, HEADER_BYTES_MAX};
use pingyi_core::ids::BallotId;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

const VERSION: u32 = 1;
const SCHEME: &str = "voprf-ristretto255-sha512";
/// Crockford's base 32: no I, L, O and U to mistake for 1, 0 and V when read out in the hall.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 80 bits in four groups: nobody finds a second header that shows the same in the minutes a ballot takes.
const CODE_GROUPS: usize = 4;
const GROUP_BITS: usize = 20;

/// What is voted on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The subject as the hall reads it.
    pub subject: String,
    /// Keys of the options; option 1 is the first.
    pub options: Vec<String>,
    /// Choices on one slip.
    pub dimensions: u8,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    round: Round,
    question: Question,
    pk: [u8; 32],
    receipt_pk: [u8; 32],
    text: String,
    hash: [u8; 32],
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderFault {
    #[error("a header has {bytes} bytes, at most {max} fit")]
    TooLong { bytes: usize, max: usize },
    #[error("not a header: {0}")]
    NotAHeader(String),
    #[error("version {v} of scheme {scheme:?} is not known here")]
    UnknownScheme { v: u32, scheme: String },
    #[error("{count} options; a ballot has 1 to {max}")]
    Options { count: usize, max: usize },
    #[error("{count} dimensions; a slip has 1 to {max}")]
    Dimensions { count: u8, max: u8 },
}

/// The order of these fields is that of the text.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    v: u32,
    scheme: String,
    appraisal: String,
    ballot: u32,
    round: u32,
    subject: String,
    options: Vec<String>,
    dimensions: u8,
    #[serde(with = "b64")]
    pk: [u8; 32],
    #[serde(with = "b64")]
    receipt_pk: [u8; 32],
}

impl Header {
    /// Writes the text that is served and kept from now on.
    pub fn new(round: Round, question: Question, pk: [u8; 32], receipt_pk: [u8; 32]) -> Result<Header, HeaderFault> {
        let written = Written {
            v: VERSION,
            scheme: SCHEME.into(),
            appraisal: round.appraisal.to_string(),
            ballot: round.ballot.0,
            round: round.number,
            subject: question.subject,
            options: question.options,
            dimensions: question.dimensions,
            pk,
            receipt_pk,
        };
        let text = serde_json::to_string(&written).map_err(|e| HeaderFault::NotAHeader(e.to_string()))?;
        Self::of(written, text)
    }

    /// Reads a text and keeps it as it is.
    pub fn parse(text: &str) -> Result<Header, HeaderFault> {
        // Before it is parsed: texts come from files of anyone.
        fits(text)?;
        let written = serde_json::from_str(text).map_err(|e| HeaderFault::NotAHeader(e.to_string()))?;
        Self::of(written, text.to_owned())
    }

    fn of(written: Written, text: String) -> Result<Header, HeaderFault> {
        fits(&text)?;
        if written.v != VERSION || written.scheme != SCHEME {
            return Err(HeaderFault::UnknownScheme {
                v: written.v,
                scheme: written.scheme,
            });
        }
        // A UUID has many spellings; the phone derives the key from this one.
        let appraisal = Uuid::parse_str(&written.appraisal)
            .ok()
            .filter(|id| id.to_string() == written.appraisal);
        let appraisal = appraisal.ok_or_else(|| HeaderFault::NotAHeader("the appraisal's id".into()))?;
        let count = written.options.len();
        if !(1..=BALLOT_OPTIONS_MAX).contains(&count) {
            return Err(HeaderFault::Options {
                count,
                max: BALLOT_OPTIONS_MAX,
            });
        }
        if !(1..=BALLOT_DIMENSIONS_MAX).contains(&written.dimensions) {
            return Err(HeaderFault::Dimensions {
                count: written.dimensions,
                max: BALLOT_DIMENSIONS_MAX,
            });
        }
        Ok(Header {
            round: Round {
                appraisal,
                ballot: BallotId(written.ballot),
                number: written.round,
            },
            question: Question {
                subject: written.subject,
                options: written.options,
                dimensions: written.dimensions,
            },
            pk: written.pk,
            receipt_pk: written.receipt_pk,
            hash: Sha256::digest(text.as_bytes()).into(),
            text,
        })
    }

    pub fn round(&self) -> Round {
        self.round
    }

    pub fn question(&self) -> &Question {
        &self.question
    }

    /// The issuing key of this round.
    pub fn pk(&self) -> &[u8; 32] {
        &self.pk
    }

    pub fn receipt_pk(&self) -> &[u8; 32] {
        &self.receipt_pk
    }

    /// As served.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// SHA-256 of the text; every token, vote and receipt of the round is bound to it.
    pub fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// What the hall screen and every phone show, to be compared by eye: four groups of four characters, joined by hyphens.
    pub fn shown_code(&self) -> String {
        let bit = |place: usize| self.hash[place / 8] >> (7 - place % 8) & 1;
        let digit = |first: usize| (first..first + 5).fold(0, |value, place| value << 1 | usize::from(bit(place)));
        let group = |start: usize| {
            (0..GROUP_BITS / 5)
                .map(move |i| char::from(DIGITS[digit(start + 5 * i)]))
                .collect()
        };
        let groups: Vec<String> = (0..CODE_GROUPS).map(|g| group(g * GROUP_BITS)).collect();
        groups.join("-")
    }
}

fn fits(text: &str) -> Result<(), HeaderFault> {
    let (bytes, max) = (text.len(), HEADER_BYTES_MAX);
    if bytes > max {
        Err(HeaderFault::TooLong { bytes, max })
    } else {
        Ok(())
    }
}
