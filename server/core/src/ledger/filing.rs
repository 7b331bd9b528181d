//! The plan and the reports (整改方案、整改情况报告): filing completes what is due, the office accepts or returns it.

use super::orders::{FilingEntry, ReturnFiling, TakeFiling, too_many};
use super::{FiledBy, Filing, Verdict};
use crate::appraisal::Appraisal;
use crate::follow_up::DueMatter;
use crate::ids::SubjectId;
use crate::limits::{FILING_CHARS_MAX, FILINGS_MAX, NOTE_CHARS_MAX};
use crate::outcome::{Key, Touched};
use crate::refusal::{Counted, Refusal, TextField};
use crate::stamp::Actor;
use crate::subject::Document;
use crate::text;
use jiff::civil::Date;
use std::collections::BTreeMap;

impl Appraisal {
    /// A returned filing stays beside its reason; one that nobody has judged yet is replaced, the journal keeps it.
    pub(super) fn file(
        &mut self,
        actor: Actor,
        matter: DueMatter,
        order: &FilingEntry,
        touched: &mut Touched,
    ) -> Result<SubjectId, Refusal> {
        let subject = order.subject;
        self.need_desk_or_officer(actor, subject)?;
        let due = self.due(matter, Some(subject)).ok_or(Refusal::OpinionsNotReceived {})?;
        let (on, by) = match actor {
            Actor::Person { .. } if !order.on.is_empty() => return Err(Refusal::NotAllowed {}),
            Actor::Person { .. } => (self.today()?, FiledBy::Officer),
            _ if order.on.is_empty() => (self.today()?, FiledBy::Desk),
            _ => (self.day_passed(&order.on, Some(due.anchor_on))?, FiledBy::Desk),
        };
        let round = match matter {
            DueMatter::Report | DueMatter::FurtherReport => self.rectification_round(subject),
            DueMatter::Plan | DueMatter::Results => 1,
        };
        let lines = self.line_counts(subject).unplanned;
        if matter == DueMatter::Plan && lines > 0 {
            return Err(Refusal::PlanIncomplete { lines });
        }
        let filing = Filing {
            on,
            by,
            round,
            summary: text::paragraph(TextField::Summary, &order.summary, FILING_CHARS_MAX)?,
            document: order.document.as_ref().map(Document::checked).transpose()?,
            verdict: None,
        };
        // Done without a filing: the desk recorded the day on which the paper came in.
        let came_on = due.done_on.filter(|came| *came < on);
        let filed = self.filings_of(matter)?.entry(subject).or_default();
        let full = filed.len() >= FILINGS_MAX;
        let done_on = match filed.last_mut().filter(|last| last.round == round && !last.returned()) {
            Some(last) if last.accepted() => return Err(Refusal::FilingAccepted {}),
            Some(last) => {
                let kept = came_on.filter(|came| *came < last.on);
                *last = filing;
                kept.unwrap_or(on)
            }
            None if full => return Err(too_many(Counted::Filings, FILINGS_MAX)),
            None => {
                filed.push(filing);
                came_on.unwrap_or(on)
            }
        };
        self.note_done(matter, subject, Some(done_on), touched)?;
        Ok(subject)
    }

    pub(super) fn take_filing(&mut self, order: &TakeFiling) -> Result<SubjectId, Refusal> {
        let on = self.today()?;
        let last = self.last_filing(order.matter, order.subject)?;
        if last.accepted() {
            return Err(Refusal::FilingAccepted {});
        }
        last.verdict = Some(Verdict::Accepted { on });
        Ok(order.subject)
    }

    pub(super) fn return_filing(&mut self, order: &ReturnFiling, touched: &mut Touched) -> Result<SubjectId, Refusal> {
        let reason = text::paragraph(TextField::Reason, &order.reason, NOTE_CHARS_MAX)?;
        let on = self.today()?;
        let present = self.rectification_round(order.subject);
        let matter = match order.matter {
            DueMatter::Report | DueMatter::FurtherReport => self.report_matter(order.subject),
            other => other,
        };
        let last = self.last_filing(matter, order.subject)?;
        // A later round was ordered on the strength of it: nothing comes back from before.
        if matter == DueMatter::FurtherReport && last.round < present {
            return Err(Refusal::NothingFiled {});
        }
        last.verdict = Some(Verdict::Returned { on, reason });
        self.note_done(matter, order.subject, None, touched)?;
        Ok(order.subject)
    }

    /// Which report is on the table now: that of the first round, or the further one that the council ordered.
    pub(super) fn report_matter(&self, subject: SubjectId) -> DueMatter {
        if self.rectification_round(subject) == 1 {
            DueMatter::Report
        } else {
            DueMatter::FurtherReport
        }
    }

    /// The last one filed, unless it was returned: that one is no longer on the table.
    fn last_filing(&mut self, matter: DueMatter, subject: SubjectId) -> Result<&mut Filing, Refusal> {
        self.subject(subject)?;
        let last = self.filings_of(matter)?.get_mut(&subject).and_then(|f| f.last_mut());
        last.filter(|f| !f.returned()).ok_or(Refusal::NothingFiled {})
    }

    fn filings_of(&mut self, matter: DueMatter) -> Result<&mut BTreeMap<SubjectId, Vec<Filing>>, Refusal> {
        match matter {
            DueMatter::Plan => Ok(&mut self.ledger.plans),
            DueMatter::Report | DueMatter::FurtherReport => Ok(&mut self.ledger.reports),
            DueMatter::Results => Err(Refusal::NothingFiled {}),
        }
    }

    fn note_done(
        &mut self,
        matter: DueMatter,
        subject: SubjectId,
        on: Option<Date>,
        touched: &mut Touched,
    ) -> Result<(), Refusal> {
        self.progress_mut(matter, Some(subject))?.done_on = on;
        touched.key(Key::FollowUp);
        Ok(())
    }
}
