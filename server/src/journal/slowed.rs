//! A journal as on a slower disk: what is appended is durable, and said to be, only so much later. For measuring what
//! waits for the disk; the order and everything else are the journal's behind it.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use super::{AppendError, Appended, End, Entry, Frame, Journal, ReadError, Snapshot, StreamId};

pub struct Slowed {
    journal: Arc<dyn Journal>,
    by: Duration,
}

impl Slowed {
    pub fn new(journal: Arc<dyn Journal>, by: Duration) -> Slowed {
        Slowed { journal, by }
    }
}

impl Journal for Slowed {
    fn append(&self, stream: StreamId, frame: Frame) -> BoxFuture<'static, Result<Appended, AppendError>> {
        // Called at once and awaited later: the order is that of the calls.
        let append = self.journal.append(stream, frame);
        let by = self.by;
        async move {
            let appended = append.await;
            tokio::time::sleep(by).await;
            appended
        }
        .boxed()
    }

    fn read(
        &self,
        stream: StreamId,
        from_index: u64,
        limit: usize,
    ) -> BoxFuture<'static, Result<Vec<Entry>, ReadError>> {
        self.journal.read(stream, from_index, limit)
    }

    fn end(&self, stream: StreamId) -> BoxFuture<'static, Result<End, ReadError>> {
        self.journal.end(stream)
    }

    fn streams(&self) -> BoxFuture<'static, Result<Vec<StreamId>, ReadError>> {
        self.journal.streams()
    }

    fn put_snapshot(&self, stream: StreamId, snapshot: Snapshot) -> BoxFuture<'static, Result<(), AppendError>> {
        self.journal.put_snapshot(stream, snapshot)
    }

    fn get_snapshot(&self, stream: StreamId) -> BoxFuture<'static, Result<Option<Snapshot>, ReadError>> {
        self.journal.get_snapshot(stream)
    }

    fn close(&self) -> BoxFuture<'static, ()> {
        self.journal.close()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use super::Slowed;
    use crate::journal::contract::{Engine, frame, stream};
    use crate::journal::{Journal, MemoryDisk, MemoryJournal};

    const BY: Duration = Duration::from_millis(5);

    struct SlowedMemory(MemoryDisk);

    impl Engine for SlowedMemory {
        fn open(&self) -> Arc<dyn Journal> {
            Arc::new(Slowed::new(Arc::new(MemoryJournal::on(self.0.clone())), BY))
        }
    }

    crate::journal_contract!(SlowedMemory(MemoryDisk::default()));

    #[tokio::test]
    async fn an_append_is_said_to_be_durable_no_sooner_than_the_delay() {
        let journal = SlowedMemory(MemoryDisk::default()).open();
        let began = Instant::now();
        journal.append(stream(1), frame(0, 1)).await.unwrap();
        assert!(began.elapsed() >= BY);
    }
}
