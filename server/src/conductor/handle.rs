//! What the edges hold of a running case: give a wish, look at the state, join a stream.

use super::admit;
use super::device::Device;
use super::publisher::Publisher;
use super::steps::{Event, ReplyTo};
use crate::clock::Clock;
use crate::hub::{Outbox, Subscriber};
use crate::protocol::{CloseCode, Position, Verdict};
use pingyi_core::Appraisal;
use pingyi_core::command::Command;
use pingyi_core::ids::PersonId;
use pingyi_core::stamp::{Actor, Expects};
use pingyi_core::views::{Audience, Surroundings};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// A command before it is stamped.
#[derive(Clone, Debug)]
pub struct Wish {
    pub id: Uuid,
    pub actor: Actor,
    pub command: Command,
    pub expects: Option<Expects>,
    /// Needed for a person's votes.
    pub device: Option<Device>,
}

impl Wish {
    /// A wish of the office, the door or the program itself, with a fresh id.
    pub fn fresh(actor: Actor, command: Command) -> Wish {
        Wish {
            id: Uuid::new_v4(),
            actor,
            command,
            expects: None,
            device: None,
        }
    }
}

/// Why a wish was not kept. Nothing of it is in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// Too many at once; the same id may be sent again after this time.
    Busy {
        retry_after_ms: u32,
    },
    TooLarge,
    /// This actor has used up its commands for the case.
    Exhausted,
    /// The device behind it is signed out.
    SignedOut,
    /// A vote not signed by the signed-in device.
    BadSignature,
    /// A token asked for with what is no blinded element.
    BadElement,
    /// The id is of the kind kept for the program's own commands.
    ReservedId,
    /// The case is stopped; an operator must look at it.
    Stopped,
}

/// One that watches a stream.
#[derive(Clone, Debug)]
pub struct Watcher {
    pub audience: Audience,
    pub actor: Option<Actor>,
    pub generation: u32,
}

/// A joined socket; dropping it leaves.
#[derive(Debug)]
pub struct Joining {
    shared: Arc<Shared>,
    audience: Audience,
    subscriber: Subscriber,
    actor: Option<Actor>,
}

impl Drop for Joining {
    fn drop(&mut self) {
        self.shared
            .publisher()
            .leave(self.audience, self.subscriber, self.actor);
        // The count of who is here is surroundings: a full queue only delays it until the next change.
        let _ = self.shared.events.try_send(Event::PeopleMoved);
    }
}

#[derive(Debug)]
pub(super) struct Shared {
    pub id: Uuid,
    pub case: RwLock<Appraisal>,
    pub publisher: Mutex<Publisher>,
    pub events: mpsc::Sender<Event>,
    pub clock: Clock,
    pub rates: admit::Rates,
    pub stopped: std::sync::atomic::AtomicBool,
    /// How far the case's time is ahead of the machine's clock.
    pub ahead_ms: std::sync::atomic::AtomicI64,
}

impl Shared {
    pub fn publisher(&self) -> std::sync::MutexGuard<'_, Publisher> {
        self.publisher.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn read(&self) -> std::sync::RwLockReadGuard<'_, Appraisal> {
        self.case.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The case's own time, for timers and stamps. It runs on from the record's last instant when the machine's clock is
    /// set back: else every timer would stand still until the clock has caught up.
    pub fn now_ms(&self, record_now: i64) -> i64 {
        let machine = self.clock.now_ms();
        let behind = record_now.saturating_sub(machine);
        let ahead = self
            .ahead_ms
            .fetch_max(behind, std::sync::atomic::Ordering::AcqRel)
            .max(behind);
        machine.saturating_add(ahead)
    }

    pub fn is_stopped(&self) -> bool {
        self.stopped.load(std::sync::atomic::Ordering::Acquire)
    }
}

/// A running case.
#[derive(Clone, Debug)]
pub struct CaseHandle(pub(super) Arc<Shared>);

impl CaseHandle {
    pub fn id(&self) -> Uuid {
        self.0.id
    }

    /// True when a record stopped the case twice; it can be looked at, not changed.
    pub fn is_stopped(&self) -> bool {
        self.0.is_stopped()
    }

