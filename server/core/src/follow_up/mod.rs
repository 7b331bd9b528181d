//! After the sitting (评议整改): when the opinions were handed over and received, what must be handed in by when, and
//! what has been. Every deadline is counted anew from its anchor, so that a corrected receipt or an imported calendar
//! moves it; what was granted beyond it is kept with its reason.

pub mod calendar;
pub mod day;
pub mod deadline;
mod orders;
pub mod rounds;
#[cfg(test)]
mod tests;

use crate::appraisal::Appraisal;
use crate::ballot::{Ballot, BallotState};
use crate::ids::{PersonId, SubjectId};
use crate::rules::Profile;
use crate::rules::profile::{Anchor, Deadline, DeadlineItem, DeadlineUnit, Direction, Matter};
use crate::sitting::SittingState;
use calendar::Calendar;
use deadline::Term;
use jiff::civil::Date;
use rounds::{Escalated, Round};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

wire_words! {
    /// What must be handed in. The seed's speech names all three.
    pub enum DueMatter {
        /// 述职评议结果和评议意见 to the party committee: within a week of the sitting. One for the whole case.
        Results,
        /// 整改方案 to the working committee: within a month of receiving the opinions. One a subject.
        Plan,
        /// 整改落实情况报告 to the standing committee: within three months of receiving them. One a subject.
        Report,
        /// 再次整改情况报告: by the day that the council set when it ordered the latest round. One a subject and round.
        FurtherReport,
    }
}

impl DueMatter {
    pub const ALL: [DueMatter; 4] = [
        DueMatter::Results,
        DueMatter::Plan,
        DueMatter::Report,
        DueMatter::FurtherReport,
    ];

    /// The periods of the seed's speech. None where the council names the day with its order.
    fn usual(self) -> Option<SetTerm> {
        let term = match self {
            DueMatter::Results => Term::of(7, DeadlineUnit::Days),
            DueMatter::Plan => Term::of(1, DeadlineUnit::Months),
            DueMatter::Report => Term::of(3, DeadlineUnit::Months),
            DueMatter::FurtherReport => return None,
        };
        Some(SetTerm {
            term,
            source: TermSource::Program,
        })
    }

    /// The rule's word on it, if it counts from the event that this matter is counted from.
    fn deadline(self, profile: &Profile) -> Option<&Deadline> {
        let (item, anchor) = match self {
            DueMatter::Results => (DeadlineItem::ResultsToParty, Anchor::MeetingClosed),
            DueMatter::Plan => (DeadlineItem::RectificationPlan, Anchor::OpinionsReceived),
            DueMatter::Report => (DeadlineItem::RectificationReport, Anchor::OpinionsReceived),
            DueMatter::FurtherReport => return None,
        };
        let named = |d: &&Deadline| d.item == item && d.anchor == anchor && d.direction == Direction::After;
        profile.deadlines.iter().find(named)
    }

    fn term_of(self, profile: &Profile) -> Option<Term> {
        self.deadline(profile).map(|d| Term {
            amount: d.amount,
            unit: d.unit,
            roll: d.roll,
        })
    }

    /// Which regulation the rule gives for its term; may be empty.
    pub fn named_in(self, profile: &Profile) -> &str {
        self.deadline(profile).map_or("", |d| d.source.as_str())
    }
}

wire_words! {
    /// Where a term comes from.
    pub enum TermSource {
        /// The program's own, from the seed's speech: neither rule nor office has said anything.
        Program,
        /// The adopted rule names it.
        Rule,
        /// The office changed it.
        Office,
    }
}

/// A term, and who set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetTerm {
    pub term: Term,
    pub source: TermSource,
}

/// A later last day, granted by the council.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    pub until: Date,
    pub reason: String,
}

/// What has become of one matter of one subject.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub extension: Option<Extension>,
    pub done_on: Option<Date>,
}

/// A subject's opinions on their way, and what is due because of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinions {
    pub handed_on: Option<Date>,
    pub received_on: Option<Date>,
    /// The officer who signed for them on its own page; none for a receipt on paper.
    pub signed_by: Option<PersonId>,
    pub plan: Progress,
    pub report: Progress,
    /// Continued rectification, as ordered after each ballot that asked for it.
    pub rounds: Vec<Round>,
    pub escalations: Vec<Escalated>,
}

/// All of a case's follow-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    pub terms: BTreeMap<DueMatter, SetTerm>,
    pub calendar: Calendar,
    pub results: Progress,
    pub subjects: BTreeMap<SubjectId, Opinions>,
}

impl Default for FollowUp {
    fn default() -> Self {
        let terms = DueMatter::ALL
            .into_iter()
            .filter_map(|matter| Some((matter, matter.usual()?)));
        FollowUp {
            terms: terms.collect(),
            calendar: Calendar::default(),
            results: Progress::default(),
            subjects: BTreeMap::new(),
        }
    }
}

