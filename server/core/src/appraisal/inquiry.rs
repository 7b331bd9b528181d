//! Orders about questions. The asker's name never decides anything here; who sees it is decided by the views.

use super::Appraisal;
use crate::command::Command;
use crate::ids::{PersonId, QuestionId, SubjectId};
use crate::inquiry::{Question, QuestionReview, QuestionState, Visibility};
use crate::limits::{NOTE_CHARS_MAX, QUESTION_CHARS_MAX, QUESTIONS_MAX, QUESTIONS_PER_PERSON_MAX};
use crate::minutes::Event;
use crate::outcome::{Key, Reply, Touched};
use crate::refusal::{Counted, Refusal, TextField};
use crate::sitting::{Screen, SittingState};
use crate::stamp::{Actor, Stamped};
use crate::text;
use std::collections::BTreeSet;

impl Appraisal {
    pub(super) fn apply_inquiry(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        use Command as C;
        match (&stamped.command, stamped.actor) {
            (
                C::AskQuestion {
                    subject,
                    visibility,
                    text,
                },
                Actor::Person { person },
            ) => self.ask(person, *subject, *visibility, text, touched),
            (C::SupportQuestion { question }, Actor::Person { person }) => self.support(person, *question, touched),
            (C::WithdrawSupport { question }, Actor::Person { person }) => {
                self.inquiry.get_mut(*question)?.supporters.remove(&person);
                self.question_touched(*question, touched);
                touched.mine(person);
                Ok(Reply::Done {})
            }
            (C::WithdrawQuestion { question }, Actor::Person { person }) => {
                if self.inquiry.get(*question)?.asker != person {
                    return Err(Refusal::NotYourQuestion {});
                }
                self.settle(*question, QuestionState::Withdrawn, touched)
            }
            (C::AcceptQuestion { question }, _) => {
                let q = self.inquiry.get_mut(*question)?;
                q.need_open()?;
                if q.state == QuestionState::Asked {
                    q.state = QuestionState::Accepted;
                }
                self.question_touched(*question, touched);
                Ok(Reply::Done {})
            }
            (C::EditQuestion { question, text }, _) => self.edit(*question, text, touched),
            (C::RouteQuestion { question, subject }, _) => {
                if let Some(s) = subject {
                    self.subject(*s)?;
                }
                let q = self.inquiry.get_mut(*question)?;
                q.need_open()?;
                q.subject = *subject;
                self.question_touched(*question, touched);
                Ok(Reply::Done {})
            }
            (C::RejectQuestion { question, reason }, _) => {
                let reason = text::paragraph(TextField::Reason, reason, NOTE_CHARS_MAX)?;
                self.inquiry.get(*question)?.need_open()?;
                self.inquiry.get_mut(*question)?.reason = reason;
                self.settle(*question, QuestionState::Rejected, touched)
            }
            (C::MergeQuestion { from, into }, _) => {
                let moved: Vec<_> = self.inquiry.get(*from)?.merged.iter().copied().collect();
                self.inquiry.merge(*from, *into, self.now)?;
                for id in moved.into_iter().chain([*from, *into]) {
                    self.question_touched(id, touched);
                }
                // Who supported the one now supports the other.
                touched.mine.extend(&self.inquiry.get(*into)?.supporters);
                self.leave_screen(*from, touched);
                Ok(Reply::Done {})
            }
            (C::TakeQuestion { question }, _) => self.take(*question, touched),
            (C::AnswerQuestion { question, note }, _) => {
                let note = if note.trim().is_empty() {
                    String::new()
                } else {
                    text::paragraph(TextField::Note, note, NOTE_CHARS_MAX)?
                };
                self.inquiry.get(*question)?.need_open()?;
                self.inquiry.get_mut(*question)?.note = note;
                self.minutes
                    .note(self.now, Event::QuestionAnswered { question: *question });
                self.settle(*question, QuestionState::Answered, touched)
            }
            (C::DeferQuestion { question, due_on }, _) => {
                let due_on = text::day(due_on)?;
                self.inquiry.get(*question)?.need_open()?;
                self.inquiry.get_mut(*question)?.due_on = due_on.clone();
                self.minutes.note(
                    self.now,
                    Event::QuestionDeferred {
                        question: *question,
                        due_on,
                    },
                );
                self.settle(*question, QuestionState::Deferred, touched)
            }
            (C::SkipQuestion { question }, _) => {
                self.inquiry.get(*question)?.need_open()?;
                self.minutes
                    .note(self.now, Event::QuestionSkipped { question: *question });
                self.settle(*question, QuestionState::Skipped, touched)
            }
            _ => Err(Refusal::NotAllowed {}),
        }
    }

