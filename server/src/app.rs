//! Builds the program from its parts, in the order of the layers, and serves it until told to stop.

use crate::ballot_office::Office;
use crate::blobs::{BlobError, Blobs};
use crate::body::{BodyHandle, BodyOpenError};
use crate::case_file::Archive;
use crate::clock::Clock;
use crate::conductor::{CaseHandle, Registry, RegistryParts};
use crate::doors::address::BadAddress;
use crate::doors::{Doors, PublicAddress, qr};
use crate::http::{self, Outer, OuterParts};
use crate::journal::slowed::Slowed;
use crate::journal::{Journal, SqliteJournal, StreamId};
use crate::vault::{Vault, VaultError};
use crate::ws::{self, Sockets};
use axum::Router;
use axum::routing::get;
use pingyi_core::sitting::SittingState;
use pingyi_core::views::Door;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};

/// Phones of a whole hall that knock at once; the system's default of 128 turns them away for seconds.
const LISTEN_BACKLOG: u32 = 4096;
/// More than a phone's share of a hall's radio can be on its way at once.
const SEND_BUFFER_BYTES: u32 = 64 * 1024;
/// How often the hall code is looked at. It changes by the minute.
const DOOR_EVERY: Duration = Duration::from_secs(5);
/// Time for open connections to end at a stop.
const STOP_WITHIN: Duration = Duration::from_secs(8);
/// The exit code after the disk has failed (sysexits' EX_IOERR).
const EXIT_DISK_FAILED: i32 = 74;

