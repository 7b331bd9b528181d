//! A hall that goes on: whether memory grows with time, and whether the chair's tap stays quick while everybody votes and
//! some phones read nothing.

use super::super::contender::{Name, Running};
use super::super::hall::{Hall, WITHIN};
use super::super::pass::{Figure, Figures};
use super::super::report::{Goal, Scene, median, number, percentile};
use super::super::{BenchError, Stage};
use pingyi_core::ballot::Secrecy;
use std::time::{Duration, Instant};

/// One phone in so many reads nothing any more.
const STALLED_OF: usize = 100;
/// Storms of votes, with a tap in the middle of each.
const TAPS: usize = 15;
const QUIET: Duration = Duration::from_millis(300);
/// Memory is looked at this often.
const LOOK_EVERY: Duration = Duration::from_millis(500);

fn open_hall<'a>(stage: &Stage<'_>, hall: &'a mut Hall) -> Result<Running<'a>, BenchError> {
    let process = hall.serve()?;
    hall.sign_in(&process)?;
    drop(process);
    let mut running = Running::start(Name::Pingyi, &stage.baselines, hall, hall.case.devices.len())?;
    running.convene()?;
    Ok(running)
}

/// A tenth of the hall votes and something is told to all, over and over.
pub(in super::super) fn soak(stage: &Stage<'_>) -> Result<Vec<Scene>, BenchError> {
    let mut hall = Hall::prepare(stage.settings.phones as usize, Secrecy::Named)?;
    let mut running = open_hall(stage, &mut hall)?;
    let seconds = u64::from(stage.settings.soak_s);
    stage.bar.set_length(seconds);
    let (began, mut looked, mut commands) = (Instant::now(), Instant::now(), 0usize);
    let mut seen: Vec<(f64, f64, usize)> = Vec::new();
    while began.elapsed() < Duration::from_secs(seconds) {
        let mut votes = running.votes();
        votes.truncate(votes.len().div_ceil(10));
        running.crowd.storm(&votes, WITHIN)?;
        commands += votes.len();
        running.change()?;
        if looked.elapsed() >= LOOK_EVERY {
            looked = Instant::now();
            let at = began.elapsed().as_secs_f64();
            seen.extend(running.process.pss_kib().map(|kib| (at, kib, commands)));
            stage.bar.set_position(at as u64);
        }
    }
    // The first half warms up: buffers find their size.
    let late = &seen[seen.len() / 2..];
    let slope = slope(late.iter().map(|(at, kib, _)| (*at, *kib)));
    let per_command = slope_bytes_a_command(late);
    let detail = format!(
        "{commands} votes in {seconds} s; {} bytes a kept command; {} MiB at the end",
        per_command.map_or_else(|| "–".into(), number),
        seen.last()
            .map_or_else(|| "–".into(), |(_, kib, _)| number(kib / 1024.0))
    );
    let n = running.crowd.len();
    Ok(vec![
        Scene::new("soak, memory slope", n, slope.unwrap_or_default(), "KiB/s").detail(detail),
    ])
}

/// Least squares.
pub(super) fn slope(points: impl Iterator<Item = (f64, f64)> + Clone) -> Option<f64> {
    let n = points.clone().count() as f64;
    let mean = |of: fn((f64, f64)) -> f64| points.clone().map(of).sum::<f64>() / n;
    let (x, y) = (mean(|p| p.0), mean(|p| p.1));
    let (over, under) = points.fold((0.0, 0.0), |(over, under), (a, b)| {
        (over + (a - x) * (b - y), under + (a - x) * (a - x))
    });
    (under > 0.0).then_some(over / under)
}

/// What the record's idempotence costs: each decided command is remembered for the life of the case.
fn slope_bytes_a_command(seen: &[(f64, f64, usize)]) -> Option<f64> {
    slope(seen.iter().map(|(_, kib, commands)| (*commands as f64, kib * 1024.0)))
}

