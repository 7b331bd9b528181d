//! A real nginx before the program, as an operator would put it there: it carries the watchers of the public page, or ends
//! TLS. It keeps its files in a folder of its own and is one process, so that its share of the work can be told.

use super::BenchError;
use super::process::{Process, free_port};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const CONF: &str = include_str!("nginx.conf");

#[derive(Debug)]
pub(super) struct Nginx {
    pub process: Process,
    /// Where it ends TLS, if it does.
    pub tls_at: Option<SocketAddr>,
    folder: TempDir,
}

/// Certificate and key, in PEM.
#[derive(Debug)]
pub(super) struct Certificate {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

impl Nginx {
    /// Where it is installed, if it is.
    pub(super) fn find() -> Option<PathBuf> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
        folders.map(|f| f.join("nginx")).find(|p| p.is_file())
    }

    pub(super) fn before(program: &Path, pingyi: SocketAddr, tls: Option<&Certificate>) -> Result<Nginx, BenchError> {
        let folder = tempfile::Builder::new().prefix("pingyi-bench-").tempdir()?;
        let plain = free_port()?;
        let tls_at = tls.map(|_| free_port()).transpose()?;
        let ends_tls = tls.zip(tls_at).map_or_else(String::new, |(pem, at)| {
            format!(
                "listen {at} ssl backlog=4096; ssl_protocols TLSv1.3; ssl_certificate {}; ssl_certificate_key {};",
                pem.certificate.display(),
                pem.key.display()
            )
        });
        let conf = CONF
            .replace("@PINGYI@", &pingyi.to_string())
            .replace("@PLAIN@", &plain.to_string())
            .replace("@TLS@", &ends_tls);
        let path = folder.path().join("nginx.conf");
        std::fs::write(&path, conf)?;
        let mut command = Command::new(program);
        command
            .args(["-g", "daemon off; master_process off;", "-e", "error.log", "-c"])
            .arg(&path)
            .arg("-p")
            .arg(folder.path());
        let process = Process::start(command, plain, Some(&folder.path().join("log.txt")))?;
        Ok(Nginx {
            process,
            tls_at,
            folder,
        })
    }

    /// Requests for the public page that went on to the program.
    pub(super) fn reached(&self) -> usize {
        let log = std::fs::read_to_string(self.folder.path().join("reached.log"));
        log.map_or(0, |log| log.lines().count())
    }
}
