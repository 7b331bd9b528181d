//! Orders about the investigation. The desk forms the groups and records the hearing; activities and reports come from
//! the desk or from the phones of the group's own people.

use super::{
    Activity, FileReport, Group, GroupReport, Hearing, RecordActivity, RecordHearing, RemoveActivity, RemoveGroup,
    SetGroup, WithdrawReport,
};
use crate::appraisal::Appraisal;
use crate::command::Command;
use crate::ids::{GroupId, PersonId, SubjectId};
use crate::limits::{
    ACTIVITIES_PER_GROUP_MAX, ACTIVITY_PEOPLE_MAX, GROUP_MEMBERS_MAX, GROUP_REPORTS_MAX, GROUPS_MAX, LABEL_CHARS_MAX,
    NOTE_CHARS_MAX, SUMMARY_CHARS_MAX,
};
use crate::outcome::{Key, Reply, Touched};
use crate::refusal::{Counted, Refusal, TextField};
use crate::stamp::{Actor, Stamped};
use crate::text;
use std::collections::BTreeSet;

impl Appraisal {
    pub(crate) fn apply_investigation(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        let by = match stamped.actor {
            Actor::Person { person } => Some(person),
            _ => None,
        };
        match &stamped.command {
            Command::SetGroup(order) => return self.set_group(order, touched),
            Command::RemoveGroup(RemoveGroup { group }) => return self.remove_group(*group, touched),
            Command::RecordActivity(order) => self.record_activity(order, by)?,
            Command::RemoveActivity(order) => self.remove_activity(order, by)?,
            Command::FileReport(order) => self.file_report(order, by)?,
            Command::WithdrawReport(order) => self.withdraw_report(order, by)?,
            Command::RecordHearing(order) => self.record_hearing(order)?,
            _ => return Err(Refusal::NotAllowed {}),
        }
        match &stamped.command {
            Command::RecordActivity(RecordActivity { group, .. })
            | Command::RemoveActivity(RemoveActivity { group, .. })
            | Command::FileReport(FileReport { group, .. })
            | Command::WithdrawReport(WithdrawReport { group, .. })
            | Command::RecordHearing(RecordHearing { group, .. }) => self.group_touched(*group, touched),
            _ => {}
        }
        Ok(Reply::Done {})
    }

    fn set_group(&mut self, order: &SetGroup, touched: &mut Touched) -> Result<Reply, Refusal> {
        let name = text::line(TextField::Group, &order.name, LABEL_CHARS_MAX)?;
        if order.members.len() > GROUP_MEMBERS_MAX {
            return Err(full(Counted::GroupMembers, GROUP_MEMBERS_MAX));
        }
        let subjects: BTreeSet<SubjectId> = order.subjects.iter().copied().collect();
        if subjects.is_empty() {
            return Err(Refusal::NoSuchSubject {});
        }
        let mut members: BTreeSet<PersonId> = order.members.iter().copied().collect();
        members.remove(&order.leader);
        for person in std::iter::once(order.leader).chain(members.iter().copied()) {
            self.roster.get(person)?;
            for subject in &subjects {
                if self.subject(*subject)?.is_officer(person) {
                    return Err(Refusal::OfficerInGroup { person });
                }
            }
        }
        let id = match order.group {
            Some(id) => {
                // Who leaves the group no longer sees its activities.
                touched.mine.extend(self.investigation.get(id)?.people());
                id
            }
            None if self.investigation.groups.len() >= GROUPS_MAX => return Err(full(Counted::Groups, GROUPS_MAX)),
            None => {
                self.investigation.added += 1;
                GroupId(self.investigation.added)
            }
        };
        let before = self.investigation.groups.remove(&id);
        let (activities, reports) = before.map(|g| (g.activities, g.reports)).unwrap_or_default();
        let group = Group {
            name,
            leader: order.leader,
            members,
            subjects,
            activities,
            reports,
        };
        self.investigation.groups.insert(id, group);
        self.group_touched(id, touched);
        Ok(Reply::GroupAdded { group: id })
    }

    /// Only one that has done nothing yet: what was done stays on record with those who did it. Its drafts of
    /// questionnaires are not swept along unseen, for somebody wrote them.
    fn remove_group(&mut self, id: GroupId, touched: &mut Touched) -> Result<Reply, Refusal> {
        let group = self.investigation.get(id)?;
        if !group.activities.is_empty() || !group.reports.is_empty() {
            return Err(Refusal::GroupInUse {});
        }
        let mut questionnaires = self.questionnaires.all.iter();
        if let Some((questionnaire, _)) = questionnaires.find(|(_, q)| q.group == Some(id)) {
            let questionnaire = *questionnaire;
            return Err(Refusal::GroupHasQuestionnaire { questionnaire });
        }
        self.group_touched(id, touched);
        self.investigation.groups.remove(&id);
        Ok(Reply::Done {})
    }

