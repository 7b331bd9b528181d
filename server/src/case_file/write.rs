//! Writes a case file: fixed order, fixed times, so that the same case gives the same bytes.

use super::course::{Course, replay};
use super::{
    DOCUMENTS, DOCUMENTS_FOLDER, DocumentLine, Extent, FORMAT, Fault, JOURNAL, Line, MANIFEST, Manifest, Part,
    answers_name, board_name, document_parts, part, public,
};
use crate::answer_box::{Found, OpenError, read_frozen};
use crate::blobs::{BlobError, Blobs};
use crate::conductor;
use crate::journal::chain::genesis;
use crate::journal::{Entry, Journal, ReadError, StreamId};
use crate::limits::{
    CASE_FILE_BYTES_MAX, CASE_FILE_INFLATED_BYTES_MAX, CASE_FILE_MANIFEST_BYTES_MAX, CASE_FILE_PARTS_MAX,
    JOURNAL_PAGE_ENTRIES_MAX,
};
use crate::secrecy::encoding::to_hex;
use bytes::Bytes;
use pingyi_core::ids::QuestionnaireId;
use pingyi_core::questionnaire::Questionnaire;
use pingyi_core::stamp::Stamped;
use sha2::{Digest as _, Sha256};
use std::io::{Cursor, Seek, Write};
use std::path::Path;
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
    #[error("文件 document {document} 的原文缺失或损坏 is missing or damaged in this folder (SHA-256 {digest})")]
    DocumentLost { document: String, digest: String },
    #[error("问卷 questionnaire “{title}”的答卷缺失或与记录不符 has other answers in this folder than were counted")]
    AnswersLost { title: String },
    #[error(transparent)]
    Box(#[from] OpenError),
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

/// What is not in the journal: uploaded documents and boards, and the boxes of questionnaires.
#[derive(Clone, Copy)]
pub struct Stores<'a> {
    pub blobs: &'a Blobs,
    /// The data folder, with the boxes of questionnaires. Boxes of ballots and the vault are not looked at.
    pub data: &'a Path,
}

/// The file's bytes in memory, for a small case.
pub fn write(case: Uuid, entries: &[Entry], stores: Stores<'_>, extent: Extent) -> Result<Vec<u8>, WriteError> {
    let mut out = Cursor::new(Vec::new());
    write_to(&mut out, case, entries, stores, extent)?;
    Ok(out.into_inner())
}

/// Writes the file; documents pass through one at a time.
pub fn write_to(
    out: impl Write + Seek,
    case: Uuid,
    entries: &[Entry],
    stores: Stores<'_>,
    extent: Extent,
) -> Result<(), WriteError> {
    compose(out, case, entries, stores, extent, Moment::Any)
}

/// When a file may be written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Any,
    /// Not where the last record leaves a ballot held or unannounced: what a named one holds so far would be in it.
    BetweenBallots,
}

/// A part before it is written.
struct Piece<'a> {
    part: Part,
    source: Source<'a>,
}

enum Source<'a> {
    Text(Vec<u8>),
    Board(&'a str),
    Document(&'a DocumentLine),
    Answers(QuestionnaireId, &'a Questionnaire),
}

pub(super) fn compose(
    out: impl Write + Seek,
    case: Uuid,
    entries: &[Entry],
    stores: Stores<'_>,
    extent: Extent,
    moment: Moment,
) -> Result<(), WriteError> {
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
    let journal = journal(entries, &records, &course, extent)?;
    drop(records);
    let mut pieces = vec![text(JOURNAL, journal)];
    pieces.extend(others(case, &course, stores, extent)?);
    let head = entries.last().map_or(genesis(StreamId(case)), |e| e.link);
    let manifest = Manifest {
        format: FORMAT.into(),
        case,
        extent,
        records: entries.len() as u64,
        head: head.to_string(),
        parts: pieces.iter().map(|piece| piece.part.clone()).collect(),
    };
    pieces.insert(0, text(MANIFEST, serde_json::to_vec(&manifest)?));
    bounded(&pieces)?;
    let mut zip = ZipWriter::new(out);
    for piece in &pieces {
        let name = piece.part.name.as_str();
        zip.start_file(name, packing(name))?;
        match &piece.source {
            Source::Text(bytes) => zip.write_all(bytes)?,
            Source::Board(digest) => zip.write_all(&board(stores.blobs, digest)?)?,
            Source::Document(line) => zip.write_all(&document(stores.blobs, line)?)?,
            Source::Answers(id, q) => drop(answers(stores.data, case, *id, q, |bytes| zip.write_all(bytes))?),
        }
    }
    let end = zip.finish()?.stream_position()?;
    if end > CASE_FILE_BYTES_MAX {
        return Err(WriteError::TooLarge);
    }
    Ok(())
}

/// Everything after the journal, in the order of the file.
fn others<'a>(
    case: Uuid,
    course: &'a Course,
    stores: Stores<'_>,
    extent: Extent,
) -> Result<Vec<Piece<'a>>, WriteError> {
    let listed: Vec<&DocumentLine> = match extent {
        Extent::Archive => course.documents.iter().collect(),
        // The reports that the hall read; what else there is, is nobody's business.
        Extent::Public => course.documents.iter().filter(|line| line.before().is_some()).collect(),
    };
    let mut pieces = vec![text(DOCUMENTS, serde_json::to_vec(&listed)?)];
    for (id, facts) in &course.rounds {
        if let Some(digest) = &facts.board {
            let bytes = stores.blobs.size(digest.parse().map_err(|_| board_lost(digest))?)?;
            let part = Part {
                name: board_name(*id),
                bytes: bytes.ok_or_else(|| board_lost(digest))?,
                sha256: digest.clone(),
            };
            pieces.push(Piece {
                part,
                source: Source::Board(digest),
            });
        }
    }
    if extent == Extent::Public {
        return Ok(pieces);
    }
    for (id, q) in &course.questionnaires {
        if q.result.is_some() {
            let part = answers(stores.data, case, *id, q, |_| Ok(()))?;
            let source = Source::Answers(*id, q);
            pieces.push(Piece { part, source });
        }
    }
    for (name, line) in document_parts(&course.documents) {
        let known = line.digest.parse().map_err(|_| document_lost(line))?;
        let part = Part {
            name,
            bytes: stores.blobs.size(known)?.ok_or_else(|| document_lost(line))?,
            sha256: line.digest.clone(),
        };
        pieces.push(Piece {
            part,
            source: Source::Document(line),
        });
    }
    Ok(pieces)
}

