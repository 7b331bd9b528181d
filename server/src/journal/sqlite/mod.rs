//! The embedded journal: one SQLite file, one writer thread, group commit without linger, reads beside it.
//! A failed commit ends the process (through `OnFatal`): after it the page cache no longer tells what is on the disk.

mod pages;
mod writer;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};
use rusqlite::Connection;
use tokio::sync::{oneshot, watch};

use self::writer::Writer;
use super::queue::{Job, Queue};
use super::{AppendError, Appended, End, Entry, Frame, Journal, ReadError, Snapshot, StreamId};
use crate::sqlite_file::{self, Layout, OpenError};

const FILE_NAME: &str = "journal.db";
/// Beside the file, for SQLite's own locks come and go with each transaction.
const LOCK_NAME: &str = "journal.lock";
const LAYOUT: Layout = Layout {
    version: 1,
    schema: "
        CREATE TABLE entries (
            stream    BLOB    NOT NULL,
            idx       INTEGER NOT NULL,
            frame     INTEGER NOT NULL,
            behaviour INTEGER NOT NULL,
            id        BLOB    NOT NULL,
            data      BLOB    NOT NULL,
            digest    BLOB    NOT NULL,
            link      BLOB    NOT NULL,
            PRIMARY KEY (stream, idx)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE snapshots (
            stream BLOB    NOT NULL PRIMARY KEY,
            idx    INTEGER NOT NULL,
            tag    TEXT    NOT NULL,
            digest BLOB    NOT NULL,
            data   BLOB    NOT NULL
        ) STRICT, WITHOUT ROWID;
    ",
};

/// Called on the writer thread with the reason, before anybody is answered. The program logs it and aborts.
pub type OnFatal = Box<dyn Fn(&str) + Send + Sync>;

pub struct SqliteJournal {
    queue: Arc<Queue>,
    /// Absent once closed.
    reader: Arc<Mutex<Option<Connection>>>,
    /// Never carries anything: it ends with the writer thread.
    writer_runs: watch::Receiver<()>,
}

impl SqliteJournal {
    /// Opens `journal.db` in `folder` and holds the folder against other processes until closed.
    pub fn open(folder: &Path, on_fatal: OnFatal) -> Result<Self, OpenError> {
        let lock = sqlite_file::lock(&folder.join(LOCK_NAME))?;
        let path = folder.join(FILE_NAME);
        let conn = sqlite_file::open(&path, LAYOUT)?;
        let reader = sqlite_file::open_reader(&path)?;
        let queue = Arc::new(Queue::default());
        let (running, writer_runs) = watch::channel(());
        let writer = Writer::new(conn, Arc::clone(&queue), on_fatal);
        std::thread::Builder::new()
            .name("journal".into())
            .spawn(move || {
                writer.run();
                drop(lock);
                drop(running);
            })
            .map_err(|source| OpenError::Io { path, source })?;
        Ok(Self {
            queue,
            reader: Arc::new(Mutex::new(Some(reader))),
            writer_runs,
        })
    }

    /// Off the async threads, for a page read takes milliseconds and may meet a slow disk.
    fn reading<T: Send + 'static>(
        &self,
        what: impl FnOnce(&Connection) -> Result<T, ReadError> + Send + 'static,
    ) -> BoxFuture<'static, Result<T, ReadError>> {
        let reader = Arc::clone(&self.reader);
        async move {
            let read = move || {
                let reader = reader.lock().unwrap_or_else(PoisonError::into_inner);
                reader.as_ref().ok_or(ReadError::Closed).and_then(what)
            };
            match tokio::task::spawn_blocking(read).await {
                Ok(result) => result,
                Err(lost) => Err(ReadError::Failed {
                    reason: lost.to_string(),
                }),
            }
        }
        .boxed()
    }
}

impl Drop for SqliteJournal {
    fn drop(&mut self) {
        self.queue.shut(AppendError::Closed);
    }
}

impl Journal for SqliteJournal {
    fn append(&self, stream: StreamId, frame: Frame) -> BoxFuture<'static, Result<Appended, AppendError>> {
        if let Err(refusal) = frame.check() {
            return ready(Err(refusal)).boxed();
        }
        let (reply, answer) = oneshot::channel();
        self.queue.push(Job::Append { stream, frame, reply });
        answered(answer)
    }

    fn read(
        &self,
        stream: StreamId,
        from_index: u64,
        limit: usize,
    ) -> BoxFuture<'static, Result<Vec<Entry>, ReadError>> {
        self.reading(move |conn| pages::page(conn, stream, from_index, limit))
    }

    fn end(&self, stream: StreamId) -> BoxFuture<'static, Result<End, ReadError>> {
        self.reading(move |conn| Ok(pages::chain(conn, stream)?.end()))
    }

    fn streams(&self) -> BoxFuture<'static, Result<Vec<StreamId>, ReadError>> {
        self.reading(pages::streams)
    }

    fn put_snapshot(&self, stream: StreamId, snapshot: Snapshot) -> BoxFuture<'static, Result<(), AppendError>> {
        if let Err(refusal) = snapshot.check() {
            return ready(Err(refusal)).boxed();
        }
        let (reply, answer) = oneshot::channel();
        self.queue.push(Job::Snapshot {
            stream,
            snapshot,
            reply,
        });
        answered(answer)
    }

    fn get_snapshot(&self, stream: StreamId) -> BoxFuture<'static, Result<Option<Snapshot>, ReadError>> {
        self.reading(move |conn| pages::snapshot(conn, stream))
    }

    fn close(&self) -> BoxFuture<'static, ()> {
        self.queue.shut(AppendError::Closed);
        let reader = Arc::clone(&self.reader);
        let mut writer_runs = self.writer_runs.clone();
        async move {
            let let_go = move || drop(reader.lock().unwrap_or_else(PoisonError::into_inner).take());
            if let Err(lost) = tokio::task::spawn_blocking(let_go).await {
                tracing::warn!(%lost, "the journal's reader was not closed");
            }
            while writer_runs.changed().await.is_ok() {}
        }
        .boxed()
    }
}

fn answered<T: Send + 'static>(
    answer: oneshot::Receiver<Result<T, AppendError>>,
) -> BoxFuture<'static, Result<T, AppendError>> {
    answer
        .map(|answer| {
            answer.unwrap_or_else(|_| {
                Err(AppendError::Failed {
                    reason: "the writer is gone".into(),
                })
            })
        })
        .boxed()
}

#[cfg(test)]
mod tests;
