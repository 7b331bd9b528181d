//! The desk's orders about the follow-up. An empty day takes a day back that was recorded by mistake; the journal keeps
//! both.

use super::calendar::{Calendar, CalendarSpan};
use super::deadline::Term;
use super::{DueMatter, Extension, Opinions, Progress, SetTerm, TermSource, day};
use crate::appraisal::Appraisal;
use crate::ballot::BallotState;
use crate::command::Command;
use crate::ids::SubjectId;
use crate::limits::NOTE_CHARS_MAX;
use crate::outcome::{Key, Reply, Touched};
use crate::refusal::{Refusal, TextField};
use crate::stamp::{Actor, Stamped};
use crate::text;
use jiff::civil::Date;

impl Appraisal {
    pub(crate) fn apply_follow_up(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        match &stamped.command {
            Command::SetTerm { matter, term } => self.set_term(*matter, *term)?,
            Command::SetCalendar { spans } => self.set_calendar(spans)?,
            Command::HandOverOpinions { subject, on } => self.hand_over(*subject, on)?,
            Command::ReceiveOpinions { subject, on } => self.receive(*subject, on)?,
            Command::ExtendDeadline {
                matter,
                subject,
                until,
                reason,
            } => self.extend(*matter, *subject, until, reason)?,
            Command::CompleteMatter { matter, subject, on } => self.complete(*matter, *subject, on)?,
            Command::OrderRound(order) => self.order_round(order)?,
            Command::Escalate(step) => self.escalate(step)?,
            _ => return Err(Refusal::NotAllowed {}),
        }
        touched.key(Key::FollowUp);
        if let Command::HandOverOpinions { subject, .. } | Command::ReceiveOpinions { subject, .. } = &stamped.command {
            self.officer_touched(*subject, touched);
        }
        Ok(Reply::Done {})
    }

    fn set_term(&mut self, matter: DueMatter, term: Term) -> Result<(), Refusal> {
        if matter == DueMatter::FurtherReport {
            // The council names the day with its order.
            return Err(Refusal::NothingDue {});
        }
        let set = SetTerm {
            term: term.check()?,
            source: TermSource::Office,
        };
        self.follow_up.terms.insert(matter, set);
        Ok(())
    }

    fn set_calendar(&mut self, spans: &[CalendarSpan]) -> Result<(), Refusal> {
        self.follow_up.calendar = Calendar::of(spans)?;
        Ok(())
    }

    fn hand_over(&mut self, subject: SubjectId, on: &str) -> Result<(), Refusal> {
        let (_, ballot) = self.appraisal_of(subject).ok_or(Refusal::NoSuchSubject {})?;
        if ballot.state != BallotState::Announced {
            return Err(Refusal::ResultNotAnnounced {});
        }
        let approved_on = self.issues.opinions.get(&subject).and_then(|o| o.approved_on);
        let approved_on = approved_on.ok_or(Refusal::OpinionsNotApproved {})?;
        let announced_on = day::BEIJING.day_of(ballot.announced_at);
        let received_on = self.follow_up.subjects.get(&subject).and_then(|o| o.received_on);
        let on = self.past_day(on, announced_on.max(Some(approved_on)), received_on)?;
        if on.is_none() && received_on.is_some() {
            return Err(Refusal::OpinionsReceived {});
        }
        self.follow_up.subjects.entry(subject).or_default().handed_on = on;
        Ok(())
    }

    fn receive(&mut self, subject: SubjectId, on: &str) -> Result<(), Refusal> {
        self.subject(subject)?;
        let opinions = self.follow_up.subjects.get(&subject);
        let handed_on = opinions
            .and_then(|o| o.handed_on)
            .ok_or(Refusal::OpinionsNotHandedOver {})?;
        if opinions.is_some_and(|o| o.signed_by.is_some()) {
            return Err(Refusal::ReceiptSigned {});
        }
        if self.filed_since(subject) {
            return Err(Refusal::FiledSince {});
        }
        let on = self.past_day(on, Some(handed_on), None)?;
        self.follow_up.subjects.entry(subject).or_default().received_on = on;
        Ok(())
    }

    /// Whether something stands that was done because of the receipt, and would be older than it or in the air.
    fn filed_since(&self, subject: SubjectId) -> bool {
        let filed = [DueMatter::Plan, DueMatter::Report].map(|matter| self.ledger.filed(matter, subject));
        let stands = filed.into_iter().flatten().any(|f| !f.returned());
        let done = |o: &Opinions| o.plan.done_on.is_some() || o.report.done_on.is_some() || !o.rounds.is_empty();
        stands || self.follow_up.subjects.get(&subject).is_some_and(done)
    }

