//! The independent verifier: what anyone can check of a board with what the hall was told, in seven numbered checks.
//! The phones' verifier does the same in the same order; the test vectors hold the two together.

use super::board::Board;
use super::cast::CastFault;
use super::issuer::BallotKey;
use pingyi_core::ids::PersonId;
use std::collections::BTreeSet;

/// What the hall was told, from the screen, the minutes and the attendance list: never from the board itself.
#[derive(Clone, Copy, Debug)]
pub struct Announced<'a> {
    pub header_hash: [u8; 32],
    pub digest: [u8; 32],
    /// Members who could be given a ballot (实到).
    pub attendance: &'a [PersonId],
    /// Dimension by dimension, each option; blank votes are the rest of `returned`.
    pub counts: &'a [u32],
    /// Tokens and paper slips given out (发出).
    pub issued: u32,
    /// Lines and paper slips that came back (收回).
    pub returned: u32,
}

/// In the order in which they are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    Header = 1,
    Digest = 2,
    Seed = 3,
    Issuance = 4,
    Lines = 5,
    Accounts = 6,
    Tally = 7,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    Whole,
    /// What needs the key is still to be checked.
    WithoutSeed,
    /// Not possible before the seed is released.
    NotYet,
}

/// A board that holds, as far as it could be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub checks: [(Check, Extent); 7],
    pub counts: Vec<u32>,
    pub blanks: Vec<u32>,
    pub issued: u32,
    pub returned: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("the header is not the one that was announced")]
    HeaderNotAnnounced,
    #[error("the digest is not the one that was announced")]
    DigestNotAnnounced,
    #[error("the board does not have the digest it claims")]
    DigestWrong,
    #[error("the seed gives another key than the header's")]
    SeedOfAnotherKey,
    #[error("person {person} is twice on the list of tokens, or out of order")]
    RowOrder { person: PersonId },
    #[error("person {person} was given a token without being present")]
    RowOfAbsent { person: PersonId },
    #[error("the token of person {person} was not made with this key")]
    RowOfAnotherKey { person: PersonId },
    #[error("line {index} is doubled or out of order")]
    LineOrder { index: usize },
    #[error("line {index}: {fault}")]
    Line { index: usize, fault: CastFault },
    #[error("person {person} is twice on the list of paper, or out of order")]
    MarkOrder { person: PersonId },
    #[error("person {person} was given paper without being present")]
    MarkOfAbsent { person: PersonId },
    #[error("person {person} has a token and paper")]
    TokenAndPaper { person: PersonId },
    #[error("the sums of the paper slips do not fit the ballot")]
    PaperForm,
    #[error("{returned} lines for {issued} tokens")]
    MoreLinesThanTokens { returned: usize, issued: usize },
    #[error("{returned} paper slips for {issued} given out")]
    MorePaperThanMarks { returned: u32, issued: usize },
    #[error("{announced} announced as given out, the board has {found}")]
    IssuedDiffers { announced: u32, found: u32 },
    #[error("{announced} announced as returned, the board has {found}")]
    ReturnedDiffers { announced: u32, found: u32 },
    #[error("the announced counts are not those of the board")]
    CountsDiffer,
}

impl Fault {
    /// The check that failed.
    pub fn check(&self) -> Check {
        match self {
            Fault::HeaderNotAnnounced => Check::Header,
            Fault::DigestNotAnnounced | Fault::DigestWrong => Check::Digest,
            Fault::SeedOfAnotherKey => Check::Seed,
            Fault::RowOrder { .. } | Fault::RowOfAbsent { .. } | Fault::RowOfAnotherKey { .. } => Check::Issuance,
            Fault::LineOrder { .. } | Fault::Line { .. } => Check::Lines,
            Fault::MarkOrder { .. }
            | Fault::MarkOfAbsent { .. }
            | Fault::TokenAndPaper { .. }
            | Fault::PaperForm
            | Fault::MoreLinesThanTokens { .. }
            | Fault::MorePaperThanMarks { .. } => Check::Accounts,
            Fault::IssuedDiffers { .. } | Fault::ReturnedDiffers { .. } | Fault::CountsDiffer => Check::Tally,
        }
    }
}

