//! The board of one round: everything that is published after sealing, in one order that tells nothing of time.
//! Its digest is announced before the seed is released; from then on the digest alone is the board's authority.

use super::cast::Cast;
use super::encoding::{b64, from_b64, from_hex, to_b64, to_hex};
use super::header::{Header, HeaderFault};
use super::verify::Fault;
use crate::limits::{BALLOT_LINES_MAX, BOARD_BYTES_MAX};
use pingyi_core::ids::PersonId;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// That a member took a token, and the blinded element, which fits every line of the board equally well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuance {
    pub person: PersonId,
    #[serde(with = "b64")]
    pub blinded: [u8; 32],
    #[serde(with = "b64")]
    pub evaluated: [u8; 32],
}

/// Who votes on paper, and what the paper says in sums.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    pub marks: Vec<PersonId>,
    /// Empty without paper; else dimension by dimension: blank slips, then each option.
    pub counts: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    pub header: Header,
    /// Strictly by person.
    pub issuance: Vec<Issuance>,
    pub paper: Paper,
    /// Strictly by the vote's key.
    pub lines: Vec<Cast>,
    /// As the board says; `digest_of` computes it.
    pub digest: [u8; 32],
    /// Nothing before the release.
    pub seed: Option<[u8; 32]>,
}

/// Sums over lines and paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Dimension by dimension, each option.
    pub counts: Vec<u32>,
    /// One a dimension.
    pub blanks: Vec<u32>,
    /// Slips that came back on paper.
    pub paper_returned: u32,
}

