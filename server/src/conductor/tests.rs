//! What a conductor owes whatever the clock, the disk, strangers and stale sockets do.

use super::duty::duty_id;
use super::{CaseHandle, Registry, RegistryParts, Watcher, Wish};
use crate::clock::Clock;
use crate::hub::Outbox;
use crate::journal::{
    AppendError, Appended, End, Entry, Frame, Journal, MemoryJournal, ReadError, Record, Snapshot, StreamId,
};
use crate::limits::SOCKETS_PER_PERSON_MAX;
use crate::protocol::{CloseCode, Verdict};
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};
use pingyi_core::ballot::BallotState;
use pingyi_core::command::{AgendaEntry, Command, RosterEntry, SubjectEntry};
use pingyi_core::ids::{BallotId, ItemId, PersonId, SubjectId};
use pingyi_core::limits::{CLOCK_FIRST_MS, CLOSING_S};
use pingyi_core::roster::{Attendance, PersonKind};
use pingyi_core::sitting::{ConsoleSeat, ItemKind};
use pingyi_core::stamp::{Actor, Expects};
use pingyi_core::subject::ReportForm;
use pingyi_core::views::Audience;
use pingyi_core::{Refusal, Reply};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;
use uuid::Uuid;

const CHAIR: Actor = Actor::Console {
    seat: ConsoleSeat::Chair,
};
const DESK: Actor = Actor::Desk { account: 1 };
const MEMBER: PersonId = PersonId(1);
const BALLOT: BallotId = BallotId(1);

/// A disk that is busy or slow when told so.
struct Disk {
    memory: MemoryJournal,
    busy: AtomicU32,
    appends: AtomicU32,
    turns: Arc<Semaphore>,
}

impl Journal for Disk {
    fn append(&self, stream: StreamId, frame: Frame) -> BoxFuture<'static, Result<Appended, AppendError>> {
        if self
            .busy
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1))
            .is_ok()
        {
            return ready(Err(AppendError::Busy)).boxed();
        }
        self.appends.fetch_add(1, Ordering::SeqCst);
        let (done, turns) = (self.memory.append(stream, frame), self.turns.clone());
        async move {
            let _turn = turns.acquire().await;
            done.await
        }
        .boxed()
    }
    fn read(&self, stream: StreamId, from: u64, limit: usize) -> BoxFuture<'static, Result<Vec<Entry>, ReadError>> {
        self.memory.read(stream, from, limit)
    }
    fn end(&self, stream: StreamId) -> BoxFuture<'static, Result<End, ReadError>> {
        self.memory.end(stream)
    }
    fn streams(&self) -> BoxFuture<'static, Result<Vec<StreamId>, ReadError>> {
        self.memory.streams()
    }
    fn put_snapshot(&self, stream: StreamId, snapshot: Snapshot) -> BoxFuture<'static, Result<(), AppendError>> {
        self.memory.put_snapshot(stream, snapshot)
    }
    fn get_snapshot(&self, stream: StreamId) -> BoxFuture<'static, Result<Option<Snapshot>, ReadError>> {
        self.memory.get_snapshot(stream)
    }
    fn close(&self) -> BoxFuture<'static, ()> {
        self.memory.close()
    }
}

struct Hall {
    registry: Registry,
    case: CaseHandle,
    disk: Arc<Disk>,
    clock: Arc<AtomicI64>,
}

impl Hall {
    /// Three members are here and the ballot on the first subject is open. The first member's device has signed in.
    async fn with_open_ballot() -> Hall {
        let disk = Disk {
            memory: MemoryJournal::default(),
            busy: AtomicU32::new(0),
            appends: AtomicU32::new(0),
            turns: Arc::new(Semaphore::new(1)),
        };
        let (disk, (clock, hand)) = (Arc::new(disk), Clock::manual(CLOCK_FIRST_MS));
        let registry = Registry::new(RegistryParts {
            journal: disk.clone(),
            clock,
            office: Arc::new(super::NoOffice),
        });
        let case = registry.create(Uuid::new_v4()).await.unwrap();
        let hall = Hall {
            registry,
            case,
            disk,
            clock: hand,
        };
        let row = |n: u32| RosterEntry {
            name: format!("委员{n:02}"),
            kind: PersonKind::Member,
            title: String::new(),
            group: String::new(),
            seat: String::new(),
        };
        let subject = SubjectEntry {
            officer: String::new(),
            post: String::new(),
            unit: "区教育局".into(),
            report: ReportForm::Oral,
        };
        let item = |kind, subject| AgendaEntry {
            kind,
            title: "项".into(),
            subject,
            subjects: Vec::new(),
        };
        let items = vec![
            item(ItemKind::Opening, None),
            item(ItemKind::Evaluation, Some(SubjectId(1))),
        ];
        hall.done(
            DESK,
            Command::ImportRoster {
                people: (1..=3).map(row).collect(),
            },
        )
        .await;
        hall.done(DESK, Command::AddSubject { subject }).await;
        hall.done(DESK, Command::SetAgenda { items }).await;
        hall.done(
            Actor::Door {},
            Command::BindDevice {
                person: MEMBER,
                device_key: "a".repeat(64),
            },
        )
        .await;
        // These halls have no ballot office to make keys: their ballots are named.
        hall.done(
            DESK,
            pingyi_core::rules::built_in::usual_confirmed(pingyi_core::ballot::Secrecy::Named),
        )
        .await;
        hall.done(CHAIR, Command::OpenSitting {}).await;
        for person in (1..=3).map(PersonId) {
            hall.done(
                DESK,
                Command::RecordAttendance {
                    person,
                    attendance: Attendance::Present,
                },
            )
            .await;
        }
        hall.done(CHAIR, Command::BeginItem { item: ItemId(2) }).await;
        hall.done(CHAIR, Command::PresentBallot { ballot: BALLOT }).await;
        hall.done(
            CHAIR,
            Command::OpenBallot {
                ballot: BALLOT,
                limit_s: 0,
            },
        )
        .await;
        hall
    }

