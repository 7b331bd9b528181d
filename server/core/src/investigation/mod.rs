//! The investigation (评议调查): groups with a leader and members, what they did (座谈会、个别访谈、走访、查阅资料), their
//! reports, and the council's hearing, from which on a report is shown to those who will deliberate.

mod orders;
#[cfg(test)]
mod tests;

use crate::appraisal::Appraisal;
use crate::ids::{GroupId, InstantMs, PersonId, SubjectId};
use crate::refusal::Refusal;
use crate::subject::Document;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

wire_words! {
    /// What a group does.
    pub enum ActivityKind {
        /// 座谈会
        Forum,
        /// 个别访谈: confidential, and so is who was spoken with.
        Interview,
        /// 走访
        Visit,
        /// 查阅资料
        Papers,
        Other,
    }
}

wire! {
    /// A group as the desk writes it: a new one, or in `group`'s place.
    pub struct SetGroup {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub group: Option<GroupId>,
        pub name: String,
        pub leader: PersonId,
        /// Without the leader.
        pub members: Vec<PersonId>,
        pub subjects: Vec<SubjectId>,
    }

    pub struct RemoveGroup { pub group: GroupId }

    /// One activity. `on` is a day, YYYY-MM-DD; `with` says with whom, without names where it is confidential.
    pub struct ActivityEntry {
        pub kind: ActivityKind,
        pub on: String,
        pub place: String,
        pub with: String,
        pub people: u32,
        pub summary: String,
    }

    /// A new activity, or a correction of the one with this number in the group.
    pub struct RecordActivity {
        pub group: GroupId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub activity: Option<u32>,
        pub entry: ActivityEntry,
    }

    pub struct RemoveActivity { pub group: GroupId, pub activity: u32, pub reason: String }

    /// The group's report: a document already stored under its digest, in short, and who signed it.
    pub struct FileReport { pub group: GroupId, pub document: Document, pub summary: String, pub signed: Vec<PersonId> }

    pub struct WithdrawReport { pub group: GroupId, pub reason: String }

    /// The council heard the report that stands on this day, YYYY-MM-DD; empty takes it back.
    pub struct RecordHearing { pub group: GroupId, pub on: String, pub note: String }
}

/// Something the group did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    pub kind: ActivityKind,
    pub on: Date,
    pub place: String,
    pub with: String,
    pub people: u32,
    pub summary: String,
    /// None: the desk.
    pub by: Option<PersonId>,
    pub at: InstantMs,
    /// Why it does not count; empty while it does.
    pub removed_because: String,
}

/// The council's hearing (主任会议听取汇报).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hearing {
    pub on: Date,
    pub note: String,
}

/// A report as filed. A later one replaces it; it stays with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupReport {
    pub document: Document,
    pub summary: String,
    pub signed: Vec<PersonId>,
    /// None: the desk.
    pub by: Option<PersonId>,
    pub at: InstantMs,
    pub heard: Option<Hearing>,
    /// Why it was taken back; empty while it stands.
    pub withdrawn_because: String,
}

/// An investigation group (评议工作组).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub name: String,
    pub leader: PersonId,
    pub members: BTreeSet<PersonId>,
    pub subjects: BTreeSet<SubjectId>,
    pub activities: BTreeMap<u32, Activity>,
    /// In the order of filing.
    pub reports: Vec<GroupReport>,
}

impl Group {
    /// Leader and members.
    pub fn people(&self) -> impl Iterator<Item = PersonId> + '_ {
        std::iter::once(self.leader).chain(self.members.iter().copied())
    }

    pub fn has(&self, person: PersonId) -> bool {
        self.leader == person || self.members.contains(&person)
    }

    /// The latest report that was not withdrawn.
    pub fn standing(&self) -> Option<&GroupReport> {
        self.reports.iter().rev().find(|r| r.withdrawn_because.is_empty())
    }

    fn standing_mut(&mut self) -> Result<&mut GroupReport, Refusal> {
        let mut latest_first = self.reports.iter_mut().rev();
        latest_first
            .find(|r| r.withdrawn_because.is_empty())
            .ok_or(Refusal::ReportNotFiled {})
    }

    /// The latest report that the council has heard: this one is shown. A newer one waits for its hearing.
    pub fn heard(&self) -> Option<&GroupReport> {
        let mut standing = self.reports.iter().rev().filter(|r| r.withdrawn_because.is_empty());
        standing.find(|r| r.heard.is_some())
    }
}

/// All groups of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Investigation {
    pub groups: BTreeMap<GroupId, Group>,
    pub added: u32,
}

impl Investigation {
    pub fn get(&self, id: GroupId) -> Result<&Group, Refusal> {
        self.groups.get(&id).ok_or(Refusal::NoSuchGroup {})
    }

    pub fn get_mut(&mut self, id: GroupId) -> Result<&mut Group, Refusal> {
        self.groups.get_mut(&id).ok_or(Refusal::NoSuchGroup {})
    }

    /// The groups of this person.
    pub fn of(&self, person: PersonId) -> impl Iterator<Item = (GroupId, &Group)> {
        let of_person = self.groups.iter().filter(move |(_, g)| g.has(person));
        of_person.map(|(id, g)| (*id, g))
    }
}

impl Appraisal {
    /// Whether this person's phone may bring a document into the case: of a group, or the officer of a subject that keeps
    /// a rectification ledger; into a closed one nobody.
    pub fn may_file_documents(&self, person: PersonId) -> bool {
        let files = self.investigation.of(person).next().is_some() || self.keeps_a_ledger(person);
        files && self.stages.closed.is_none()
    }
}
