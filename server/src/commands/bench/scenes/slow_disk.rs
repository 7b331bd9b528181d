//! Everybody votes at once, on this machine's disk and on one whose commits take much longer: votes that come while a
//! commit is on its way share the next one, so that a slow disk costs a hall a few commits and not one a vote.

use super::super::contender::{Name, Running};
use super::super::hall::{Hall, WITHIN};
use super::super::report::{Goal, Scene, median, number};
use super::super::{BenchError, Stage};
use pingyi_core::ballot::Secrecy;
use std::time::Duration;

const SLOWED_BY: Duration = Duration::from_millis(50);
const QUIET: Duration = Duration::from_millis(300);

pub(in super::super) fn play(stage: &Stage<'_>) -> Result<Vec<Scene>, BenchError> {
    let mut hall = Hall::prepare(stage.settings.phones as usize, Secrecy::Named)?;
    let process = hall.serve()?;
    hall.sign_in(&process)?;
    drop(process);
    let members = hall.case.devices.len();
    Running::start(Name::Pingyi, &stage.baselines, &hall, members)?.convene()?;
    let runs = stage.settings.runs;
    stage.bar.set_length(u64::from(runs) * 2);
    let (mut normal, mut slowed) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        normal.push(storm_ms(&hall, Duration::ZERO)?);
        stage.bar.inc(1);
        slowed.push(storm_ms(&hall, SLOWED_BY)?);
        stage.bar.inc(1);
    }
    let (normal, slowed) = (median(normal).unwrap_or_default(), median(slowed).unwrap_or_default());
    let more = (slowed - normal) / (SLOWED_BY.as_secs_f64() * 1e3);
    let detail = format!(
        "{members} votes to the last receipt: {} ms, with commits 50 ms slower {} ms",
        number(normal),
        number(slowed)
    );
    let scene = Scene::new(
        "a commit slowed by 50 ms costs a storm of votes",
        members,
        more,
        "commits",
    );
    Ok(vec![scene.goals(&[Goal::AtMost(3.0)]).detail(detail)])
}

/// Milliseconds from the first vote to the last receipt; the second storm of a fresh process, so that it is warm.
fn storm_ms(hall: &Hall, slowed_by: Duration) -> Result<f64, BenchError> {
    let process = hall.serve_slowed(slowed_by)?;
    let mut running = Running::over(hall, process, hall.case.devices.len())?;
    running.join_all()?;
    let mut took = Duration::ZERO;
    for _ in 0..2 {
        let votes = running.votes();
        running.settle(QUIET)?;
        took = running.crowd.storm(&votes, WITHIN)?;
    }
    Ok(took.as_secs_f64() * 1e3)
}