/// The chair taps in the middle of a storm of votes: first with every phone well, then with some that read nothing.
pub(in super::super) fn mixed(stage: &Stage<'_>) -> Result<Vec<Scene>, BenchError> {
    let mut hall = Hall::prepare(stage.settings.phones as usize, Secrecy::Named)?;
    let mut running = open_hall(stage, &mut hall)?;
    stage.bar.set_length(2 * TAPS as u64);
    running.crowd.change_with = b"\"question/";
    let memory = |running: &Running<'_>| [running.process.pss_kib(), socket_kib()];
    let first = memory(&running);
    let well = taps(stage, &mut running, 0)?;
    let before = memory(&running);
    let (n, stalled) = (running.crowd.len(), running.crowd.len().div_ceil(STALLED_OF));
    for phone in n - stalled..n {
        running.crowd.stall(phone);
    }
    let ill = taps(stage, &mut running, stalled)?;
    let after = memory(&running);
    // What as many votes took with everybody well is not the stalled phones' doing.
    let each = |n: usize| Some((after[n]? - 2.0 * before[n]? + first[n]?) / stalled as f64);
    let (own, kept) = (each(0), each(1));
    let of = |figures: &Figures, figure| figures.iter().find(|(f, _)| *f == figure).map_or(0.0, |(_, v)| *v);
    let (p50, p99) = (Figure::ReceiptP50Ms, Figure::ReceiptP99Ms);
    let kib = |v: Option<f64>| v.map_or_else(|| "–".into(), number);
    let detail = format!(
        "p50 {} ms, last phone {} ms; without stalled phones p99 {} ms",
        number(of(&ill, p50)),
        number(of(&ill, Figure::ChangeMs)),
        number(of(&well, p99))
    );
    let tap = Scene::new("chair's tap in a vote storm to a phone, p99", n, of(&ill, p99), "ms").detail(detail);
    let ratio = of(&ill, p99) / of(&well, p99).max(f64::MIN_POSITIVE);
    let stalls = Scene::new("1 % stalled phones, others' p99", n, ratio, "× without them").goals(&[Goal::AtMost(1.2)]);
    let memory = format!(
        "a stalled phone: {} KiB in the process, {} KiB in the system",
        kib(own),
        kib(kept)
    );
    Ok(vec![tap.goals(&[Goal::AtMost(150.0)]), stalls.detail(memory)])
}

fn taps(stage: &Stage<'_>, running: &mut Running<'_>, stalled: usize) -> Result<Figures, BenchError> {
    let (mut p50, mut p99, mut last) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TAPS {
        let mut votes = running.votes();
        votes.truncate(votes.len() - stalled);
        running.settle(QUIET)?;
        running.crowd.forget();
        let half = votes.len() / 2;
        running.crowd.say_all(&votes[..half])?;
        running.crowd.tapped_at = Instant::now();
        running.tap()?;
        for (n, vote) in votes.iter().enumerate().skip(half) {
            running.crowd.say(n, vote)?;
        }
        let all = running.crowd.len() - stalled;
        running.crowd.until("told", all, WITHIN, |h| h.reached)?;
        running.crowd.until("receipts", votes.len(), WITHIN, |h| h.receipts)?;
        let us = &mut running.crowd.heard.taps_us;
        last.push(us.iter().max().copied().unwrap_or_default() as f64 / 1e3);
        p50.push(percentile(us, 50) / 1e3);
        p99.push(percentile(us, 99) / 1e3);
        stage.bar.inc(1);
    }
    let figures = [
        (Figure::ReceiptP50Ms, p50),
        (Figure::ReceiptP99Ms, p99),
        (Figure::ChangeMs, last),
    ];
    Ok(figures.into_iter().filter_map(|(f, v)| Some((f, median(v)?))).collect())
}

/// What the system holds for all TCP sockets.
fn socket_kib() -> Option<f64> {
    const PAGE_KIB: f64 = 4.0;
    let text = std::fs::read_to_string("/proc/net/sockstat").ok()?;
    let line = text.lines().find(|l| l.starts_with("TCP:"))?;
    let pages: f64 = line.split_whitespace().last()?.parse().ok()?;
    Some(pages * PAGE_KIB)
}
