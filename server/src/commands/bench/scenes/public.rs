//! Watchers of the public page who ask again and again: the program alone, and behind an nginx that keeps the answer for
//! as long as it may.

use super::super::hall::Hall;
use super::super::nginx::Nginx;
use super::super::pass::cpu_each;
use super::super::polls::{Polled, poll_for};
use super::super::process::Process;
use super::super::report::{Goal, Scene, median, number, percentile};
use super::super::{BenchError, Stage, wire};
use pingyi_core::ballot::Secrecy;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

const MEMBERS: usize = 500;
/// Pages that ask as fast as they get answers: as many requests as a hundred times more pages would make.
const PAGES: usize = 256;
/// Of one measurement.
const LASTING: Duration = Duration::from_secs(3);
/// An answer may be kept so long, and is asked for once in it.
const KEPT: Duration = Duration::from_secs(5);
/// Of the count of requests that reach the program.
const WATCHED: Duration = Duration::from_secs(16);

pub(in super::super) fn play(stage: &Stage<'_>) -> Result<Vec<Scene>, BenchError> {
    let hall = Hall::prepare(MEMBERS, Secrecy::Named)?;
    let process = hall.serve()?;
    let path = format!("/api/public/{}", hall.case.appraisal);
    let runs = stage.settings.runs;
    let program = Nginx::find();
    stage.bar.set_length(u64::from(runs) * 2 + 1);
    let (mut alone, mut behind) = (Measured::default(), Measured::default());
    for _ in 0..runs {
        alone.take(&process, process.at, &path)?;
        stage.bar.inc(1);
        if let Some(program) = &program {
            let nginx = Nginx::before(program, process.at, None)?;
            behind.take(&nginx.process, nginx.process.at, &path)?;
        }
        stage.bar.inc(1);
    }
    let direct = median(alone.per_s.clone());
    let mut scenes = vec![alone.scene("public page, the program alone")];
    match program {
        Some(program) => {
            scenes.push(behind.scene("public page behind nginx").beside(direct, None));
            scenes.push(kept(&program, &process, &path)?);
        }
        None => stage
            .bar
            .suspend(|| eprintln!("pingyi bench: no nginx; the public page is measured alone")),
    }
    stage.bar.inc(1);
    Ok(scenes)
}

#[derive(Default)]
struct Measured {
    per_s: Vec<f64>,
    cpu_us: Vec<f64>,
    p99_ms: Vec<f64>,
}

impl Measured {
    fn take(&mut self, served_by: &Process, at: SocketAddr, path: &str) -> Result<(), BenchError> {
        let request = wire::get(path, &at.to_string(), None);
        let before = served_by.cpu_us();
        let mut polled = poll_for(at, &request, PAGES, LASTING)?;
        self.cpu_us
            .extend(cpu_each(before, served_by.cpu_us(), polled.whole as f64));
        self.per_s.push(polled.per_s());
        self.p99_ms.push(percentile(&mut polled.waits_us, 99) / 1e3);
        Ok(())
    }

    fn scene(self, name: &str) -> Scene {
        let of = |v: Vec<f64>| median(v).unwrap_or_default();
        let detail = format!(
            "p99 {} ms, CPU of who serves it {} µs a request",
            number(of(self.p99_ms)),
            number(of(self.cpu_us))
        );
        Scene::new(name, PAGES, of(self.per_s), "requests/s").detail(detail)
    }
}

/// How often the program is asked while many watch, and whether who has the content is told so.
fn kept(program: &Path, process: &Process, path: &str) -> Result<Scene, BenchError> {
    let nginx = Nginx::before(program, process.at, None)?;
    let at = nginx.process.at;
    let host = at.to_string();
    let first = poll_for(at, &wire::get(path, &host, None), 1, Duration::from_millis(50))?;
    let tag = wire::header(&first.head, "etag").unwrap_or_default().to_owned();
    let polled: Polled = poll_for(at, &wire::get(path, &host, Some(&tag)), PAGES, WATCHED)?;
    // The first request found nothing; what is asked for again counts.
    let again = nginx.reached().saturating_sub(1) as f64;
    let value = again / (polled.took.as_secs_f64() / KEPT.as_secs_f64());
    let detail = format!(
        "{} requests in {} s, {} of them answered that nothing has changed; {}",
        number((polled.whole + polled.unchanged) as f64),
        WATCHED.as_secs(),
        number(polled.unchanged as f64),
        wire::header(&first.head, "cache-control").unwrap_or("not to be kept")
    );
    let name = "public page, requests that reach the program in 5 s";
    Ok(Scene::new(name, PAGES, value, "requests")
        .goals(&[Goal::AtMost(1.0)])
        .detail(detail))
}
