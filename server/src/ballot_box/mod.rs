//! The ballot box: the unordered store of one round's secret casts, one SQLite file a round, keyed by the vote's own
//! key. Keeps nothing that orders or times them: no row id, no time, no log line; batches are sorted before they are
//! written. What was answered is on the disk. One `BallotBox` a file, in the process that holds the data folder.

mod queue;
mod store;
mod writer;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{oneshot, watch};

use self::queue::{Job, Queue};
use self::store::Store;
use self::writer::Writer;
use crate::secrecy::{Cast, Round};
use crate::sqlite_file::OpenError;

const FOLDER: &str = "boxes";

/// Called on the writer's thread with the reason, before anybody is answered. The program logs it and aborts: after a
/// failed commit the page cache no longer tells what is on the disk.
pub type OnFatal = Arc<dyn Fn(&str) + Send + Sync>;

/// What became of a cast. All three are a success and earn the same receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    New,
    /// It took the place of one with a lower sequence number.
    Replaced,
    /// It was there already: a repeat after a lost answer.
    Same,
}

/// Which of two casts of one key stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The one with the higher sequence number: a vote may be changed until the close.
    Last,
    /// The one that is there: the first press counts. Of casts in one batch, the one with the lowest number.
    First,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BoxError {
    #[error("a later cast of this key is in the box")]
    Older,
    #[error("an earlier cast of this key is in the box, and it counts")]
    Taken,
    #[error("another cast of this key has the same sequence number")]
    OtherContent,
    #[error("the box is frozen")]
    Frozen,
    #[error("the box holds as many casts as it may ({max})")]
    Full { max: usize },
    #[error("too many casts are waiting; try again")]
    Busy,
    #[error("the box is closed")]
    Closed,
    #[error("the box cannot be read or written: {reason}")]
    Failed { reason: String },
}

pub struct BallotBox {
    queue: Arc<Queue>,
    count: Arc<AtomicUsize>,
    path: PathBuf,
    choices_at_open: HashMap<[u8; 32], (u32, Vec<u8>)>,
    /// Never carries anything: it ends with the writer's thread.
    writer_runs: watch::Receiver<()>,
}

impl BallotBox {
    /// Opens the round's box below the data folder, or makes an empty one. Blocks on the disk.
    pub fn open(data: &Path, round: Round, on_fatal: OnFatal) -> Result<BallotBox, OpenError> {
        let path = path_of(data, round);
        let (store, kept) = Store::open(&path)?;
        let count = Arc::new(AtomicUsize::new(store.count()));
        let choice = |cast: Cast| (cast.vote_pk, (cast.seq, cast.choices));
        let choices_at_open = kept.into_iter().map(choice).collect();
        let queue = Arc::new(Queue::default());
        let (running, writer_runs) = watch::channel(());
        let writer = Writer::new(store, Arc::clone(&queue), Arc::clone(&count), on_fatal);
        let started = std::thread::Builder::new().name("ballot-box".into()).spawn(move || {
            writer.run();
            drop(running);
        });
        started.map_err(|source| OpenError::Io {
            path: path.clone(),
            source,
        })?;
        Ok(BallotBox {
            queue,
            count,
            path,
            choices_at_open,
            writer_runs,
        })
    }

    /// Answers when the cast is on the disk. Checks nothing of it: that is `Cast::check`'s, before.
    pub async fn put(&self, cast: Cast, keep: Keep) -> Result<Put, BoxError> {
        self.ask(|reply| Job::Put { cast, keep, reply }).await
    }

    /// Casts on the disk.
    pub fn count(&self) -> usize {
        self.count.load(Ordering::Acquire)
    }

    /// Sequence number and choices of every cast that was in the box when it was opened: what a live tally starts from.
    /// In memory only, like all that is counted before the sealing.
    pub fn choices_at_open(&self) -> HashMap<[u8; 32], (u32, Vec<u8>)> {
        self.choices_at_open.clone()
    }

    /// Lets in what was put before, then nothing more, across restarts. Answers with all casts by key. Idempotent.
    pub async fn freeze(&self) -> Result<Vec<Cast>, BoxError> {
        self.ask(|reply| Job::Freeze { reply }).await
    }

    /// Writes the file anew in the order of the keys and wipes the old one: the same casts give the same bytes in
    /// whatever order and batches they came, and nothing is left of replaced ones. Idempotent.
    pub async fn vacuum(&self) -> Result<(), BoxError> {
        self.ask(|reply| Job::Vacuum { reply }).await
    }

    /// Answers what waits, lets go of the file and returns when the thread is gone.
    pub async fn close(&self) {
        self.queue.shut(&BoxError::Closed);
        let mut writer_runs = self.writer_runs.clone();
        while writer_runs.changed().await.is_ok() {}
    }

    /// For a voided round: closes, then overwrites and removes the file. `destroy` does the same without a box.
    pub async fn destroy(&self) -> std::io::Result<()> {
        self.close().await;
        let path = self.path.clone();
        tokio::task::spawn_blocking(move || store::destroy(&path))
            .await
            .map_err(std::io::Error::other)?
    }

    async fn ask<T>(&self, job: impl FnOnce(oneshot::Sender<Result<T, BoxError>>) -> Job) -> Result<T, BoxError> {
        let (reply, answer) = oneshot::channel();
        self.queue.push(job(reply));
        let gone = |_| {
            Err(BoxError::Failed {
                reason: "the writer is gone".into(),
            })
        };
        answer.await.unwrap_or_else(gone)
    }
}

impl Drop for BallotBox {
    fn drop(&mut self) {
        self.queue.shut(&BoxError::Closed);
    }
}

/// Overwrites and removes the files of a round whose box is not open, whatever state a crash left them in. Nothing
/// there is a success. Blocks on the disk.
pub fn destroy(data: &Path, round: Round) -> std::io::Result<()> {
    store::destroy(&path_of(data, round))
}

/// Whether the round has a box, without making one.
pub fn exists(data: &Path, round: Round) -> bool {
    path_of(data, round).exists()
}

fn path_of(data: &Path, round: Round) -> PathBuf {
    data.join(FOLDER)
        .join(format!("{}-{}-{}.db", round.appraisal, round.ballot, round.number))
}
