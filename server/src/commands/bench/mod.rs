//! `pingyi bench`: measures this program against the bare limit of the machine and against what a web developer would
//! write, in one run. The servers are processes of their own; everything has an end and cleans up after itself.

mod calls;
mod chair;
mod contender;
mod crowd;
mod dialect;
mod hall;
mod nginx;
mod outward;
mod pass;
mod phone;
mod polls;
mod process;
mod report;
mod scenes;
mod wire;

use self::contender::Baselines;
use self::report::{Machine, Report, Scene};
use crate::app;
use crate::settings::{Bench, BenchScene};
use indicatif::ProgressBar;

/// Why there is no figure.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Hall(#[from] Box<super::CommandError>),
    #[error("{done} of {of} {what} in time, {lost} connections lost; first refusal: {refusal}")]
    Late {
        what: &'static str,
        done: usize,
        of: usize,
        lost: usize,
        refusal: String,
    },
    #[error("a server ended with {0}")]
    Ended(String),
    #[error("the server answered: {0}")]
    Answer(String),
    #[error("{scene}: {source}")]
    Scene {
        scene: &'static str,
        source: Box<BenchError>,
    },
}

impl From<super::CommandError> for BenchError {
    fn from(error: super::CommandError) -> BenchError {
        BenchError::Hall(Box::new(error))
    }
}

/// What every scene is given.
struct Stage<'a> {
    settings: &'a Bench,
    baselines: Baselines,
    bar: ProgressBar,
}

impl Stage<'_> {
    fn wants(&self, scene: BenchScene) -> bool {
        self.settings.scenes.is_empty() || self.settings.scenes.contains(&scene)
    }
}

/// Runs the scenes and prints what came out; with `--json` one object and nothing else on standard output.
pub fn bench(settings: &Bench) -> Result<(), super::CommandError> {
    app::allow_many_connections();
    measure(settings).map_err(|e| super::CommandError::Bench(Box::new(e)))
}

fn measure(settings: &Bench) -> Result<(), BenchError> {
    let stage = Stage {
        settings,
        baselines: Baselines::find(&settings.baselines)?,
        bar: super::banner::bar("测量 measuring"),
    };
    for missing in stage.baselines.missing() {
        stage.bar.suspend(|| eprintln!("pingyi bench: {missing}"));
    }
    let scenes = scenes::run(&stage)?;
    stage.bar.finish_and_clear();
    print(settings, scenes);
    Ok(())
}

fn print(settings: &Bench, scenes: Vec<Scene>) {
    let report = Report {
        machine: Machine::here(),
        date: jiff::ZonedDateTime::now().date().to_string(),
        version: env!("CARGO_PKG_VERSION"),
        phones: settings.phones as usize,
        runs: settings.runs as usize,
        scenes,
    };
    if settings.json {
        println!("{}", hall::json(&report));
    } else {
        print!("{}", report.table());
    }
}