/// Something that is due, with the days it follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub matter: DueMatter,
    pub subject: Option<SubjectId>,
    /// The day of the event that the period is counted from.
    pub anchor_on: Date,
    /// The last day as counted.
    pub counted_on: Date,
    pub extension: Option<Extension>,
    pub done_on: Option<Date>,
    /// The last day's year is not in the calendar: it may still move by a holiday.
    pub provisional: bool,
}

impl Due {
    /// The extension, where it gives more than the count: a calendar or term that came later may give as much.
    pub fn extended(&self) -> Option<&Extension> {
        self.extension.as_ref().filter(|e| e.until > self.counted_on)
    }

    /// The last day that holds.
    pub fn due_on(&self) -> Date {
        self.extended().map_or(self.counted_on, |e| e.until)
    }
}

impl FollowUp {
    /// Another rule is adopted: its terms hold. A term that the office changed stays as long as the rule says about it
    /// what it said before, for confirming one more of its settings adopts it anew.
    pub(crate) fn adopt(&mut self, before: &Profile, now: &Profile) {
        for (matter, set) in &mut self.terms {
            let named = matter.term_of(now);
            if set.source == TermSource::Office && named == matter.term_of(before) {
                continue;
            }
            let by_rule = named.map(|term| SetTerm {
                term,
                source: TermSource::Rule,
            });
            *set = by_rule.or(matter.usual()).unwrap_or(*set);
        }
    }

    fn due(&self, matter: DueMatter, subject: Option<SubjectId>, anchor_on: Date, progress: &Progress) -> Option<Due> {
        let counted_on = self.terms.get(&matter)?.term.last_day(anchor_on, &self.calendar)?;
        Some(Due {
            matter,
            subject,
            anchor_on,
            counted_on,
            extension: progress.extension.clone(),
            done_on: progress.done_on,
            provisional: !self.calendar.covers(counted_on),
        })
    }

    fn progress(&self, matter: DueMatter, subject: Option<SubjectId>) -> Option<&Progress> {
        match (matter, subject) {
            (DueMatter::Results, None) => Some(&self.results),
            (DueMatter::Plan, Some(s)) => Some(&self.subjects.get(&s)?.plan),
            (DueMatter::Report, Some(s)) => Some(&self.subjects.get(&s)?.report),
            (DueMatter::FurtherReport, Some(s)) => Some(&self.subjects.get(&s)?.round()?.report),
            _ => None,
        }
    }
}

impl Appraisal {
    /// Everything that is due, whether done or not: the whole case's first, then by subject.
    pub fn dues(&self) -> Vec<Due> {
        let subjects = self.follow_up.subjects.keys().copied();
        let of_subject = subjects.flat_map(|s| {
            [DueMatter::Plan, DueMatter::Report, DueMatter::FurtherReport].map(|matter| (matter, Some(s)))
        });
        std::iter::once((DueMatter::Results, None))
            .chain(of_subject)
            .filter_map(|(matter, subject)| self.due(matter, subject))
            .collect()
    }

    /// One matter, once the event has happened that its period is counted from.
    pub fn due(&self, matter: DueMatter, subject: Option<SubjectId>) -> Option<Due> {
        let anchor = match (matter, subject) {
            (DueMatter::Results, None) => self.sitting_closed_on()?,
            (DueMatter::Plan | DueMatter::Report, Some(s)) => self.follow_up.subjects.get(&s)?.received_on?,
            (DueMatter::FurtherReport, Some(s)) => return self.further_report_due(s),
            _ => return None,
        };
        let progress = self.follow_up.progress(matter, subject)?;
        self.follow_up.due(matter, subject, anchor, progress)
    }

    /// The council names the day itself, so no calendar moves it.
    fn further_report_due(&self, subject: SubjectId) -> Option<Due> {
        let round = self.follow_up.subjects.get(&subject)?.round()?;
        Some(Due {
            matter: DueMatter::FurtherReport,
            subject: Some(subject),
            anchor_on: round.ordered_on,
            counted_on: round.until,
            extension: round.report.extension.clone(),
            done_on: round.report.done_on,
            provisional: false,
        })
    }

    /// The first sitting that announced a result of a duty report: these go to the party committee.
    fn sitting_closed_on(&self) -> Option<Date> {
        let appraised = |b: &&Ballot| b.state == BallotState::Announced && b.matter != Matter::Rectification;
        let number = self.ballots.values().filter(appraised).map(|b| b.sitting).min()?;
        let first = self.sittings().nth(usize::try_from(number).ok()?.checked_sub(1)?)?;
        day::BEIJING
            .day_of(first.closed_at)
            .filter(|_| first.state == SittingState::Closed)
    }

    pub fn any_announced(&self) -> bool {
        self.ballots.values().any(|b| b.state == BallotState::Announced)
    }
}
