//! The rectification ledger (整改台账): a line for each issue of the approved opinions, kept by the subject, checked and
//! closed (销号) by the supervising working committee; the plan and the reports that the subject files.

use crate::ids::{IssueId, SubjectId};
use crate::subject::Document;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

wire_words! {
    /// How far a line is, in the words of the domain.
    pub enum LineState {
        /// 未启动
        NotStarted,
        /// 正在整改
        Underway,
        /// 已完成
        Done,
        /// 长期坚持
        LongTerm,
    }
    /// What a check of the working committee found.
    pub enum CheckFinding {
        /// 整改到位
        Sound,
        /// 部分到位
        Partial,
        /// 敷衍整改
        Perfunctory,
        /// 虚假整改
        Fake,
    }
}

/// A check on the spot or of the papers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub on: Date,
    /// The working committee or who came.
    pub by: String,
    pub finding: CheckFinding,
    pub note: String,
}

/// A line is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    pub on: Date,
    pub by: String,
}

/// What the subject does about one issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub cause: String,
    pub measure: String,
    pub target: String,
    pub owner: String,
    pub due_on: Option<Date>,
    pub state: LineState,
    pub evidence: Vec<Document>,
    pub checks: Vec<Check>,
    pub closed: Option<Closing>,
}

impl Default for Line {
    fn default() -> Self {
        Line {
            cause: String::new(),
            measure: String::new(),
            target: String::new(),
            owner: String::new(),
            due_on: None,
            state: LineState::NotStarted,
            evidence: Vec::new(),
            checks: Vec::new(),
            closed: None,
        }
    }
}

/// A plan or report that the subject filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    pub on: Date,
    /// What it says in short; the whole may be a document beside it.
    pub summary: String,
    pub document: Option<Document>,
}

/// All that subjects keep and file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    pub lines: BTreeMap<IssueId, Line>,
    /// 整改方案; the latest stands, earlier ones stay in the journal.
    pub plans: BTreeMap<SubjectId, Filing>,
    /// 整改情况报告, one a round of rectification.
    pub reports: BTreeMap<SubjectId, Vec<Filing>>,
    /// 联系委室: which working committee supervises the subject.
    pub committees: BTreeMap<SubjectId, String>,
}