    /// The receipt by the officer's own hand: today. A receipt that the desk recorded stands.
    pub(crate) fn sign_opinions(
        &mut self,
        actor: Actor,
        subject: SubjectId,
        touched: &mut Touched,
    ) -> Result<Reply, Refusal> {
        let person = match actor {
            Actor::Person { person } if self.subject(subject)?.is_officer(person) => person,
            _ => return Err(Refusal::NotOfficer {}),
        };
        let today = day::BEIJING.day_of(self.now).ok_or(Refusal::DayUnreadable {})?;
        let opinions = self.follow_up.subjects.get_mut(&subject);
        let opinions = opinions
            .filter(|o| o.handed_on.is_some())
            .ok_or(Refusal::OpinionsNotHandedOver {})?;
        if opinions.received_on.is_some() {
            return Err(Refusal::AlreadyReceived {});
        }
        (opinions.received_on, opinions.signed_by) = (Some(today), Some(person));
        touched.key(Key::FollowUp).mine(person);
        Ok(Reply::Done {})
    }

    /// The officer's own stream shows where the opinions are.
    fn officer_touched(&self, subject: SubjectId, touched: &mut Touched) {
        touched.mine.extend(self.subjects.get(&subject).and_then(|s| s.person));
    }

    /// Before it is done only: what came in late is not excused afterwards.
    fn extend(
        &mut self,
        matter: DueMatter,
        subject: Option<SubjectId>,
        until: &str,
        reason: &str,
    ) -> Result<(), Refusal> {
        let due = self.due(matter, subject).filter(|due| due.done_on.is_none());
        let due = due.ok_or(Refusal::NothingDue {})?;
        let extension = if until.is_empty() {
            None
        } else {
            let until = day::read(until)?;
            if until <= due.counted_on {
                return Err(Refusal::DayTooEarly {
                    first: due.counted_on.tomorrow().map_or_else(|_| String::new(), day::write),
                });
            }
            let reason = text::paragraph(TextField::Reason, reason, NOTE_CHARS_MAX)?;
            Some(Extension { until, reason })
        };
        self.progress_mut(matter, subject)?.extension = extension;
        Ok(())
    }

    fn complete(&mut self, matter: DueMatter, subject: Option<SubjectId>, on: &str) -> Result<(), Refusal> {
        let due = self.due(matter, subject).ok_or(Refusal::NothingDue {})?;
        let on = self.past_day(on, Some(due.anchor_on), None)?;
        self.progress_mut(matter, subject)?.done_on = on;
        Ok(())
    }

    pub(crate) fn progress_mut(
        &mut self,
        matter: DueMatter,
        subject: Option<SubjectId>,
    ) -> Result<&mut Progress, Refusal> {
        match (matter, subject) {
            (DueMatter::Results, None) => Ok(&mut self.follow_up.results),
            (DueMatter::Plan | DueMatter::Report | DueMatter::FurtherReport, Some(s)) => {
                let opinions = self.follow_up.subjects.get_mut(&s).ok_or(Refusal::NothingDue {})?;
                Ok(match matter {
                    DueMatter::Plan => &mut opinions.plan,
                    DueMatter::FurtherReport => &mut opinions.rounds.last_mut().ok_or(Refusal::NothingDue {})?.report,
                    DueMatter::Results | DueMatter::Report => &mut opinions.report,
                })
            }
            _ => Err(Refusal::NothingDue {}),
        }
    }

    /// A day on which something happened: none for an empty text, not before `first`, not after `last` or today.
    pub(crate) fn past_day(
        &self,
        text: &str,
        first: Option<Date>,
        last: Option<Date>,
    ) -> Result<Option<Date>, Refusal> {
        if text.is_empty() {
            return Ok(None);
        }
        let on = day::read(text)?;
        if let Some(first) = first.filter(|first| on < *first) {
            return Err(Refusal::DayTooEarly {
                first: day::write(first),
            });
        }
        let today = day::BEIJING.day_of(self.now);
        if let Some(last) = last.into_iter().chain(today).min().filter(|last| on > *last) {
            return Err(Refusal::DayTooLate { last: day::write(last) });
        }
        Ok(Some(on))
    }
}
