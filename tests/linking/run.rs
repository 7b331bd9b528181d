//! One prepared hall, run again and again from a copy of its folder: only the order of the casts differs.

use super::left::{Left, Log};
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use pingyi::app::{App, listen};
use pingyi::clock::Clock;
use pingyi::conductor::{CaseHandle, Wish};
use pingyi::protocol::Verdict;
use pingyi::rehearsal::SecretVoter;
use pingyi_core::ballot::BallotState;
use pingyi_core::command::Command;
use pingyi_core::limits::CLOSING_S;
use pingyi_core::sitting::ConsoleSeat;
use pingyi_core::stamp::{Actor, Expects};
use pingyi_tests::secret::{BALLOT, START_MS, SecretHall, board_text, cast_refusal};
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use uuid::Uuid;

const CROWD: usize = 7;

#[derive(Clone, Copy, Debug)]
pub enum Order {
    OneByOne,
    /// The last voter first, several at once, the clock running.
    BackwardsInCrowds,
}

/// What a careless program might do with a cast.
#[derive(Clone, Copy, Debug)]
pub enum Leak {
    Nothing,
    IntoTheLog,
    IntoAFile,
    IntoTheVault,
}

pub struct Prepared {
    folder: tempfile::TempDir,
    appraisal: Uuid,
    header: String,
    pub papers: Arc<Vec<SecretVoter>>,
}

pub fn last_choice(voter: usize) -> u8 {
    [1, 1, 2, 3][voter % 4]
}

pub fn last_seq(voter: usize) -> u32 {
    5_000 + 13 * (voter as u32)
}

/// Who voted how in between: every fourth changed once or twice.
fn casts() -> Vec<(usize, u8, u32)> {
    let mut casts = Vec::new();
    for voter in 0..28 {
        if voter % 4 == 1 {
            casts.push((voter, 4, 100));
            casts.push((voter, 2, 900));
        }
        casts.push((voter, last_choice(voter), last_seq(voter)));
    }
    casts
}

impl Prepared {
    /// 28 members with their tokens, the ballot presented.
    pub async fn new() -> Prepared {
        let stage = SecretHall::presented(28).await;
        let papers = Arc::new(stage.papers().await);
        let (appraisal, header) = (stage.hall.demo.appraisal, stage.header.clone());
        drop((stage.chair, stage.members));
        Prepared {
            folder: stage.hall.close().await,
            appraisal,
            header,
            papers,
        }
    }

    pub fn header(&self) -> &str {
        &self.header
    }

    pub async fn run(&self, order: Order, leak: Leak, log: &Log) -> Left {
        let data = tempfile::tempdir().unwrap();
        copy(self.folder.path(), data.path());
        let (clock, hand) = Clock::manual(START_MS + 1_000);
        let listener = listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let port = listener.local_addr().unwrap().port();
        let host = format!("127.0.0.1:{port}");
        log.take();
        let app = App::open(data.path(), port, Some("http://hall.test:8080"), clock)
            .await
            .unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let folder = data.path().to_owned();
        let router = app
            .router()
            .layer(from_fn(move |ask, next| leaking(leak, folder.clone(), ask, next)));
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let serving = tokio::spawn(async move {
            axum::serve(listener, service)
                .with_graceful_shutdown(async { drop(stopped.await) })
                .await
                .unwrap();
        });
        let case = app.outer.registry.get(self.appraisal).unwrap();

        conduct(
            &case,
            1,
            BallotState::Presented,
            Command::OpenBallot {
                ballot: BALLOT,
                limit_s: 0,
            },
        )
        .await;
        self.vote(order, &host, &hand).await;
        hand.store(START_MS + 600_000, Ordering::SeqCst);
        conduct(&case, 2, BallotState::Open, Command::CloseBallot { ballot: BALLOT }).await;
        hand.fetch_add(CLOSING_S * 1000, Ordering::SeqCst);
        case.wake().await;
        until(&case, |b| b.result.is_some()).await;
        conduct(
            &case,
            3,
            BallotState::Sealed,
            Command::AnnounceBallot { ballot: BALLOT },
        )
        .await;
        until(&case, |b| b.casts.secret().is_some_and(|s| s.released.is_some())).await;
        let board = board_text(&host, self.appraisal).await.unwrap();

        drop(stop);
        serving.await.unwrap();
        app.outer.registry.stop().await;
        let views = Left::views_of(&case);
        drop(case);
        app.journal.close().await;
        drop(app);
        Left::look(data.path(), board, views, log.take())
    }

