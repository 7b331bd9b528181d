//! The device keys of a case's persons, as the records bind them, and whether a vote, token request or receipt is
//! signed by one.
//! Every key a person ever had is accepted: a request may have been on its way while another device signed in.

use crate::secrecy::encoding::from_hex;
use ed25519_dalek::{Signature, VerifyingKey};
use pingyi_core::command::{Command, receipt_text, token_text, vote_text, votes_text};
use pingyi_core::ids::PersonId;
use pingyi_core::stamp::{Actor, Stamped};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

#[derive(Debug, Default)]
pub(super) struct Devices(BTreeMap<PersonId, BTreeSet<[u8; 32]>>);

impl Devices {
    pub fn bind(&mut self, person: PersonId, key: &str) {
        if let Some(key) = from_hex(&key.to_ascii_lowercase()) {
            self.0.entry(person).or_default().insert(key);
        }
    }

    /// True for every command that needs no signature.
    pub fn signed(&self, case: Uuid, stamped: &Stamped) -> bool {
        let (text, signature) = match &stamped.command {
            Command::CastVote {
                ballot,
                round,
                choice,
                signature,
            } => (vote_text(&case, &stamped.id, *ballot, *round, *choice), signature),
            Command::CastVotes {
                ballot,
                round,
                choices,
                signature,
            } => (votes_text(&case, &stamped.id, *ballot, *round, choices), signature),
            Command::TakeToken {
                ballot,
                round,
                blinded,
                signature,
            } => (token_text(&case, &stamped.id, *ballot, *round, blinded), signature),
            Command::SignOpinions(order) => (receipt_text(&case, &stamped.id, order.subject), &order.signature),
            _ => return true,
        };
        let Actor::Person { person } = stamped.actor else {
            return false;
        };
        let Some(bytes) = from_hex(&signature.to_ascii_lowercase()) else {
            return false;
        };
        let signature = Signature::from_bytes(&bytes);
        let holds = |key: &[u8; 32]| {
            VerifyingKey::from_bytes(key).is_ok_and(|key| key.verify_strict(text.as_bytes(), &signature).is_ok())
        };
        self.0.get(&person).is_some_and(|keys| keys.iter().any(holds))
    }
}
