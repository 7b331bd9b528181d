//! Appraisal subjects (被评议对象): one officer of one unit each, with the form and the documents of the duty report.

use crate::ids::{InstantMs, PersonId};
use crate::limits::{LABEL_CHARS_MAX, NAME_CHARS_MAX};
use crate::refusal::{Refusal, TextField};
use crate::text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

wire_words! {
    /// 口头述职 or 书面述职.
    pub enum ReportForm { Oral, Written }
    /// What the reader on the phone must be able to open; pictures only as evidence of a rectification.
    pub enum DocumentKind { Docx, Pdf, Md, Txt, Jpeg, Png }
}

wire! {
    /// A document of a subject; its bytes lie in the blob store under the digest (SHA-256, 64 hex digits).
    pub struct Document {
        pub digest: String,
        pub kind: DocumentKind,
        pub file_name: String,
        pub size_bytes: u32,
    }
}

impl Document {
    /// With its digest and name checked.
    pub fn checked(&self) -> Result<Document, Refusal> {
        Ok(Document {
            digest: text::hex(&self.digest, 64)?,
            kind: self.kind,
            file_name: text::line(TextField::FileName, &self.file_name, LABEL_CHARS_MAX)?,
            size_bytes: self.size_bytes,
        })
    }
}

wire! {
    /// A subject as the desk writes it.
    pub struct SubjectEntry {
        /// The officer's name (述职人).
        pub officer: String,
        /// The post, 局长 for example.
        pub post: String,
        /// The unit as the hall knows it, 区教育局 for example.
        pub unit: String,
        pub report: ReportForm,
    }
}

/// One officer to be appraised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    pub officer: String,
    pub post: String,
    pub unit: String,
    pub report: ReportForm,
    pub documents: Vec<Document>,
    pub added_at: InstantMs,
    /// 回避: members who take no part in the ballot on this subject, and why.
    pub recused: BTreeMap<PersonId, String>,
    /// The officer as a person on the roster, who signs for the opinions and files plan and report.
    pub person: Option<PersonId>,
}

impl Subject {
    /// Whether this person is the subject's officer.
    pub fn is_officer(&self, person: PersonId) -> bool {
        self.person == Some(person)
    }
}

/// The entry with its texts checked. The officer's name may be empty: many halls name the unit only.
pub fn check(entry: &SubjectEntry) -> Result<SubjectEntry, Refusal> {
    Ok(SubjectEntry {
        officer: text::optional_line(TextField::Name, &entry.officer, NAME_CHARS_MAX)?,
        post: text::optional_line(TextField::Post, &entry.post, LABEL_CHARS_MAX)?,
        unit: text::line(TextField::Unit, &entry.unit, LABEL_CHARS_MAX)?,
        report: entry.report,
    })
}
