//! The issue list (问题清单): what the duty reports, the investigation, the inquiry and the deliberation found wanting,
//! each with its sources; sorted by unit and category, and per subject drafted into the opinions (评议意见).

mod orders;
#[cfg(test)]
mod tests;

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

    /// An issue as the desk writes it. It has at least one source.
    pub struct IssueEntry {
        pub subject: SubjectId,
        pub category: String,
        pub text: String,
        pub sources: Vec<Source>,
    }

    /// A category in its place. `was` is the name it had, so that its issues follow a new name; empty for a new one.
    pub struct CategoryEntry {
        pub name: String,
        pub was: String,
    }

    /// Desk: all categories in the order of the document. One that a live issue is in cannot go.
    pub struct SetCategories {
        pub categories: Vec<CategoryEntry>,
    }

    /// Desk: one more issue.
    pub struct AddIssue {
        pub entry: IssueEntry,
    }

    /// Desk: another wording, category, subject or other sources.
    pub struct ChangeIssue {
        pub issue: IssueId,
        pub entry: IssueEntry,
    }

    /// Desk: `into` speaks for `from`, whose sources it then has too.
    pub struct MergeIssue {
        pub from: IssueId,
        pub into: IssueId,
    }

    /// Desk: the issue is not pursued, for this reason.
    pub struct DropIssue {
        pub issue: IssueId,
        pub reason: String,
    }

    /// Desk: a merged or dropped issue stands for itself again.
    pub struct RestoreIssue {
        pub issue: IssueId,
    }

    /// Desk: the texts around the issues, as far as they are. `number` is the 文号.
    pub struct DraftOpinions {
        pub subject: SubjectId,
        pub assessment: String,
        pub advice: String,
        pub demands: String,
        pub number: String,
    }

    /// Desk: the council approved the opinions on this day; text and issues stand from then on. An empty day takes it
    /// back, before the hand-over only.
    pub struct ApproveOpinions {
        pub subject: SubjectId,
        pub on: String,
        pub note: String,
    }

    /// The subject's officer: received. The day is the body's of this moment. `signature` is the device key's over
    /// `receipt_text`, 128 hex digits, checked at the edge.
    pub struct SignOpinions {
        pub subject: SubjectId,
        pub signature: String,
    }
}

impl Source {
    /// Whether it is this subject's duty report.
    pub fn is_report_of(&self, id: SubjectId) -> bool {
        matches!(self, Source::DutyReport { subject, .. } if *subject == id)
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
    /// Whether it stands for itself in the document.
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

    /// The live issues of a subject in the order of the document: by category, then as they were found.
    pub fn in_order(&self, subject: SubjectId) -> Vec<IssueId> {
        let of_subject = self.issues.iter().filter(|(_, i)| i.subject == subject && i.live());
        let mut found: Vec<_> = of_subject.map(|(id, i)| (self.place_of(&i.category), *id)).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect()
    }

    /// What the document says: the approved issues, or the live ones as they are now.
    pub fn of_document(&self, subject: SubjectId) -> Vec<IssueId> {
        if self.approved(subject) {
            self.standing(subject).to_vec()
        } else {
            self.in_order(subject)
        }
    }

    fn place_of(&self, category: &str) -> usize {
        let place = self.categories.iter().position(|c| c == category);
        place.unwrap_or(usize::MAX)
    }

    /// Issues that this one speaks for, directly or through another.
    pub fn merged_into(&self, issue: IssueId) -> Vec<IssueId> {
        let spoken_for = self
            .issues
            .keys()
            .filter(|id| **id != issue && self.speaker(**id) == issue);
        spoken_for.copied().collect()
    }

    /// The issue that speaks for this one in the end. A merge goes into a live issue, so that no chain is a ring.
    pub fn speaker(&self, issue: IssueId) -> IssueId {
        let mut at = issue;
        while let Some(into) = self.issues.get(&at).and_then(|i| i.merged_into) {
            at = into;
        }
        at
    }

    /// Where the issue and those it speaks for come from, each source once.
    pub fn sources(&self, issue: IssueId) -> Vec<&Source> {
        let ids = std::iter::once(issue).chain(self.merged_into(issue));
        let mut sources = Vec::new();
        for source in ids.filter_map(|id| self.issues.get(&id)).flat_map(|i| &i.sources) {
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        sources
    }

    /// What the subject must rectify: the issues of its approved opinions.
    pub fn standing(&self, subject: SubjectId) -> &[IssueId] {
        self.opinions
            .get(&subject)
            .filter(|o| o.approved_on.is_some())
            .map_or(&[], |o| &o.issues)
    }
}