    fn ask(
        &mut self,
        person: PersonId,
        subject: Option<SubjectId>,
        visibility: Visibility,
        text: &str,
        touched: &mut Touched,
    ) -> Result<Reply, Refusal> {
        if self.sitting.state == SittingState::Closed {
            return Err(Refusal::SittingClosed {});
        }
        if let Some(s) = subject {
            self.subject(s)?;
        }
        let full = |of, max: usize| Refusal::TooMany {
            of,
            max: u32::try_from(max).unwrap_or(u32::MAX),
        };
        if self.inquiry.asked_by(person) >= QUESTIONS_PER_PERSON_MAX {
            return Err(full(Counted::YourQuestions, QUESTIONS_PER_PERSON_MAX));
        }
        if self.inquiry.questions.len() >= QUESTIONS_MAX {
            return Err(full(Counted::Questions, QUESTIONS_MAX));
        }
        let state = match self.settings.question_review {
            QuestionReview::First => QuestionState::Asked,
            QuestionReview::AtOnce => QuestionState::Accepted,
        };
        let id = self.inquiry.ask(Question {
            asker: person,
            also_asked_by: BTreeSet::new(),
            subject,
            visibility,
            text: text::paragraph(TextField::Question, text, QUESTION_CHARS_MAX)?,
            original: None,
            supporters: BTreeSet::new(),
            state,
            asked_at: self.now,
            settled_at: 0,
            reason: String::new(),
            note: String::new(),
            due_on: String::new(),
            merged_into: None,
            merged: BTreeSet::new(),
        });
        self.question_touched(id, touched);
        Ok(Reply::QuestionAsked { question: id })
    }

    fn support(&mut self, person: PersonId, id: QuestionId, touched: &mut Touched) -> Result<Reply, Refusal> {
        let q = self.inquiry.get_mut(id)?;
        if !q.shown() {
            return Err(Refusal::QuestionNotShown {});
        }
        q.need_open()?;
        if q.asked_by(person) {
            return Err(Refusal::OwnQuestion {});
        }
        q.supporters.insert(person);
        self.question_touched(id, touched);
        touched.mine(person);
        Ok(Reply::Done {})
    }

    fn edit(&mut self, id: QuestionId, text: &str, touched: &mut Touched) -> Result<Reply, Refusal> {
        let text = text::paragraph(TextField::Question, text, QUESTION_CHARS_MAX)?;
        let q = self.inquiry.get_mut(id)?;
        q.need_open()?;
        if q.text != text {
            let old = std::mem::replace(&mut q.text, text);
            q.original.get_or_insert(old);
        }
        self.question_touched(id, touched);
        Ok(Reply::Done {})
    }

    fn take(&mut self, id: QuestionId, touched: &mut Touched) -> Result<Reply, Refusal> {
        self.sitting.need_open()?;
        self.inquiry.get(id)?.need_open()?;
        if let Some(old) = self.inquiry.taken.filter(|old| *old != id) {
            self.inquiry.get_mut(old)?.state = QuestionState::Accepted;
            self.question_touched(old, touched);
        }
        let q = self.inquiry.get_mut(id)?;
        q.state = QuestionState::Taken;
        let shown = q.shown();
        self.inquiry.taken = Some(id);
        // A question for the chair only is put by the chair's own mouth; the hall screen stays as it is. Nor does a
        // question push a running ballot off the screen.
        if shown && self.running_ballot().is_none() {
            self.sitting.screen = Screen::Question { question: id };
            self.screen_touched(touched);
        }
        self.minutes.note(self.now, Event::QuestionTaken { question: id });
        self.question_touched(id, touched);
        Ok(Reply::Done {})
    }

    fn settle(&mut self, id: QuestionId, state: QuestionState, touched: &mut Touched) -> Result<Reply, Refusal> {
        self.inquiry.settle(id, state, self.now)?;
        self.question_touched(id, touched);
        self.leave_screen(id, touched);
        Ok(Reply::Done {})
    }

    /// A question that is over gives the hall screen back to the current item.
    fn leave_screen(&mut self, id: QuestionId, touched: &mut Touched) {
        if self.sitting.screen == (Screen::Question { question: id }) {
            self.sitting.screen = self
                .sitting
                .current
                .map_or(Screen::Title {}, |item| Screen::Item { item });
            self.screen_touched(touched);
        }
    }

    fn question_touched(&self, id: QuestionId, touched: &mut Touched) {
        touched.keys([Key::Question(id), Key::Console, Key::Minutes]);
        if let Ok(q) = self.inquiry.get(id) {
            touched.mine.insert(q.asker);
            touched.mine.extend(&q.also_asked_by);
        }
    }
}