    async fn done(&self, actor: Actor, command: Command) {
        let expects = self.case.look(|c| {
            c.ballots.get(&BALLOT).map(|b| Expects {
                ballot: BALLOT,
                round: b.round,
                state: b.state,
            })
        });
        let wish = Wish {
            expects,
            ..Wish::fresh(actor, command)
        };
        let verdict = self.case.submit(wish).await.unwrap();
        assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
    }

    fn state(&self) -> BallotState {
        self.case.look(|c| c.ballots[&BALLOT].state)
    }

    /// Lets the conductor look at the clock and waits until what it found due is applied: commands keep their order.
    async fn look_at_the_clock(&self) {
        self.case.wake().await;
        self.done(
            DESK,
            Command::RecordAttendance {
                person: MEMBER,
                attendance: Attendance::Present,
            },
        )
        .await;
    }

    fn pass_ms(&self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::SeqCst);
    }

    fn join(&self, actor: Option<Actor>, audience: Audience) -> (Result<super::Joining, CloseCode>, Arc<Outbox>) {
        let outbox = Arc::new(Outbox::default());
        let generation = self
            .case
            .look(|c| c.roster.people.get(&MEMBER).map_or(1, |p| p.device_generation));
        (
            self.case.join(
                Watcher {
                    audience,
                    actor,
                    generation,
                },
                None,
                outbox.clone(),
            ),
            outbox,
        )
    }
}

