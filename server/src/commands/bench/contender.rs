//! Who is measured in one run: this program, the bare limit, and what a web developer would write. Each is a process of
//! its own, started anew for every pass, and idle while another is measured.

use super::BenchError;
use super::chair::{Chair, QUESTIONS_TO_TAP};
use super::crowd::Crowd;
use super::dialect::Dialect;
use super::hall::{Hall, JOINS_AT_ONCE, WITHIN, frame};
use super::process::{Process, free_port};
use pingyi_core::command::Command as Order;
use pingyi_core::inquiry::Visibility;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Pingyi,
    Limit,
    SocketIo,
    Ws,
}

impl Name {
    pub(super) const fn shown(self) -> &'static str {
        match self {
            Name::Pingyi => "pingyi",
            Name::Limit => "bare limit",
            Name::SocketIo => "Socket.IO",
            Name::Ws => "Node ws",
        }
    }

    pub(super) const fn dialect(self) -> Dialect {
        match self {
            Name::Pingyi => Dialect::Pingyi,
            Name::Limit | Name::Ws => Dialect::Plain,
            Name::SocketIo => Dialect::SocketIo,
        }
    }
}

/// The programs to compare with, as far as they are there.
#[derive(Debug)]
pub(super) struct Baselines {
    limit: Option<PathBuf>,
    peers: Option<PathBuf>,
}

impl Baselines {
    /// The limit lies beside this program; the peers are looked for below `folder`, installed.
    pub(super) fn find(folder: &Path) -> Result<Baselines, BenchError> {
        let limit = beside("bench-limit")?;
        let peers = folder.join("peer");
        Ok(Baselines {
            limit: limit.is_file().then_some(limit),
            peers: peers.join("node_modules").is_dir().then_some(peers),
        })
    }

    /// What speaks TLS for the phones, if it was built.
    pub(super) fn tunnel() -> Result<Option<PathBuf>, BenchError> {
        let tunnel = beside("bench-tls")?;
        Ok(tunnel.is_file().then_some(tunnel))
    }

    pub(super) fn names(&self) -> Vec<Name> {
        let mut names = vec![Name::Pingyi];
        names.extend(self.limit.is_some().then_some(Name::Limit));
        if self.peers.is_some() {
            names.extend([Name::SocketIo, Name::Ws]);
        }
        names
    }

    /// How to get what is missing.
    pub(super) fn missing(&self) -> Vec<&'static str> {
        let mut missing = Vec::new();
        if self.limit.is_none() {
            missing.push("no bare limit to compare with: cargo build --release -p pingyi-bench-limit");
        }
        if self.peers.is_none() {
            missing.push("no Node programs to compare with: npm ci --prefix tests/bench/peer");
        }
        missing
    }

    /// Starts a baseline with an empty store in `folder`.
    pub(super) fn start(&self, name: Name, folder: &Path) -> Result<Process, BenchError> {
        let at = free_port()?;
        let missing = || BenchError::Ended(format!("nothing: {} is not there", name.shown()));
        let mut command = match name {
            Name::Limit => Command::new(self.limit.as_ref().ok_or_else(missing)?),
            Name::SocketIo | Name::Ws | Name::Pingyi => {
                let script = if name == Name::SocketIo { "socketio.js" } else { "ws.js" };
                let mut node = Command::new("node");
                node.arg(self.peers.as_ref().ok_or_else(missing)?.join(script));
                node
            }
        };
        command.arg(at.port().to_string()).arg(folder.join("store.db"));
        Process::start(command, at, None)
    }
}

/// A program built with this one.
fn beside(name: &str) -> Result<PathBuf, BenchError> {
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    Ok(std::env::current_exe()?.with_file_name(name))
}

/// A contender with its phones joined, whatever it is.
pub(super) struct Running<'a> {
    pub name: Name,
    pub process: Process,
    pub crowd: Crowd,
    hall: &'a Hall,
    chair: Option<Chair>,
    round: usize,
    _store: Option<tempfile::TempDir>,
}

