//! A congress of 3,000 in one secret ballot over real sockets, in batches of connections: tokens, casts, changes, the
//! board and its check. Prints first figures beside the pure arithmetic of the same run; times decide nothing here.

use pingyi::clock::Clock;
use pingyi::protocol::call::{CastReceipt, SecretCast, TakeToken, Token};
use pingyi::rehearsal::{SecretVoter, post};
use pingyi::sample::Sample;
use pingyi::secrecy::encoding::from_b64;
use pingyi::secrecy::{BallotKey, Cast, receipt_holds};
use pingyi::vault::SeedOf;
use pingyi_core::ballot::BallotState;
use pingyi_core::command::Command;
use pingyi_core::limits::CLOSING_S;
use pingyi_tests::hall::{FIRST_EVALUATION, Hall, done, present_ballot, until_ballot};
use pingyi_tests::secret::{BALLOT, START_MS, board_text, check_board, released, voter};
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use uuid::Uuid;

const VOTERS: u32 = 3_000;
/// Connections at a time.
const AT_ONCE: usize = 64;
/// Every so many-th member thinks better of it.
const CHANGES_EVERY: usize = 20;

/// One member, signed in and present; the phone's socket is closed again.
struct Voter {
    bearer: String,
    paper: SecretVoter,
    ask: TakeToken,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_thousand_vote_in_secret_over_sockets_and_their_board_holds() {
    let (clock, hand) = Clock::manual(START_MS);
    let members = VOTERS;
    let sample = Sample {
        members,
        ..Sample::default()
    };
    let hall = Arc::new(Hall::with_clock(clock, sample).await);
    let began = Instant::now();
    let join = |person| {
        let hall = hall.clone();
        async move {
            let mut member = hall.member(person).await;
            member.check_in().await;
            (member.signed_in.bearer, member.key)
        }
    };
    let present = in_batches((1..=VOTERS).map(join)).await;
    tell(
        "sign-ins by card, sockets and check-ins",
        present.len(),
        began.elapsed(),
    );

    let mut chair = hall.chair().await;
    done(&mut chair, Command::BeginItem { item: FIRST_EVALUATION }).await;
    let header = present_ballot(&mut chair, BALLOT).await.secret.unwrap().header;
    let voter = |(n, (bearer, key)): (usize, (String, _))| {
        let paper = voter(n as u32 + 1, &header);
        let ask = paper.request(&key, Uuid::new_v4());
        Voter { bearer, paper, ask }
    };
    let mut voters: Vec<Voter> = present.into_iter().enumerate().map(voter).collect();
    take_tokens(&hall, &mut voters).await;
    done(
        &mut chair,
        Command::OpenBallot {
            ballot: BALLOT,
            limit_s: 0,
        },
    )
    .await;
    until_ballot(&mut chair, BALLOT, BallotState::Open).await;

    let first = (0..voters.len()).map(|n| (n, choice(n), 10)).collect();
    cast_all(&hall, &voters, first, "casts").await;
    let changes = (0..voters.len()).step_by(CHANGES_EVERY).map(|n| (n, 4, 700)).collect();
    cast_all(&hall, &voters, changes, "changes").await;
    pure_arithmetic(&hall, &voters);

    done(&mut chair, Command::CloseBallot { ballot: BALLOT }).await;
    until_ballot(&mut chair, BALLOT, BallotState::Closing).await;
    hand.fetch_add(CLOSING_S * 1000, Ordering::SeqCst);
    let began = Instant::now();
    hall.app.outer.registry.get(hall.demo.appraisal).unwrap().wake().await;
    let sealed = until_ballot(&mut chair, BALLOT, BallotState::Sealed).await;
    done(&mut chair, Command::AnnounceBallot { ballot: BALLOT }).await;
    let announced = released(&mut chair).await;
    tell("lines sealed, counted and released", voters.len(), began.elapsed());
    let text = board_text(&hall.host, hall.demo.appraisal).await.unwrap();
    let began = Instant::now();
    let (board, report) = check_board(&text, &sealed.secret.unwrap(), &announced, VOTERS).unwrap();
    tell("lines verified", board.lines.len(), began.elapsed());

    let mut own: Vec<Cast> = (0..voters.len()).map(|n| last_line(&voters, n)).collect();
    own.sort_by_key(|line| line.vote_pk);
    assert!(board.lines == own, "every last vote is on the board and nothing else");
    assert_eq!((report.issued, report.returned), (VOTERS, VOTERS));
}

fn choice(n: usize) -> u8 {
    [1, 2, 1, 3][n % 4]
}

fn last_line(voters: &[Voter], n: usize) -> Cast {
    let (choice, seq) = if n.is_multiple_of(CHANGES_EVERY) {
        (4, 700)
    } else {
        (choice(n), 10)
    };
    voters[n].paper.line(choice, seq).unwrap()
}

/// Timed are the calls; what phones compute before and after is their own time.
async fn take_tokens(hall: &Hall, voters: &mut [Voter]) {
    let path = format!("/api/appraisals/{}/ballots/{BALLOT}/token", hall.demo.appraisal);
    let call = |voter: &Voter| {
        let (host, path) = (hall.host.clone(), path.clone());
        let (bearer, ask) = (voter.bearer.clone(), voter.ask.clone());
        async move { post::<Token>(&host, &path, Some(&bearer), &ask).await.expect("a token") }
    };
    let began = Instant::now();
    let tokens = in_batches(voters.iter().map(call)).await;
    tell("tokens", tokens.len(), began.elapsed());
    for (voter, token) in voters.iter_mut().zip(&tokens) {
        voter.paper.take(token).expect("the token is right");
    }
}

/// Each is a voter, the choice and its number.
async fn cast_all(hall: &Hall, voters: &[Voter], casts: Vec<(usize, u8, u32)>, what: &str) {
    let lines: Vec<SecretCast> = casts
        .iter()
        .map(|(n, choice, seq)| voters[*n].paper.cast(*choice, *seq).unwrap())
        .collect();
    let call = |cast: SecretCast| {
        let host = hall.host.clone();
        async move {
            post::<CastReceipt>(&host, "/api/cast", None, &cast)
                .await
                .expect("a receipt")
        }
    };
    let began = Instant::now();
    let receipts = in_batches(lines.into_iter().map(call)).await;
    tell(what, receipts.len(), began.elapsed());
    for ((n, choice, seq), answer) in casts.into_iter().zip(receipts) {
        let (paper, receipt) = (&voters[n].paper, from_b64(&answer.receipt).unwrap());
        assert!(receipt_holds(
            paper.header(),
            &paper.line(choice, seq).unwrap(),
            &receipt
        ));
    }
}

/// What the server must at least compute for as many, on one thread and without a socket or a disk.
fn pure_arithmetic(hall: &Hall, voters: &[Voter]) {
    let round = voters[0].paper.header().round();
    let seed = hall.app.outer.vault.seed(SeedOf {
        appraisal: round.appraisal,
        ballot: round.ballot.0,
        round: round.number,
    });
    let key = BallotKey::from_seed(&seed.unwrap().expect("it is not released yet"), round);
    let elements: Vec<[u8; 32]> = voters.iter().map(|v| from_b64(&v.ask.blinded).unwrap()).collect();
    let began = Instant::now();
    for element in &elements {
        assert!(black_box(key.evaluate(element)).is_ok());
    }
    tell("evaluations with their proofs alone", elements.len(), began.elapsed());
    let lines: Vec<Cast> = (0..voters.len()).map(|n| last_line(voters, n)).collect();
    let began = Instant::now();
    for line in &lines {
        assert!(black_box(line.check(voters[0].paper.header(), &key)).is_ok());
    }
    tell("checks of token and signature alone", lines.len(), began.elapsed());
}

fn tell(what: &str, count: usize, took: Duration) {
    let a_second = count as f64 / took.as_secs_f64();
    println!("{count} {what}: {took:.2?}, {a_second:.0}/s");
}

/// So many at a time, each on a task of its own; the answers in the order of the questions.
async fn in_batches<F>(all: impl Iterator<Item = F>) -> Vec<F::Output>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    let (mut running, mut done) = (JoinSet::new(), Vec::new());
    for (n, one) in all.enumerate() {
        if running.len() >= AT_ONCE {
            done.push(running.join_next().await.unwrap().unwrap());
        }
        running.spawn(async move { (n, one.await) });
    }
    done.extend(running.join_all().await);
    done.sort_by_key(|(n, _)| *n);
    done.into_iter().map(|(_, answer)| answer).collect()
}
