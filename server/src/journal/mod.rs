//! The durable heart: streams of records, one stream an aggregate, each record chained by hash to all before it.
//! A journal orders and keeps bytes. It never parses a record and knows no rule of the domain.

pub mod chain;
#[cfg(any(test, feature = "contract"))]
pub mod contract;
pub mod memory;
mod queue;
pub mod slowed;
pub mod sqlite;

use std::fmt;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use uuid::Uuid;

use crate::limits::{FRAME_BYTES_MAX, FRAME_RECORDS_MAX, RECORD_BYTES_MAX, SNAPSHOT_BYTES_MAX, SNAPSHOT_TAG_BYTES_MAX};
pub use memory::{MemoryDisk, MemoryJournal};
pub use sqlite::SqliteJournal;

/// One stream an aggregate (a body or an appraisal).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId(pub Uuid);

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A SHA-256; written as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One record as it will be stored. The same id may come again: counting it once is the state machine's part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub id: Uuid,
    /// JSON text, kept byte for byte.
    pub data: Bytes,
}

/// What is written together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Behaviour version of the core that decided these records.
    pub behaviour: u32,
    pub records: Vec<Record>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Index of the frame's first record; the others follow without a gap.
    pub first_index: u64,
    /// Link of the frame's last record.
    pub head: Digest,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Counts from 0 within its stream, without gaps.
    pub index: u64,
    /// Index of the first record of the frame this one came in.
    pub frame: u64,
    pub behaviour: u32,
    pub id: Uuid,
    pub data: Bytes,
    pub digest: Digest,
    pub link: Digest,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// Index the next record will get: the number of records.
    pub next_index: u64,
    /// Link of the last record, or the stream's genesis.
    pub head: Digest,
}

/// A cache of the state after the entries below `index`. Truth is the entries alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    pub index: u64,
    /// Schema and build that wrote it; a reader with another tag ignores the snapshot.
    pub tag: String,
    pub data: Bytes,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    #[error("{what} is {size}, at most {max} fit; nothing was stored")]
    TooLarge {
        what: &'static str,
        size: usize,
        max: usize,
    },
    #[error("a frame without records; nothing was stored")]
    Empty,
    #[error("the queue to the disk is full; nothing was stored")]
    Busy,
    #[error("the journal is closed; nothing was stored")]
    Closed,
    /// Whether it was stored is known only after the next start.
    #[error("the journal failed: {reason}")]
    Failed { reason: String },
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The file was changed by something other than this journal, or the disk has lost bits.
    #[error("the chain of stream {stream} is broken at entry {index}")]
    Broken { stream: StreamId, index: u64 },
    #[error("the journal is closed")]
    Closed,
    #[error("the journal cannot be read: {reason}")]
    Failed { reason: String },
}

pub trait Journal: Send + Sync + 'static {
    /// Resolves when the frame is durable. The order within a stream is the order of the *calls*, not of the polls,
    /// and a dropped future takes nothing back.
    fn append(&self, stream: StreamId, frame: Frame) -> BoxFuture<'static, Result<Appended, AppendError>>;

    /// Up to `limit` entries from `from_index` on, chain verified. A page may be shorter (see
    /// `JOURNAL_PAGE_*_MAX`); only an empty one means the end. A frame may go over the edge of a page.
    ///
    /// The link before `from_index` is taken on trust: only a reading from 0 proves the whole stream.
    fn read(
        &self,
        stream: StreamId,
        from_index: u64,
        limit: usize,
    ) -> BoxFuture<'static, Result<Vec<Entry>, ReadError>>;

    fn end(&self, stream: StreamId) -> BoxFuture<'static, Result<End, ReadError>>;

    /// All streams that hold at least one record, in the order of their ids.
    fn streams(&self) -> BoxFuture<'static, Result<Vec<StreamId>, ReadError>>;

    /// Takes the place of the stream's last snapshot.
    fn put_snapshot(&self, stream: StreamId, snapshot: Snapshot) -> BoxFuture<'static, Result<(), AppendError>>;

    /// The last snapshot put, or nothing: also where a damaged one was.
    fn get_snapshot(&self, stream: StreamId) -> BoxFuture<'static, Result<Option<Snapshot>, ReadError>>;

    /// Refuses what comes from now on and resolves when all queued before is durable and the files are let go.
    fn close(&self) -> BoxFuture<'static, ()>;
}

impl Frame {
    fn bytes(&self) -> usize {
        self.records.iter().map(|record| record.data.len()).sum()
    }

    fn check(&self) -> Result<(), AppendError> {
        if self.records.is_empty() {
            return Err(AppendError::Empty);
        }
        fits("number of records in a frame", self.records.len(), FRAME_RECORDS_MAX)?;
        for record in &self.records {
            fits("bytes of a record", record.data.len(), RECORD_BYTES_MAX)?;
        }
        fits("bytes of a frame", self.bytes(), FRAME_BYTES_MAX)
    }
}

impl Snapshot {
    fn check(&self) -> Result<(), AppendError> {
        fits("bytes of a snapshot's tag", self.tag.len(), SNAPSHOT_TAG_BYTES_MAX)?;
        fits("bytes of a snapshot", self.data.len(), SNAPSHOT_BYTES_MAX)
    }
}

fn fits(what: &'static str, size: usize, max: usize) -> Result<(), AppendError> {
    if size > max {
        Err(AppendError::TooLarge { what, size, max })
    } else {
        Ok(())
    }
}