    /// Gives a wish and waits until it is durable and applied.
    pub async fn submit(&self, wish: Wish) -> Result<Verdict, NotTaken> {
        let (answer, answered) = oneshot::channel();
        self.give(wish, ReplyTo::Caller(answer))?;
        answered.await.unwrap_or(Err(NotTaken::Stopped))
    }

    /// Gives a wish whose receipt goes into a socket's outbox.
    pub fn give_for_socket(&self, wish: Wish, outbox: &Arc<Outbox>) -> Result<(), NotTaken> {
        let reply = ReplyTo::Socket(outbox.clone(), wish.id);
        self.give(wish, reply)
    }

    fn give(&self, wish: Wish, reply: ReplyTo) -> Result<(), NotTaken> {
        if self.is_stopped() {
            return Err(NotTaken::Stopped);
        }
        admit::admit(&self.0, &wish)?;
        self.0
            .events
            .try_send(Event::Wish(Box::new(wish), reply))
            .map_err(|e| match e {
                mpsc::error::TrySendError::Full(_) => NotTaken::Busy { retry_after_ms: 500 },
                mpsc::error::TrySendError::Closed(_) => NotTaken::Stopped,
            })
    }

    /// Reads the state under a short lock. Do nothing slow in `f`.
    pub fn look<T>(&self, f: impl FnOnce(&Appraisal) -> T) -> T {
        f(&self.0.read())
    }

    /// One audience's view as last published.
    pub fn view(&self, audience: Audience) -> BTreeMap<String, Value> {
        self.0.publisher().last(audience)
    }

    /// What is true around the case: who is connected, the door.
    pub fn surroundings(&self) -> Surroundings {
        self.0.publisher().around().clone()
    }

    /// The hall's way in has changed (or closed).
    pub async fn set_door(&self, door: Option<pingyi_core::views::Door>) {
        let _ = self.0.events.send(Event::Door(door)).await;
    }

    /// Joins an audience's stream: missed differences or a snapshot are queued at once, then what comes.
    pub fn join(&self, who: Watcher, position: Option<&Position>, outbox: Arc<Outbox>) -> Result<Joining, CloseCode> {
        // The case stays locked until the socket is listed, so that a re-issued credential cannot slip between.
        let case = self.0.read();
        let mut publisher = self.0.publisher();
        if let Some(code) = publisher.shut() {
            return Err(code);
        }
        if let Some(Actor::Person { person }) = who.actor {
            // A case that could not be rebuilt knows nobody; that signs nobody out.
            let stopped = self.is_stopped() && !case.roster.people.contains_key(&person);
            if stopped {
                return Err(CloseCode::Fault);
            }
            check_device(&case, person, who.generation)?;
            publisher.make_room(person);
        }
        let subscriber = publisher.join(&case, &who, position, outbox);
        drop(publisher);
        drop(case);
        let _ = self.0.events.try_send(Event::PeopleMoved);
        Ok(Joining {
            shared: self.0.clone(),
            audience: who.audience,
            subscriber,
            actor: who.actor,
        })
    }

    /// The case's time, from which pages count down.
    pub fn now_ms(&self) -> i64 {
        let record_now = self.look(|case| case.now);
        self.0.now_ms(record_now)
    }

    pub fn epoch(&self) -> String {
        self.0.publisher().epoch()
    }

    /// Ends all sockets, writes a snapshot, and stops the case's task.
    pub async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        if self.0.events.send(Event::Stop(done)).await.is_ok() {
            let _ = stopped.await;
        }
    }

    /// Lets duties look at the clock again; for a clock that is moved by hand.
    pub async fn wake(&self) {
        let _ = self.0.events.send(Event::Wake).await;
    }
}

fn check_device(case: &Appraisal, person: PersonId, generation: u32) -> Result<(), CloseCode> {
    let Some(p) = case.roster.people.get(&person) else {
        return Err(CloseCode::SignInRequired);
    };
    if p.device_generation == generation && !p.device_key.is_empty() {
        Ok(())
    } else if p.device_key.is_empty() {
        Err(CloseCode::CredentialReissued)
    } else {
        Err(CloseCode::MovedToOtherDevice)
    }
}
