//! A burst of questions: many ask at once and everybody supports one, and everybody's list is right at the end.

use super::super::contender::{Name, Running};
use super::super::hall::{Hall, WITHIN, frame};
use super::super::pass::cpu_each;
use super::super::report::{Scene, number, percentile};
use super::super::{BenchError, Stage};
use pingyi_core::ballot::Secrecy;
use pingyi_core::command::Command;
use pingyi_core::ids::QuestionId;
use pingyi_core::inquiry::Visibility;
use std::time::Duration;
use uuid::Uuid;

/// Half of the hall asks, and no more than these: a list of thousands is read by nobody.
const ASKERS_MAX: usize = 500;
const QUIET: Duration = Duration::from_millis(300);

pub(in super::super) fn play(stage: &Stage<'_>) -> Result<Vec<Scene>, BenchError> {
    let phones = stage.settings.phones as usize;
    stage.bar.set_length(2);
    let mut hall = Hall::prepare(phones, Secrecy::Named)?;
    let process = hall.serve()?;
    hall.sign_in(&process)?;
    drop(process);
    let mut running = Running::start(Name::Pingyi, &stage.baselines, &hall, hall.case.devices.len())?;
    running.convene()?;
    let ask = |n: usize| {
        let ask = Command::AskQuestion {
            subject: None,
            visibility: Visibility::Named,
            text: format!("第{n}问：乡镇教师编制空缺较多，下一步如何补充和稳定教师队伍？"),
        };
        frame(Uuid::new_v4(), ask)
    };
    let members = hall.case.devices.len();
    let asks: Vec<_> = (0..(members / 2).min(ASKERS_MAX)).map(ask).collect();
    let asked = burst(&mut running, "question burst, asking", &asks)?;
    stage.bar.inc(1);
    // Nobody supports what he asked: askers support the chair's first two questions, which the first phone asked.
    let support = |n: usize| {
        let question = if n < asks.len() {
            n % 2 + 1
        } else {
            n % asks.len().min(20) + 3
        };
        let question = QuestionId(u32::try_from(question).unwrap_or(1));
        frame(Uuid::new_v4(), Command::SupportQuestion { question })
    };
    let first = std::iter::once(ask(members));
    let supports: Vec<_> = first.chain((1..members).map(support)).collect();
    let supported = burst(&mut running, "question burst, supporting", &supports)?;
    stage.bar.inc(1);
    Ok(vec![asked, supported])
}

fn burst(running: &mut Running<'_>, name: &str, frames: &[Vec<u8>]) -> Result<Scene, BenchError> {
    running.settle(QUIET)?;
    let phones = running.crowd.len() as f64;
    let before = running.process.cpu_us();
    let took = running.crowd.storm(frames, WITHIN)?;
    let receipt = running.crowd.heard.last_at;
    let mut waits = std::mem::take(&mut running.crowd.heard.waits_us);
    running.settle(QUIET)?;
    let n = frames.len();
    let heard = &running.crowd.heard;
    let cpu = cpu_each(before, running.process.cpu_us(), n as f64);
    let detail = format!(
        "p99 {} ms, last phone {} ms after the last receipt, {} KiB and {} frames a phone{}",
        number(percentile(&mut waits, 99) / 1e3),
        number((heard.last_at - receipt).as_secs_f64() * 1e3),
        number(heard.bytes as f64 / phones / 1024.0),
        number(heard.frames as f64 / phones),
        cpu.map_or_else(String::new, |us| format!(", server CPU {} µs each", number(us)))
    );
    Ok(Scene::new(name, n, n as f64 / took.as_secs_f64(), "commands/s").detail(detail))
}
