//! Orders about the lines of the ledger: what the subject writes, what the supervising working committee finds, closing
//! and opening again. The officer writes for the own subject only, and nothing into a closed line.

use super::{Check, CheckFinding, Closing, Line, LineState, Reopening};
use crate::appraisal::Appraisal;
use crate::command::Command;
use crate::follow_up::{DueMatter, day};
use crate::ids::{IssueId, SubjectId};
use crate::limits::{
    CHECKS_PER_LINE_MAX, EVIDENCE_PER_LINE_MAX, LABEL_CHARS_MAX, LEDGER_CHARS_MAX, NOTE_CHARS_MAX,
    REOPENINGS_PER_LINE_MAX,
};
use crate::outcome::{Key, Reply, Touched};
use crate::refusal::{Counted, Refusal, TextField};
use crate::stamp::{Actor, Stamped};
use crate::subject::Document;
use crate::text;
use jiff::civil::Date;

wire! {
    /// A line as the subject writes it. Texts may be empty until the plan is filed; `due_on` is YYYY-MM-DD or empty.
    pub struct LineEntry {
        pub cause: String,
        pub measure: String,
        pub target: String,
        pub owner: String,
        pub due_on: String,
        pub state: LineState,
    }

    /// Officer or desk: writes the line of this issue.
    pub struct SetLine { pub issue: IssueId, pub entry: LineEntry }

    /// Officer or desk: a document or photograph that is already stored under its digest.
    pub struct AddEvidence { pub issue: IssueId, pub document: Document }

    /// Officer or desk.
    pub struct RemoveEvidence { pub issue: IssueId, pub digest: String }

    /// Desk: which working committee (联系委室) supervises the subject; empty takes it back.
    pub struct NameCommittee { pub subject: SubjectId, pub name: String }

    /// Desk: what the working committee found on that day. Perfunctory or fake opens a closed line again.
    pub struct AddCheck {
        pub issue: IssueId,
        /// YYYY-MM-DD.
        pub on: String,
        pub by: String,
        pub finding: CheckFinding,
        /// May be empty only where all is well.
        pub note: String,
    }

    /// Desk: 销号 by the working committee, on that day. Needs a line carried out and a last check that is sound.
    pub struct CloseLine { pub issue: IssueId, pub on: String, pub by: String }

    /// Desk: a closed line is open again, and needs a new check.
    pub struct ReopenLine { pub issue: IssueId, pub reason: String }

    /// Officer or desk: 整改方案, or 整改情况报告 of the present round. Files anew what is not accepted yet.
    pub struct FilingEntry {
        pub subject: SubjectId,
        /// Desk only: the day on which the paper came in, YYYY-MM-DD. Empty is today.
        pub on: String,
        pub summary: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub document: Option<Document>,
    }

    /// Desk: the last filed plan or report is in order.
    #[derive(Copy)]
    pub struct TakeFiling { pub subject: SubjectId, pub matter: DueMatter }

    /// Desk: 退回; what it completed is due again.
    pub struct ReturnFiling { pub subject: SubjectId, pub matter: DueMatter, pub reason: String }
}

impl Appraisal {
    pub(crate) fn apply_ledger(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        let actor = stamped.actor;
        let subject = match &stamped.command {
            Command::SetLine(order) => self.set_line(actor, order, touched)?,
            Command::AddEvidence(order) => self.add_evidence(actor, order, touched)?,
            Command::RemoveEvidence(order) => self.remove_evidence(actor, order, touched)?,
            Command::AddCheck(order) => self.add_check(order, touched)?,
            Command::CloseLine(order) => self.close_line(order, touched)?,
            Command::ReopenLine(order) => self.reopen_line(order, touched)?,
            Command::NameCommittee(order) => {
                self.subject(order.subject)?;
                let name = text::optional_line(TextField::Committee, &order.name, LABEL_CHARS_MAX)?;
                self.ledger.committees.insert(order.subject, name);
                order.subject
            }
            Command::FilePlan(order) => self.file(actor, DueMatter::Plan, order, touched)?,
            Command::FileRectification(order) => self.file(actor, self.report_matter(order.subject), order, touched)?,
            Command::TakeFiling(order) => self.take_filing(order)?,
            Command::ReturnFiling(order) => self.return_filing(order, touched)?,
            _ => return Err(Refusal::NotAllowed {}),
        };
        touched.key(Key::Ledger(subject));
        touched.mine.extend(self.subject(subject)?.person);
        Ok(Reply::Done {})
    }

