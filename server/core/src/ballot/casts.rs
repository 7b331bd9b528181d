//! Where a ballot's casts are kept. A named ballot keeps them by member in the record.

use crate::ids::PersonId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The casts of one round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Casts {
    /// 记名: the member's last choice before the close.
    Named(BTreeMap<PersonId, u32>),
}

impl Default for Casts {
    fn default() -> Self {
        Casts::Named(BTreeMap::new())
    }
}

impl Casts {
    pub fn put(&mut self, person: PersonId, choice: u32) {
        match self {
            Casts::Named(by_member) => {
                by_member.insert(person, choice);
            }
        }
    }

    /// 收回: how many ballots have come back.
    pub fn returned(&self) -> u32 {
        match self {
            Casts::Named(by_member) => u32::try_from(by_member.len()).unwrap_or(u32::MAX),
        }
    }

    /// Whether this member's cast is recorded. Never which one.
    pub fn recorded(&self, person: PersonId) -> bool {
        match self {
            Casts::Named(by_member) => by_member.contains_key(&person),
        }
    }

    /// Votes per option, in the order of the rule's options.
    pub fn count(&self, options: usize) -> Vec<u32> {
        let mut counts = vec![0; options];
        match self {
            Casts::Named(by_member) => {
                for choice in by_member.values() {
                    if let Some(n) = usize::try_from(*choice).ok().and_then(|c| counts.get_mut(c)) {
                        *n += 1;
                    }
                }
            }
        }
        counts
    }
}
