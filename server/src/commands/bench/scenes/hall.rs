//! Signing in, joining, sitting idle, hearing of one change, voting: what every hall does, beside all baselines.

use super::super::contender::{Name, Running};
use super::super::hall::Hall;
use super::super::pass::{Figure, Figures, pass};
use super::super::report::{Goal, Scene, median, number, percentile};
use super::super::{BenchError, Stage};
use crate::settings::BenchScene;
use pingyi_core::ballot::Secrecy;
use std::collections::BTreeMap;

/// Medians over the passes.
type Medians = BTreeMap<(&'static str, Figure), f64>;

pub(in super::super) fn play(stage: &Stage<'_>) -> Result<Vec<Scene>, BenchError> {
    let phones = stage.settings.phones as usize;
    let mut hall = Hall::prepare(phones, Secrecy::Named)?;
    let process = hall.serve()?;
    let sign_in = sign_in(&mut hall, &process)?;
    drop(process);
    Running::start(Name::Pingyi, &stage.baselines, &hall, hall.case.devices.len())?.convene()?;
    let medians = passes(stage, &hall, phones)?;
    let mut scenes = Vec::new();
    let of = Of { medians: &medians };
    if stage.wants(BenchScene::Join) {
        scenes.push(sign_in);
        scenes.extend(joins(&of, phones));
    }
    if stage.wants(BenchScene::Idle) {
        scenes.extend(idle(&of, phones));
    }
    if stage.wants(BenchScene::Change) {
        scenes.extend(changes(&of, phones));
    }
    if stage.wants(BenchScene::Votes) {
        scenes.extend(votes(&of, hall.case.devices.len()));
    }
    Ok(scenes)
}

fn sign_in(hall: &mut Hall, process: &super::super::process::Process) -> Result<Scene, BenchError> {
    let before = process.cpu_us();
    let mut answers = hall.sign_in(process)?;
    let n = hall.case.devices.len();
    let cpu = super::super::pass::cpu_each(before, process.cpu_us(), n as f64);
    let detail = format!(
        "p99 {} ms{}",
        number(percentile(&mut answers.waits_us, 99) / 1e3),
        cpu.map_or_else(String::new, |us| format!(", CPU {} µs", number(us)))
    );
    Ok(Scene::new(
        "sign-in by seat card",
        n,
        n as f64 / answers.took.as_secs_f64(),
        "sign-ins/s",
    )
    .detail(detail))
}

/// Each contender once a run, in an order that moves on.
fn passes(stage: &Stage<'_>, hall: &Hall, phones: usize) -> Result<Medians, BenchError> {
    let names = stage.baselines.names();
    let runs = stage.settings.runs as usize;
    stage.bar.set_length((runs * names.len()) as u64);
    let mut all: BTreeMap<(&'static str, Figure), Vec<f64>> = BTreeMap::new();
    for run in 0..runs {
        for n in 0..names.len() {
            let name = names[(n + run) % names.len()];
            let figures: Figures = pass(name, &stage.baselines, hall, phones)?;
            for (figure, value) in figures {
                all.entry((name.shown(), figure)).or_default().push(value);
            }
            stage.bar.inc(1);
        }
    }
    Ok(all.into_iter().filter_map(|(k, v)| Some((k, median(v)?))).collect())
}

struct Of<'a> {
    medians: &'a Medians,
}

impl Of<'_> {
    fn get(&self, name: Name, figure: Figure) -> Option<f64> {
        self.medians.get(&(name.shown(), figure)).copied()
    }

    fn scene(&self, name: &str, n: usize, figure: Figure, unit: &'static str, peer: Name) -> Option<Scene> {
        let value = self.get(Name::Pingyi, figure)?;
        let scene = Scene::new(name, n, value, unit);
        Some(scene.beside(self.get(Name::Limit, figure), self.get(peer, figure)))
    }

    fn also(&self, what: &str, figure: Figure) -> String {
        let of = |name: Name| Some(format!("{} {}", name.shown(), number(self.get(name, figure)?)));
        let all = [Name::Pingyi, Name::Limit, Name::SocketIo, Name::Ws];
        format!(
            "{what}: {}",
            all.into_iter().filter_map(of).collect::<Vec<_>>().join(", ")
        )
    }
}

fn joins(of: &Of<'_>, n: usize) -> Vec<Scene> {
    let rate = of.scene("join storm", n, Figure::JoinsPerS, "joins/s", Name::SocketIo);
    let cpu = of.scene("join, server CPU", n, Figure::JoinCpuUs, "µs", Name::SocketIo);
    let rate = rate.map(|s| {
        s.goals(&[Goal::LimitAtLeast(0.5), Goal::PeerAtLeast(5.0)])
            .detail(of.also("joins/s", Figure::JoinsPerS))
    });
    rate.into_iter()
        .chain(cpu.map(|s| s.goals(&[Goal::AtMost(90.0)])))
        .collect()
}

fn idle(of: &Of<'_>, n: usize) -> Option<Scene> {
    let scene = of.scene("memory per idle connection", n, Figure::IdleKib, "KiB", Name::SocketIo)?;
    let after = of.also("after the votes", Figure::KibAfterVotes);
    Some(scene.goals(&[Goal::AtMost(10.0)]).detail(after))
}

fn changes(of: &Of<'_>, n: usize) -> Vec<Scene> {
    let time = of.scene("one change, last phone", n, Figure::ChangeMs, "ms", Name::SocketIo);
    let cpu = of.scene(
        "one change, server CPU a phone",
        n,
        Figure::ChangeCpuUs,
        "µs",
        Name::SocketIo,
    );
    time.map(|s| s.goals(&[Goal::LimitAtMost(1.5)]))
        .into_iter()
        .chain(cpu.map(|s| s.goals(&[Goal::AtMost(14.0)])))
        .collect()
}

fn votes(of: &Of<'_>, n: usize) -> Vec<Scene> {
    let scene = |name, figure, unit, peer, goals: &[Goal]| Some(of.scene(name, n, figure, unit, peer)?.goals(goals));
    let all = [
        scene(
            "named votes, durable, against Socket.IO with a commit a vote",
            Figure::VotesPerS,
            "votes/s",
            Name::SocketIo,
            &[Goal::LimitAtLeast(0.6), Goal::PeerAtLeast(8.0)],
        ),
        scene(
            "named votes, durable, against Node ws with group commit",
            Figure::VotesPerS,
            "votes/s",
            Name::Ws,
            &[Goal::PeerAtLeast(2.0)],
        ),
        scene(
            "vote, server CPU",
            Figure::VoteCpuUs,
            "µs",
            Name::Ws,
            &[Goal::AtMost(40.0)],
        )
        .map(|s| s.detail(of.also("frames a vote", Figure::FramesPerVote))),
        scene(
            "vote to receipt, p99",
            Figure::ReceiptP99Ms,
            "ms",
            Name::Ws,
            &[Goal::LimitAtMost(3.0)],
        )
        .map(|s| s.detail(of.also("p50", Figure::ReceiptP50Ms))),
        scene(
            "last frame after the last receipt",
            Figure::CompleteMs,
            "ms",
            Name::Ws,
            &[Goal::AtMost(300.0)],
        ),
    ];
    all.into_iter().flatten().collect()
}
