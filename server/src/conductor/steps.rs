//! The five verbs of one case: admit → stamp → append → apply → publish. Admit has been done on the caller's thread;
//! the rest is this task. One frame is in flight to the journal; what comes meanwhile is the next frame.

mod chores;

use self::chores::is_of_many;
use super::handle::{NotTaken, Shared, Wish};
use super::office::{BallotOffice, OfficeError};
use super::publisher::encode_message;
use super::record;
use super::recovery::recover;
use crate::hub::Outbox;
use crate::journal::{AppendError, Appended, Frame, Journal, Record, StreamId};
use crate::limits::{FRAME_BYTES_MAX, FRAME_RECORDS_MAX, PUBLISH_EVERY_MS, RECORD_BYTES_MAX};
use crate::protocol::{CloseCode, ServerMessage, Verdict};
use futures_util::future::BoxFuture;
use pingyi_core::command::Command;
use pingyi_core::outcome::{Key, Touched};
use pingyi_core::stamp::{Actor, Stamped};
use pingyi_core::views::Door;
use pingyi_core::{BEHAVIOUR, invariants};
use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until};
use uuid::Uuid;

/// Everything that can wake a conductor.
#[derive(Debug)]
pub(super) enum Event {
    Wish(Box<Wish>, ReplyTo),
    /// Somebody came or went.
    PeopleMoved,
    Door(Option<Door>),
    /// The ballot office has done (or could not do) the work of this duty.
    Performed(Uuid, Result<Command, OfficeError>),
    /// The clock was moved by hand.
    Wake,
    Stop(oneshot::Sender<()>),
}

/// Where a receipt goes.
#[derive(Debug)]
pub(super) enum ReplyTo {
    Caller(oneshot::Sender<Result<Verdict, NotTaken>>),
    Socket(Arc<Outbox>, Uuid),
}

impl ReplyTo {
    fn verdict(self, verdict: Verdict) {
        match self {
            // A caller that went away has its receipt when it asks again with the same id.
            ReplyTo::Caller(caller) => drop(caller.send(Ok(verdict))),
            ReplyTo::Socket(outbox, id) => {
                outbox.push(encode_message(&ServerMessage::Receipt { id, outcome: verdict }))
            }
        }
    }

    fn not_taken(self, why: NotTaken) {
        match self {
            ReplyTo::Caller(caller) => drop(caller.send(Err(why))),
            ReplyTo::Socket(outbox, id) => match why {
                NotTaken::Busy { retry_after_ms } => {
                    outbox.push(encode_message(&ServerMessage::Busy { id, retry_after_ms }))
                }
                NotTaken::TooLarge => outbox.close(CloseCode::TooLarge),
                NotTaken::Exhausted | NotTaken::Stopped => outbox.close(CloseCode::Fault),
                NotTaken::SignedOut | NotTaken::BadSignature => outbox.close(CloseCode::SignInRequired),
                NotTaken::ReservedId | NotTaken::BadElement => outbox.close(CloseCode::BadMessage),
            },
        }
    }
}

/// The task of one case.
pub(super) struct Conductor {
    shared: Arc<Shared>,
    journal: Arc<dyn Journal>,
    next_index: u64,
    snapshot_index: u64,
    /// Stamped and waiting for the frame in flight to land.
    waiting: VecDeque<(Stamped, Record)>,
    flying: Vec<Stamped>,
    append: Option<BoxFuture<'static, Result<Appended, AppendError>>>,
    /// Who waits for which id; a repeat by the same actor that comes before the first is applied joins it.
    replies: HashMap<Uuid, (Actor, Vec<ReplyTo>)>,
    touched: Touched,
    /// What commands of the many have changed: told less often, for their storm is of interest as a whole.
    gathered: Touched,
    published_at: Instant,
    duty_at_ms: Option<i64>,
    office: Arc<dyn BallotOffice>,
    /// Duties the office is at, and when they were found due.
    performing: HashMap<Uuid, i64>,
    /// When to look again into the open boxes; nothing while none is open.
    sight_at: Option<Instant>,
}

impl Conductor {
    pub fn new(
        shared: Arc<Shared>,
        journal: Arc<dyn Journal>,
        office: Arc<dyn BallotOffice>,
        next_index: u64,
    ) -> Conductor {
        let long_ago = Instant::now() - Duration::from_millis(PUBLISH_EVERY_MS);
        Conductor {
            shared,
            journal,
            next_index,
            snapshot_index: next_index,
            waiting: VecDeque::new(),
            flying: Vec::new(),
            append: None,
            replies: HashMap::new(),
            touched: Touched::default(),
            gathered: Touched::default(),
            published_at: long_ago,
            duty_at_ms: None,
            office,
            performing: HashMap::new(),
            sight_at: None,
        }
    }

