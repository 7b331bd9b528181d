//! Writes a case file: fixed order, fixed times, so that the same case gives the same bytes.

use super::course::{Course, replay};
use super::{DOCUMENTS, Extent, FORMAT, Fault, JOURNAL, Line, MANIFEST, Manifest, board_name, part, public};
use crate::blobs::{BlobError, Blobs};
use crate::conductor;
use crate::journal::chain::genesis;
use crate::journal::{Entry, Journal, ReadError, StreamId};
use crate::limits::{CASE_FILE_BYTES_MAX, CASE_FILE_INFLATED_BYTES_MAX, JOURNAL_PAGE_ENTRIES_MAX};
use pingyi_core::stamp::Stamped;
use std::io::{Cursor, Write as _};
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Why no file was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("there is no case {case} in this folder")]
    NoSuchCase { case: Uuid },
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Blobs(#[from] BlobError),
    #[error("a ballot is held or not announced yet")]
    BallotRunning,
    #[error("{0}")]
    Records(Fault),
    #[error("record {index} is not a text")]
    NotText { index: u64 },
    #[error("the board {digest} that was released is not among the stored files")]
    BoardLost { digest: String },
    #[error("the case is larger than a case file may be")]
    TooLarge,
    #[error("the container: {0}")]
    Zip(#[from] zip::result::ZipError),
    #[error("the container: {0}")]
    Io(#[from] std::io::Error),
    #[error("a part cannot be written: {0}")]
    Json(#[from] serde_json::Error),
}

/// All records of a case.
pub async fn read_journal(journal: &dyn Journal, case: Uuid) -> Result<Vec<Entry>, WriteError> {
    let (mut entries, mut bytes) = (Vec::new(), 0_u64);
    loop {
        let page = journal
            .read(StreamId(case), entries.len() as u64, JOURNAL_PAGE_ENTRIES_MAX)
            .await?;
        if page.is_empty() {
            return Ok(entries);
        }
        bytes += page.iter().map(|e| e.data.len() as u64).sum::<u64>();
        if bytes > CASE_FILE_INFLATED_BYTES_MAX {
            return Err(WriteError::TooLarge);
        }
        entries.extend(page);
    }
}

/// The file's bytes. Reads boards from the store of uploads and nothing else: it knows neither boxes nor the vault.
pub fn write(case: Uuid, entries: &[Entry], blobs: &Blobs, extent: Extent) -> Result<Vec<u8>, WriteError> {
    compose(case, entries, blobs, extent, Moment::Any)
}

/// When a file may be written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Any,
    /// Not where the last record leaves a ballot held or unannounced: what a named one holds so far would be in it.
    BetweenBallots,
}

pub(super) fn compose(
    case: Uuid,
    entries: &[Entry],
    blobs: &Blobs,
    extent: Extent,
    moment: Moment,
) -> Result<Vec<u8>, WriteError> {
    if entries.is_empty() {
        return Err(WriteError::NoSuchCase { case });
    }
    let decoded = |e: &Entry| match conductor::decode(&e.data) {
        Ok(stamped) => Ok((e.index, stamped)),
        Err(source) => Err(WriteError::Records(Fault::Record { index: e.index, source })),
    };
    let records: Vec<(u64, Stamped)> = entries.iter().map(decoded).collect::<Result<_, _>>()?;
    let course = replay(case, &records).map_err(WriteError::Records)?;
    if moment == Moment::BetweenBallots && course.ballot_running {
        return Err(WriteError::BallotRunning);
    }
    let mut parts = vec![
        (JOURNAL.to_owned(), journal(entries, &records, &course, extent)?),
        (DOCUMENTS.to_owned(), serde_json::to_vec(&course.documents)?),
    ];
    for (id, facts) in &course.rounds {
        if let Some(digest) = &facts.board {
            parts.push((board_name(*id), board(blobs, digest)?));
        }
    }
    let head = entries.last().map_or(genesis(StreamId(case)), |e| e.link);
    let manifest = Manifest {
        format: FORMAT.into(),
        case,
        extent,
        records: entries.len() as u64,
        head: head.to_string(),
        parts: parts.iter().map(|(name, bytes)| part(name, bytes)).collect(),
    };
    parts.insert(0, (MANIFEST.into(), serde_json::to_vec(&manifest)?));
    pack(&parts)
}

fn journal(
    entries: &[Entry],
    records: &[(u64, Stamped)],
    course: &Course,
    extent: Extent,
) -> Result<Vec<u8>, WriteError> {
    let mut text = Vec::new();
    for (entry, (index, stamped)) in entries.iter().zip(records) {
        let shown = extent == Extent::Archive || public::may_show(course, *index, stamped);
        let data = std::str::from_utf8(&entry.data).map_err(|_| WriteError::NotText { index: *index })?;
        let line = Line {
            index: entry.index,
            id: entry.id,
            behaviour: entry.behaviour,
            data: shown.then(|| data.to_owned()),
            digest: (!shown).then(|| entry.digest.to_string()),
            link: entry.link.to_string(),
        };
        serde_json::to_writer(&mut text, &line)?;
        text.push(b'\n');
    }
    Ok(text)
}

fn board(blobs: &Blobs, digest: &str) -> Result<Vec<u8>, WriteError> {
    let lost = || WriteError::BoardLost {
        digest: digest.to_owned(),
    };
    let known = digest.parse().map_err(|_| lost())?;
    Ok(blobs.get(known)?.ok_or_else(lost)?.to_vec())
}

pub(super) fn pack(parts: &[(String, Vec<u8>)]) -> Result<Vec<u8>, WriteError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut inflated = 0_u64;
    for (name, bytes) in parts {
        inflated += bytes.len() as u64;
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    let packed = zip.finish()?.into_inner();
    if inflated > CASE_FILE_INFLATED_BYTES_MAX || packed.len() as u64 > CASE_FILE_BYTES_MAX {
        return Err(WriteError::TooLarge);
    }
    Ok(packed)
}