/// Why the program does not start.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error("the data folder {0} cannot be made: {1}")]
    Folder(String, std::io::Error),
    #[error("the journal: {0}")]
    Journal(#[from] crate::sqlite_file::OpenError),
    #[error("the vault: {0}")]
    Vault(#[from] VaultError),
    #[error("the documents: {0}")]
    Blobs(#[from] BlobError),
    #[error("the body: {0}")]
    Body(#[from] BodyOpenError),
    #[error("cannot listen on {0}: {1}. Is another pingyi running? Choose another port with --listen")]
    Listen(SocketAddr, std::io::Error),
    #[error("--address: {0}")]
    Address(#[from] BadAddress),
}

/// The running parts.
#[derive(Clone)]
pub struct App {
    pub outer: Arc<Outer>,
    pub journal: Arc<dyn Journal>,
}

/// Where and how to listen.
#[derive(Clone, Debug)]
pub struct Listen {
    pub at: SocketAddr,
    pub address: Option<String>,
}

/// What a commit costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disk {
    /// What it takes on this machine.
    AsItIs,
    /// So much more, for measuring what waits for it.
    SlowedBy(Duration),
}

/// A hall needs a file handle a phone; systems give 1,024 unless asked for more.
pub fn allow_many_connections() {
    #[cfg(unix)]
    {
        use crate::limits::CONNECTIONS_MAX;
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let given = getrlimit(Resource::Nofile);
        let raised = setrlimit(
            Resource::Nofile,
            Rlimit {
                current: given.maximum,
                maximum: given.maximum,
            },
        );
        let files = getrlimit(Resource::Nofile).current;
        if raised.is_err() || files.is_some_and(|files| files < CONNECTIONS_MAX as u64) {
            tracing::warn!(
                ?files,
                "the system gives few file handles: so many phones and pages fit at once"
            );
        }
    }
}

/// Takes the port. The listener's own address is the truth when port 0 was asked.
pub fn listen(at: SocketAddr) -> Result<TcpListener, AppError> {
    let open = || -> std::io::Result<TcpListener> {
        let socket = if at.is_ipv4() {
            TcpSocket::new_v4()?
        } else {
            TcpSocket::new_v6()?
        };
        #[cfg(unix)]
        socket.set_reuseaddr(true)?;
        // Inherited by every connection. Left to the system, a phone that has stopped reading takes up to 4 MB of it.
        socket.set_send_buffer_size(SEND_BUFFER_BYTES)?;
        socket.bind(at)?;
        socket.listen(LISTEN_BACKLOG)
    };
    open().map_err(|e| AppError::Listen(at, e))
}

impl App {
    /// Opens the data folder and every case in it.
    pub async fn open(data: &Path, port: u16, address: Option<&str>, clock: Clock) -> Result<App, AppError> {
        App::open_telling(data, port, address, clock, Disk::AsItIs, &|_, _| {}).await
    }

    /// The same, telling how many records are replayed of how many.
    pub async fn open_telling(
        data: &Path,
        port: u16,
        address: Option<&str>,
        clock: Clock,
        disk: Disk,
        progress: &(dyn Fn(u64, u64) + Send + Sync),
    ) -> Result<App, AppError> {
        std::fs::create_dir_all(data).map_err(|e| AppError::Folder(data.display().to_string(), e))?;
        let fatal = |reason: &str| {
            tracing::error!(
                reason,
                "the journal cannot be written; ending, so that nothing is acknowledged that is not kept"
            );
            std::process::exit(EXIT_DISK_FAILED);
        };
        let mut journal: Arc<dyn Journal> = Arc::new(SqliteJournal::open(data, Box::new(fatal))?);
        if let Disk::SlowedBy(by) = disk {
            journal = Arc::new(Slowed::new(journal, by));
        }
        let box_fatal = Arc::new(fatal);
        let vault = Arc::new(Vault::open(data)?);
        let blobs = Arc::new(Blobs::open(data)?);
        let body = BodyHandle::open(journal.clone()).await?;
        let doors = Arc::new(Doors::new(vault.clone(), PublicAddress::new(port, address)?));
        let office = Office::new(data.to_owned(), vault.clone(), blobs.clone(), box_fatal);
        let registry = Registry::new(RegistryParts {
            journal: journal.clone(),
            clock: clock.clone(),
            office: office.clone(),
        });
        let ids: Vec<_> = body.look(|b| b.appraisals.keys().copied().collect());
        let mut records = Vec::with_capacity(ids.len());
        for id in &ids {
            records.push(journal.end(StreamId(*id)).await.map_or(0, |end| end.next_index));
        }
        let (total, mut before) = (records.iter().sum(), 0);
        for (id, records) in ids.into_iter().zip(records) {
            // A case that cannot run is listed as stopped; the log says why.
            let _ = registry
                .create_with(id, &|done| progress(before + done.min(records), total))
                .await;
            before += records;
        }
        let archive = Arc::new(Archive::new(journal.clone(), blobs.clone(), data));
        let outer = Outer::new(OuterParts {
            registry,
            body,
            vault,
            blobs,
            doors,
            office,
            archive,
            clock,
        });
        Ok(App { outer, journal })
    }

    /// What is printed and encoded as this program's address.
    pub fn base(&self) -> String {
        self.outer
            .body
            .look(|b| self.outer.doors.address.base(b.address.as_deref()))
    }

    pub fn router(&self) -> Router {
        let outer = &self.outer;
        let sockets = Sockets::new(
            outer.registry.clone(),
            outer.body.clone(),
            outer.doors.clone(),
            outer.blobs.clone(),
        );
        let socket = Router::new().route("/ws", get(ws::upgrade)).with_state(sockets);
        http::router(self.outer.clone()).merge(socket)
    }

    /// Serves until `stop` resolves; then sockets are told to come back and what was acknowledged is on the disk.
    pub async fn serve(
        self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), AppError> {
        let doors = tokio::spawn(keep_doors(self.clone()));
        let (ended, end) = tokio::sync::watch::channel(false);
        let app = self.clone();
        let stopping = async move {
            stop.await;
            app.outer.registry.stop().await;
            let _ = ended.send(true);
        };
        let serving = http::connections::serve(listener, self.router(), stopping);
        let late = async {
            let mut end = end;
            let _ = end.wait_for(|ended| *ended).await;
            tokio::time::sleep(STOP_WITHIN).await;
        };
        tokio::select! {
            () = serving => {}
            () = late => {}
        }
        doors.abort();
        self.journal.close().await;
        Ok(())
    }
}

/// Shows the hall code of the moment to every case whose sitting may still be joined.
async fn keep_doors(app: App) {
    loop {
        for case in app.outer.registry.all() {
            refresh_door(&app, &case).await;
        }
        tokio::time::sleep(DOOR_EVERY).await;
    }
}

/// Brings a case's door up to date; a code that has not changed is left alone.
pub async fn refresh_door(app: &App, case: &CaseHandle) {
    let joinable = case.look(|c| c.sitting.state != SittingState::Closed && !c.roster.people.is_empty());
    let shown = case.surroundings().door;
    if !joinable {
        if shown.is_some() {
            case.set_door(None).await;
        }
        return;
    }
    let code = app.outer.doors.hall_codes.current(case.id(), app.outer.clock.now_ms());
    let address = app.base();
    if shown.is_some_and(|d| d.code == code.code && d.address == address) {
        return;
    }
    let url = format!("{address}/#h={}", code.code);
    match qr::svg(&url) {
        Ok(svg) => {
            case.set_door(Some(Door {
                code: code.code,
                url,
                address,
                svg,
                expires_at: code.expires_at,
            }))
            .await
        }
        Err(error) => tracing::error!(%error, "no QR code can be made of the hall's address"),
    }
}
