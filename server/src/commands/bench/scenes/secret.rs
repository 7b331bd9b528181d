//! The secret ballot from token to board. What phones compute is computed before the clock starts; the limit does the
//! same checks and commits and nothing else. Each run is a round of its own, voided but for the last.

use super::super::calls::{Answers, call_all};
use super::super::chair::{BALLOT, Chair};
use super::super::contender::Name;
use super::super::hall::{CALLS_AT_ONCE, Hall, WITHIN, json, seed};
use super::super::pass::cpu_each;
use super::super::process::Process;
use super::super::report::{Goal, Scene, median, number, percentile};
use super::super::wire;
use super::super::{BenchError, Stage};
use crate::protocol::call::Token;
use crate::rehearsal::{Hello, Memory, Phone, SecretVoter};
use pingyi_core::ballot::Secrecy;
use pingyi_core::command::Command;
use pingyi_core::views::{Audience, BallotView};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Each run is a round, and a ballot has so many.
const RUNS_MAX: u32 = 8;
/// The chair's closing gives phones this long to send what they hold.
const CLOSING: Duration = Duration::from_secs(pingyi_core::limits::CLOSING_S.unsigned_abs());

/// Of one contender in one run.
#[derive(Default)]
struct Measured {
    tokens_per_s: Vec<f64>,
    casts_per_s: Vec<f64>,
    token_cpu_us: Vec<f64>,
    cast_cpu_us: Vec<f64>,
    cast_p99_ms: Vec<f64>,
}

pub(in super::super) fn play(stage: &Stage<'_>) -> Result<Vec<Scene>, BenchError> {
    let phones = stage.settings.phones as usize;
    let mut hall = Hall::prepare(phones, Secrecy::Secret)?;
    let process = hall.serve()?;
    hall.sign_in(&process)?;
    let mut crowd = hall.phones(&process, hall.case.devices.len())?;
    crowd.join_all(super::super::hall::JOINS_AT_ONCE, WITHIN)?;
    crowd.storm(&hall.each(&Command::CheckIn {}), WITHIN)?;
    drop(crowd);
    let mut chair = Chair::take_seat(&hall, &process)?;
    let runs = stage.settings.runs.min(RUNS_MAX);
    stage.bar.set_length(u64::from(runs));
    let (mut ours, mut limit) = (Measured::default(), Measured::default());
    for round in 1..=runs {
        let header = present(&hall, &process, &mut chair, round)?;
        let mut voters = voters(hall.case.devices.len(), &header)?;
        tokens(&hall, &process, &mut voters, &mut ours, None)?;
        chair.open(round)?;
        casts(&process, &voters, "/api/cast", &mut ours)?;
        if stage.baselines.names().contains(&Name::Limit) {
            play_limit(stage, &hall, &mut limit)?;
        }
        if round < runs {
            chair.void(round)?;
        }
        stage.bar.inc(1);
    }
    let mut scenes = figures(hall.case.devices.len(), ours, limit);
    scenes.extend(close(&hall, &process, &mut chair, runs)?);
    Ok(scenes)
}

/// The limit with a box and a key of its own.
fn play_limit(stage: &Stage<'_>, hall: &Hall, limit: &mut Measured) -> Result<(), BenchError> {
    let store = tempfile::Builder::new().prefix("pingyi-bench-").tempdir()?;
    let process = stage.baselines.start(Name::Limit, store.path())?;
    let asked = call_all(process.at, &[wire::post("/header", "limit", None, "")], 1, WITHIN)?;
    let header = asked.bodies[0].clone().unwrap_or_default();
    let mut voters = voters(hall.case.devices.len(), &header)?;
    tokens(hall, &process, &mut voters, limit, Some("/token"))?;
    casts(&process, &voters, "/cast", limit)
}

/// Presents the ballot and waits for the round's key as a member's phone does.
fn present(hall: &Hall, process: &Process, chair: &mut Chair, round: u32) -> Result<String, BenchError> {
    chair.present(round)?;
    let hello = Hello {
        appraisal: hall.case.appraisal,
        audience: Audience::Member,
        bearer: Some(hall.case.devices[0].bearer.clone()),
    };
    let host = process.at.to_string();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let failed = |e: crate::rehearsal::PhoneError| BenchError::Answer(e.to_string());
        let mut phone = Phone::join(&host, hello, Memory::default()).await.map_err(failed)?;
        let header = |phone: &Phone| {
            let ballot: BallotView = phone.view(&format!("ballot/{BALLOT}"))?;
            ballot
                .secret
                .map(|s| s.header)
                .filter(|h| ballot.round == round && !h.is_empty())
        };
        phone.until(|phone| header(phone).is_some()).await.map_err(failed)?;
        header(&phone).ok_or_else(|| BenchError::Answer("no key".into()))
    })
}

fn voters(n: usize, header: &str) -> Result<Vec<SecretVoter>, BenchError> {
    let of = |n| SecretVoter::new(seed(n), header).map_err(|e| BenchError::Answer(e.to_string()));
    (0..n).map(of).collect()
}