    async fn vote(&self, order: Order, host: &str, hand: &AtomicI64) {
        let mut casts = casts();
        match order {
            Order::OneByOne => {
                for (voter, choice, seq) in casts {
                    self.papers[voter].vote(host, choice, seq).await.unwrap();
                }
            }
            Order::BackwardsInCrowds => {
                casts.reverse();
                for crowd in casts.chunks(CROWD) {
                    hand.fetch_add(977, Ordering::SeqCst);
                    let mut voting = JoinSet::new();
                    for (voter, choice, seq) in crowd.iter().copied() {
                        let (papers, host) = (self.papers.clone(), host.to_owned());
                        voting.spawn(async move {
                            // A vote overtaken by a later one of the same voter is refused.
                            if let Err(error) = papers[voter].vote(&host, choice, seq).await {
                                assert_eq!(cast_refusal(Err(error)), pingyi::protocol::call::CastRefusal::Older);
                            }
                        });
                    }
                    while let Some(voted) = voting.join_next().await {
                        voted.unwrap();
                    }
                }
            }
        }
    }
}

/// Under an id of this test's own: random ones would differ between runs.
async fn conduct(case: &CaseHandle, n: u128, state: BallotState, command: Command) {
    let expects = Some(Expects {
        ballot: BALLOT,
        round: 1,
        state,
    });
    let actor = Actor::Console {
        seat: ConsoleSeat::Chair,
    };
    let wish = Wish {
        id: Uuid::from_u128(n),
        actor,
        command,
        expects,
        device: None,
    };
    let verdict = case.submit(wish).await.unwrap();
    assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
}

async fn until(case: &CaseHandle, holds: impl Fn(&pingyi_core::ballot::Ballot) -> bool) {
    while !case.look(|c| holds(&c.ballots[&BALLOT])) {
        tokio::task::yield_now().await;
    }
}

/// Stands where the casts come in and does what must not be done.
async fn leaking(leak: Leak, folder: PathBuf, ask: Request, next: Next) -> axum::response::Response {
    if ask.uri().path() != "/api/cast" {
        return next.run(ask).await;
    }
    let (head, body) = ask.into_parts();
    let body = to_bytes(body, 4096).await.unwrap();
    let choice = body
        .windows(11)
        .position(|w| w == br#""choices":["#)
        .map_or(0, |at| body[at + 11]);
    match leak {
        Leak::Nothing => {}
        // Harmless to the eye: no key, no address, only what was chosen, as it comes.
        Leak::IntoTheLog => tracing::trace!(choice, "a cast"),
        Leak::IntoAFile => {
            let mut file = std::fs::OpenOptions::new()
                .create(true)
                .append(true)
                .open(folder.join("cast.order"))
                .unwrap();
            file.write_all(&[choice]).unwrap();
        }
        Leak::IntoTheVault => {
            let conn = rusqlite::Connection::open(folder.join("vault.db")).unwrap();
            conn.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
            conn.execute_batch("CREATE TABLE IF NOT EXISTS came (n INTEGER PRIMARY KEY, choice INTEGER)")
                .unwrap();
            conn.execute("INSERT INTO came (choice) VALUES (?1)", [choice]).unwrap();
        }
    }
    next.run(Request::from_parts(head, Body::from(body))).await
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}
