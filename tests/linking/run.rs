//! One prepared hall with a sheet of two ballots that are voted on, run again and again from a copy of its folder: only
//! the order of the casts differs.

use super::left::{Left, Log, Seen};
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use pingyi::app::{App, listen};
use pingyi::clock::Clock;
use pingyi::conductor::{CaseHandle, Wish};
use pingyi::protocol::Verdict;
use pingyi::rehearsal::SecretVoter;
use pingyi_core::ballot::{Ballot, BallotState};
use pingyi_core::command::Command;
use pingyi_core::ids::BallotId;
use pingyi_core::limits::CLOSING_S;
use pingyi_core::sitting::ConsoleSeat;
use pingyi_core::stamp::{Actor, Expects};
use pingyi_core::views::Audience;
use pingyi_tests::folder;
use pingyi_tests::hall::Hall;
use pingyi_tests::secret::{START_MS, board_text_of, cast_refusal, voter};
use pingyi_tests::sheet::{self, SHEET, one_sheet};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::net::SocketAddr;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use uuid::Uuid;

const CROWD: usize = 7;

/// The ballots of the sheet that are voted on; nobody votes on the others.
pub const VOTED: [BallotId; 2] = [SHEET[0], SHEET[1]];
pub const VOTERS: usize = 28;
/// By then these have voted, whatever the order.
pub const EARLY: usize = 14;

#[derive(Clone, Copy, Debug)]
pub enum Order {
    /// One phone after the other, each its whole sheet.
    OneByOne,
    /// The last voter first, of the two ballots not the same ones beside each other, several at once, the clock running.
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
    /// Of each ballot that is voted on, each voter's.
    pub papers: Arc<Vec<Vec<SecretVoter>>>,
}

/// Which paper of whom, how and with which number.
#[derive(Clone, Copy)]
struct Casting {
    on: usize,
    voter: usize,
    choice: u8,
    seq: u32,
}

pub fn last_choice(voter: usize) -> u8 {
    [1, 1, 2, 3][voter % 4]
}

pub fn last_seq(voter: usize) -> u32 {
    5_000 + 13 * (voter as u32)
}

/// Who voted how in between: every fourth changed once or twice.
fn casts(voters: Range<usize>, order: Order) -> Vec<Casting> {
    let mut casts = Vec::new();
    for voter in voters {
        for on in 0..VOTED.len() {
            // In the other order somebody else's second paper comes beside this one's first.
            let voter = match order {
                Order::BackwardsInCrowds if on == 1 => voter ^ 1,
                _ => voter,
            };
            if voter % 4 == 1 {
                casts.extend([(4, 100), (2, 900)].map(|(choice, seq)| Casting { on, voter, choice, seq }));
            }
            let (choice, seq) = (last_choice(voter), last_seq(voter));
            casts.push(Casting { on, voter, choice, seq });
        }
    }
    casts
}

impl Prepared {
    /// 28 members with their tokens, the sheet presented.
    pub async fn new() -> Prepared {
        let (clock, _) = Clock::manual(START_MS);
        let hall = Hall::with_clock(clock, one_sheet()).await;
        let mut members = Vec::new();
        for person in 1..=VOTERS as u32 {
            let mut member = hall.member(person).await;
            member.check_in().await;
            members.push(member);
        }
        let mut chair = hall.chair().await;
        let headers = sheet::present(&mut chair).await;
        let mut papers = Vec::new();
        for header in &headers[..VOTED.len()] {
            let mut of_ballot = Vec::new();
            for member in &members {
                let mut paper = voter(member.person.0, header);
                let token = paper.fetch(&hall.host, &member.signed_in.bearer, &member.key).await;
                token.expect("a token");
                of_ballot.push(paper);
            }
            papers.push(of_ballot);
        }
        drop((chair, members));
        Prepared {
            appraisal: hall.demo.appraisal,
            folder: hall.close().await,
            papers: Arc::new(papers),
        }
    }

    /// From the opening to the release. What there is to see is looked at on the way too.
    pub async fn run(&self, order: Order, leak: Leak, log: &Log) -> Left {
        let data = tempfile::tempdir().unwrap();
        folder::copy(self.folder.path(), data.path());
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
        let (ballot, limit_s) = (VOTED[0], 0);

        conduct(
            &case,
            1,
            BallotState::Presented,
            Command::OpenBallot { ballot, limit_s },
        )
        .await;
        self.vote(0..EARLY, order, &host, &hand).await;
        let middle = Seen::look(data.path(), &host, BTreeMap::new()).await;
        self.vote(EARLY..VOTERS, order, &host, &hand).await;
        let told = |log: &Log| log.take().replace(&data.path().display().to_string(), "FOLDER");
        let before = told(log);
        hand.store(START_MS + 600_000, Ordering::SeqCst);
        conduct(&case, 2, BallotState::Open, Command::CloseBallot { ballot }).await;
        hand.fetch_add(CLOSING_S * 1000, Ordering::SeqCst);
        case.wake().await;
        until(&case, |b| b.state == BallotState::Sealed).await;
        seen_by_the_chair(&case).await;
        let sealed = Seen::look(data.path(), &host, Left::views_of(&case)).await;
        let exports = Left::exports(&app, self.appraisal).await;
        conduct(&case, 3, BallotState::Sealed, Command::AnnounceBallot { ballot }).await;
        until(&case, |b| b.casts.secret().is_some_and(|s| s.released.is_some())).await;
        let mut boards = Vec::new();
        for ballot in VOTED {
            boards.push(board_text_of(&host, self.appraisal, ballot).await.unwrap());
        }

        let answers = Seen::answers(&host).await;
        drop(stop);
        serving.await.unwrap();
        app.outer.registry.stop().await;
        let views = Left::views_of(&case);
        drop(case);
        app.journal.close().await;
        drop(app);
        let end = Seen::of(data.path(), views, answers);
        let log = [before, told(log)];
        Left {
            middle,
            sealed,
            end,
            exports,
            boards,
            log,
        }
    }

    async fn vote(&self, voters: Range<usize>, order: Order, host: &str, hand: &AtomicI64) {
        let mut casts = casts(voters, order);
        match order {
            Order::OneByOne => {
                for Casting { on, voter, choice, seq } in casts {
                    self.papers[on][voter].vote(host, choice, seq).await.unwrap();
                }
            }
            Order::BackwardsInCrowds => {
                casts.reverse();
                for crowd in casts.chunks(CROWD) {
                    hand.fetch_add(977, Ordering::SeqCst);
                    let mut voting = JoinSet::new();
                    for Casting { on, voter, choice, seq } in crowd.iter().copied() {
                        let (papers, host) = (self.papers.clone(), host.to_owned());
                        voting.spawn(async move {
                            // A vote overtaken by a later one of the same voter is refused.
                            if let Err(error) = papers[on][voter].vote(&host, choice, seq).await {
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
        ballot: VOTED[0],
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

async fn until(case: &CaseHandle, holds: impl Fn(&Ballot) -> bool) {
    while !case.look(|c| c.ballots.values().all(&holds)) {
        tokio::task::yield_now().await;
    }
}

/// The console counts the boxes at its own pace.
async fn seen_by_the_chair(case: &CaseHandle) {
    let counted = |id: &BallotId| !case.view(Audience::Chair)[&format!("ballot/{id}")]["result"].is_null();
    while !SHEET.iter().all(counted) {
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