/// Reads a screen's queue until it is closed.
async fn closed(outbox: &Outbox) -> CloseCode {
    let reading = async {
        loop {
            if let Err(code) = outbox.next().await {
                return code;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(5), reading)
        .await
        .expect("the socket is closed")
}

#[tokio::test]
async fn nobody_uses_up_the_id_by_which_a_ballot_will_be_sealed() {
    let hall = Hall::with_open_ballot().await;
    for name in ["ballot.seal/1/1", "ballot.result/1/1"] {
        let id = duty_id(hall.case.id(), name);
        for actor in [DESK, CHAIR, Actor::Person { person: MEMBER }] {
            let device = Some(super::Device::new(1, [0; 32]));
            let taken = hall
                .case
                .submit(Wish {
                    id,
                    actor,
                    command: Command::CheckIn {},
                    expects: None,
                    device,
                })
                .await;
            assert!(taken.is_err(), "{actor:?}: {taken:?}");
        }
    }
    hall.done(CHAIR, Command::CloseBallot { ballot: BALLOT }).await;
    hall.pass_ms(CLOSING_S * 1000);
    hall.look_at_the_clock().await;
    hall.look_at_the_clock().await;
    assert_eq!(hall.state(), BallotState::Sealed);
    hall.done(CHAIR, Command::AnnounceBallot { ballot: BALLOT }).await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_does_not_hold_up_the_sealing() {
    let hall = Hall::with_open_ballot().await;
    hall.pass_ms(-3_600_000);
    hall.done(CHAIR, Command::CloseBallot { ballot: BALLOT }).await;
    hall.pass_ms(CLOSING_S * 1000 - 1);
    hall.look_at_the_clock().await;
    assert_eq!(hall.state(), BallotState::Closing, "phones have their five seconds");
    hall.pass_ms(1);
    hall.look_at_the_clock().await;
    assert_eq!(hall.state(), BallotState::Sealed);
}

#[tokio::test]
async fn a_disk_that_is_busy_for_a_moment_does_not_lose_the_sealing() {
    let hall = Hall::with_open_ballot().await;
    let (_joined, chair) = hall.join(Some(CHAIR), Audience::Chair);
    hall.done(CHAIR, Command::CloseBallot { ballot: BALLOT }).await;
    hall.disk.busy.store(1, Ordering::SeqCst);
    hall.pass_ms(CLOSING_S * 1000);
    hall.case.wake().await;
    let sealed = async {
        while hall.state() != BallotState::Sealed {
            chair.next().await.unwrap();
        }
    };
    tokio::time::timeout(Duration::from_secs(10), sealed)
        .await
        .expect("the ballot is sealed though nobody sends anything");
}

#[tokio::test]
async fn an_id_in_flight_answers_its_own_sender_only() {
    let hall = Hall::with_open_ballot().await;
    let held = hall.disk.turns.clone().acquire_owned().await.unwrap();
    let subject = SubjectEntry {
        officer: String::new(),
        post: String::new(),
        unit: "区财政局".into(),
        report: ReportForm::Oral,
    };
    let first = Wish::fresh(DESK, Command::AddSubject { subject });
    let (repeat, stranger) = (
        first.clone(),
        Wish {
            actor: CHAIR,
            ..first.clone()
        },
    );
    let release = async move {
        // The three wishes are with the conductor once it has taken a fourth event behind them.
        tokio::task::yield_now().await;
        drop(held);
    };
    let (first, repeat, stranger, ()) = tokio::join!(
        hall.case.submit(first),
        hall.case.submit(repeat),
        hall.case.submit(stranger),
        release
    );
    let added = Ok(Verdict::Accepted {
        reply: Reply::SubjectAdded { subject: SubjectId(2) },
    });
    assert_eq!((&first, &repeat), (&added, &added));
    assert_eq!(
        stranger,
        Ok(Verdict::Refused {
            refusal: Refusal::NotAllowed {}
        })
    );
}

#[tokio::test]
async fn a_public_tab_that_closes_does_not_take_the_members_socket_along() {
    let hall = Hall::with_open_ballot().await;
    let member = Some(Actor::Person { person: MEMBER });
    let (joined, phone) = hall.join(member, Audience::Member);
    let joined = joined.unwrap();
    drop(hall.join(member, Audience::Public).0.unwrap());
    hall.done(DESK, Command::ReissueCredential { person: MEMBER }).await;
    assert_eq!(closed(&phone).await, CloseCode::CredentialReissued);
    drop(joined);
}

#[tokio::test]
async fn stale_sockets_do_not_keep_a_member_out() {
    let hall = Hall::with_open_ballot().await;
    let member = Some(Actor::Person { person: MEMBER });
    let sockets: Vec<_> = (0..=SOCKETS_PER_PERSON_MAX)
        .map(|_| hall.join(member, Audience::Member))
        .collect();
    assert!(sockets.iter().all(|(joined, _)| joined.is_ok()));
    assert_eq!(closed(&sockets[0].1).await, CloseCode::TooBusy, "the oldest made room");
    hall.done(DESK, Command::ReissueCredential { person: MEMBER }).await;
    for (_, outbox) in &sockets[1..] {
        assert_eq!(closed(outbox).await, CloseCode::CredentialReissued);
    }
}

#[tokio::test]
async fn who_knocks_while_the_program_stops_is_told_to_come_back() {
    let hall = Hall::with_open_ballot().await;
    hall.registry.stop().await;
    assert!(hall.registry.get(hall.case.id()).is_some(), "the appraisal exists");
    for (actor, audience) in [
        (Some(Actor::Person { person: MEMBER }), Audience::Member),
        (None, Audience::Public),
    ] {
        assert_eq!(hall.join(actor, audience).0.err(), Some(CloseCode::GoingAway));
    }
}

#[tokio::test]
async fn a_case_that_cannot_be_rebuilt_signs_nobody_out() {
    let journal = Arc::new(MemoryJournal::default());
    let id = Uuid::new_v4();
    let record = Record {
        id: Uuid::new_v4(),
        data: br#"{"v":9}"#.as_slice().into(),
    };
    journal
        .append(
            StreamId(id),
            Frame {
                behaviour: 1,
                records: vec![record],
            },
        )
        .await
        .unwrap();
    let registry = Registry::new(RegistryParts {
        journal,
        clock: Clock::default(),
        office: Arc::new(super::NoOffice),
    });
    let case = registry.create(id).await.unwrap();
    assert!(case.is_stopped());
    let watcher = Watcher {
        audience: Audience::Member,
        actor: Some(Actor::Person { person: MEMBER }),
        generation: 1,
    };
    assert_eq!(
        case.join(watcher, None, Arc::default()).err(),
        Some(CloseCode::Fault),
        "come back"
    );
}

#[tokio::test]
async fn a_thousand_commands_behind_a_slow_commit_take_one_commit_more() {
    let hall = Hall::with_open_ballot().await;
    let turn = hall.disk.turns.acquire().await.unwrap();
    let before = hall.disk.appends.load(Ordering::SeqCst);
    let present = Command::RecordAttendance {
        person: MEMBER,
        attendance: Attendance::Present,
    };
    // Many accounts, for one alone would be told to wait.
    let wish = |n: u32| Wish::fresh(Actor::Desk { account: n / 100 }, present.clone());
    let mut given = futures_util::future::join_all((0..1_000).map(|n| hall.case.submit(wish(n))));
    assert!((&mut given).now_or_never().is_none());
    let events = &hall.case.0.events;
    while events.capacity() < events.max_capacity() {
        tokio::task::yield_now().await;
    }
    drop(turn);
    for verdict in given.await {
        assert!(matches!(verdict, Ok(Verdict::Accepted { .. })), "{verdict:?}");
    }
    let commits = hall.disk.appends.load(Ordering::SeqCst) - before;
    assert_eq!(commits, 2, "the first alone, all others together");
}