impl<'a> Running<'a> {
    /// Starts it and lets nobody in yet.
    pub(super) fn start(
        name: Name,
        baselines: &Baselines,
        hall: &'a Hall,
        phones: usize,
    ) -> Result<Running<'a>, BenchError> {
        if name == Name::Pingyi {
            return Running::over(hall, hall.serve()?, phones);
        }
        let store = tempfile::Builder::new().prefix("pingyi-bench-").tempdir()?;
        let process = baselines.start(name, store.path())?;
        let crowd = Crowd::new(process.at, name.dialect(), vec![Vec::new(); phones])?;
        Ok(Running::with(name, hall, process, crowd, Some(store)))
    }

    /// This program, already served.
    pub(super) fn over(hall: &'a Hall, process: Process, phones: usize) -> Result<Running<'a>, BenchError> {
        let crowd = hall.phones(&process, phones)?;
        Ok(Running::with(Name::Pingyi, hall, process, crowd, None))
    }

    fn with(name: Name, hall: &'a Hall, process: Process, crowd: Crowd, store: Option<tempfile::TempDir>) -> Self {
        Running {
            name,
            process,
            crowd,
            hall,
            chair: None,
            round: 0,
            _store: store,
        }
    }

    pub(super) fn join_all(&mut self) -> Result<Duration, BenchError> {
        let took = self.crowd.join_all(JOINS_AT_ONCE, WITHIN)?;
        if self.name == Name::Pingyi && self.chair.is_none() {
            self.chair = Some(Chair::take_seat(self.hall, &self.process)?);
        }
        Ok(took)
    }

    /// Waits until nobody has heard anything for a while.
    pub(super) fn settle(&mut self, quiet: Duration) -> Result<(), BenchError> {
        self.crowd.settle(quiet, WITHIN)?;
        match &mut self.chair {
            Some(chair) => chair.listen(),
            None => Ok(()),
        }
    }

    /// Tells every phone one thing. The answer is until the last one heard it.
    pub(super) fn change(&mut self) -> Result<Duration, BenchError> {
        self.settle(Duration::from_millis(120))?;
        self.crowd.forget();
        let began = std::time::Instant::now();
        self.tap()?;
        self.crowd.until("told", self.crowd.len(), WITHIN, |h| h.reached)?;
        Ok(self.crowd.heard.last_at - began)
    }

    /// A vote of every member, to be said later.
    pub(super) fn votes(&mut self) -> Vec<Vec<u8>> {
        self.round += 1;
        let choice = u32::try_from(self.round % 3).unwrap_or(0);
        match self.name {
            Name::Pingyi => self.hall.votes(1, choice),
            other => vec![super::wire::text(&other.dialect().vote(self.round)); self.hall.case.devices.len()],
        }
    }

    /// Before the first pass: everybody is in, checked in, and the ballot is open.
    pub(super) fn convene(&mut self) -> Result<(), BenchError> {
        self.join_all()?;
        self.crowd.storm(&self.hall.each(&Order::CheckIn {}), WITHIN)?;
        for _ in 0..QUESTIONS_TO_TAP {
            let ask = Order::AskQuestion {
                subject: None,
                visibility: Visibility::Named,
                text: "农村学校大班额什么时候能够消除？".into(),
            };
            self.crowd.storm(&[frame(Uuid::new_v4(), ask)], WITHIN)?;
        }
        match &mut self.chair {
            Some(chair) => {
                chair.present(1)?;
                chair.open(1)
            }
            None => Ok(()),
        }
    }

    /// The chair's tap, of which every phone hears.
    pub(super) fn tap(&mut self) -> Result<(), BenchError> {
        match &mut self.chair {
            Some(chair) => chair.tap(self.hall),
            None => self.crowd.say(0, &super::wire::text(self.name.dialect().tap())),
        }
    }
}