fn text(name: &str, bytes: Vec<u8>) -> Piece<'static> {
    Piece {
        part: part(name, &bytes),
        source: Source::Text(bytes),
    }
}

/// What a reader would refuse is not written.
fn bounded(pieces: &[Piece<'_>]) -> Result<(), WriteError> {
    let (mut inflated, mut stored) = (0_u64, 0_u64);
    for piece in pieces {
        match piece.source {
            Source::Document(_) => stored += piece.part.bytes,
            _ => inflated += piece.part.bytes,
        }
    }
    let manifest = pieces.first().map_or(0, |p| p.part.bytes);
    if pieces.len() > CASE_FILE_PARTS_MAX
        || manifest > CASE_FILE_MANIFEST_BYTES_MAX
        || inflated > CASE_FILE_INFLATED_BYTES_MAX
        || stored > CASE_FILE_BYTES_MAX
    {
        return Err(WriteError::TooLarge);
    }
    Ok(())
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

/// Checked against its digest when it is read.
fn board(blobs: &Blobs, digest: &str) -> Result<Bytes, WriteError> {
    let known = digest.parse().map_err(|_| board_lost(digest))?;
    blobs.get(known)?.ok_or_else(|| board_lost(digest))
}

fn board_lost(digest: &str) -> WriteError {
    WriteError::BoardLost {
        digest: digest.to_owned(),
    }
}

fn document(blobs: &Blobs, line: &DocumentLine) -> Result<Bytes, WriteError> {
    let known = line.digest.parse().map_err(|_| document_lost(line))?;
    match blobs.get(known) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) | Err(BlobError::Damaged { .. }) => Err(document_lost(line)),
        Err(other) => Err(other.into()),
    }
}

fn document_lost(line: &DocumentLine) -> WriteError {
    WriteError::DocumentLost {
        document: line.named(),
        digest: line.digest.clone(),
    }
}

/// Shows the counted answers as they stand in the file, and answers with what they are; they must be what the record
/// counted. A box that nobody answered may never have been made.
fn answers(
    data: &Path,
    case: Uuid,
    id: QuestionnaireId,
    q: &Questionnaire,
    mut see: impl FnMut(&[u8]) -> std::io::Result<()>,
) -> Result<Part, WriteError> {
    let (mut hash, mut bytes) = (Sha256::new(), 0_u64);
    let mut pass = |text: &[u8]| {
        hash.update(text);
        bytes += text.len() as u64;
        see(text)
    };
    let mut first = true;
    let found = read_frozen(data, case, id, |text| {
        if !std::mem::take(&mut first) {
            pass(b"\n")?;
        }
        pass(text.as_bytes()).map_err(WriteError::from)
    })?;
    let part = Part {
        name: answers_name(id),
        bytes,
        sha256: to_hex(&hash.finalize()),
    };
    let counted = q.result.as_ref().is_some_and(|r| r.digest == part.sha256);
    if found == Found::Open || !counted {
        return Err(WriteError::AnswersLost { title: q.title.clone() });
    }
    Ok(part)
}

/// Documents are packed in themselves; as they lie, no size that they declare can be a lie.
pub(super) fn packing(name: &str) -> SimpleFileOptions {
    let method = if name.starts_with(DOCUMENTS_FOLDER) {
        CompressionMethod::Stored
    } else {
        CompressionMethod::Deflated
    };
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}
