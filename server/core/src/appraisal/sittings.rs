//! Sittings after the first: the same case meets again to measure the rectification, or to hold what was put off. Each
//! has its own agenda, attendance, scrutineers and rule; roster, subjects, questions and ballots go on.

use super::{Appraisal, Names};
use crate::ballot::{Ballot, BallotState, TallyDisplay};
use crate::command::Command;
use crate::ids::{BallotId, InstantMs, PersonId, SubjectId};
use crate::limits::{LABEL_CHARS_MAX, SITTINGS_MAX};
use crate::minutes::Event;
use crate::outcome::{Reply, Touched};
use crate::refusal::{Counted, Refusal, TextField};
use crate::roster::{Attendance, Way};
use crate::rules::Profile;
use crate::rules::profile::Matter;
use crate::sitting::{Sitting, SittingState};
use crate::stamp::Stamped;
use crate::text;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

wire! {
    /// The case meets again. `held_on` is a day, YYYY-MM-DD, or empty.
    pub struct Convening { pub session_name: String, pub held_on: String }
}

/// A sitting that is over, as it stood when the next one was convened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastSitting {
    pub sitting: Sitting,
    pub names: Names,
    pub profile: Profile,
    pub confirmed: Vec<String>,
    pub scrutineers: BTreeSet<PersonId>,
    pub attendance: BTreeMap<PersonId, Attendance>,
    /// Since when, and how each voted.
    pub presence: BTreeMap<PersonId, (InstantMs, Way)>,
    /// The tally that the desk had chosen.
    pub tally_display: TallyDisplay,
    /// 应到 and 实到 of that day.
    pub due: u32,
    pub present: u32,
}

impl Appraisal {
    pub(super) fn apply_sittings(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        match &stamped.command {
            Command::Convene(convening) => self.convene(convening)?,
            Command::CancelConvening {} => self.cancel_convening()?,
            _ => return Err(Refusal::NotAllowed {}),
        }
        touched.keys(self.keys());
        touched.mine_of_all = true;
        Ok(Reply::Done {})
    }

