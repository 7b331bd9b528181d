//! The one thread that writes a box. What queues while a commit is on its way to the disk is the next batch; a batch
//! is sorted by key before anything is written, so the file never sees the order of arrival within it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::queue::{Queue, Reply, Work};
use super::store::{Store, StoreError};
use super::{BoxError, Keep, OnFatal, Put};
use crate::limits::BOX_BATCH_CASTS_MAX;
use crate::secrecy::Cast;

pub(super) struct Writer {
    store: Store,
    queue: Arc<Queue>,
    count: Arc<AtomicUsize>,
    on_fatal: OnFatal,
}

/// Held over the loop: a panic in it must not leave callers waiting for a thread that is gone.
struct Abandon<'a> {
    queue: &'a Queue,
    on_fatal: &'a OnFatal,
}

impl Drop for Abandon<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            (self.on_fatal)("the ballot box's writer panicked");
            self.queue.abandon(&BoxError::Failed {
                reason: "the writer panicked".into(),
            });
        }
    }
}

impl Writer {
    pub(super) fn new(store: Store, queue: Arc<Queue>, count: Arc<AtomicUsize>, on_fatal: OnFatal) -> Writer {
        Writer {
            store,
            queue,
            count,
            on_fatal,
        }
    }

    /// Ends when the queue is shut and empty, or at the first failed commit.
    pub(super) fn run(self) {
        let Writer {
            mut store,
            queue,
            count,
            on_fatal,
        } = self;
        let guard = Abandon {
            queue: &queue,
            on_fatal: &on_fatal,
        };
        while let Some(work) = queue.take(BOX_BATCH_CASTS_MAX) {
            let done = match work {
                Work::Puts(batch) => put_all(&mut store, &count, batch, &on_fatal),
                Work::Freeze(reply) => answer(store.freeze(), reply, &on_fatal),
                Work::Vacuum(reply) => answer(store.rewrite(), reply, &on_fatal),
            };
            if let Err(failed) = done {
                queue.abandon(&failed);
                break;
            }
        }
        drop(guard);
    }
}

fn put_all(
    store: &mut Store,
    count: &AtomicUsize,
    mut batch: Vec<((Cast, Keep), Reply<Put>)>,
    on_fatal: &OnFatal,
) -> Result<(), BoxError> {
    // By key, then sequence number, then content: none of these knows who came first.
    batch.sort_by(|((a, _), _), ((b, _), _)| (a.vote_pk, a.seq, a).cmp(&(b.vote_pk, b.seq, b)));
    let (casts, replies): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
    match store.put(&casts) {
        Ok(outcomes) => {
            count.store(store.count(), Ordering::Release);
            for (reply, outcome) in replies.into_iter().zip(outcomes) {
                // Whoever asked may have left: then nobody needs the answer.
                drop(reply.send(outcome));
            }
            Ok(())
        }
        Err(error) => {
            // The hook comes first: nobody may be told anything by a process that should be dead.
            let reason = error.to_string();
            on_fatal(&reason);
            let failed = BoxError::Failed { reason };
            for reply in replies {
                drop(reply.send(Err(failed.clone())));
            }
            Err(failed)
        }
    }
}

/// A failed read is told; a failed commit ends the thread.
fn answer<T>(result: Result<T, StoreError>, reply: Reply<T>, on_fatal: &OnFatal) -> Result<(), BoxError> {
    let (answer, ended) = match result {
        Ok(value) => (Ok(value), Ok(())),
        Err(error) => {
            let failed = BoxError::Failed {
                reason: error.to_string(),
            };
            let ended = match error {
                StoreError::Read(_) => Ok(()),
                StoreError::Write(_) | StoreError::Rewrite(_) => {
                    on_fatal(&error.to_string());
                    Err(failed.clone())
                }
            };
            (Err(failed), ended)
        }
    };
    drop(reply.send(answer));
    ended
}
