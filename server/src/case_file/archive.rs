//! Case files of running cases. The journal is read through its trait and the file made on a thread of its own: the
//! conductor neither waits nor knows of it. What is in the file is what the journal held at one position.

use super::write::{Moment, Stores, compose};
use super::{Extent, WriteError, read_journal};
use crate::blobs::Blobs;
use crate::journal::{Digest, Journal};
use std::fs::File;
use std::io::{BufWriter, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Semaphore;
use uuid::Uuid;

pub struct Archive {
    journal: Arc<dyn Journal>,
    blobs: Arc<Blobs>,
    /// The data folder: boxes of questionnaires are read from it, and files are made in it, not in a folder that others
    /// may read.
    data: PathBuf,
    /// One file at a time: its journal is held in memory while it is made.
    turn: Semaphore,
}

/// A file that was made. It has no name on the disk and is gone with this.
pub struct Written {
    pub file: File,
    pub size_bytes: u64,
    pub records: u64,
    /// The chain's head after the last record.
    pub head: Digest,
}

impl Archive {
    pub fn new(journal: Arc<dyn Journal>, blobs: Arc<Blobs>, data: &Path) -> Archive {
        Archive {
            journal,
            blobs,
            data: data.to_owned(),
            turn: Semaphore::new(1),
        }
    }

    /// What a case file takes its parts from.
    pub fn stores(&self) -> Stores<'_> {
        Stores {
            blobs: &self.blobs,
            data: &self.data,
        }
    }

    /// Refuses while a ballot is held or unannounced at the position read. Every board and every count of answers that a
    /// record names was durable before the record was; a document is looked for.
    pub async fn write(self: &Arc<Self>, case: Uuid, extent: Extent) -> Result<Written, WriteError> {
        let _turn = self.turn.acquire().await.map_err(std::io::Error::other)?;
        let entries = read_journal(&*self.journal, case).await?;
        let last = entries.last().ok_or(WriteError::NoSuchCase { case })?;
        let (records, head) = (last.index + 1, last.link);
        let archive = Arc::clone(self);
        let made = move || {
            let mut out = BufWriter::new(tempfile::tempfile_in(&archive.data)?);
            compose(
                &mut out,
                case,
                &entries,
                archive.stores(),
                extent,
                Moment::BetweenBallots,
            )?;
            out.flush()?;
            let mut file = out.into_inner().map_err(std::io::Error::other)?;
            let size_bytes = file.seek(std::io::SeekFrom::End(0))?;
            file.rewind()?;
            Ok::<_, WriteError>((file, size_bytes))
        };
        let made = tokio::task::spawn_blocking(made).await;
        let (file, size_bytes) = made.map_err(std::io::Error::other)??;
        Ok(Written {
            file,
            size_bytes,
            records,
            head,
        })
    }
}
