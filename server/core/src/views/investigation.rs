//! A group of the investigation: whole for the desk and the group's own people; for everybody else only the report that
//! the council has heard, with how often the group did what. Whom a group spoke with stays with it.

use super::written;
use crate::appraisal::Appraisal;
use crate::ids::{GroupId, InstantMs, PersonId, SubjectId};
use crate::investigation::{Activity, ActivityKind, Group, GroupReport};
use crate::subject::Document;
use std::collections::BTreeMap;

wire! {
    /// A person of a group.
    pub struct GroupPerson { pub person: PersonId, pub name: String, pub title: String }

    pub struct ActivityView {
        /// Its number within the group.
        pub activity: u32,
        pub kind: ActivityKind,
        /// YYYY-MM-DD
        pub on: String,
        pub place: String,
        pub with: String,
        pub people: u32,
        pub summary: String,
        /// Who recorded it; empty for the office.
        pub by: String,
        pub at: InstantMs,
        /// Why it does not count; empty while it does.
        pub removed_because: String,
    }

    /// How often a group did what, with how many people together.
    pub struct ConductedView { pub kind: ActivityKind, pub times: u32, pub people: u32 }

    pub struct GroupReportView {
        /// Counts the group's reports from 1.
        pub number: u32,
        pub document: Document,
        pub summary: String,
        /// Names of those who signed.
        pub signed: Vec<String>,
        /// Who filed it; empty for the office.
        pub by: String,
        pub at: InstantMs,
        /// YYYY-MM-DD; empty before the council's hearing.
        pub heard_on: String,
        /// What the council said. Only the desk and the group.
        pub hearing_note: String,
        /// Why it was taken back; empty while it stands.
        pub withdrawn_because: String,
    }

    /// Key `group/N`: desk whole; members and chair once the council has heard its report. Own stream, key `my_group/N`:
    /// whole, for the group's people.
    pub struct GroupView {
        pub id: GroupId,
        pub name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub leader: Option<GroupPerson>,
        pub members: Vec<GroupPerson>,
        pub subjects: Vec<SubjectId>,
        pub conducted: Vec<ConductedView>,
        /// Only the desk and the group.
        pub activities: Vec<ActivityView>,
        /// In the order of filing; for members and chair the heard one alone.
        pub reports: Vec<GroupReportView>,
    }
}

/// For those who work with it.
pub fn whole(case: &Appraisal, id: GroupId) -> Option<GroupView> {
    let group = case.investigation.groups.get(&id)?;
    let activities = group.activities.iter().map(|(n, a)| activity(case, *n, a));
    let reports = group.reports.iter().enumerate().map(|(n, r)| report(case, n, r));
    Some(GroupView {
        activities: activities.collect(),
        reports: reports.collect(),
        ..frame(case, id, group)
    })
}

/// For those who deliberate.
pub fn heard(case: &Appraisal, id: GroupId) -> Option<GroupView> {
    let group = case.investigation.groups.get(&id)?;
    let heard = group.heard()?;
    let number = group.reports.iter().position(|r| r == heard)?;
    let shown = GroupReportView {
        hearing_note: String::new(),
        ..report(case, number, heard)
    };
    Some(GroupView {
        reports: vec![shown],
        ..frame(case, id, group)
    })
}

fn frame(case: &Appraisal, id: GroupId, group: &Group) -> GroupView {
    let person = |id: PersonId| {
        let p = case.roster.people.get(&id)?;
        Some(GroupPerson {
            person: id,
            name: p.name.clone(),
            title: p.title.clone(),
        })
    };
    let mut sums: BTreeMap<ActivityKind, (u32, u32)> = BTreeMap::new();
    for a in group.activities.values().filter(|a| a.removed_because.is_empty()) {
        let sum = sums.entry(a.kind).or_default();
        *sum = (sum.0 + 1, sum.1.saturating_add(a.people));
    }
    GroupView {
        id,
        name: group.name.clone(),
        leader: person(group.leader),
        members: group.members.iter().filter_map(|m| person(*m)).collect(),
        subjects: group.subjects.iter().copied().collect(),
        conducted: sums
            .into_iter()
            .map(|(kind, (times, people))| ConductedView { kind, times, people })
            .collect(),
        activities: Vec::new(),
        reports: Vec::new(),
    }
}

fn activity(case: &Appraisal, number: u32, a: &Activity) -> ActivityView {
    ActivityView {
        activity: number,
        kind: a.kind,
        on: written(Some(a.on)),
        place: a.place.clone(),
        with: a.with.clone(),
        people: a.people,
        summary: a.summary.clone(),
        by: a.by.map_or_else(String::new, |p| case.name_of(p).to_owned()),
        at: a.at,
        removed_because: a.removed_because.clone(),
    }
}

fn report(case: &Appraisal, index: usize, r: &GroupReport) -> GroupReportView {
    GroupReportView {
        number: u32::try_from(index + 1).unwrap_or(u32::MAX),
        document: r.document.clone(),
        summary: r.summary.clone(),
        signed: r.signed.iter().map(|p| case.name_of(*p).to_owned()).collect(),
        by: r.by.map_or_else(String::new, |p| case.name_of(p).to_owned()),
        at: r.at,
        heard_on: written(r.heard.as_ref().map(|h| h.on)),
        hearing_note: r.heard.as_ref().map_or_else(String::new, |h| h.note.clone()),
        withdrawn_because: r.withdrawn_because.clone(),
    }
}
