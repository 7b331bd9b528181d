//! Sockets of which nobody knows whose they are: before their hello, and the public's. At the bound the oldest goes: a
//! phone says hello within a moment, a script that only holds places is the older one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

pub(super) struct Strangers {
    max: usize,
    /// By arrival.
    inner: Mutex<(u64, BTreeMap<u64, Arc<Notify>>)>,
}

/// One of them, until dropped.
pub(super) struct Stranger {
    all: Arc<Strangers>,
    number: u64,
    sent_away: Arc<Notify>,
}

impl Strangers {
    pub fn new(max: usize) -> Strangers {
        Strangers {
            max,
            inner: Mutex::default(),
        }
    }

    /// Lets one in, and sends the oldest away where there are too many.
    pub fn enter(self: &Arc<Self>) -> Stranger {
        let sent_away = Arc::new(Notify::new());
        let mut inner = self.lock();
        inner.0 += 1;
        let number = inner.0;
        inner.1.insert(number, sent_away.clone());
        while inner.1.len() > self.max {
            if let Some((_, oldest)) = inner.1.pop_first() {
                oldest.notify_one();
            }
        }
        drop(inner);
        Stranger {
            all: self.clone(),
            number,
            sent_away,
        }
    }

    fn lock(&self) -> MutexGuard<'_, (u64, BTreeMap<u64, Arc<Notify>>)> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stranger {
    /// Resolves when it must make room.
    pub async fn sent_away(&self) {
        self.sent_away.notified().await;
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        self.all.lock().1.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    #[test]
    fn who_only_holds_places_makes_room_for_who_comes() {
        let strangers = Arc::new(Strangers::new(2));
        let (silent, silent_too) = (strangers.enter(), strangers.enter());
        drop(strangers.enter());
        assert!(silent.sent_away().now_or_never().is_some());
        assert!(silent_too.sent_away().now_or_never().is_none());
        let (third, fourth) = (strangers.enter(), strangers.enter());
        assert!(silent_too.sent_away().now_or_never().is_some());
        assert!(third.sent_away().now_or_never().is_none() && fourth.sent_away().now_or_never().is_none());
    }
}
