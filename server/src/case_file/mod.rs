//! The case file: one case's record, boards and digests in one file that anyone can check without this program.
//! The format is written down in docs/case-file.md. Pure over bytes; must hold no seed and no box of an unreleased round.

mod archive;
mod course;
mod fault;
mod opened;
mod public;
mod report;
mod signatures;
mod verify;
mod write;

#[cfg(test)]
pub(crate) mod tests;

pub use archive::{Archive, Written};
pub use fault::Fault;
pub use report::{Report, RoundReport, Standing};
pub use verify::verify;
pub use write::{WriteError, read_journal, write};

use pingyi_core::ids::{BallotId, SubjectId};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

const FORMAT: &str = "pingyi-case/1";
const MANIFEST: &str = "manifest.json";
const JOURNAL: &str = "journal.jsonl";
const DOCUMENTS: &str = "documents.json";

/// For whom a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// Every record as stored: the office's own archive.
    Archive,
    /// A digest in place of each record that holds personal data or a result that was not announced.
    Public,
}

/// The first part. The order of these fields is that of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: String,
    case: Uuid,
    extent: Extent,
    records: u64,
    /// The link of the last record.
    head: String,
    /// Every other part, in the order of the container.
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    name: String,
    bytes: u64,
    sha256: String,
}

/// One record: its text as stored, or its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    index: u64,
    id: Uuid,
    behaviour: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    data: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    link: String,
}

/// A document of a subject as the case names it; its bytes are not in the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentLine {
    subject: SubjectId,
    digest: String,
    file_name: String,
    size_bytes: u32,
}

/// A ballot and the number of its round.
type RoundId = (BallotId, u32);
/// Boards by the name of their part.
type BoardParts = std::collections::BTreeMap<String, Vec<u8>>;

fn board_name((ballot, round): RoundId) -> String {
    format!("boards/{ballot}-{round}.json")
}

fn part(name: &str, bytes: &[u8]) -> Part {
    Part {
        name: name.into(),
        bytes: bytes.len() as u64,
        sha256: sha256(bytes),
    }
}

fn sha256(bytes: &[u8]) -> String {
    crate::secrecy::encoding::to_hex(&Sha256::digest(bytes))
}
