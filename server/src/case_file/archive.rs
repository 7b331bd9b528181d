//! Case files of running cases. The journal is read through its trait and the file made on a thread of its own: the
//! conductor neither waits nor knows of it. What is in the file is what the journal held at one position.

use super::write::{Moment, compose};
use super::{Extent, WriteError, read_journal};
use crate::blobs::Blobs;
use crate::journal::{Digest, Journal};
use std::sync::Arc;
use tokio::sync::Semaphore;
use uuid::Uuid;

pub struct Archive {
    journal: Arc<dyn Journal>,
    blobs: Arc<Blobs>,
    /// One file at a time: each may take some hundred MiB while it is made.
    turn: Semaphore,
}

/// A file that was made.
pub struct Written {
    pub bytes: Vec<u8>,
    pub records: u64,
    /// The chain's head after the last record.
    pub head: Digest,
}

impl Archive {
    pub fn new(journal: Arc<dyn Journal>, blobs: Arc<Blobs>) -> Archive {
        Archive {
            journal,
            blobs,
            turn: Semaphore::new(1),
        }
    }

    /// Refuses while a ballot is held or unannounced at the position read. Every document and board that a record names
    /// was durable before the record was.
    pub async fn write(&self, case: Uuid, extent: Extent) -> Result<Written, WriteError> {
        let _turn = self.turn.acquire().await.map_err(std::io::Error::other)?;
        let entries = read_journal(&*self.journal, case).await?;
        let last = entries.last().ok_or(WriteError::NoSuchCase { case })?;
        let (records, head) = (last.index + 1, last.link);
        let blobs = self.blobs.clone();
        let made = move || compose(case, &entries, &blobs, extent, Moment::BetweenBallots);
        let made = tokio::task::spawn_blocking(made).await;
        Ok(Written {
            bytes: made.map_err(std::io::Error::other)??,
            records,
            head,
        })
    }
}