    /// The number of the sitting that is prepared, held or was held last; from 1.
    pub fn sitting_number(&self) -> u32 {
        u32::try_from(self.past.len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Refuses while a result is still to be announced: what is sealed belongs to the sitting that voted.
    fn convene(&mut self, convening: &Convening) -> Result<(), Refusal> {
        match self.sitting.state {
            SittingState::Closed => {}
            SittingState::Preparing => return Err(Refusal::SittingNotOpen {}),
            SittingState::Open => return Err(Refusal::SittingAlreadyOpen {}),
        }
        if self.past.len() + 1 >= SITTINGS_MAX {
            return Err(Refusal::TooMany {
                of: Counted::Sittings,
                max: u32::try_from(SITTINGS_MAX).unwrap_or(u32::MAX),
            });
        }
        let sealed = |(id, b): (&BallotId, &Ballot)| b.state == BallotState::Sealed && !self.left_to_council(*id);
        if self.ballots.iter().any(sealed) {
            return Err(Refusal::ResultNotAnnounced {});
        }
        let session_name = text::line(TextField::SessionName, &convening.session_name, LABEL_CHARS_MAX)?;
        let held_on = match convening.held_on.as_str() {
            "" => String::new(),
            day => text::day(day)?,
        };
        let people = self.roster.people.iter();
        let past = PastSitting {
            due: self.roster.due(),
            present: self.roster.present(),
            attendance: people.clone().map(|(id, p)| (*id, p.attendance)).collect(),
            presence: people.map(|(id, p)| (*id, (p.attendance_at, p.way))).collect(),
            tally_display: self.settings.tally_display,
            sitting: std::mem::take(&mut self.sitting),
            names: self.names.clone(),
            profile: self.profile.clone(),
            confirmed: self.confirmed.clone(),
            scrutineers: std::mem::take(&mut self.scrutiny.appointed),
        };
        self.past.push(past);
        (self.names.session_name, self.names.held_on) = (session_name, held_on);
        for p in self.roster.people.values_mut() {
            (p.attendance, p.attendance_at, p.way) = (Attendance::Absent, 0, Way::Phone);
        }
        let number = self.sitting_number();
        self.minutes.note(self.now, Event::SittingConvened { number });
        Ok(())
    }

    /// Before it opens, a sitting that was convened by mistake is taken back; the one before is the last again.
    fn cancel_convening(&mut self) -> Result<(), Refusal> {
        self.need_preparing()?;
        let past = self.past.pop().ok_or(Refusal::NothingDue {})?;
        for (id, p) in &mut self.roster.people {
            p.attendance = past.attendance.get(id).copied().unwrap_or(Attendance::Absent);
            (p.attendance_at, p.way) = past.presence.get(id).copied().unwrap_or((0, Way::Phone));
        }
        (self.sitting, self.names, self.profile) = (past.sitting, past.names, past.profile);
        // A rule that was adopted for the sitting brought these two along.
        (self.settings.secrecy, self.settings.tally_display) = (self.profile.secrecy, past.tally_display);
        (self.confirmed, self.scrutiny.appointed) = (past.confirmed, past.scrutineers);
        let number = self.sitting_number() + 1;
        self.minutes.note(self.now, Event::ConveningCancelled { number });
        Ok(())
    }

    /// The highest number that an agenda's item has had: items of all sittings are numbered on.
    pub(super) fn items_before(&self) -> u32 {
        let last = |past: &PastSitting| past.sitting.agenda.keys().next_back().map_or(0, |id| id.0);
        self.past.iter().map(last).max().unwrap_or(0)
    }

    /// The rule by which this ballot was or is held.
    pub fn profile_of(&self, ballot: &Ballot) -> &Profile {
        let past = usize::try_from(ballot.sitting)
            .ok()
            .and_then(|n| self.past.get(n.checked_sub(1)?));
        past.map_or(&self.profile, |p| &p.profile)
    }

    /// The name of the sitting that held this ballot.
    pub fn session_of(&self, ballot: &Ballot) -> &str {
        let past = usize::try_from(ballot.sitting)
            .ok()
            .and_then(|n| self.past.get(n.checked_sub(1)?));
        past.map_or(&self.names.session_name, |p| &p.names.session_name)
    }

    /// Ballots of the sitting that is prepared, held or was held last.
    pub fn ballots_of_sitting(&self) -> impl Iterator<Item = (BallotId, &Ballot)> {
        let number = self.sitting_number();
        self.ballots
            .iter()
            .filter(move |(_, b)| b.sitting == number)
            .map(|(id, b)| (*id, b))
    }

    /// The ballot on the subject in this sitting, else the last one before.
    pub fn ballot_of_subject(&self, subject: SubjectId) -> Option<(BallotId, &Ballot)> {
        let of_subject = |(_, b): &(BallotId, &Ballot)| b.subject == subject;
        let now = self.ballots_of_sitting().find(of_subject);
        now.or_else(|| self.held_of(subject).last())
    }

    /// The ballots on the subject over all sittings, first group of voters only, in their order.
    pub fn held_of(&self, subject: SubjectId) -> impl Iterator<Item = (BallotId, &Ballot)> {
        let all = self.ballots.iter().map(|(id, b)| (*id, b));
        all.filter(move |(_, b)| b.subject == subject && b.rule.group == 0)
    }

    /// The ballot on the duty report: the announced one, if there is one.
    pub fn appraisal_of(&self, subject: SubjectId) -> Option<(BallotId, &Ballot)> {
        let mut held: Vec<_> = self
            .held_of(subject)
            .filter(|(_, b)| b.matter != Matter::Rectification)
            .collect();
        let announced = held.iter().position(|(_, b)| b.state == BallotState::Announced);
        match announced {
            Some(at) => Some(held.swap_remove(at)),
            None => held.pop(),
        }
    }

    /// The ballots on the subject's rectification, in their order.
    pub fn rectifications_of(&self, subject: SubjectId) -> impl Iterator<Item = (BallotId, &Ballot)> {
        self.held_of(subject).filter(|(_, b)| b.matter == Matter::Rectification)
    }
}
