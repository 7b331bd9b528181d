//! What a conductor does beside the five verbs: duties that fall due, looks into open boxes, snapshots.

use super::super::duty::{due, duty_id};
use super::super::handle::Wish;
use super::super::office::{BoxFill, HeldAnswers, HeldBox, OfficeError};
use super::super::recovery::snapshot_of;
use super::{Conductor, Event};
use crate::journal::StreamId;
use crate::limits::{
    BOX_SIGHT_EVERY_MS, OFFICE_RETRY_MS, PUBLISH_EVERY_MS, PUBLISH_GATHERED_EVERY_MS, SNAPSHOT_EVERY_RECORDS,
};
use pingyi_core::Appraisal;
use pingyi_core::ballot::BallotState;
use pingyi_core::command::Command;
use pingyi_core::duties::Work;
use pingyi_core::outcome::Key;
use pingyi_core::questionnaire::QuestionnaireState;
use pingyi_core::stamp::Actor;
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

/// What a whole hall does within seconds. One of them alone changes a count that nobody reads to the last digit.
pub(super) fn is_of_many(command: &Command) -> bool {
    use Command as C;
    matches!(
        command,
        C::CastVote { .. }
            | C::TakeToken { .. }
            | C::CheckIn {}
            | C::SupportQuestion { .. }
            | C::WithdrawSupport { .. }
    )
}

impl Conductor {
    pub(super) fn do_duties(&mut self) {
        let now = self.now_ms();
        let (due, next) = due(&self.shared.read(), now);
        self.duty_at_ms = next;
        for duty in due {
            let id = duty_id(self.shared.id, &duty.name);
            match duty.work {
                // At the instant they were found due: a clock that is set back in between must not make them come too early.
                Work::Record(command) => self.stamp(
                    Wish {
                        id,
                        actor: Actor::System {},
                        command,
                        expects: None,
                        device: None,
                    },
                    now,
                    None,
                ),
                // Done, and on its way into the record: another ballot's work may come back in between.
                Work::Office(_) if self.replies.contains_key(&id) => {}
                Work::Office(work) => {
                    if self.performing.insert(id, now).is_none() {
                        let (office, events) = (self.office.clone(), self.shared.events.clone());
                        let performing = office.perform(self.shared.id, work);
                        tokio::spawn(async move { drop(events.send(Event::Performed(id, performing.await)).await) });
                    }
                }
            }
        }
        self.watch_boxes();
    }

    /// The office's work goes on the record; work that failed is asked for again.
    pub(super) fn performed(&mut self, id: Uuid, done: Result<Command, OfficeError>) {
        let due = self.performing.remove(&id).unwrap_or_default();
        match done {
            Ok(command) => {
                let wish = Wish {
                    id,
                    actor: Actor::System {},
                    command,
                    expects: None,
                    device: None,
                };
                self.stamp(wish, due.max(self.shared.clock.now_ms()), None);
            }
            Err(error) => {
                tracing::error!(appraisal = %self.shared.id, %error, "the ballot office could not do its work; trying again");
                self.duty_at_ms = Some(self.shared.clock.now_ms() + OFFICE_RETRY_MS);
            }
        }
    }

    /// While secret ballots are held or questionnaires open, their boxes are looked into once a second, never at a cast.
    pub(super) fn watch_boxes(&mut self) {
        let held = {
            let case = self.shared.read();
            !held_boxes(&case).is_empty() || open_questionnaires(&case).next().is_some()
        };
        if held && self.sight_at.is_none() {
            self.sight_at = Some(Instant::now() + Duration::from_millis(BOX_SIGHT_EVERY_MS));
        } else if !held {
            self.sight_at = None;
        }
    }

    pub(super) fn look_into_boxes(&mut self) {
        self.sight_at = None;
        let (held, open) = {
            let case = self.shared.read();
            (held_boxes(&case), open_questionnaires(&case).collect())
        };
        let answers = self.office.clone().answers(self.shared.id, open);
        let answered = self.shared.publisher().set_answers(answers);
        self.touched.keys(answered.into_iter().map(Key::Questionnaire));
        let boxes = self.office.clone().sights(self.shared.id, held);
        let changed = self.shared.publisher().set_boxes(boxes);
        if !changed.is_empty() {
            self.touched
                .mine
                .extend(self.shared.read().scrutiny.appointed.iter().copied());
        }
        let seen = {
            let case = self.shared.read();
            changed
                .into_iter()
                .flat_map(|id| case.seen_with(id).collect::<Vec<_>>())
                .collect::<Vec<_>>()
        };
        self.touched.keys(seen);
        self.watch_boxes();
    }

    /// When screens hear of what has changed; nothing while nothing has.
    pub(super) fn publish_at(&self) -> Option<Instant> {
        let wait_ms = match (self.touched.is_nothing(), self.gathered.is_nothing()) {
            (false, _) => PUBLISH_EVERY_MS,
            (true, false) => PUBLISH_GATHERED_EVERY_MS,
            (true, true) => return None,
        };
        Some(self.published_at + Duration::from_millis(wait_ms))
    }

    pub(super) fn publish(&mut self) {
        let mut touched = std::mem::take(&mut self.touched);
        touched.absorb(std::mem::take(&mut self.gathered));
        if touched.is_nothing() {
            return;
        }
        let case = self.shared.read();
        self.shared.publisher().publish(&case, &touched);
        self.published_at = Instant::now();
    }

    pub(super) fn duty_at(&self) -> Option<Instant> {
        let wait_ms = self.duty_at_ms? - self.now_ms();
        Some(Instant::now() + Duration::from_millis(u64::try_from(wait_ms).unwrap_or(0).max(1)))
    }

    pub(super) fn snapshot_if_worth(&mut self) {
        if self.next_index - self.snapshot_index < SNAPSHOT_EVERY_RECORDS {
            return;
        }
        self.snapshot_index = self.next_index;
        let writing = self.write_snapshot();
        tokio::spawn(writing);
    }

    /// A snapshot is a cache: failing to write one only makes the next start slower.
    pub(super) fn write_snapshot(&self) -> impl Future<Output = ()> + Send + 'static {
        let snapshot = snapshot_of(&self.shared.read(), self.next_index);
        let (journal, id) = (self.journal.clone(), self.shared.id);
        async move {
            let Ok(snapshot) = snapshot else { return };
            if let Err(error) = journal.put_snapshot(StreamId(id), snapshot).await {
                tracing::warn!(appraisal = %id, %error, "no snapshot was written");
            }
        }
    }
}

fn open_questionnaires(case: &Appraisal) -> impl Iterator<Item = HeldAnswers> + '_ {
    let open = case.questionnaires.all.iter();
    open.filter(|(_, q)| q.state == QuestionnaireState::Open)
        .map(|(id, q)| HeldAnswers {
            questionnaire: *id,
            questions: q.questions.clone(),
        })
}

/// Secret rounds whose boxes the record does not know yet.
fn held_boxes(case: &Appraisal) -> Vec<HeldBox> {
    let held = case.ballots.values().filter_map(|b| {
        let fill = match b.state {
            BallotState::Presented | BallotState::Open | BallotState::Paused | BallotState::Closing => BoxFill::Filling,
            BallotState::Sealed => BoxFill::Sealed,
            BallotState::Prepared | BallotState::Announced => return None,
        };
        let secret = b.casts.secret().filter(|s| !s.header.is_empty())?;
        Some(HeldBox {
            header: secret.header.clone(),
            fill,
        })
    });
    held.collect()
}
