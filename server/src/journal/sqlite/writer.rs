//! The one thread that writes the journal. While a commit is on its way to the disk the next batch collects by itself,
//! so there is no timer; every frame of a batch, of whichever stream, shares one fsync.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::OnFatal;
use super::pages;
use crate::journal::chain::{Chain, record_digest};
use crate::journal::queue::{Job, Queue};
use crate::journal::{AppendError, Appended, Frame, Snapshot, StreamId};
use crate::limits::{JOURNAL_BATCH_FRAMES_MAX, JOURNAL_HEADS_KEPT_MAX};
use crate::meters;

pub(super) struct Writer {
    conn: Connection,
    queue: Arc<Queue>,
    on_fatal: OnFatal,
    heads: HashMap<StreamId, Chain>,
}

/// Held over the loop: a panic in it must not leave callers waiting for a thread that is gone.
struct Abandon<'a> {
    queue: &'a Queue,
    on_fatal: &'a OnFatal,
}

impl Drop for Abandon<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            (self.on_fatal)("the journal's writer panicked");
            self.queue.abandon(&AppendError::Failed {
                reason: "the writer panicked".into(),
            });
        }
    }
}

impl Writer {
    pub(super) fn new(conn: Connection, queue: Arc<Queue>, on_fatal: OnFatal) -> Self {
        Self {
            conn,
            queue,
            on_fatal,
            heads: HashMap::new(),
        }
    }

    /// Ends when the queue is shut and empty, or at the first failure.
    pub(super) fn run(self) {
        let Self {
            mut conn,
            queue,
            on_fatal,
            mut heads,
        } = self;
        let guard = Abandon {
            queue: &queue,
            on_fatal: &on_fatal,
        };
        while let Some(batch) = queue.take(JOURNAL_BATCH_FRAMES_MAX) {
            match commit(&mut conn, &mut heads, &batch) {
                Ok(appended) => answer(batch, appended),
                Err(error) => {
                    // The hook comes first: nobody may be told anything by a process that should be dead.
                    let reason = error.to_string();
                    on_fatal(&reason);
                    let failed = AppendError::Failed { reason };
                    queue.abandon(&failed);
                    batch.into_iter().for_each(|job| job.fail(failed.clone()));
                    break;
                }
            }
        }
        drop(guard);
        if let Err((_, error)) = conn.close() {
            tracing::warn!(%error, "the journal's file was not closed cleanly");
        }
    }
}

/// One transaction for all of `batch`. Answers for its frames, in their order.
fn commit(
    conn: &mut Connection,
    heads: &mut HashMap<StreamId, Chain>,
    batch: &[Job],
) -> rusqlite::Result<Vec<Appended>> {
    if heads.len() > JOURNAL_HEADS_KEPT_MAX {
        heads.clear();
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut appended = Vec::with_capacity(batch.len());
    for job in batch {
        match job {
            Job::Append { stream, frame, .. } => appended.push(append(&tx, heads, *stream, frame)?),
            Job::Snapshot { stream, snapshot, .. } => put_snapshot(&tx, *stream, snapshot)?,
        }
    }
    tx.commit()?;
    count(batch);
    Ok(appended)
}

fn count(batch: &[Job]) {
    meters::COMMITS.add(1);
    for job in batch {
        if let Job::Append { frame, .. } = job {
            meters::RECORDS.add(frame.records.len());
            meters::RECORD_BYTES.add(frame.bytes());
        }
    }
}

fn append(
    tx: &Transaction<'_>,
    heads: &mut HashMap<StreamId, Chain>,
    stream: StreamId,
    frame: &Frame,
) -> rusqlite::Result<Appended> {
    let mut chain = match heads.get(&stream) {
        Some(chain) => *chain,
        None => pages::stored_chain(tx, stream)?,
    };
    let first_index = chain.next_index;
    let mut insert = tx.prepare_cached(
        "INSERT INTO entries (stream, idx, frame, behaviour, id, data, digest, link)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for record in &frame.records {
        let sealed = chain.seal(record.id, &record.data);
        insert.execute(params![
            stream.0.as_bytes(),
            sealed.index,
            first_index,
            frame.behaviour,
            record.id.as_bytes(),
            &record.data[..],
            sealed.digest.0,
            sealed.link.0,
        ])?;
    }
    heads.insert(stream, chain);
    Ok(Appended {
        first_index,
        head: chain.head,
    })
}

fn put_snapshot(tx: &Transaction<'_>, stream: StreamId, snapshot: &Snapshot) -> rusqlite::Result<()> {
    tx.prepare_cached("INSERT OR REPLACE INTO snapshots (stream, idx, tag, digest, data) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![
            stream.0.as_bytes(),
            snapshot.index,
            snapshot.tag,
            record_digest(&snapshot.data).0,
            &snapshot.data[..],
        ])?;
    Ok(())
}

fn answer(batch: Vec<Job>, appended: Vec<Appended>) {
    let mut appended = appended.into_iter();
    for job in batch {
        // Whoever asked may have left: then nobody needs the answer.
        match job {
            Job::Append { reply, .. } => drop(reply.send(appended.next().ok_or_else(lost_count))),
            Job::Snapshot { reply, .. } => drop(reply.send(Ok(()))),
        }
    }
}

/// Should `commit` ever answer fewer than it was given, nobody may take his frame for stored.
fn lost_count() -> AppendError {
    AppendError::Failed {
        reason: "the writer lost count".into(),
    }
}