    /// The desk writes for everybody, an officer for the own subject.
    pub(crate) fn need_desk_or_officer(&self, actor: Actor, subject: SubjectId) -> Result<(), Refusal> {
        let s = self.subject(subject)?;
        match actor {
            Actor::Desk { .. } => Ok(()),
            Actor::Person { person } if s.is_officer(person) => Ok(()),
            _ => Err(Refusal::NotAllowed {}),
        }
    }

    /// Whose line it is, and that it is there.
    fn need_line(&self, issue: IssueId) -> Result<(SubjectId, &Line), Refusal> {
        self.ledger_line(issue).ok_or(Refusal::NoSuchIssue {})
    }

    fn need_open_line(&self, issue: IssueId) -> Result<(SubjectId, &Line), Refusal> {
        let (subject, line) = self.need_line(issue)?;
        if line.closed.is_some() {
            return Err(Refusal::LineClosed {});
        }
        Ok((subject, line))
    }

    fn line_mut(&mut self, issue: IssueId, touched: &mut Touched) -> &mut Line {
        touched.key(Key::LedgerLine(issue));
        self.ledger.lines.entry(issue).or_default()
    }

    fn received_on(&self, subject: SubjectId) -> Option<Date> {
        self.follow_up.subjects.get(&subject).and_then(|o| o.received_on)
    }

    /// A day on which something happened, from `first` until today.
    pub(super) fn day_passed(&self, text: &str, first: Option<Date>) -> Result<Date, Refusal> {
        self.past_day(text, first, None)?.ok_or(Refusal::DayUnreadable {})
    }

    pub(super) fn today(&self) -> Result<Date, Refusal> {
        day::BEIJING.day_of(self.now).ok_or(Refusal::ClockImplausible {})
    }

    fn set_line(&mut self, actor: Actor, order: &SetLine, touched: &mut Touched) -> Result<SubjectId, Refusal> {
        let (subject, before) = self.need_open_line(order.issue)?;
        self.need_desk_or_officer(actor, subject)?;
        let e = &order.entry;
        let optional = |field, written: &str| text::optional_paragraph(field, written, LEDGER_CHARS_MAX);
        let due_on = match e.due_on.as_str() {
            "" => None,
            text => Some(day::read(text)?),
        };
        if let (Some(due_on), Some(first)) = (due_on, self.received_on(subject))
            && due_on < first
        {
            let first = day::write(first);
            return Err(Refusal::DayTooEarly { first });
        }
        // Who is late may not grant itself a later day.
        let granted = !matches!(actor, Actor::Person { .. }) || !self.plan_stands(subject);
        if due_on != before.due_on && !granted {
            return Err(Refusal::PlanFiled {});
        }
        let cause = optional(TextField::Cause, &e.cause)?;
        let measure = optional(TextField::Measure, &e.measure)?;
        let target = optional(TextField::Target, &e.target)?;
        let owner = text::optional_line(TextField::Owner, &e.owner, LABEL_CHARS_MAX)?;
        // Nor may a filed plan be emptied; its wording may still be bettered.
        for (field, text) in [(TextField::Measure, &measure), (TextField::Owner, &owner)] {
            if !granted && text.is_empty() {
                return Err(Refusal::TextMissing { field });
            }
        }
        let line = self.line_mut(order.issue, touched);
        (line.cause, line.measure, line.target, line.owner) = (cause, measure, target, owner);
        (line.due_on, line.state) = (due_on, e.state);
        Ok(subject)
    }

    fn add_evidence(&mut self, actor: Actor, order: &AddEvidence, touched: &mut Touched) -> Result<SubjectId, Refusal> {
        let (subject, line) = self.need_open_line(order.issue)?;
        self.need_desk_or_officer(actor, subject)?;
        let document = order.document.checked()?;
        if line.evidence.iter().any(|d| d.digest == document.digest) {
            return Ok(subject);
        }
        if line.evidence.len() >= EVIDENCE_PER_LINE_MAX {
            return Err(too_many(Counted::Evidence, EVIDENCE_PER_LINE_MAX));
        }
        self.line_mut(order.issue, touched).evidence.push(document);
        Ok(subject)
    }

