//! One sitting: its agenda and where it stands, who holds the console, what the hall screen shows.

use crate::ids::{BallotId, InstantMs, ItemId, LotId, QuestionId, SubjectId};
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

wire_words! {
    /// What an agenda item is about. Reports and evaluations name their subject.
    pub enum ItemKind {
        /// 签到、宣布开会
        Opening,
        /// 听取述职报告 (oral) or 书面述职
        Report,
        /// 询问
        Inquiry,
        /// 审议
        Deliberation,
        /// 民主测评
        Evaluation,
        /// 讲话
        Speech,
        Other,
    }
    pub enum ItemState { Waiting, Current, Done }
    pub enum SittingState { Preparing, Open, Closed }
    /// The presiding chair (主持人) and the operator at the co-console.
    pub enum ConsoleSeat { Chair, Operator }
}

wire! {
    /// What the hall screen shows. It follows the agenda; the console may show something else at any time.
    #[derive(Copy)]
    #[serde(tag = "type", rename_all = "snake_case")]
    pub enum Screen {
        /// The sitting's name, the hall code and how many have joined.
        Welcome {},
        /// 应到, 实到, quorum.
        CheckIn {},
        /// The item's title, and its subject where it has one.
        Item { item: ItemId },
        Question { question: QuestionId },
        /// A ballot in any state: what is voted on, turnout or bars, the result once announced.
        Ballot { ballot: BallotId },
        /// A drawing of lots, step by step.
        Lot { lot: LotId },
        /// The sitting's name only.
        Title {},
    }
}

wire! {
    /// One item of an agenda as the desk writes it. A report needs its `subject`; an evaluation needs one, or `subjects`,
    /// who are evaluated together on one sheet.
    pub struct AgendaEntry {
        pub kind: ItemKind,
        pub title: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub subject: Option<SubjectId>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<SubjectId>>"))]
        pub subjects: Vec<SubjectId>,
    }
}

/// An item of the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub kind: ItemKind,
    pub title: String,
    pub subject: Option<SubjectId>,
    /// Of an evaluation on one sheet.
    pub subjects: Vec<SubjectId>,
    pub state: ItemState,
    pub began_at: InstantMs,
}

impl Item {
    /// Whom this item is about, in the order of the sheet.
    pub fn about(&self) -> impl Iterator<Item = SubjectId> + '_ {
        let alone = self.subject.filter(|_| self.subjects.is_empty());
        alone.into_iter().chain(self.subjects.iter().copied())
    }
}

/// The sitting of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitting {
    pub state: SittingState,
    pub opened_at: InstantMs,
    pub closed_at: InstantMs,
    pub agenda: BTreeMap<ItemId, Item>,
    pub current: Option<ItemId>,
    pub screen: Screen,
    pub console: ConsoleSeat,
    /// Whether the quorum had been reached when attendance last changed, so that the minutes note the crossing once.
    pub quorum_reached: bool,
}

impl Default for Sitting {
    fn default() -> Self {
        Sitting {
            state: SittingState::Preparing,
            opened_at: 0,
            closed_at: 0,
            agenda: BTreeMap::new(),
            current: None,
            screen: Screen::Welcome {},
            console: ConsoleSeat::Chair,
            quorum_reached: false,
        }
    }
}

impl Sitting {
    pub fn need_open(&self) -> Result<(), Refusal> {
        match self.state {
            SittingState::Open => Ok(()),
            SittingState::Preparing => Err(Refusal::SittingNotOpen {}),
            SittingState::Closed => Err(Refusal::SittingClosed {}),
        }
    }

    /// Items are numbered from the one after `before`, so that no two sittings share a number.
    pub fn set_agenda(&mut self, entries: Vec<AgendaEntry>, before: u32) {
        self.agenda = entries
            .into_iter()
            .enumerate()
            .map(|(n, e)| {
                let id = ItemId(u32::try_from(n + 1).unwrap_or(u32::MAX).saturating_add(before));
                (
                    id,
                    Item {
                        kind: e.kind,
                        title: e.title,
                        subject: e.subject,
                        subjects: e.subjects,
                        state: ItemState::Waiting,
                        began_at: 0,
                    },
                )
            })
            .collect();
    }

    /// Makes `id` the current item; what was current is done.
    pub fn begin(&mut self, id: ItemId, at: InstantMs) -> Result<(), Refusal> {
        if !self.agenda.contains_key(&id) {
            return Err(Refusal::NoSuchItem {});
        }
        if let Some(old) = self.current.and_then(|c| self.agenda.get_mut(&c)) {
            old.state = ItemState::Done;
        }
        let item = self.agenda.get_mut(&id).ok_or(Refusal::NoSuchItem {})?;
        item.state = ItemState::Current;
        item.began_at = at;
        self.current = Some(id);
        Ok(())
    }

    /// The first item after the current one that is still waiting.
    pub fn next_item(&self) -> Option<ItemId> {
        let after = self.current.map_or(0, |c| c.0);
        self.agenda
            .iter()
            .find(|(id, i)| id.0 > after && i.state == ItemState::Waiting)
            .map(|(id, _)| *id)
    }
}
