//! The program's commands, from settings to the last line printed.

mod banner;
mod bench;
mod case_file;
mod demo;
mod memory;
mod serve;
mod set_aside;

pub use bench::{BenchError, bench};
pub use case_file::{CaseFileError, export, verify};
pub use demo::{Demo, DemoMember, EarlierCase, Hands, demo, open_sample, open_whole};
pub use memory::from_one_arena;
pub use serve::serve;
pub use set_aside::set_aside;

use crate::app::AppError;
use crate::settings::Network;
use std::future::Future;
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Why a command ended without success.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error(transparent)]
    App(#[from] AppError),
    #[error("no thread could be started: {0}")]
    Threads(std::io::Error),
    #[error("the sample case: {0}")]
    Sample(String),
    #[error("{0}")]
    SetAside(#[from] crate::conductor::SetAsideError),
    #[error(transparent)]
    CaseFile(#[from] CaseFileError),
    #[error(transparent)]
    Bench(Box<BenchError>),
    #[error("the temporary folder: {0}")]
    Folder(std::io::Error),
}

/// Runs a command on the program's threads.
pub fn run<F: Future<Output = Result<(), CommandError>>>(command: F) -> Result<(), CommandError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(CommandError::Threads)?;
    runtime.block_on(command)
}

/// Log lines go to standard error, so that `--json` has standard output for itself.
fn start_log(network: &Network) {
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter(&network.log))
        .with_writer(std::io::stderr);
    // Set already only where tests run several halls in one program.
    let _ = log.with_ansi(std::io::stderr().is_terminal()).try_init();
}

/// At their finest levels these tell whole frames: bearers, codes, questions and votes. No setting brings that about.
const TELLTALES: &str = "tungstenite=warn,tokio_tungstenite=warn,hyper=warn,hyper_util=warn,axum=warn,rusqlite=warn";

fn filter(asked: &str) -> EnvFilter {
    let limited = |levels: &str| EnvFilter::try_new(format!("{levels},{TELLTALES}"));
    limited(asked).or_else(|_| limited("info")).unwrap_or_default()
}

/// Ctrl-C, or the signal by which a service manager stops a program.
async fn stop_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
    tracing::info!("stopping");
}
