//! Questions (询问): asked, supported, reviewed, merged, routed, taken, answered or put off to a written answer.
//! A merged question keeps its askers on the one that speaks for it; nothing asked is ever deleted.

use crate::ids::{InstantMs, PersonId, QuestionId, SubjectId};
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

wire_words! {
    /// Who may see a question and its asker's name.
    pub enum Visibility {
        /// 公开并署名
        Named,
        /// 只给主持人
        ChairOnly,
        /// 不公开姓名（办公室可查）
        WithoutName,
    }
    /// Whether a question needs the desk's (or the chair's) review before others see it.
    pub enum QuestionReview { First, AtOnce }
    pub enum QuestionState {
        /// Waits for review.
        Asked,
        /// May be seen, supported, taken.
        Accepted,
        /// Being put now.
        Taken,
        Answered,
        /// 书面答复, by a day.
        Deferred,
        Skipped,
        Rejected,
        Merged,
        Withdrawn,
    }
}

/// A question with its whole story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The first asker. Who may see this is decided by the views alone.
    pub asker: PersonId,
    /// Askers of questions merged into this one.
    pub also_asked_by: BTreeSet<PersonId>,
    pub subject: Option<SubjectId>,
    pub visibility: Visibility,
    pub text: String,
    /// The wording as asked, kept once the desk has edited it.
    pub original: Option<String>,
    pub supporters: BTreeSet<PersonId>,
    pub state: QuestionState,
    pub asked_at: InstantMs,
    pub settled_at: InstantMs,
    pub reason: String,
    pub note: String,
    pub due_on: String,
    pub merged_into: Option<QuestionId>,
    pub merged: BTreeSet<QuestionId>,
}

impl Question {
    /// Askers and supporters together, each person once: how many want an answer.
    pub fn voices(&self) -> u32 {
        let mut all: BTreeSet<PersonId> = self.supporters.union(&self.also_asked_by).copied().collect();
        all.insert(self.asker);
        u32::try_from(all.len()).unwrap_or(u32::MAX)
    }

    pub fn asked_by(&self, person: PersonId) -> bool {
        self.asker == person || self.also_asked_by.contains(&person)
    }

    /// Whether other members may see it.
    pub fn shown(&self) -> bool {
        use QuestionState::*;
        self.visibility != Visibility::ChairOnly
            && matches!(self.state, Accepted | Taken | Answered | Deferred | Skipped)
    }

    fn open(&self) -> bool {
        matches!(
            self.state,
            QuestionState::Asked | QuestionState::Accepted | QuestionState::Taken
        )
    }

    pub fn need_open(&self) -> Result<(), Refusal> {
        if self.open() {
            Ok(())
        } else {
            Err(Refusal::QuestionSettled {})
        }
    }
}

/// All questions of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inquiry {
    pub questions: BTreeMap<QuestionId, Question>,
    /// The one being put now.
    pub taken: Option<QuestionId>,
}

impl Inquiry {
    pub fn get(&self, id: QuestionId) -> Result<&Question, Refusal> {
        self.questions.get(&id).ok_or(Refusal::NoSuchQuestion {})
    }

    pub fn get_mut(&mut self, id: QuestionId) -> Result<&mut Question, Refusal> {
        self.questions.get_mut(&id).ok_or(Refusal::NoSuchQuestion {})
    }

    pub fn ask(&mut self, question: Question) -> QuestionId {
        let id = QuestionId(u32::try_from(self.questions.len() + 1).unwrap_or(u32::MAX));
        self.questions.insert(id, question);
        id
    }

    pub fn asked_by(&self, person: PersonId) -> usize {
        self.questions.values().filter(|q| q.asker == person).count()
    }

    /// Joins `from` into `into`: askers, supporters, and whatever had been merged into `from` before.
    pub fn merge(&mut self, from: QuestionId, into: QuestionId, at: InstantMs) -> Result<(), Refusal> {
        if from == into {
            return Err(Refusal::MergeIntoItself {});
        }
        self.get(from)?.need_open()?;
        let target = self.get(into)?;
        if let Some(further) = target.merged_into {
            return Err(Refusal::MergeChain { into: further });
        }
        target.need_open()?;
        if self.get(from)?.visibility == Visibility::ChairOnly && target.visibility != Visibility::ChairOnly {
            return Err(Refusal::QuestionPrivate {});
        }
        let q = self.get_mut(from)?;
        q.state = QuestionState::Merged;
        q.settled_at = at;
        q.merged_into = Some(into);
        let askers: Vec<_> = q.also_asked_by.iter().copied().chain([q.asker]).collect();
        let supporters = q.supporters.clone();
        let older = std::mem::take(&mut q.merged);
        for id in &older {
            self.get_mut(*id)?.merged_into = Some(into);
        }
        let target = self.get_mut(into)?;
        target
            .also_asked_by
            .extend(askers.into_iter().filter(|p| *p != target.asker));
        target.supporters.extend(supporters);
        target.merged.extend(older);
        target.merged.insert(from);
        if self.taken == Some(from) {
            self.taken = None;
        }
        Ok(())
    }

    /// Ends a question's turn with `state`.
    pub fn settle(&mut self, id: QuestionId, state: QuestionState, at: InstantMs) -> Result<&mut Question, Refusal> {
        self.get(id)?.need_open()?;
        if self.taken == Some(id) {
            self.taken = None;
        }
        let q = self.get_mut(id)?;
        q.state = state;
        q.settled_at = at;
        Ok(q)
    }

    /// Open questions in the order of the chair's queue: the taken one, then by voices, then as asked.
    pub fn queue(&self) -> Vec<QuestionId> {
        let mut ids: Vec<_> = self
            .questions
            .iter()
            .filter(|(_, q)| q.open())
            .map(|(id, q)| (q.state != QuestionState::Taken, std::cmp::Reverse(q.voices()), *id))
            .collect();
        ids.sort();
        ids.into_iter().map(|(_, _, id)| id).collect()
    }
}
