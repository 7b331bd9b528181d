//! The first verb: only what does not depend on the case's course. Size, rate, whether the device is signed in and
//! has signed the vote. Runs on the caller's thread, so that signatures of a whole hall are checked side by side.

use super::duty::is_duty_id;
use super::handle::{NotTaken, Shared, Wish};
use crate::limits::{
    BINDINGS_BURST, BINDINGS_PER_S, MESSAGE_BYTES_MAX, OFFICE_COMMANDS_BURST, OFFICE_COMMANDS_PER_S,
    PERSON_COMMANDS_BURST, PERSON_COMMANDS_PER_S,
};
use crate::secrecy::is_element;
use pingyi_core::command::{Command, receipt_text, token_text, vote_text, votes_text};
use pingyi_core::ids::PersonId;
use pingyi_core::stamp::Actor;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

pub(super) fn admit(shared: &Shared, wish: &Wish) -> Result<(), NotTaken> {
    // Ids of duties can be worked out by anybody: one used up by a stranger would keep a ballot from ever being sealed.
    if is_duty_id(&wish.id) && wish.actor != (Actor::System {}) {
        return Err(NotTaken::ReservedId);
    }
    if let Actor::Person { person } = wish.actor {
        let case = shared.read();
        let signed_in = wish.device.as_ref().is_some_and(|d| {
            case.roster
                .people
                .get(&person)
                .is_some_and(|p| p.device_generation == d.generation)
        });
        if !signed_in {
            return Err(NotTaken::SignedOut);
        }
    }
    let sender = match wish.command {
        Command::BindDevice { person, .. } => Sender::Device(person),
        _ => Sender::Actor(wish.actor),
    };
    shared.rates.take(sender, shared.clock.now_ms())?;
    if shared.read().exhausted(wish.actor) {
        return Err(NotTaken::Exhausted);
    }
    check_text_size(&wish.command)?;
    check_vote(shared.id, wish)
}

/// A person's texts are small; only the desk's roster may be large, and it does not come over a socket.
fn check_text_size(command: &Command) -> Result<(), NotTaken> {
    let bytes = match command {
        Command::AskQuestion { text, .. } | Command::EditQuestion { text, .. } => text.len(),
        Command::RejectQuestion { reason, .. } => reason.len(),
        Command::AnswerQuestion { note, .. } | Command::VoidBallot { note, .. } => note.len(),
        _ => 0,
    };
    if bytes > MESSAGE_BYTES_MAX {
        Err(NotTaken::TooLarge)
    } else {
        Ok(())
    }
}

/// What the device must have signed: a named vote, the request for a token, the receipt of the opinions.
fn check_vote(appraisal: Uuid, wish: &Wish) -> Result<(), NotTaken> {
    let (text, signature) = match &wish.command {
        Command::CastVote {
            ballot,
            round,
            choice,
            signature,
        } => (vote_text(&appraisal, &wish.id, *ballot, *round, *choice), signature),
        Command::CastVotes {
            ballot,
            round,
            choices,
            signature,
        } => (votes_text(&appraisal, &wish.id, *ballot, *round, choices), signature),
        Command::TakeToken {
            ballot,
            round,
            blinded,
            signature,
        } => {
            if !is_element(blinded) {
                return Err(NotTaken::BadElement);
            }
            (token_text(&appraisal, &wish.id, *ballot, *round, blinded), signature)
        }
        Command::SignOpinions(order) => (receipt_text(&appraisal, &wish.id, order.subject), &order.signature),
        _ => return Ok(()),
    };
    match &wish.device {
        Some(device) if device.key.has_signed(&text, signature) => Ok(()),
        _ => Err(NotTaken::BadSignature),
    }
}

/// Whose commands are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Sender {
    Actor(Actor),
    /// The door signing in this person's devices.
    Device(PersonId),
}

/// Token buckets, one a sender. Bounded by the people and stations of a case.
#[derive(Debug, Default)]
pub(super) struct Rates(Mutex<HashMap<Sender, Bucket>>);

#[derive(Debug)]
struct Bucket {
    /// Thousandths of a command.
    level: i64,
    at_ms: i64,
}

impl Rates {
    fn take(&self, sender: Sender, now_ms: i64) -> Result<(), NotTaken> {
        let (per_s, burst) = match sender {
            Sender::Actor(Actor::System {} | Actor::Door {}) => return Ok(()),
            Sender::Device(_) => (BINDINGS_PER_S, BINDINGS_BURST),
            Sender::Actor(Actor::Person { .. }) => (PERSON_COMMANDS_PER_S, PERSON_COMMANDS_BURST),
            Sender::Actor(Actor::Desk { .. } | Actor::Console { .. }) => (OFFICE_COMMANDS_PER_S, OFFICE_COMMANDS_BURST),
        };
        let full = i64::from(burst) * 1000;
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets.entry(sender).or_insert(Bucket {
            level: full,
            at_ms: now_ms,
        });
        let passed_ms = (now_ms - bucket.at_ms).max(0);
        bucket.level = (bucket.level + passed_ms * i64::from(per_s)).min(full);
        bucket.at_ms = now_ms;
        if bucket.level < 1000 {
            let wait = (1000 - bucket.level) / i64::from(per_s) + 1;
            return Err(NotTaken::Busy {
                retry_after_ms: u32::try_from(wait).unwrap_or(u32::MAX),
            });
        }
        bucket.level -= 1000;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_slowed_and_a_neighbour_is_not() {
        let rates = Rates::default();
        let script = Sender::Actor(Actor::Person { person: PersonId(1) });
        let taken = (0..1000).filter(|_| rates.take(script, 0).is_ok()).count();
        assert_eq!(taken, PERSON_COMMANDS_BURST as usize);
        assert!(
            rates
                .take(Sender::Actor(Actor::Person { person: PersonId(2) }), 0)
                .is_ok()
        );
        assert!(matches!(rates.take(script, 0), Err(NotTaken::Busy { retry_after_ms }) if retry_after_ms > 0));
        assert!(rates.take(script, 1000).is_ok());
        let bound = (0..1000)
            .filter(|_| rates.take(Sender::Device(PersonId(2)), 0).is_ok())
            .count();
        assert_eq!(bound, BINDINGS_BURST as usize, "sign-ins are records too");
    }
}
