//! Which sockets are open under which session, so that who is signed out is out on them at once.
//! Knows neither sockets nor cases: whoever serves one holds a `Hold` and asks it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

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
    ended: watch::Sender<bool>,
}

/// One open socket's hold on its session, until dropped.
pub struct Hold {
    all: Arc<Holds>,
    number: u64,
    ended: watch::Receiver<bool>,
}

impl Holds {
    pub fn take(self: &Arc<Self>, bearer_hash: [u8; 32], session: Session) -> Hold {
        let (ended, heard) = watch::channel(false);
        let mut inner = self.lock();
        inner.next += 1;
        let number = inner.next;
        let held = Held {
            bearer_hash,
            session,
            ended,
        };
        inner.open.insert(number, held);
        drop(inner);
        Hold {
            all: self.clone(),
            number,
            ended: heard,
        }
    }

    /// Ends those that `out` names. Each is dropped by who holds it.
    pub fn end(&self, out: impl Fn(&[u8; 32], &Session) -> bool) {
        for held in self.lock().open.values() {
            if out(&held.bearer_hash, &held.session) {
                held.ended.send_replace(true);
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
        *self.ended.borrow()
    }

    /// Resolves when the session is signed out.
    pub async fn ended(&self) {
        // The sender is kept until this hold is dropped.
        let _ = self.ended.clone().wait_for(|ended| *ended).await;
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.all.lock().open.remove(&self.number);
    }
}