    pub async fn run(mut self, mut inbox: mpsc::Receiver<Event>) {
        self.do_duties();
        loop {
            self.fly();
            let publish_at = self.publish_at();
            let duty_at = self.duty_at();
            tokio::select! {
                biased;
                landed = landing(&mut self.append) => self.land(landed).await,
                () = at(publish_at) => self.publish(),
                () = at(duty_at) => self.do_duties(),
                () = at(self.sight_at) => self.look_into_boxes(),
                event = inbox.recv() => match event {
                    Some(Event::Stop(done)) => return self.stop(done).await,
                    Some(event) => self.take(event),
                    None => return,
                },
            }
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Wish(wish, reply) => {
                let at = self.now_ms();
                self.stamp(*wish, at, Some(reply));
            }
            Event::PeopleMoved => {
                let moved = self.shared.publisher().take_moved();
                self.touched.absorb(moved);
            }
            Event::Door(door) => {
                self.shared.publisher().set_door(door);
                self.touched.key(Key::Door);
            }
            Event::Performed(id, done) => self.performed(id, done),
            Event::Wake => self.do_duties(),
            Event::Stop(_) => {}
        }
    }

    /// Gives a wish its time and salt. An id that was decided before gets its first verdict again.
    fn stamp(&mut self, wish: Wish, at: i64, reply: Option<ReplyTo>) {
        if self.shared.is_stopped() {
            return reply.into_iter().for_each(|r| r.not_taken(NotTaken::Stopped));
        }
        if let Some(decided) = self.shared.read().decided.get(&wish.id) {
            let verdict = if decided.actor == wish.actor {
                decided.verdict.clone()
            } else {
                Err(pingyi_core::Refusal::NotAllowed {})
            };
            return reply.into_iter().for_each(|r| r.verdict(verdict.clone().into()));
        }
        if let Some((actor, others)) = self.replies.get_mut(&wish.id) {
            if *actor == wish.actor {
                others.extend(reply);
            } else {
                reply
                    .into_iter()
                    .for_each(|r| r.verdict(Err(pingyi_core::Refusal::NotAllowed {}).into()));
            }
            return;
        }
        let stamped = Stamped {
            id: wish.id,
            actor: wish.actor,
            at,
            expects: wish.expects,
            command: wish.command,
        };
        let data = match record::encode(&stamped, &salt()) {
            Ok(data) if data.len() <= RECORD_BYTES_MAX => data,
            _ => return reply.into_iter().for_each(|r| r.not_taken(NotTaken::TooLarge)),
        };
        self.replies
            .insert(stamped.id, (stamped.actor, reply.into_iter().collect()));
        let record = Record {
            id: stamped.id,
            data: data.into(),
        };
        self.waiting.push_back((stamped, record));
    }

    /// Sends the next frame if none is in flight.
    fn fly(&mut self) {
        if self.append.is_some() || self.waiting.is_empty() {
            return;
        }
        let (mut records, mut bytes) = (Vec::new(), 0);
        while let Some((_, record)) = self.waiting.front() {
            bytes += record.data.len();
            if records.len() == FRAME_RECORDS_MAX || (bytes > FRAME_BYTES_MAX && !records.is_empty()) {
                break;
            }
            if let Some((stamped, record)) = self.waiting.pop_front() {
                self.flying.push(stamped);
                records.push(record);
            }
        }
        let frame = Frame {
            behaviour: BEHAVIOUR,
            records,
        };
        self.append = Some(self.journal.append(StreamId(self.shared.id), frame));
    }

    /// The frame is durable (or was not kept): apply it and send the receipts.
    async fn land(&mut self, landed: Result<Appended, AppendError>) {
        self.append = None;
        let frame = std::mem::take(&mut self.flying);
        let appended = match landed {
            Ok(appended) => appended,
            Err(error) => return self.not_appended(&frame, &error),
        };
        debug_assert_eq!(
            appended.first_index, self.next_index,
            "somebody else writes this case's journal"
        );
        for stamped in frame {
            if !self.apply(&stamped) {
                return self.rebuild().await;
            }
        }
        let sign_outs = std::mem::take(&mut self.touched.signed_out);
        for out in &sign_outs {
            self.shared.publisher().sign_out(out);
        }
        if self.publish_at().is_some_and(|at| at <= Instant::now()) {
            self.publish();
        }
        self.do_duties();
        self.snapshot_if_worth();
    }

