//! One pass over one contender, the same for all: join, idle, tell everybody, vote. Contenders take turns, so that what
//! the machine does meanwhile falls on each alike; the figure of a scene is the median over the passes.

use super::BenchError;
use super::contender::{Baselines, Name, Running};
use super::hall::{Hall, WITHIN};
use super::report::{median, percentile};
use std::time::Duration;

const CHANGES_A_PASS: usize = 5;
const STORMS_A_PASS: usize = 3;
/// For buffers to be let go and late frames to come.
const REST: Duration = Duration::from_millis(300);

/// What a pass measured. What a system does not tell is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Figure {
    JoinsPerS,
    JoinCpuUs,
    IdleKib,
    KibAfterVotes,
    ChangeMs,
    ChangeCpuUs,
    VotesPerS,
    VoteCpuUs,
    ReceiptP50Ms,
    ReceiptP99Ms,
    FramesPerVote,
    CompleteMs,
}

pub(super) type Figures = Vec<(Figure, f64)>;

pub(super) fn pass(name: Name, baselines: &Baselines, hall: &Hall, phones: usize) -> Result<Figures, BenchError> {
    let mut figures = Vec::new();
    let mut running = Running::start(name, baselines, hall, phones)?;
    let n = phones as f64;
    let empty = running.process.pss_kib();
    running.join_all()?;
    running.settle(REST)?;
    let full = running.process.pss_kib();
    figures.extend(empty.zip(full).map(|(e, f)| (Figure::IdleKib, (f - e) / n)));
    // The first joins also read sessions from the disk: that is the scene of a restart. Here everybody comes again.
    running.crowd.leave_all();
    std::thread::sleep(REST);
    let before = running.process.cpu_us();
    let took = running.join_all()?;
    figures.push((Figure::JoinsPerS, n / took.as_secs_f64()));
    running.settle(REST)?;
    figures.extend(cpu_each(before, running.process.cpu_us(), n).map(|us| (Figure::JoinCpuUs, us)));
    changes(&mut running, n, &mut figures)?;
    storms(&mut running, &mut figures)?;
    let after = running.process.pss_kib();
    figures.extend(empty.zip(after).map(|(e, a)| (Figure::KibAfterVotes, (a - e) / n)));
    Ok(figures)
}

fn changes(running: &mut Running<'_>, phones: f64, figures: &mut Figures) -> Result<(), BenchError> {
    let (mut ms, mut us) = (Vec::new(), Vec::new());
    for _ in 0..CHANGES_A_PASS {
        running.settle(REST)?;
        let before = running.process.cpu_us();
        ms.push(running.change()?.as_secs_f64() * 1e3);
        running.crowd.listen(Duration::from_millis(20))?;
        us.extend(cpu_each(before, running.process.cpu_us(), phones));
    }
    figures.extend(median(ms).map(|m| (Figure::ChangeMs, m)));
    figures.extend(median(us).map(|m| (Figure::ChangeCpuUs, m)));
    Ok(())
}

fn storms(running: &mut Running<'_>, figures: &mut Figures) -> Result<(), BenchError> {
    let mut of: [Vec<f64>; 6] = Default::default();
    for _ in 0..STORMS_A_PASS {
        let votes = running.votes();
        let n = votes.len() as f64;
        running.settle(REST)?;
        let before = running.process.cpu_us();
        let took = running.crowd.storm(&votes, WITHIN)?;
        let last = running.crowd.heard.last_at;
        let mut waits = std::mem::take(&mut running.crowd.heard.waits_us);
        running.settle(REST)?;
        of[0].push(n / took.as_secs_f64());
        of[1].extend(cpu_each(before, running.process.cpu_us(), n));
        of[2].push(percentile(&mut waits, 50) / 1e3);
        of[3].push(percentile(&mut waits, 99) / 1e3);
        of[4].push(running.crowd.heard.frames as f64 / n);
        of[5].push((running.crowd.heard.last_at - last).as_secs_f64() * 1e3);
    }
    let names = [
        Figure::VotesPerS,
        Figure::VoteCpuUs,
        Figure::ReceiptP50Ms,
        Figure::ReceiptP99Ms,
        Figure::FramesPerVote,
        Figure::CompleteMs,
    ];
    for (name, values) in names.into_iter().zip(of) {
        figures.extend(median(values).map(|m| (name, m)));
    }
    Ok(())
}

pub(super) fn cpu_each(before: Option<f64>, after: Option<f64>, each: f64) -> Option<f64> {
    Some((after? - before?) / each)
}
