//! Paper beside phones in one ballot: who votes on paper, and what two people counted independently.

use crate::ids::PersonId;
use crate::stamp::Actor;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

wire! {
    /// What one person counted of the paper slips. Blank slips bear no mark; invalid ones too many, or unreadable ones.
    #[derive(Default)]
    pub struct PaperCount {
        pub returned: u32,
        pub blank: u32,
        pub invalid: u32,
        /// A row for each item (one row if there are none), a column for each option.
        pub votes: Vec<Vec<u32>>,
    }

    /// Who counted: a desk account, a console seat, a scrutineer.
    pub struct PaperEntry { pub by: Actor, pub count: PaperCount }
}

/// The paper part of a round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Members who were handed a paper: they get no token, and whoever has a token gets no paper.
    pub marks: BTreeSet<PersonId>,
    /// The latest count of each who counted.
    pub entries: Vec<PaperEntry>,
}

impl Paper {
    /// No paper was given out and none came back.
    pub fn unused(&self) -> bool {
        self.marks.is_empty() && self.entries.is_empty()
    }

    /// The count on which the two who counted agree. Whoever counts anew breaks an agreement with their own old count.
    pub fn agreed(&self) -> Option<&PaperCount> {
        match self.entries.as_slice() {
            [] | [_] => None,
            [first, others @ ..] => others.iter().all(|e| e.count == first.count).then_some(&first.count),
        }
    }

    pub fn enter(&mut self, by: Actor, count: PaperCount) {
        self.entries.retain(|e| e.by != by);
        self.entries.push(PaperEntry { by, count });
    }

    /// 发出 on paper.
    pub fn issued(&self) -> u32 {
        u32::try_from(self.marks.len()).unwrap_or(u32::MAX)
    }

    /// 收回 on paper, once agreed.
    pub fn returned(&self) -> u32 {
        self.agreed().map_or(0, |c| c.returned)
    }
}

impl PaperCount {
    /// Whether every item's marks, with blank and invalid slips, add up to those returned.
    pub fn adds_up(&self) -> bool {
        self.votes.iter().all(|row| {
            let marks: u64 = row.iter().map(|n| u64::from(*n)).sum();
            marks + u64::from(self.blank) + u64::from(self.invalid) == u64::from(self.returned)
        })
    }
}
