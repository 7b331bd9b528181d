//! Writes what waits in many outboxes, a few tasks for all: waking the task of each socket would cost more than the
//! writing. No order among outboxes is kept but that of coming; an outbox is listed once however much waits in it.

use super::Outbox;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::runtime::Handle;
use tokio::task::yield_now;

/// More would only stand in each other's way: a write takes microseconds.
const TASKS_MAX: usize = 2;
/// Outboxes waiting for one task before a second one begins.
const WORTH_ANOTHER_TASK: usize = 64;
/// Outboxes written before others on the same thread have their turn.
const WRITTEN_IN_A_TURN: usize = 32;
/// A longer list gives its memory back once it is empty.
const ROOM_KEPT_FOR: usize = 256;

#[derive(Debug, Default)]
pub struct Carrier(Mutex<Inner>);

/// Bounded by the number of sockets: none is in it twice.
#[derive(Debug, Default)]
struct Inner {
    listed: VecDeque<Arc<Outbox>>,
    tasks: usize,
}

impl Carrier {
    pub(super) fn list(self: &Arc<Self>, outbox: Arc<Outbox>) {
        let Ok(runtime) = Handle::try_current() else {
            return outbox.write(&mut Vec::new());
        };
        let mut inner = self.lock();
        inner.listed.push_back(outbox);
        if inner.tasks < TASKS_MAX && inner.listed.len() > inner.tasks * WORTH_ANOTHER_TASK {
            inner.tasks += 1;
            drop(inner);
            runtime.spawn(carry(Task {
                carrier: self.clone(),
                runs: true,
            }));
        }
    }

    #[cfg(test)]
    pub(super) fn waiting(&self) -> usize {
        self.lock().listed.len()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One running task, counted until it ends in whatever way.
struct Task {
    carrier: Arc<Carrier>,
    runs: bool,
}

impl Drop for Task {
    fn drop(&mut self) {
        if self.runs {
            self.carrier.lock().tasks -= 1;
        }
    }
}

async fn carry(mut task: Task) {
    let carrier = task.carrier.clone();
    let (mut scratch, mut turn) = (Vec::new(), Vec::with_capacity(WRITTEN_IN_A_TURN));
    loop {
        {
            let mut inner = carrier.lock();
            let listed = inner.listed.len().min(WRITTEN_IN_A_TURN);
            turn.extend(inner.listed.drain(..listed));
            if turn.is_empty() {
                // Within the lock: who lists one after this finds no task and begins another.
                inner.tasks -= 1;
                task.runs = false;
                if inner.listed.capacity() > ROOM_KEPT_FOR {
                    inner.listed = VecDeque::new();
                }
                return;
            }
        }
        turn.drain(..)
            .for_each(|outbox: Arc<Outbox>| outbox.write(&mut scratch));
        yield_now().await;
    }
}
