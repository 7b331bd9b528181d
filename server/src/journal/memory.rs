//! The journal of tests and simulations: everything in memory, done at the call.
//! Its "disk" outlives it, so that a crash and a restart can be played.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};

use super::chain::Chain;
use super::{AppendError, Appended, End, Entry, Frame, Journal, ReadError, Snapshot, StreamId};
use crate::limits::{JOURNAL_PAGE_BYTES_MAX, JOURNAL_PAGE_ENTRIES_MAX};

/// What a restarted journal finds again.
#[derive(Clone, Debug, Default)]
pub struct MemoryDisk(Arc<Mutex<BTreeMap<StreamId, Stored>>>);

#[derive(Debug, Default)]
struct Stored {
    entries: Vec<Entry>,
    snapshot: Option<Snapshot>,
}

impl Stored {
    fn chain(&self, stream: StreamId) -> Chain {
        match self.entries.last() {
            Some(last) => Chain {
                next_index: last.index + 1,
                head: last.link,
            },
            None => Chain::start(stream),
        }
    }
}

impl MemoryDisk {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<StreamId, Stored>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug, Default)]
pub struct MemoryJournal {
    disk: MemoryDisk,
    closed: AtomicBool,
}

impl MemoryJournal {
    pub fn on(disk: MemoryDisk) -> Self {
        Self {
            disk,
            closed: AtomicBool::new(false),
        }
    }

    fn append_now(&self, stream: StreamId, frame: Frame) -> Result<Appended, AppendError> {
        frame.check()?;
        let mut disk = self.open_disk().ok_or(AppendError::Closed)?;
        let stored = disk.entry(stream).or_default();
        let mut chain = stored.chain(stream);
        let first_index = chain.next_index;
        for record in frame.records {
            let sealed = chain.seal(record.id, &record.data);
            stored.entries.push(Entry {
                index: sealed.index,
                frame: first_index,
                behaviour: frame.behaviour,
                id: record.id,
                data: record.data,
                digest: sealed.digest,
                link: sealed.link,
            });
        }
        Ok(Appended {
            first_index,
            head: chain.head,
        })
    }

    fn page(&self, stream: StreamId, from_index: u64, limit: usize) -> Result<Vec<Entry>, ReadError> {
        let disk = self.open_disk().ok_or(ReadError::Closed)?;
        let Some(stored) = disk.get(&stream) else {
            return Ok(Vec::new());
        };
        let skipped = usize::try_from(from_index).unwrap_or(usize::MAX);
        let mut bytes = 0;
        Ok(stored
            .entries
            .iter()
            .skip(skipped)
            .take(limit.min(JOURNAL_PAGE_ENTRIES_MAX))
            .take_while(|entry| {
                let room = bytes < JOURNAL_PAGE_BYTES_MAX;
                bytes += entry.data.len();
                room
            })
            .cloned()
            .collect())
    }

    fn open_disk(&self) -> Option<MutexGuard<'_, BTreeMap<StreamId, Stored>>> {
        (!self.closed.load(Ordering::SeqCst)).then(|| self.disk.lock())
    }
}

impl Journal for MemoryJournal {
    fn append(&self, stream: StreamId, frame: Frame) -> BoxFuture<'static, Result<Appended, AppendError>> {
        ready(self.append_now(stream, frame)).boxed()
    }

    fn read(
        &self,
        stream: StreamId,
        from_index: u64,
        limit: usize,
    ) -> BoxFuture<'static, Result<Vec<Entry>, ReadError>> {
        ready(self.page(stream, from_index, limit)).boxed()
    }

    fn end(&self, stream: StreamId) -> BoxFuture<'static, Result<End, ReadError>> {
        let end = self.open_disk().ok_or(ReadError::Closed).map(|disk| {
            disk.get(&stream)
                .map_or_else(|| Chain::start(stream), |stored| stored.chain(stream))
                .end()
        });
        ready(end).boxed()
    }

    fn streams(&self) -> BoxFuture<'static, Result<Vec<StreamId>, ReadError>> {
        let streams = self.open_disk().ok_or(ReadError::Closed).map(|disk| {
            disk.iter()
                .filter(|(_, stored)| !stored.entries.is_empty())
                .map(|(stream, _)| *stream)
                .collect()
        });
        ready(streams).boxed()
    }

    fn put_snapshot(&self, stream: StreamId, snapshot: Snapshot) -> BoxFuture<'static, Result<(), AppendError>> {
        let put = snapshot.check().and_then(|()| {
            let mut disk = self.open_disk().ok_or(AppendError::Closed)?;
            disk.entry(stream).or_default().snapshot = Some(snapshot);
            Ok(())
        });
        ready(put).boxed()
    }

    fn get_snapshot(&self, stream: StreamId) -> BoxFuture<'static, Result<Option<Snapshot>, ReadError>> {
        let got = self
            .open_disk()
            .ok_or(ReadError::Closed)
            .map(|disk| disk.get(&stream).and_then(|stored| stored.snapshot.clone()));
        ready(got).boxed()
    }

    fn close(&self) -> BoxFuture<'static, ()> {
        self.closed.store(true, Ordering::SeqCst);
        ready(()).boxed()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{MemoryDisk, MemoryJournal};
    use crate::journal::Journal;
    use crate::journal::contract::Engine;

    struct Memory(MemoryDisk);

    impl Engine for Memory {
        fn open(&self) -> Arc<dyn Journal> {
            Arc::new(MemoryJournal::on(self.0.clone()))
        }
    }

    crate::journal_contract!(Memory(MemoryDisk::default()));
}
