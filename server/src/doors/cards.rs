//! Seat cards. A card's code follows from the server key, the person and the card's generation, so that it is stored
//! nowhere; the index from code to person is built when it is asked for and again when a generation has changed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use pingyi_core::ids::PersonId;
use uuid::Uuid;

use super::Standing;
use super::base32::Code;
use crate::vault::Vault;

/// Whose card it is, and which printing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardHolder {
    pub appraisal: Uuid,
    pub person: PersonId,
}

pub struct Cards {
    vault: Arc<Vault>,
    /// One entry a running case; bounded by the body's number of appraisals and the roster's of people.
    index: Mutex<HashMap<Uuid, Indexed>>,
}

#[derive(Default)]
struct Indexed {
    generations: Vec<(PersonId, u32)>,
    people: HashMap<Code, PersonId>,
}

impl Cards {
    pub(super) fn new(vault: Arc<Vault>) -> Self {
        Self {
            vault,
            index: Mutex::default(),
        }
    }

    /// The code as printed, in groups of four.
    pub fn code(&self, appraisal: Uuid, person: PersonId, card_generation: u32) -> String {
        code(&self.vault, appraisal, person, card_generation).shown()
    }

    /// Whose card this is now. A code of an earlier generation opens nothing.
    pub fn holder(&self, typed: &str, standing: &dyn Standing) -> Option<CardHolder> {
        let wanted = Code::typed(typed)?;
        let cases = standing.cases();
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        index.retain(|appraisal, _| cases.contains(appraisal));
        for appraisal in cases {
            let generations = standing.card_generations(appraisal);
            let indexed = index.entry(appraisal).or_default();
            if indexed.generations != generations {
                let entry = |(person, generation): &(PersonId, u32)| {
                    (code(&self.vault, appraisal, *person, *generation), *person)
                };
                indexed.people = generations.iter().map(entry).collect();
                indexed.generations = generations;
            }
            if let Some(person) = indexed.people.get(&wanted) {
                return Some(CardHolder {
                    appraisal,
                    person: *person,
                });
            }
        }
        None
    }
}

fn code(vault: &Vault, appraisal: Uuid, person: PersonId, card_generation: u32) -> Code {
    let parts: [&[u8]; 3] = [
        appraisal.as_bytes(),
        &person.0.to_be_bytes(),
        &card_generation.to_be_bytes(),
    ];
    Code::of(&vault.derive("card", &parts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doors::testing::{Standings, vault};

    const A: Uuid = Uuid::from_u128(1);
    const B: Uuid = Uuid::from_u128(2);

    fn holder(appraisal: Uuid, person: u32) -> Option<CardHolder> {
        Some(CardHolder {
            appraisal,
            person: PersonId(person),
        })
    }

    #[test]
    fn a_card_opens_for_its_person_in_its_case() {
        let (vault, _folder) = vault();
        let cards = Cards::new(vault);
        let mut standing = Standings::default();
        standing.card(A, 1, 1).card(A, 2, 1).card(B, 1, 1);
        assert_eq!(cards.holder(&cards.code(A, PersonId(2), 1), &standing), holder(A, 2));
        assert_eq!(
            cards.holder(&cards.code(B, PersonId(1), 1).to_lowercase(), &standing),
            holder(B, 1)
        );
        assert_eq!(
            cards.holder(&cards.code(B, PersonId(2), 1), &standing),
            None,
            "not on that roster"
        );
        assert_eq!(cards.holder("AAAA-AAAA-AAAA", &standing), None);
    }

    #[test]
    fn a_reissued_card_shuts_the_old_one_out() {
        let (vault, _folder) = vault();
        let cards = Cards::new(vault);
        let mut standing = Standings::default();
        standing.card(A, 1, 1);
        let (old, new) = (cards.code(A, PersonId(1), 1), cards.code(A, PersonId(1), 2));
        assert_eq!(cards.holder(&old, &standing), holder(A, 1));
        assert_eq!(cards.holder(&new, &standing), None);
        standing.card(A, 1, 2);
        assert_eq!(cards.holder(&old, &standing), None);
        assert_eq!(cards.holder(&new, &standing), holder(A, 1));
    }

    #[test]
    fn a_case_that_is_gone_takes_its_cards_along() {
        let (vault, _folder) = vault();
        let cards = Cards::new(vault);
        let mut standing = Standings::default();
        standing.card(A, 1, 1);
        let code = cards.code(A, PersonId(1), 1);
        assert!(cards.holder(&code, &standing).is_some());
        assert_eq!(cards.holder(&code, &Standings::default()), None);
    }
}
