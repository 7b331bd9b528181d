//! Everything that has a last day, as one list: what the rule makes due, lines of the ledger, answers promised in
//! writing, planned ends of stages. Whether something is late is told by the reader's clock.

use super::Stage;
use crate::appraisal::Appraisal;
use crate::follow_up::{DueMatter, day};
use crate::ids::{InstantMs, IssueId, QuestionId, SubjectId};
use crate::inquiry::QuestionState;
use crate::ledger::LineState;
use jiff::civil::Date;

wire! {
    /// What a reminder is about.
    #[derive(Copy)]
    #[serde(tag = "type", rename_all = "snake_case")]
    pub enum ReminderAbout {
        FollowUp { matter: DueMatter },
        /// A line of the ledger.
        Line { issue: IssueId },
        /// A question to be answered in writing.
        WrittenAnswer { question: QuestionId },
        /// The planned end of a stage.
        StageEnd { stage: Stage },
    }
}

/// Something with a last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    pub about: ReminderAbout,
    pub subject: Option<SubjectId>,
    pub due_on: Date,
    pub done: bool,
    /// The calendar of holidays does not reach that far yet.
    pub provisional: bool,
}

impl Reminder {
    /// 24:00 of the last day.
    pub fn ends_at(&self) -> InstantMs {
        day::BEIJING.end_of(self.due_on).unwrap_or(InstantMs::MAX)
    }

    pub fn is_late(&self, now: InstantMs) -> bool {
        !self.done && self.ends_at() <= now
    }
}

/// All reminders of a case by their day, done ones too. A closed case has nothing open.
pub fn reminders(case: &Appraisal) -> Vec<Reminder> {
    let mut all: Vec<_> = case
        .dues()
        .into_iter()
        .map(|due| Reminder {
            about: ReminderAbout::FollowUp { matter: due.matter },
            subject: due.subject,
            due_on: due.due_on(),
            done: due.done_on.is_some(),
            provisional: due.provisional,
        })
        .collect();
    for subject in case.subjects.keys() {
        all.extend(lines(case, *subject));
    }
    for (id, q) in &case.inquiry.questions {
        if let (QuestionState::Deferred, Ok(due_on)) = (q.state, day::read(&q.due_on)) {
            all.push(plain(
                ReminderAbout::WrittenAnswer { question: *id },
                q.subject,
                due_on,
                false,
            ));
        }
    }
    for (stage, span) in &case.stages.plan.days {
        let done = case.stage() > *stage;
        all.push(plain(ReminderAbout::StageEnd { stage: *stage }, None, span.last, done));
    }
    if case.stages.closed.is_some() {
        all.iter_mut().for_each(|r| r.done = true);
    }
    all.sort_by_key(|r| r.due_on);
    all
}

/// How many are late.
pub fn overdue(case: &Appraisal, now: InstantMs) -> usize {
    reminders(case).iter().filter(|r| r.is_late(now)).count()
}

fn lines(case: &Appraisal, subject: SubjectId) -> impl Iterator<Item = Reminder> {
    case.issues.standing(subject).iter().filter_map(move |issue| {
        let line = case.ledger.lines.get(issue)?;
        let about = ReminderAbout::Line { issue: *issue };
        let carried_out = matches!(line.state, LineState::Done | LineState::LongTerm);
        Some(plain(
            about,
            Some(subject),
            line.due_on?,
            carried_out || line.closed.is_some(),
        ))
    })
}

fn plain(about: ReminderAbout, subject: Option<SubjectId>, due_on: Date, done: bool) -> Reminder {
    Reminder {
        about,
        subject,
        due_on,
        done,
        provisional: false,
    }
}