    fn remove_evidence(
        &mut self,
        actor: Actor,
        order: &RemoveEvidence,
        touched: &mut Touched,
    ) -> Result<SubjectId, Refusal> {
        let (subject, line) = self.need_open_line(order.issue)?;
        self.need_desk_or_officer(actor, subject)?;
        let at = line.evidence.iter().position(|d| d.digest == order.digest);
        let at = at.ok_or(Refusal::NoSuchDocument {})?;
        // Or the proof of a fake rectification would be gone by the evening.
        if matches!(actor, Actor::Person { .. }) && line.checked.contains(&order.digest) {
            return Err(Refusal::EvidenceChecked {});
        }
        self.line_mut(order.issue, touched).evidence.remove(at);
        Ok(subject)
    }

    fn add_check(&mut self, order: &AddCheck, touched: &mut Touched) -> Result<SubjectId, Refusal> {
        let (subject, line) = self.need_line(order.issue)?;
        if line.checks.len() >= CHECKS_PER_LINE_MAX {
            return Err(too_many(Counted::Checks, CHECKS_PER_LINE_MAX));
        }
        let first = line.checks.last().map(|c| c.on).or(self.received_on(subject));
        let on = self.day_passed(&order.on, first)?;
        let by = text::line(TextField::Committee, &order.by, LABEL_CHARS_MAX)?;
        let note = match order.finding {
            CheckFinding::Sound => text::optional_paragraph(TextField::Note, &order.note, LEDGER_CHARS_MAX)?,
            _ => text::paragraph(TextField::Note, &order.note, LEDGER_CHARS_MAX)?,
        };
        let line = self.line_mut(order.issue, touched);
        line.checks.push(Check {
            on,
            by,
            finding: order.finding,
            note,
        });
        line.checked = line.evidence.iter().map(|d| d.digest.clone()).collect();
        if order.finding.condemns() {
            line.closed = None;
            line.state = LineState::Underway;
        }
        Ok(subject)
    }

    fn close_line(&mut self, order: &CloseLine, touched: &mut Touched) -> Result<SubjectId, Refusal> {
        let (subject, line) = self.need_open_line(order.issue)?;
        if !line.state.carried_out() {
            return Err(Refusal::LineNotDone {});
        }
        let sound = line.last_check().filter(|c| c.finding == CheckFinding::Sound);
        let checked_on = sound.ok_or(Refusal::LineNotChecked {})?.on;
        let on = self.day_passed(&order.on, Some(checked_on))?;
        let by = text::line(TextField::Committee, &order.by, LABEL_CHARS_MAX)?;
        self.line_mut(order.issue, touched).closed = Some(Closing { on, by });
        Ok(subject)
    }

    fn reopen_line(&mut self, order: &ReopenLine, touched: &mut Touched) -> Result<SubjectId, Refusal> {
        let (subject, line) = self.need_line(order.issue)?;
        if line.closed.is_none() {
            return Err(Refusal::LineOpen {});
        }
        if line.reopened.len() >= REOPENINGS_PER_LINE_MAX {
            return Err(too_many(Counted::Reopenings, REOPENINGS_PER_LINE_MAX));
        }
        let reason = text::paragraph(TextField::Reason, &order.reason, NOTE_CHARS_MAX)?;
        let on = self.today()?;
        let line = self.line_mut(order.issue, touched);
        line.closed = None;
        line.state = LineState::Underway;
        let checks = u32::try_from(line.checks.len()).unwrap_or(u32::MAX);
        line.reopened.push(Reopening { on, reason, checks });
        Ok(subject)
    }

    /// Lines come and go with the opinions and their receipt: whatever moved these may have moved every line.
    pub(crate) fn ledger_follows(&self, touched: &mut Touched) {
        let opened = |key: &Key| {
            matches!(
                key,
                Key::FollowUp | Key::IssueList | Key::Issue(_) | Key::Rectification(_)
            )
        };
        if !touched.keys.iter().any(opened) {
            return;
        }
        let gone = touched.keys.iter().filter_map(|key| match key {
            Key::Issue(id) => Some(Key::LedgerLine(*id)),
            _ => None,
        });
        let gone: Vec<_> = gone.collect();
        touched.keys(gone);
        let known = |subject: &SubjectId| self.follow_up.subjects.contains_key(subject);
        for subject in self.subjects.keys().filter(|s| known(s)) {
            touched.key(Key::Ledger(*subject));
            touched.mine.extend(self.subjects[subject].person);
        }
        let lines = self.issues.issues.iter().filter(|(_, i)| known(&i.subject));
        touched.keys(lines.map(|(id, _)| Key::LedgerLine(*id)));
    }
}

pub(super) fn too_many(of: Counted, max: usize) -> Refusal {
    let max = u32::try_from(max).unwrap_or(u32::MAX);
    Refusal::TooMany { of, max }
}
