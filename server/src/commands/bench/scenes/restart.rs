//! The program dies in the middle of a hall and comes back: how soon every phone has its right state again, and how soon
//! the record is read, by its length.

use super::super::contender::{Name, Running};
use super::super::hall::{Hall, JOINS_AT_ONCE, WITHIN, serve};
use super::super::report::{Goal, Scene, median, number, percentile};
use super::super::{BenchError, Stage};
use crate::conductor::encode;
use crate::journal::{Frame, Journal, Record, SqliteJournal, StreamId};
use crate::limits::FRAME_RECORDS_MAX;
use pingyi_core::BEHAVIOUR;
use pingyi_core::ballot::Secrecy;
use pingyi_core::command::Command;
use pingyi_core::stamp::{Actor, Stamped};
use std::path::Path;
use std::time::Duration;
use uuid::Uuid;

/// Records behind the last snapshot.
const LENGTHS: [usize; 3] = [10_000, 100_000, 300_000];
/// Members of the case whose record is read.
const MEMBERS: usize = 500;

/// Kill -9 with everybody there, who has voted; everybody comes back and must see that his vote is recorded.
pub(in super::super) fn reconnect(stage: &Stage<'_>) -> Result<Vec<Scene>, BenchError> {
    let phones = stage.settings.phones as usize;
    let mut hall = Hall::prepare(phones, Secrecy::Named)?;
    let process = hall.serve()?;
    hall.sign_in(&process)?;
    drop(process);
    let mut running = Running::start(Name::Pingyi, &stage.baselines, &hall, phones)?;
    running.convene()?;
    let votes = running.votes();
    running.crowd.storm(&votes, WITHIN)?;
    running.crowd.leave_all();
    let storm = running.join_all()?;
    let runs = stage.settings.runs;
    stage.bar.set_length(u64::from(runs));
    let (mut back, mut up, mut p99) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        running.process.kill();
        running = Running::start(Name::Pingyi, &stage.baselines, &hall, phones)?;
        running.crowd.joined_with = b"\"recorded\":true";
        back.push(running.crowd.join_all(JOINS_AT_ONCE, WITHIN)?.as_secs_f64());
        up.push(running.process.ready_after.as_secs_f64());
        p99.push(percentile(&mut running.crowd.heard.waits_us, 99) / 1e3);
        let right = running.crowd.heard.as_expected;
        if right < phones {
            return Err(BenchError::Answer(format!(
                "{right} of {phones} phones came back with their vote"
            )));
        }
        stage.bar.inc(1);
    }
    let of = |v: Vec<f64>| median(v).unwrap_or_default();
    let value = of(back);
    let detail = format!(
        "none lost; open again {} ms after its start, p99 {} ms; × limit is × the join storm before",
        number(of(up) * 1e3),
        number(of(p99))
    );
    let scene = Scene::new("reconnect storm after kill -9, last phone", phones, value, "s");
    let scene = scene.beside(Some(storm.as_secs_f64()), None);
    Ok(vec![
        scene.goals(&[Goal::AtMost(2.0), Goal::LimitAtMost(2.0)]).detail(detail),
    ])
}

/// The time to open a case whose record goes on so far behind its last snapshot.
pub(in super::super) fn recovery(stage: &Stage<'_>) -> Result<Vec<Scene>, BenchError> {
    let mut hall = Hall::prepare(MEMBERS, Secrecy::Named)?;
    let process = hall.serve()?;
    hall.sign_in(&process)?;
    drop(process);
    let mut running = Running::start(Name::Pingyi, &stage.baselines, &hall, MEMBERS)?;
    running.convene()?;
    running.process.kill();
    stage.bar.set_length(LENGTHS.len() as u64);
    let mut scenes = Vec::new();
    for length in LENGTHS {
        let folder = tempfile::Builder::new().prefix("pingyi-bench-").tempdir()?;
        copy(hall.folder.path(), folder.path())?;
        lengthen(folder.path(), &hall, length)?;
        let process = serve(folder.path(), Duration::ZERO)?;
        let seconds = process.ready_after.as_secs_f64();
        let memory = process
            .pss_kib()
            .map_or_else(String::new, |kib| format!(", {} MiB then", number(kib / 1024.0)));
        let rate = length as f64 / seconds;
        let last = length == LENGTHS[LENGTHS.len() - 1];
        let goals = last.then_some(Goal::AtMost(2.0));
        let scene = Scene::new("start with a record to replay", length, seconds, "s");
        scenes.push(
            scene
                .goals(goals.as_slice())
                .detail(format!("{} records/s{memory}", number(rate))),
        );
        if last {
            scenes.push(Scene::new("replay", length, rate, "records/s").goals(&[Goal::AtLeast(200_000.0)]));
        }
        stage.bar.inc(1);
    }
    Ok(scenes)
}

/// Writes votes into the journal as they would stand there.
fn lengthen(folder: &Path, hall: &Hall, records: usize) -> Result<(), BenchError> {
    let failed = |e: &dyn std::fmt::Display| BenchError::Answer(e.to_string());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let journal = SqliteJournal::open(folder, Box::new(|_| {})).map_err(|e| failed(&e))?;
        let now = crate::clock::Clock::default().now_ms();
        let votes: Vec<usize> = (0..records).collect();
        for some in votes.chunks(FRAME_RECORDS_MAX) {
            let record = |n: &usize| record(hall, *n, now).map_err(|e| failed(&e));
            let frame = Frame {
                behaviour: BEHAVIOUR,
                records: some.iter().map(record).collect::<Result<_, _>>()?,
            };
            let stream = StreamId(hall.case.appraisal);
            journal.append(stream, frame).await.map_err(|e| failed(&e))?;
        }
        journal.close().await;
        Ok(())
    })
}

fn record(hall: &Hall, n: usize, at: i64) -> Result<Record, serde_json::Error> {
    let device = &hall.case.devices[n % hall.case.devices.len()];
    let id = Uuid::new_v4();
    // The edge checks signatures before a vote comes to the record; a replay does not.
    let choice = u32::try_from(n % 4).unwrap_or(0);
    let command = Command::CastVote {
        ballot: super::super::chair::BALLOT,
        round: 1,
        choice,
        signature: "0".repeat(128),
    };
    let stamped = Stamped {
        id,
        actor: Actor::Person { person: device.person },
        at,
        expects: None,
        command,
    };
    let data = encode(&stamped, "c2FsdHNhbHRzYWx0c2FsdA")?;
    Ok(Record { id, data: data.into() })
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
