//! The issue list (问题清单): what the duty reports, the investigation, the inquiry and the deliberation found wanting,
//! each with its sources; sorted by unit and category, and per subject drafted into the opinions (评议意见).

use crate::ids::{GroupId, IssueId, QuestionId, RemarkId, SubjectId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

wire! {
    /// Where an issue comes from. `place` says where in a document, a page or a heading; it may be empty.
    #[serde(tag = "from", rename_all = "snake_case")]
    pub enum Source {
        DutyReport { subject: SubjectId, place: String },
        InvestigationReport { group: GroupId, place: String },
        Question { question: QuestionId },
        Remark { remark: RemarkId },
        /// Anything else, in words: 群众来信, 执法检查.
        Other { text: String },
    }
}

/// One issue of one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    pub subject: SubjectId,
    pub category: String,
    pub text: String,
    pub sources: Vec<Source>,
    /// Another issue speaks for it.
    pub merged_into: Option<IssueId>,
    /// Why it is not pursued; empty while it is.
    pub dropped_because: String,
}

impl Issue {
    pub fn live(&self) -> bool {
        self.merged_into.is_none() && self.dropped_because.is_empty()
    }
}

/// The opinions on one subject, as the office drafts them and the council (主任会议) approves them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionText {
    /// 总体评价
    pub assessment: String,
    /// 整改意见建议
    pub advice: String,
    /// 整改要求
    pub demands: String,
    /// 文号, may be empty.
    pub number: String,
    /// The council's approval: from then on text and issues stand.
    pub approved_on: Option<Date>,
    pub approval_note: String,
    /// The live issues at the approval, in the order of the document.
    pub issues: Vec<IssueId>,
}

/// All issues of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueList {
    /// In the order of the document. The desk edits them.
    pub categories: Vec<String>,
    pub issues: BTreeMap<IssueId, Issue>,
    pub opinions: BTreeMap<SubjectId, OpinionText>,
    pub added: u32,
}

impl Default for IssueList {
    /// The categories of the seed's speech.
    fn default() -> Self {
        IssueList {
            categories: ["依法行政水平", "工作作风", "民生热点"].map(String::from).to_vec(),
            issues: BTreeMap::new(),
            opinions: BTreeMap::new(),
            added: 0,
        }
    }
}

impl IssueList {
    /// Whether the council has approved the opinions on this subject.
    pub fn approved(&self, subject: SubjectId) -> bool {
        self.opinions.get(&subject).is_some_and(|o| o.approved_on.is_some())
    }

    /// What the subject must rectify: the issues of its approved opinions.
    pub fn standing(&self, subject: SubjectId) -> &[IssueId] {
        self.opinions
            .get(&subject)
            .filter(|o| o.approved_on.is_some())
            .map_or(&[], |o| &o.issues)
    }
}
