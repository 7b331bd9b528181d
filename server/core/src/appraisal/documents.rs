//! Which stored documents a case holds, and whose they are to open. The bytes lie outside the case.

use super::Appraisal;
use crate::command::Command;
use crate::ids::{GroupId, IssueId, PersonId, SubjectId};
use crate::ledger::Filing;
use crate::subject::Document;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a case holds a document. One that was detached, removed or filed anew before anybody judged it is held no
/// longer; a report that was withdrawn or a plan that was returned still is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldAs {
    /// 述职报告
    DutyReport(SubjectId),
    /// 评议调查报告
    GroupReport(GroupId),
    /// 整改佐证材料, of the line of this issue.
    Evidence(IssueId),
    /// 整改方案
    Plan(SubjectId),
    /// 整改情况报告
    RectificationReport(SubjectId),
}

/// Who asks for a document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Desk,
    Person(PersonId),
    /// A console or the hall's screen.
    Station,
}

/// The stored document that an order names, and how many bytes it says it has. Whether that is so can only be told where
/// the bytes lie.
pub fn named_by(command: &Command) -> Option<(&str, u32)> {
    let document = match command {
        Command::AttachDocument { digest, size_bytes, .. } => return Some((digest, *size_bytes)),
        Command::FileReport(order) => Some(&order.document),
        Command::AddEvidence(order) => Some(&order.document),
        Command::FilePlan(order) | Command::FileRectification(order) => order.document.as_ref(),
        _ => None,
    };
    document.map(|d| (d.digest.as_str(), d.size_bytes))
}

impl Appraisal {
    /// Every document of the case, in the order of `HeldAs` and then of its coming.
    pub fn held_documents(&self) -> Vec<(HeldAs, &Document)> {
        let duty = self.subjects.iter();
        let duty = duty.flat_map(|(id, s)| s.documents.iter().map(|d| (HeldAs::DutyReport(*id), d)));
        let groups = self.investigation.groups.iter();
        let groups = groups.flat_map(|(id, g)| g.reports.iter().map(|r| (HeldAs::GroupReport(*id), &r.document)));
        let lines = self.ledger.lines.iter();
        let lines = lines.flat_map(|(id, l)| l.evidence.iter().map(|d| (HeldAs::Evidence(*id), d)));
        let plans = filed(&self.ledger.plans, HeldAs::Plan);
        let reports = filed(&self.ledger.reports, HeldAs::RectificationReport);
        duty.chain(groups).chain(lines).chain(plans).chain(reports).collect()
    }

    /// A document of this case that the reader may open: duty reports by all, an investigation report by all once the
    /// council has heard it, before that by the desk and the group's own people; of the ledger as it says itself.
    pub fn document(&self, digest: &str, reader: Reader) -> Option<&Document> {
        let duty = self.subjects.values().flat_map(|s| &s.documents);
        let groups = self.investigation.groups.values();
        let heard = groups.clone().filter_map(|g| g.heard()).map(|r| &r.document);
        let working = groups.filter(|g| match reader {
            Reader::Desk => true,
            Reader::Person(person) => g.has(person),
            Reader::Station => false,
        });
        let filed = working.flat_map(|g| &g.reports).map(|r| &r.document);
        let mut all = duty.chain(heard).chain(filed).chain(self.ledger_documents(reader));
        all.find(|d| d.digest == digest)
    }
}

fn filed(
    filings: &BTreeMap<SubjectId, Vec<Filing>>,
    held_as: fn(SubjectId) -> HeldAs,
) -> impl Iterator<Item = (HeldAs, &Document)> {
    let filings = filings.iter().flat_map(|(id, filed)| filed.iter().map(|f| (*id, f)));
    filings.filter_map(move |(id, filing)| Some((held_as(id), filing.document.as_ref()?)))
}
