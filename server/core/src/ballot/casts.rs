//! Where a ballot's casts are kept. A named ballot keeps them by member in the record. A secret ballot's casts never
//! enter the record one by one: it keeps who has taken a token, once sealed the digest and how many casts there are, and
//! the counts only when the result is announced: of a round that is voided before, the record never knows them.

use super::Rule;
use crate::ids::PersonId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

wire_words! {
    /// 记名 or 无记名.
    pub enum Secrecy { Named, Secret }
}

/// The casts of one round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Casts {
    /// 记名: the member's choices, one an item.
    Named(BTreeMap<PersonId, Vec<u32>>),
    /// 举手: counted in the hall, entered with a reason; the fallback when devices fail. Item by item, each option.
    Hands { votes: Vec<u32>, returned: u32 },
    /// 无记名: nothing here links a member to a choice.
    Secret(SecretRound),
}

/// What the record knows of a secret round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretRound {
    /// The header text as served: it names the round's public key. Empty until the key is made.
    pub header: String,
    /// SHA-256 of the header text, 64 hex digits.
    pub header_hash: String,
    /// Who has taken a token, and the blinded element it was asked with (base64url).
    pub tokens: BTreeMap<PersonId, String>,
    /// Who took a token and has had another phone since, with the key of the phone that holds it.
    #[serde(default)]
    pub left_behind: BTreeMap<PersonId, String>,
    /// Once the box is sealed.
    pub sealed: Option<SealedBox>,
    /// Once board and seed are public: the digest of the board's file in the blob store.
    pub released: Option<String>,
}

/// The sealed box: the digest of the whole board, and how many casts are in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedBox {
    pub digest: String,
    pub returned: u32,
    /// Votes item by item, each option; brought from the box when the result is announced.
    pub counts: Option<Vec<u32>>,
}

impl Casts {
    pub fn empty(secrecy: Secrecy) -> Casts {
        match secrecy {
            Secrecy::Named => Casts::Named(BTreeMap::new()),
            Secrecy::Secret => Casts::Secret(SecretRound::default()),
        }
    }

    pub fn secrecy(&self) -> Secrecy {
        match self {
            Casts::Named(_) | Casts::Hands { .. } => Secrecy::Named,
            Casts::Secret(_) => Secrecy::Secret,
        }
    }

    pub fn secret(&self) -> Option<&SecretRound> {
        match self {
            Casts::Named(_) | Casts::Hands { .. } => None,
            Casts::Secret(round) => Some(round),
        }
    }

    pub fn secret_mut(&mut self) -> Option<&mut SecretRound> {
        match self {
            Casts::Named(_) | Casts::Hands { .. } => None,
            Casts::Secret(round) => Some(round),
        }
    }

    /// 收回: how many ballots have come back, as far as the record knows. A secret box is counted when it is sealed.
    pub fn returned(&self) -> u32 {
        match self {
            Casts::Named(by_member) => u32::try_from(by_member.len()).unwrap_or(u32::MAX),
            Casts::Hands { returned, .. } => *returned,
            Casts::Secret(round) => round.sealed.as_ref().map_or(0, |s| s.returned),
        }
    }

    /// Whether this member's cast is recorded. Never which one; of a secret ballot nobody knows but the phone.
    pub fn recorded(&self, person: PersonId) -> bool {
        match self {
            Casts::Named(by_member) => by_member.contains_key(&person),
            Casts::Secret(_) | Casts::Hands { .. } => false,
        }
    }

    /// Votes item by item, each option; none while the record does not know them.
    pub fn counts(&self, rule: &Rule) -> Option<Vec<u32>> {
        match self {
            Casts::Named(by_member) => {
                let mut counts = vec![0; rule.cells()];
                for choices in by_member.values() {
                    for (row, choice) in choices.iter().enumerate() {
                        let cell = usize::try_from(*choice).ok().map(|c| row * rule.options.len() + c);
                        if let Some(n) = cell.and_then(|c| counts.get_mut(c)) {
                            *n += 1;
                        }
                    }
                }
                Some(counts)
            }
            Casts::Hands { votes, .. } => Some(votes.clone()),
            Casts::Secret(round) => round.sealed.as_ref()?.counts.clone(),
        }
    }
}