/// Stops at the first fault. Costs about 0.2 ms a line in a test build, a few seconds for the largest hall.
pub fn verify(board: &Board, announced: &Announced<'_>) -> Result<Report, Fault> {
    if *board.header.hash() != announced.header_hash {
        return Err(Fault::HeaderNotAnnounced);
    }
    if board.digest != announced.digest {
        return Err(Fault::DigestNotAnnounced);
    }
    if board.digest != board.digest_of() {
        return Err(Fault::DigestWrong);
    }
    let key = board.seed.map(|seed| BallotKey::from_seed(&seed, board.header.round()));
    if key.as_ref().is_some_and(|key| key.public() != *board.header.pk()) {
        return Err(Fault::SeedOfAnotherKey);
    }
    let present: BTreeSet<PersonId> = announced.attendance.iter().copied().collect();
    rows_hold(board, key.as_ref(), &present)?;
    lines_hold(board, key.as_ref())?;
    let returned_on_paper = accounts_hold(board, &present)?;
    let tally = board.tally()?;
    let issued = sum(board.issuance.len(), board.paper.marks.len());
    if announced.issued != issued {
        return Err(Fault::IssuedDiffers {
            announced: announced.issued,
            found: issued,
        });
    }
    let returned = sum(board.lines.len(), returned_on_paper as usize);
    if announced.returned != returned {
        return Err(Fault::ReturnedDiffers {
            announced: announced.returned,
            found: returned,
        });
    }
    if announced.counts != tally.counts {
        return Err(Fault::CountsDiffer);
    }
    let (seed, keyed) = match key {
        Some(_) => (Extent::Whole, Extent::Whole),
        None => (Extent::NotYet, Extent::WithoutSeed),
    };
    let checks = [
        (Check::Header, Extent::Whole),
        (Check::Digest, Extent::Whole),
        (Check::Seed, seed),
        (Check::Issuance, keyed),
        (Check::Lines, keyed),
        (Check::Accounts, Extent::Whole),
        (Check::Tally, Extent::Whole),
    ];
    Ok(Report {
        checks,
        counts: tally.counts,
        blanks: tally.blanks,
        issued,
        returned,
    })
}

fn rows_hold(board: &Board, key: Option<&BallotKey>, present: &BTreeSet<PersonId>) -> Result<(), Fault> {
    board.rows_in_order()?;
    for row in &board.issuance {
        let person = row.person;
        if !present.contains(&person) {
            return Err(Fault::RowOfAbsent { person });
        }
        if key.is_some_and(|key| !key.made(&row.blinded, &row.evaluated)) {
            return Err(Fault::RowOfAnotherKey { person });
        }
    }
    Ok(())
}

fn lines_hold(board: &Board, key: Option<&BallotKey>) -> Result<(), Fault> {
    board.lines_in_order()?;
    for (index, line) in board.lines.iter().enumerate() {
        let checked = line.fits(&board.header).and_then(|()| line.is_signed(&board.header));
        let checked = checked.and_then(|()| key.map_or(Ok(()), |key| line.has_token(&board.header, key)));
        checked.map_err(|fault| Fault::Line { index, fault })?;
    }
    Ok(())
}

/// C ≤ I, p ≤ P, nobody on both lists. I + P ≤ R follows: both lists name each person once, and only those present.
/// Answers with p.
fn accounts_hold(board: &Board, present: &BTreeSet<PersonId>) -> Result<u32, Fault> {
    board.marks_in_order()?;
    let marks = &board.paper.marks;
    if let Some(person) = marks.iter().find(|p| !present.contains(p)).copied() {
        return Err(Fault::MarkOfAbsent { person });
    }
    let both = |p: &&PersonId| board.issuance.binary_search_by_key(*p, |row| row.person).is_ok();
    if let Some(person) = marks.iter().find(both).copied() {
        return Err(Fault::TokenAndPaper { person });
    }
    let (returned, issued) = (board.lines.len(), board.issuance.len());
    if returned > issued {
        return Err(Fault::MoreLinesThanTokens { returned, issued });
    }
    let returned = board.tally()?.paper_returned;
    if returned as usize > marks.len() {
        return Err(Fault::MorePaperThanMarks {
            returned,
            issued: marks.len(),
        });
    }
    Ok(returned)
}

/// Lists are bounded far below what four bytes count.
fn sum(a: usize, b: usize) -> u32 {
    u32::try_from(a + b).unwrap_or(u32::MAX)
}