    /// The group, if this person is of it; the desk acts for every group.
    fn own_group(&mut self, id: GroupId, by: Option<PersonId>) -> Result<&mut Group, Refusal> {
        let group = self.investigation.get_mut(id)?;
        if by.is_none_or(|person| group.has(person)) {
            Ok(group)
        } else {
            Err(Refusal::NotInGroup {})
        }
    }

    fn record_activity(&mut self, order: &RecordActivity, by: Option<PersonId>) -> Result<(), Refusal> {
        let entry = &order.entry;
        let on = self.past_day(&entry.on, None, None)?.ok_or(Refusal::DayUnreadable {})?;
        if entry.people > ACTIVITY_PEOPLE_MAX {
            return Err(Refusal::OutOfRange {
                min: 0,
                max: ACTIVITY_PEOPLE_MAX,
            });
        }
        let activity = Activity {
            kind: entry.kind,
            on,
            place: text::optional_line(TextField::Place, &entry.place, LABEL_CHARS_MAX)?,
            with: text::optional_line(TextField::Participants, &entry.with, LABEL_CHARS_MAX)?,
            people: entry.people,
            summary: text::paragraph(TextField::Summary, &entry.summary, SUMMARY_CHARS_MAX)?,
            by,
            at: self.now,
            removed_because: String::new(),
        };
        let group = self.own_group(order.group, by)?;
        match order.activity {
            Some(number) => *standing_activity(group, number)? = activity,
            None => {
                if group.activities.len() >= ACTIVITIES_PER_GROUP_MAX {
                    return Err(full(Counted::Activities, ACTIVITIES_PER_GROUP_MAX));
                }
                // None is ever taken out, so the next number is free.
                let number = u32::try_from(group.activities.len() + 1).unwrap_or(u32::MAX);
                group.activities.insert(number, activity);
            }
        }
        Ok(())
    }

    fn remove_activity(&mut self, order: &RemoveActivity, by: Option<PersonId>) -> Result<(), Refusal> {
        let reason = text::paragraph(TextField::Reason, &order.reason, NOTE_CHARS_MAX)?;
        let group = self.own_group(order.group, by)?;
        standing_activity(group, order.activity)?.removed_because = reason;
        Ok(())
    }

    fn file_report(&mut self, order: &FileReport, by: Option<PersonId>) -> Result<(), Refusal> {
        let document = order.document.checked()?;
        let summary = text::paragraph(TextField::Summary, &order.summary, SUMMARY_CHARS_MAX)?;
        let at = self.now;
        let group = self.own_group(order.group, by)?;
        if group.reports.len() >= GROUP_REPORTS_MAX {
            return Err(full(Counted::GroupReports, GROUP_REPORTS_MAX));
        }
        let signed: BTreeSet<PersonId> = order.signed.iter().copied().collect();
        if signed.is_empty() {
            return Err(Refusal::SignaturesMissing {});
        }
        if !signed.iter().all(|person| group.has(*person)) {
            return Err(Refusal::NotInGroup {});
        }
        group.reports.push(GroupReport {
            document,
            summary,
            signed: signed.into_iter().collect(),
            by,
            at,
            heard: None,
            withdrawn_because: String::new(),
        });
        Ok(())
    }

    /// After the hearing only the desk takes a report back: the council decides then.
    fn withdraw_report(&mut self, order: &WithdrawReport, by: Option<PersonId>) -> Result<(), Refusal> {
        let reason = text::paragraph(TextField::Reason, &order.reason, NOTE_CHARS_MAX)?;
        let report = self.own_group(order.group, by)?.standing_mut()?;
        if by.is_some() && report.heard.is_some() {
            return Err(Refusal::ReportHeard {});
        }
        report.withdrawn_because = reason;
        Ok(())
    }

    fn record_hearing(&mut self, order: &RecordHearing) -> Result<(), Refusal> {
        let on = self.past_day(&order.on, None, None)?;
        let note = text::optional_paragraph(TextField::Note, &order.note, NOTE_CHARS_MAX)?;
        let report = self.investigation.get_mut(order.group)?.standing_mut()?;
        report.heard = on.map(|on| Hearing { on, note });
        Ok(())
    }

    /// The group is shown anew to everybody who may see it.
    pub(crate) fn group_touched(&self, id: GroupId, touched: &mut Touched) {
        touched.key(Key::Group(id));
        if let Some(group) = self.investigation.groups.get(&id) {
            touched.mine.extend(group.people());
        }
    }
}

fn standing_activity(group: &mut Group, number: u32) -> Result<&mut Activity, Refusal> {
    let activity = group.activities.get_mut(&number);
    activity
        .filter(|a| a.removed_because.is_empty())
        .ok_or(Refusal::NoSuchActivity {})
}

fn full(of: Counted, max: usize) -> Refusal {
    Refusal::TooMany {
        of,
        max: u32::try_from(max).unwrap_or(u32::MAX),
    }
}
