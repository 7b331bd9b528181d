//! The only place that reads the clock. Tests give their own.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970 UTC: from the machine, apart from it, or set by hand.
#[derive(Clone, Debug, Default)]
pub struct Clock(Source);

#[derive(Clone, Debug, Default)]
enum Source {
    #[default]
    Machine,
    /// The machine's, so many milliseconds later.
    Apart(Arc<AtomicI64>),
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands until it is moved.
    pub fn manual(start_ms: i64) -> (Clock, Arc<AtomicI64>) {
        let hand = Arc::new(AtomicI64::new(start_ms));
        (Clock(Source::Manual(hand.clone())), hand)
    }

    /// A clock that runs with the machine's, as far apart from it as the other value says. A demonstration lives
    /// through its past by it.
    pub fn apart(ms: i64) -> (Clock, Arc<AtomicI64>) {
        let apart = Arc::new(AtomicI64::new(ms));
        (Clock(Source::Apart(apart.clone())), apart)
    }

    pub fn now_ms(&self) -> i64 {
        match &self.0 {
            Source::Machine => machine_ms(),
            Source::Apart(ms) => machine_ms().saturating_add(ms.load(Ordering::SeqCst)),
            Source::Manual(hand) => hand.load(Ordering::SeqCst),
        }
    }
}

fn machine_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX))
}