fn tokens(
    hall: &Hall,
    process: &Process,
    voters: &mut [SecretVoter],
    measured: &mut Measured,
    bare: Option<&str>,
) -> Result<(), BenchError> {
    let host = process.at.to_string();
    let path = format!("/api/appraisals/{}/ballots/{BALLOT}/token", hall.case.appraisal);
    let requests: Vec<_> = voters
        .iter()
        .zip(&hall.case.devices)
        .map(|(voter, device)| {
            let body = json(&voter.request(&device.key, Uuid::new_v4()));
            // The limit knows nobody: the key to check with comes along.
            let login = bare.map_or_else(|| device.bearer.clone(), |_| device.key.public_hex());
            wire::post(bare.unwrap_or(&path), &host, Some(&login), &body)
        })
        .collect();
    let before = process.cpu_us();
    let answers = call_all(process.at, &requests, CALLS_AT_ONCE, WITHIN)?;
    let cpu = cpu_each(before, process.cpu_us(), requests.len() as f64);
    measured.tokens_per_s.push(rate(&answers)?);
    measured.token_cpu_us.extend(cpu);
    for (voter, body) in voters.iter_mut().zip(&answers.bodies) {
        let token: Option<Token> = body.as_deref().and_then(|b| serde_json::from_str(b).ok());
        let token = token.ok_or_else(|| BenchError::Answer("a token was not understood".into()))?;
        voter.take(&token).map_err(|e| BenchError::Answer(e.to_string()))?;
    }
    Ok(())
}

fn casts(process: &Process, voters: &[SecretVoter], path: &str, measured: &mut Measured) -> Result<(), BenchError> {
    let host = process.at.to_string();
    let cast = |(n, voter): (usize, &SecretVoter)| {
        let choice = u8::try_from(n % 4 + 1).unwrap_or(1);
        let cast = voter.cast(choice, 1).map_err(|e| BenchError::Answer(e.to_string()))?;
        Ok(wire::post(path, &host, None, &json(&cast)))
    };
    let requests: Vec<_> = voters.iter().enumerate().map(cast).collect::<Result<_, BenchError>>()?;
    let before = process.cpu_us();
    let mut answers = call_all(process.at, &requests, CALLS_AT_ONCE, WITHIN)?;
    let cpu = cpu_each(before, process.cpu_us(), requests.len() as f64);
    measured.casts_per_s.push(rate(&answers)?);
    measured.cast_cpu_us.extend(cpu);
    measured.cast_p99_ms.push(percentile(&mut answers.waits_us, 99) / 1e3);
    Ok(())
}

/// Calls a second, if every one was answered well.
fn rate(answers: &Answers) -> Result<f64, BenchError> {
    match &answers.first_bad {
        Some(bad) => Err(BenchError::Answer(bad.clone())),
        None => Ok(answers.bodies.len() as f64 / answers.took.as_secs_f64()),
    }
}

fn figures(n: usize, ours: Measured, limit: Measured) -> Vec<Scene> {
    let cpu = |ours: Vec<f64>, limit: Vec<f64>| {
        let of = |v: Vec<f64>| median(v).map_or_else(|| "–".into(), number);
        format!("server CPU {} µs, bare limit {} µs", of(ours), of(limit))
    };
    let scene = |name: &str, ours: Vec<f64>, limit: Vec<f64>, unit, goals: &[Goal]| {
        let value = median(ours).unwrap_or_default();
        Scene::new(name, n, value, unit)
            .beside(median(limit), None)
            .goals(goals)
    };
    let same = [Goal::LimitAtLeast(0.8)];
    vec![
        scene(
            "secret ballot, tokens",
            ours.tokens_per_s,
            limit.tokens_per_s,
            "tokens/s",
            &same,
        )
        .detail(cpu(ours.token_cpu_us, limit.token_cpu_us)),
        scene(
            "secret ballot, casts",
            ours.casts_per_s,
            limit.casts_per_s,
            "casts/s",
            &same,
        )
        .detail(cpu(ours.cast_cpu_us, limit.cast_cpu_us)),
        scene(
            "secret cast to receipt, p99",
            ours.cast_p99_ms,
            limit.cast_p99_ms,
            "ms",
            &[],
        ),
    ]
}

/// Closes the last round and waits for its digest, then checks what the box held as a board.
fn close(hall: &Hall, process: &Process, chair: &mut Chair, round: u32) -> Result<Vec<Scene>, BenchError> {
    let n = hall.case.devices.len();
    let before = process.cpu_us();
    chair.close(round)?;
    let closed = Instant::now();
    wait_for_digest(hall, process)?;
    let took = closed.elapsed().saturating_sub(CLOSING);
    let cpu = cpu_each(before, process.cpu_us(), n as f64).map_or_else(String::new, |us| {
        format!(
            "after the closing's {} s; server CPU {} µs a line",
            CLOSING.as_secs(),
            number(us)
        )
    });
    let sealed = Scene::new("secret ballot, box to digest", n, took.as_secs_f64() * 1e3, "ms").detail(cpu);
    Ok(vec![sealed, super::board::verified(n)?])
}

fn wait_for_digest(hall: &Hall, process: &Process) -> Result<(), BenchError> {
    let hello = super::super::hall::hello(hall.case.appraisal, Audience::Member, &hall.case.devices[0].bearer);
    let dialect = super::super::dialect::Dialect::Pingyi;
    let mut watch = super::super::crowd::Crowd::new(process.at, dialect, vec![hello])?;
    watch.change_with = b"\"digest\":";
    watch.join_all(1, WITHIN)?;
    watch.until("digests", 1, WITHIN, |h| h.reached)
}
