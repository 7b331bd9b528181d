//! Sockets of which nobody knows whose they are: before their hello, and the public's. At the bound the oldest goes: a
//! phone says hello within a moment, a script that only holds places is the older one.

use crate::hub::Outbox;
use crate::protocol::CloseCode;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(super) struct Strangers {
    max: usize,
    /// By arrival.
    inner: Mutex<(u64, BTreeMap<u64, Arc<Outbox>>)>,
}

/// One of them, until dropped.
pub(super) struct Stranger {
    all: Arc<Strangers>,
    number: u64,
}

impl Strangers {
    pub fn new(max: usize) -> Strangers {
        Strangers {
            max,
            inner: Mutex::default(),
        }
    }

    /// Lets one in, and sends the oldest away where there are too many.
    pub fn enter(self: &Arc<Self>, outbox: &Arc<Outbox>) -> Stranger {
        let mut inner = self.lock();
        inner.0 += 1;
        let number = inner.0;
        inner.1.insert(number, outbox.clone());
        while inner.1.len() > self.max {
            if let Some((_, oldest)) = inner.1.pop_first() {
                oldest.close(CloseCode::TooBusy);
            }
        }
        drop(inner);
        Stranger {
            all: self.clone(),
            number,
        }
    }

    fn lock(&self) -> MutexGuard<'_, (u64, BTreeMap<u64, Arc<Outbox>>)> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
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
        let outboxes: [Arc<Outbox>; 5] = Default::default();
        let sent_away = || {
            outboxes
                .each_ref()
                .map(|outbox| outbox.next().now_or_never() == Some(Err(CloseCode::TooBusy)))
        };
        let _silent = [strangers.enter(&outboxes[0]), strangers.enter(&outboxes[1])];
        drop(strangers.enter(&outboxes[2]));
        assert_eq!(sent_away(), [true, false, false, false, false]);
        let _more = [strangers.enter(&outboxes[3]), strangers.enter(&outboxes[4])];
        assert_eq!(sent_away(), [true, true, false, false, false]);
    }
}
