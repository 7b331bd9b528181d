//! The case file: one case's record, boards, answers and documents in one file that anyone can check without this
//! program. The format is written down in docs/case-file.md. Must hold no seed and no box of an unreleased round, and
//! no answers to a questionnaire that is open.

mod answers;
mod archive;
mod container;
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
pub use report::{Report, RoundReport, Standing, SurveyReport, SurveyStanding};
pub use verify::{verify, verify_file};
pub use write::{Stores, WriteError, read_journal, write, write_to};

use pingyi_core::appraisal::HeldAs;
use pingyi_core::ids::{BallotId, QuestionnaireId, SubjectId};
use pingyi_core::subject::DocumentKind;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// What this program writes.
const FORMAT: &str = "pingyi-case/2";
/// What it reads as well: without the bytes of documents and without answers.
const FORMAT_BEFORE: &str = "pingyi-case/1";
const MANIFEST: &str = "manifest.json";
const JOURNAL: &str = "journal.jsonl";
const DOCUMENTS: &str = "documents.json";
const DOCUMENTS_FOLDER: &str = "documents/";

/// For whom a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// Every record as stored, every document, every counted answer: the office's own archive.
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

impl Manifest {
    /// Whether documents and answers belong into the file.
    fn whole(&self) -> bool {
        self.format == FORMAT && self.extent == Extent::Archive
    }
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

/// A document as the case holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentLine {
    of: HeldAs,
    kind: DocumentKind,
    digest: String,
    file_name: String,
    size_bytes: u32,
}

/// As the format before named it: duty reports only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentLineBefore {
    subject: SubjectId,
    digest: String,
    file_name: String,
    size_bytes: u32,
}

impl DocumentLine {
    /// What people call it, Chinese first.
    fn named(&self) -> String {
        let of = match self.of {
            HeldAs::DutyReport(subject) => format!("述职报告 duty report, subject {subject}"),
            HeldAs::GroupReport(group) => format!("评议调查报告 investigation report, group {group}"),
            HeldAs::Evidence(issue) => format!("整改佐证材料 evidence, issue {issue}"),
            HeldAs::Plan(subject) => format!("整改方案 rectification plan, subject {subject}"),
            HeldAs::RectificationReport(subject) => format!("整改情况报告 rectification report, subject {subject}"),
        };
        format!("“{}”（{of}）", report::one_line(&self.file_name))
    }

    /// Its kind was not listed; nothing asks for it there.
    fn from_before(line: DocumentLineBefore) -> DocumentLine {
        DocumentLine {
            of: HeldAs::DutyReport(line.subject),
            kind: DocumentKind::Txt,
            digest: line.digest,
            file_name: line.file_name,
            size_bytes: line.size_bytes,
        }
    }

    fn before(&self) -> Option<DocumentLineBefore> {
        let HeldAs::DutyReport(subject) = self.of else {
            return None;
        };
        Some(DocumentLineBefore {
            subject,
            digest: self.digest.clone(),
            file_name: self.file_name.clone(),
            size_bytes: self.size_bytes,
        })
    }
}

/// The documents' parts with the first line that names each: the same bytes are in the file once.
fn document_parts(lines: &[DocumentLine]) -> Vec<(String, &DocumentLine)> {
    let mut seen = std::collections::HashSet::new();
    let first = lines.iter().filter(|line| seen.insert(line.digest.as_str()));
    first.map(|line| (document_name(line), line)).collect()
}

fn document_name(line: &DocumentLine) -> String {
    let ending = match line.kind {
        DocumentKind::Docx => "docx",
        DocumentKind::Pdf => "pdf",
        DocumentKind::Md => "md",
        DocumentKind::Txt => "txt",
        DocumentKind::Jpeg => "jpeg",
        DocumentKind::Png => "png",
    };
    format!("{DOCUMENTS_FOLDER}{}.{ending}", line.digest)
}

/// A ballot and the number of its round.
type RoundId = (BallotId, u32);

fn board_name((ballot, round): RoundId) -> String {
    format!("boards/{ballot}-{round}.json")
}

fn answers_name(questionnaire: QuestionnaireId) -> String {
    format!("answers/{questionnaire}.jsonl")
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
