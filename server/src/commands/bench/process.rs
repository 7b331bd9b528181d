//! A server as a process of its own: started, looked at from outside, killed. What only Linux tells is missing elsewhere.

use super::BenchError;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest wait for a server to take connections.
const READY_WITHIN: Duration = Duration::from_secs(120);

/// Killed when dropped.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    pub at: SocketAddr,
    /// From its start until it took a connection.
    pub ready_after: Duration,
}

impl Process {
    /// Starts `command`, which must listen at `at`.
    pub(super) fn start(mut command: Command, at: SocketAddr, log: Option<&Path>) -> Result<Process, BenchError> {
        let log = log.map(std::fs::File::create).transpose()?;
        let began = Instant::now();
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log.map_or_else(Stdio::null, Stdio::from))
            .spawn()?;
        let mut process = Process {
            child,
            at,
            ready_after: Duration::ZERO,
        };
        while TcpStream::connect(at).is_err() {
            if let Some(status) = process.child.try_wait()? {
                return Err(BenchError::Ended(status.to_string()));
            }
            if began.elapsed() > READY_WITHIN {
                return Err(BenchError::Ended("nothing, it never took a connection".into()));
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        process.ready_after = began.elapsed();
        Ok(process)
    }

    /// No goodbye, no flush.
    pub(super) fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Processor time of all threads so far.
    pub(super) fn cpu_us(&self) -> Option<f64> {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.child.id())).ok()?;
        let of_thread = |task: std::fs::DirEntry| {
            let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
            text.split_whitespace().next()?.parse::<f64>().ok()
        };
        Some(tasks.flatten().filter_map(of_thread).sum::<f64>() / 1000.0)
    }

    /// Memory that is this process's alone or its share of what several use.
    pub(super) fn pss_kib(&self) -> Option<f64> {
        let path = format!("/proc/{}/smaps_rollup", self.child.id());
        kib_of(&std::fs::read_to_string(path).ok()?, "Pss:")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

/// The figure behind `name` in a file of `/proc`, in KiB.
pub(super) fn kib_of(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find(|l| l.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// A port of loopback that was free a moment ago.
pub(super) fn free_port() -> Result<SocketAddr, BenchError> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