    fn not_appended(&mut self, frame: &[Stamped], error: &AppendError) {
        let why = match error {
            AppendError::Busy => NotTaken::Busy { retry_after_ms: 500 },
            AppendError::TooLarge { .. } | AppendError::Empty => NotTaken::TooLarge,
            AppendError::Closed | AppendError::Failed { .. } => NotTaken::Stopped,
        };
        tracing::error!(appraisal = %self.shared.id, %error, records = frame.len(), "commands were not kept");
        for stamped in frame {
            self.waiting_for(stamped.id).for_each(|reply| reply.not_taken(why));
        }
        match why {
            NotTaken::Stopped => self.shared.stopped.store(true, Ordering::Release),
            // Nobody sends a lost duty again but this task.
            NotTaken::Busy { retry_after_ms } => self.duty_at_ms = Some(self.now_ms() + i64::from(retry_after_ms)),
            _ => {}
        }
    }

    /// Applies one durable command. False if the rules panicked.
    fn apply(&mut self, stamped: &Stamped) -> bool {
        self.next_index += 1;
        let mut case = self
            .shared
            .case
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let applied = catch_unwind(AssertUnwindSafe(|| {
            let outcome = case.apply(stamped);
            debug_assert_eq!(invariants::breach(&case), None, "after {}", stamped.id);
            outcome
        }));
        let Ok(mut outcome) = applied else { return false };
        // With the receipt, so that a phone is written to once.
        if let Actor::Person { person } = stamped.actor {
            self.shared.publisher().tell(&case, person, &mut outcome.touched);
        }
        drop(case);
        if is_of_many(&stamped.command) {
            self.gathered.absorb(outcome.touched);
        } else {
            self.touched.absorb(outcome.touched);
        }
        let verdict = Verdict::from(outcome.verdict);
        self.waiting_for(stamped.id)
            .for_each(|reply| reply.verdict(verdict.clone()));
        true
    }

    fn waiting_for(&mut self, id: Uuid) -> impl Iterator<Item = ReplyTo> + use<> {
        self.replies
            .remove(&id)
            .map(|(_, replies)| replies)
            .unwrap_or_default()
            .into_iter()
    }

    /// After a panic: once more from the journal. A second panic at the same record stops this case alone.
    async fn rebuild(&mut self) {
        let id = self.shared.id;
        tracing::error!(appraisal = %id, record = self.next_index - 1, "a record broke the rules; rebuilding the case");
        for reply in std::mem::take(&mut self.replies)
            .into_values()
            .flat_map(|(_, replies)| replies)
        {
            reply.not_taken(NotTaken::Busy { retry_after_ms: 1000 });
        }
        self.waiting.clear();
        match recover(&*self.journal, id, &|_| {}).await {
            Ok(recovered) => {
                self.next_index = recovered.next_index;
                let mut case = self
                    .shared
                    .case
                    .write()
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
                *case = recovered.case;
                self.shared
                    .publisher()
                    .restart(&case, &Uuid::new_v4().simple().to_string());
                drop(case);
                self.do_duties();
            }
            Err(error) => {
                tracing::error!(appraisal = %id, %error, "case stopped");
                self.shared.stopped.store(true, Ordering::Release);
                self.shared.publisher().close_all(CloseCode::Fault);
            }
        }
    }

    fn now_ms(&self) -> i64 {
        let record_now = self.shared.read().now;
        self.shared.now_ms(record_now)
    }

    async fn stop(mut self, done: oneshot::Sender<()>) {
        while self.append.is_some() || !self.waiting.is_empty() {
            self.fly();
            let landed = landing(&mut self.append).await;
            self.land(landed).await;
        }
        self.publish();
        self.shared.publisher().shut_down(CloseCode::GoingAway);
        if !self.shared.is_stopped() && self.next_index > 0 {
            self.write_snapshot().await;
        }
        self.shared.stopped.store(true, Ordering::Release);
        let _ = done.send(());
    }
}

async fn landing(
    append: &mut Option<BoxFuture<'static, Result<Appended, AppendError>>>,
) -> Result<Appended, AppendError> {
    match append {
        Some(append) => append.await,
        None => std::future::pending().await,
    }
}

async fn at(instant: Option<Instant>) {
    match instant {
        Some(instant) => sleep_until(instant).await,
        None => std::future::pending().await,
    }
}

/// Eight random bytes as hex.
fn salt() -> String {
    let mut bytes = [0; 8];
    // Without the system's randomness no id or bearer could be made either: the program would not have started.
    let _ = getrandom::fill(&mut bytes);
    format!("{:016x}", u64::from_be_bytes(bytes))
}
