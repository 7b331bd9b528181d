//! What the program has done since its start, counted for whoever runs it; `GET /metrics` prints it to the machine itself.
//! Nothing here may count, order or time a secret cast: no figure of boxes, of their commits, or of plain calls.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

/// One figure. Counters only grow; a level also falls.
#[derive(Debug)]
pub struct Meter {
    name: &'static str,
    help: &'static str,
    kind: Kind,
    value: AtomicU64,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Counter,
    Level,
}

impl Meter {
    const fn counter(name: &'static str, help: &'static str) -> Meter {
        Meter {
            name,
            help,
            kind: Kind::Counter,
            value: AtomicU64::new(0),
        }
    }

    const fn level(name: &'static str, help: &'static str) -> Meter {
        Meter {
            kind: Kind::Level,
            ..Meter::counter(name, help)
        }
    }

    pub fn add(&self, n: usize) {
        self.value.fetch_add(n as u64, Ordering::Relaxed);
    }

    /// Levels only.
    pub fn take(&self, n: usize) {
        self.value.fetch_sub(n as u64, Ordering::Relaxed);
    }
}

pub static SOCKETS: Meter = Meter::level("pingyi_sockets", "Open sockets.");
pub static SLOW_READERS: Meter = Meter::counter("pingyi_slow_readers_total", "Sockets closed for reading too slowly.");
pub static ENCODINGS: Meter = Meter::counter("pingyi_encodings_total", "Messages encoded, shared and own.");
pub static SHARED_ENCODINGS: Meter = Meter::counter(
    "pingyi_shared_encodings_total",
    "Messages encoded once for all screens of an audience.",
);
pub static SHARED_FRAMES: Meter = Meter::counter("pingyi_shared_frames_total", "Shared messages given to sockets.");
pub static SHARED_BYTES: Meter = Meter::counter("pingyi_shared_bytes_total", "Their bytes.");
pub static FRAMES: Meter = Meter::counter("pingyi_frames_total", "Messages given to sockets, shared and own.");
pub static FRAME_BYTES: Meter = Meter::counter("pingyi_frame_bytes_total", "Their bytes.");
pub static WRITES: Meter = Meter::counter(
    "pingyi_writes_total",
    "Writes to sockets; what waits together goes in one.",
);
pub static COMMITS: Meter = Meter::counter("pingyi_journal_commits_total", "Commits of the journal.");
pub static RECORDS: Meter = Meter::counter("pingyi_journal_records_total", "Records in them.");
pub static RECORD_BYTES: Meter = Meter::counter("pingyi_journal_bytes_total", "Their bytes.");

static ALL: [&Meter; 12] = [
    &SOCKETS,
    &SLOW_READERS,
    &ENCODINGS,
    &SHARED_ENCODINGS,
    &SHARED_FRAMES,
    &SHARED_BYTES,
    &FRAMES,
    &FRAME_BYTES,
    &WRITES,
    &COMMITS,
    &RECORDS,
    &RECORD_BYTES,
];

/// All figures in the text format of Prometheus.
pub fn text() -> String {
    let mut out = String::new();
    for meter in ALL {
        let Meter { name, help, kind, .. } = meter;
        let kind = match kind {
            Kind::Counter => "counter",
            Kind::Level => "gauge",
        };
        let value = meter.value.load(Ordering::Relaxed);
        let _ = write!(out, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}\n");
    }
    out
}
