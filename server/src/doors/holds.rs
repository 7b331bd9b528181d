//! Which sockets are open under which session, so that who is signed out is out on them at once.
//! Knows neither sockets nor cases: whoever serves one holds a `Hold` and asks it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Session;

/// All that are open.
#[derive(Default)]
pub(super) struct Holds(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    next: u64,
    open: BTreeMap<u64, Held>,
}

struct Held {
    bearer_hash: [u8; 32],
    session: Session,
    end: Arc<End>,
}

struct End {
    ended: AtomicBool,
    /// Tells whoever holds.
    tell: Box<dyn Fn() + Send + Sync>,
}

/// One open socket's hold on its session, until dropped.
pub struct Hold {
    all: Arc<Holds>,
    number: u64,
    end: Arc<End>,
}

impl Holds {
    pub fn take(
        self: &Arc<Self>,
        bearer_hash: [u8; 32],
        session: Session,
        tell: impl Fn() + Send + Sync + 'static,
    ) -> Hold {
        let end = Arc::new(End {
            ended: AtomicBool::new(false),
            tell: Box::new(tell),
        });
        let mut inner = self.lock();
        inner.next += 1;
        let number = inner.next;
        let held = Held {
            bearer_hash,
            session,
            end: end.clone(),
        };
        inner.open.insert(number, held);
        drop(inner);
        Hold {
            all: self.clone(),
            number,
            end,
        }
    }

    /// Ends those that `out` names. Each is dropped by who holds it.
    pub fn end(&self, out: impl Fn(&[u8; 32], &Session) -> bool) {
        for held in self.lock().open.values() {
            if out(&held.bearer_hash, &held.session) {
                held.end.ended.store(true, Ordering::Release);
                (held.end.tell)();
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Hold {
    /// To be asked before anything is done in the session's name.
    pub fn is_ended(&self) -> bool {
        self.end.ended.load(Ordering::Acquire)
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.all.lock().open.remove(&self.number);
    }
}
