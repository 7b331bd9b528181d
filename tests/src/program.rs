//! The built program as a process, for what only a process can suffer: kill -9.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// A running `pingyi serve`; killed when dropped.
pub struct Program {
    child: Child,
    pub host: String,
}

impl Program {
    /// Serves a data folder on a port of loopback and waits until it answers.
    pub async fn serve(data: &Path, port: u16) -> Program {
        Program::serve_logging(data, port, "warn", Stdio::inherit()).await
    }

    /// The same, logging at `level` to `log`.
    pub async fn serve_logging(data: &Path, port: u16, level: &str, log: Stdio) -> Program {
        let host = format!("127.0.0.1:{port}");
        let child = Command::new(binary())
            .args([
                "serve",
                "--listen",
                &host,
                "--address",
                &format!("http://{host}"),
                "--log",
                level,
                "--data",
            ])
            .arg(data)
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .expect("the program starts");
        let mut program = Program { child, host };
        program.answering().await;
        program
    }

    async fn answering(&mut self) {
        while TcpStream::connect(&self.host).await.is_err() {
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("the program ended before it answered: {status}");
            }
            tokio::task::yield_now().await;
        }
    }

    /// SIGKILL: no goodbye, no flush.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("the program can be killed");
    }
}

/// Runs a command of the program to its end; it must succeed. The answer is what it printed.
pub async fn command_line(order: &[&str]) -> String {
    let run = Command::new(binary())
        .args(order)
        .output()
        .await
        .expect("the program starts");
    assert!(
        run.status.success(),
        "{order:?}: {}",
        String::from_utf8_lossy(&run.stderr)
    );
    String::from_utf8(run.stdout).expect("text")
}

/// `cargo build` puts it beside the tests' folder.
fn binary() -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    let folder = test.ancestors().nth(2).expect("target/<profile>/deps/<test>");
    let path = folder.join(format!("pingyi{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.is_file(),
        "{} is not there: run `cargo build --workspace` before these tests",
        path.display()
    );
    path
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}
