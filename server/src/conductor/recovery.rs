//! Rebuilds a case from its journal, from a snapshot where one fits this build. A record whose apply panics stops the
//! case, unless a later record sets it aside.

use super::record::{self, RecordError};
use crate::journal::{Journal, ReadError, Snapshot, StreamId};
use crate::limits::JOURNAL_PAGE_ENTRIES_MAX;
use pingyi_core::Appraisal;
use pingyi_core::command::Command;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use uuid::Uuid;

/// Why a case cannot run. It is shown stopped; the others go on.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("record {index}: {source}")]
    Record { index: u64, source: RecordError },
    #[error("record {index} stops the rules; an operator may set it aside")]
    Poison { index: u64 },
}

/// A rebuilt case and how far its journal goes.
#[derive(Debug)]
pub struct Recovered {
    pub case: Appraisal,
    pub next_index: u64,
    /// Index from which records were replayed; 0 without a snapshot.
    pub replayed_from: u64,
}

/// Snapshots of another build are ignored: its state may have another shape or meaning.
pub(super) fn snapshot_tag() -> String {
    format!("appraisal/1 rules/{} build/{} source/{}", pingyi_core::BEHAVIOUR, env!("CARGO_PKG_VERSION"), pingyi_core::RULES_HASH)
}

pub(super) fn snapshot_of(case: &Appraisal, index: u64) -> Result<Snapshot, serde_json::Error> {
    Ok(Snapshot { index, tag: snapshot_tag(), data: serde_json::to_vec(case)?.into() })
}

/// Replays the journal of `id`.
pub async fn recover(journal: &dyn Journal, id: Uuid) -> Result<Recovered, RecoveryError> {
    let set_aside = BTreeSet::new();
    match replay(journal, id, &set_aside).await {
        Err(RecoveryError::Poison { index }) => {
            let set_aside = find_set_aside(journal, id).await?;
            if set_aside.contains(&index) { replay(journal, id, &set_aside).await } else { Err(RecoveryError::Poison { index }) }
        }
        other => other,
    }
}

async fn replay(journal: &dyn Journal, id: Uuid, set_aside: &BTreeSet<u64>) -> Result<Recovered, RecoveryError> {
    let stream = StreamId(id);
    let snapshot = journal.get_snapshot(stream).await?.filter(|s| s.tag == snapshot_tag());
    let restored = snapshot.and_then(|s| Some((serde_json::from_slice::<Appraisal>(&s.data).ok()?, s.index)));
    let (mut case, mut next_index) = restored.unwrap_or_else(|| (Appraisal::new(id), 0));
    let replayed_from = next_index;
    loop {
        let page = journal.read(stream, next_index, JOURNAL_PAGE_ENTRIES_MAX).await?;
        if page.is_empty() {
            return Ok(Recovered { case, next_index, replayed_from });
        }
        for entry in page {
            next_index = entry.index + 1;
            if set_aside.contains(&entry.index) {
                continue;
            }
            let stamped = record::decode(&entry.data).map_err(|source| RecoveryError::Record { index: entry.index, source })?;
            catch_unwind(AssertUnwindSafe(|| case.apply(&stamped))).map_err(|_| RecoveryError::Poison { index: entry.index })?;
        }
    }
}

async fn find_set_aside(journal: &dyn Journal, id: Uuid) -> Result<BTreeSet<u64>, RecoveryError> {
    let (mut found, mut next) = (BTreeSet::new(), 0);
    loop {
        let page = journal.read(StreamId(id), next, JOURNAL_PAGE_ENTRIES_MAX).await?;
        let Some(last) = page.last() else { return Ok(found) };
        next = last.index + 1;
        for entry in &page {
            if let Ok(stamped) = record::decode(&entry.data) {
                if let Command::SetAside { index, .. } = stamped.command {
                    found.insert(u64::from(index));
                }
            }
        }
    }
}