/// The text is no board at all; nothing was checked.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("a board has {size} bytes, at most {max} are read")]
    TooLarge { size: usize, max: usize },
    #[error("{count} {what} on one board, at most {max} are read")]
    TooMany {
        what: &'static str,
        count: usize,
        max: usize,
    },
    #[error("not a board: {0}")]
    NotABoard(#[from] serde_json::Error),
    #[error("version {v} of a board is not known here")]
    Version { v: u32 },
    #[error("{part} of the board is not the right number of bytes")]
    Malformed { part: &'static str },
    #[error(transparent)]
    Header(#[from] HeaderFault),
}

/// The order of these fields is that of the text.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    v: u32,
    header: String,
    issuance: Vec<Issuance>,
    paper: Paper,
    lines: Vec<Cast>,
    digest: String,
    seed: Option<String>,
}

impl Board {
    /// Puts all in order and seals it with the digest. Doubled persons or keys are a fault, never merged.
    pub fn seal(
        header: Header,
        mut issuance: Vec<Issuance>,
        mut paper: Paper,
        mut lines: Vec<Cast>,
    ) -> Result<Board, Fault> {
        issuance.sort_by_key(|row| row.person);
        paper.marks.sort_unstable();
        lines.sort_by_key(|line| line.vote_pk);
        let mut board = Board {
            header,
            issuance,
            paper,
            lines,
            digest: [0; 32],
            seed: None,
        };
        board.in_order()?;
        board.digest = board.digest_of();
        Ok(board)
    }

    /// Publishes the seed. Only after the digest was announced: from then on anyone can make valid tokens.
    pub fn release(&mut self, seed: [u8; 32]) {
        self.seed = Some(seed);
    }

    /// Over everything but the digest itself and the seed.
    pub fn digest_of(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"ballot-board/v1|");
        hash.update(length(self.header.text().len()));
        hash.update(self.header.text());
        hash.update(length(self.issuance.len()));
        for row in &self.issuance {
            hash.update(row.person.0.to_be_bytes());
            hash.update(row.blinded);
            hash.update(row.evaluated);
        }
        hash.update(length(self.paper.marks.len()));
        for mark in &self.paper.marks {
            hash.update(mark.0.to_be_bytes());
        }
        hash.update(length(self.paper.counts.len()));
        for count in &self.paper.counts {
            hash.update(count.to_be_bytes());
        }
        hash.update(length(self.lines.len()));
        for line in &self.lines {
            hash.update(line.vote_pk);
            hash.update(line.token);
            hash.update(line.seq.to_be_bytes());
            hash.update(&length(line.choices.len())[2..]);
            hash.update(&line.choices);
            hash.update(line.sig);
        }
        hash.finalize().into()
    }

    /// As published.
    pub fn text(&self) -> String {
        let written = Written {
            v: 1,
            header: self.header.text().to_owned(),
            issuance: self.issuance.clone(),
            paper: self.paper.clone(),
            lines: self.lines.clone(),
            digest: to_hex(&self.digest),
            seed: self.seed.map(|seed| to_b64(&seed)),
        };
        serde_json::to_string(&written).expect("a board is numbers and texts")
    }

    /// Reads without judging; `verify` judges.
    pub fn parse(text: &str) -> Result<Board, Unreadable> {
        let (size, max) = (text.len(), BOARD_BYTES_MAX);
        if size > max {
            return Err(Unreadable::TooLarge { size, max });
        }
        let written: Written = serde_json::from_str(text)?;
        if written.v != 1 {
            return Err(Unreadable::Version { v: written.v });
        }
        let max = BALLOT_LINES_MAX;
        for (what, count) in [("rows", written.issuance.len()), ("lines", written.lines.len())] {
            if count > max {
                return Err(Unreadable::TooMany { what, count, max });
            }
        }
        let malformed = |part| Unreadable::Malformed { part };
        let seed = match written.seed {
            Some(text) => Some(from_b64(&text).ok_or(malformed("seed"))?),
            None => None,
        };
        Ok(Board {
            header: Header::parse(&written.header)?,
            issuance: written.issuance,
            paper: written.paper,
            lines: written.lines,
            digest: from_hex(&written.digest).ok_or(malformed("digest"))?,
            seed,
        })
    }

    pub fn tally(&self) -> Result<Tally, Fault> {
        let question = self.header.question();
        let (options, dimensions) = (question.options.len(), usize::from(question.dimensions));
        let mut sums = vec![vec![0_u32; options + 1]; dimensions];
        let paper_returned = self.paper_into(&mut sums)?;
        for (index, line) in self.lines.iter().enumerate() {
            line.fits(&self.header).map_err(|fault| Fault::Line { index, fault })?;
            for (sum, choice) in sums.iter_mut().zip(&line.choices) {
                sum[usize::from(*choice)] += 1;
            }
        }
        Ok(Tally {
            blanks: sums.iter().map(|sum| sum[0]).collect(),
            counts: sums.iter().flat_map(|sum| &sum[1..]).copied().collect(),
            paper_returned,
        })
    }

    /// Adds the paper's sums; every dimension of a slip comes back together. Answers with the number of slips.
    fn paper_into(&self, sums: &mut [Vec<u32>]) -> Result<u32, Fault> {
        let counts = &self.paper.counts;
        if counts.is_empty() {
            return Ok(0);
        }
        let each = sums.first().map_or(0, Vec::len);
        if counts.len() != each * sums.len() {
            return Err(Fault::PaperForm);
        }
        let slips: Vec<u64> = counts
            .chunks_exact(each)
            .map(|part| part.iter().map(|c| u64::from(*c)).sum())
            .collect();
        if slips.iter().any(|s| *s != slips[0] || *s > BALLOT_LINES_MAX as u64) {
            return Err(Fault::PaperForm);
        }
        for (sum, count) in sums.iter_mut().flatten().zip(counts) {
            *sum += count;
        }
        u32::try_from(slips[0]).map_err(|_| Fault::PaperForm)
    }

    /// Strict order is also uniqueness.
    pub(super) fn in_order(&self) -> Result<(), Fault> {
        self.rows_in_order()?;
        self.marks_in_order()?;
        self.lines_in_order()
    }

    pub(super) fn rows_in_order(&self) -> Result<(), Fault> {
        let doubled = self.issuance.windows(2).find(|pair| pair[0].person >= pair[1].person);
        doubled.map_or(Ok(()), |pair| Err(Fault::RowOrder { person: pair[1].person }))
    }

    pub(super) fn marks_in_order(&self) -> Result<(), Fault> {
        let doubled = self.paper.marks.windows(2).find(|pair| pair[0] >= pair[1]);
        doubled.map_or(Ok(()), |pair| Err(Fault::MarkOrder { person: pair[1] }))
    }

    pub(super) fn lines_in_order(&self) -> Result<(), Fault> {
        let doubled = self
            .lines
            .windows(2)
            .position(|pair| pair[0].vote_pk >= pair[1].vote_pk);
        doubled.map_or(Ok(()), |at| Err(Fault::LineOrder { index: at + 1 }))
    }
}

/// Everything counted here is bounded far below four bytes.
fn length(count: usize) -> [u8; 4] {
    u32::try_from(count).unwrap_or(u32::MAX).to_be_bytes()
}
