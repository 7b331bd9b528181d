//! Rebuilds a case from its journal, from a snapshot where one fits this build. A record whose apply panics stops the
//! case, unless a later record sets it aside.

use super::record::{self, RecordError};
use crate::journal::{AppendError, Frame, Journal, ReadError, Record, Snapshot, StreamId};
use crate::limits::JOURNAL_PAGE_ENTRIES_MAX;
use pingyi_core::Appraisal;
use pingyi_core::command::Command;
use pingyi_core::stamp::{Actor, Stamped};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tokio::runtime::Handle;
use tokio::task::{JoinError, JoinHandle};
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
    format!(
        "appraisal/1 rules/{} build/{} source/{}",
        pingyi_core::BEHAVIOUR,
        env!("CARGO_PKG_VERSION"),
        pingyi_core::RULES_HASH
    )
}

pub(super) fn snapshot_of(case: &Appraisal, index: u64) -> Result<Snapshot, serde_json::Error> {
    Ok(Snapshot {
        index,
        tag: snapshot_tag(),
        data: serde_json::to_vec(case)?.into(),
    })
}

/// Told now and then how many records have been replayed.
pub type Progress<'a> = dyn Fn(u64) + Send + Sync + 'a;

/// How a record is applied: the rules' own way, but for tests of records that break them.
type Rules = fn(&mut Appraisal, &Stamped);

/// Replays the journal of `id`.
pub async fn recover(journal: &dyn Journal, id: Uuid, progress: &Progress<'_>) -> Result<Recovered, RecoveryError> {
    recover_by(journal, id, progress, |case, stamped| drop(case.apply(stamped))).await
}

async fn recover_by(
    journal: &dyn Journal,
    id: Uuid,
    progress: &Progress<'_>,
    rules: Rules,
) -> Result<Recovered, RecoveryError> {
    match replay(journal, id, &BTreeSet::new(), progress, rules).await {
        Err(RecoveryError::Poison { index }) => {
            let set_aside = find_set_aside(journal, id).await?;
            if set_aside.contains(&index) {
                replay(journal, id, &set_aside, progress, rules).await
            } else {
                Err(RecoveryError::Poison { index })
            }
        }
        other => other,
    }
}

async fn replay(
    journal: &dyn Journal,
    id: Uuid,
    set_aside: &BTreeSet<u64>,
    progress: &Progress<'_>,
    rules: Rules,
) -> Result<Recovered, RecoveryError> {
    let stream = StreamId(id);
    let snapshot = journal.get_snapshot(stream).await?.filter(|s| s.tag == snapshot_tag());
    let restored = snapshot.and_then(|s| Some((serde_json::from_slice::<Appraisal>(&s.data).ok()?, s.index)));
    let (mut case, mut next_index) = restored.unwrap_or_else(|| (Appraisal::new(id), 0));
    let replayed_from = next_index;
    let mut ahead = read_ahead(journal, stream, next_index);
    loop {
        let page = ahead.await.map_err(lost)??;
        let Some((last, _)) = page.last() else {
            return Ok(Recovered {
                case,
                next_index,
                replayed_from,
            });
        };
        ahead = read_ahead(journal, stream, last + 1);
        progress(next_index);
        for (index, stamped) in page {
            next_index = index + 1;
            if set_aside.contains(&index) {
                continue;
            }
            let stamped = stamped.map_err(|source| RecoveryError::Record { index, source })?;
            catch_unwind(AssertUnwindSafe(|| rules(&mut case, &stamped)))
                .map_err(|_| RecoveryError::Poison { index })?;
        }
    }
}

/// A page's commands by their index. One that cannot be read stops the case only when its turn comes.
type Page = Vec<(u64, Result<Stamped, RecordError>)>;

/// Reads, checks and understands a page in a thread of its own, while the page before it is applied. No more than this
/// one page is ahead.
fn read_ahead(journal: &dyn Journal, stream: StreamId, from: u64) -> JoinHandle<Result<Page, ReadError>> {
    let page = journal.read(stream, from, JOURNAL_PAGE_ENTRIES_MAX);
    let runtime = Handle::current();
    tokio::task::spawn_blocking(move || {
        let entries = runtime.block_on(page)?;
        Ok(entries.iter().map(|e| (e.index, record::decode(&e.data))).collect())
    })
}

fn lost(thread: JoinError) -> ReadError {
    ReadError::Failed {
        reason: thread.to_string(),
    }
}

async fn find_set_aside(journal: &dyn Journal, id: Uuid) -> Result<BTreeSet<u64>, RecoveryError> {
    let (mut found, mut next) = (BTreeSet::new(), 0);
    loop {
        let page = journal.read(StreamId(id), next, JOURNAL_PAGE_ENTRIES_MAX).await?;
        let Some(last) = page.last() else { return Ok(found) };
        next = last.index + 1;
        for entry in &page {
            if let Ok(stamped) = record::decode(&entry.data)
                && let Command::SetAside { index, .. } = stamped.command
            {
                found.insert(u64::from(index));
            }
        }
    }
}

/// Lets replay pass the record that stopped a case. The case must not be running: an operator does this on the folder of
/// a stopped program, and the order itself is on the record.
pub async fn set_aside(
    journal: &dyn Journal,
    id: Uuid,
    index: u64,
    reason: &str,
    at: i64,
) -> Result<(), SetAsideError> {
    let end = journal.end(StreamId(id)).await?;
    if index >= end.next_index {
        return Err(SetAsideError::NoSuchRecord {
            records: end.next_index,
        });
    }
    let short = u32::try_from(index).map_err(|_| SetAsideError::NoSuchRecord {
        records: end.next_index,
    })?;
    let command = Command::SetAside {
        index: short,
        reason: reason.to_owned(),
    };
    let stamped = Stamped {
        id: Uuid::new_v4(),
        actor: Actor::System {},
        at,
        expects: None,
        command,
    };
    let data = record::encode(&stamped, "")?;
    let frame = Frame {
        behaviour: pingyi_core::BEHAVIOUR,
        records: vec![Record {
            id: stamped.id,
            data: data.into(),
        }],
    };
    journal.append(StreamId(id), frame).await?;
    Ok(())
}

/// Why a record could not be set aside. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum SetAsideError {
    #[error("this case has {records} records, counted from 0")]
    NoSuchRecord { records: u64 },
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Append(#[from] AppendError),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::MemoryJournal;
    use pingyi_core::command::SubjectEntry;
    use pingyi_core::subject::ReportForm;

    fn add_subject(unit: &str) -> Stamped {
        let subject = SubjectEntry {
            officer: String::new(),
            post: String::new(),
            unit: unit.into(),
            report: ReportForm::Oral,
        };
        let command = Command::AddSubject { subject };
        Stamped {
            id: Uuid::new_v4(),
            actor: Actor::Desk { account: 1 },
            at: 1,
            expects: None,
            command,
        }
    }

    async fn append(journal: &MemoryJournal, id: Uuid, stamped: &Stamped) {
        let data = record::encode(stamped, "").unwrap().into();
        let frame = Frame {
            behaviour: 1,
            records: vec![Record { id: stamped.id, data }],
        };
        journal.append(StreamId(id), frame).await.unwrap();
    }

    /// Rules that break on one unit's name.
    fn brittle(case: &mut Appraisal, stamped: &Stamped) {
        if let Command::AddSubject { subject } = &stamped.command {
            assert!(subject.unit != "毒", "the rules break");
        }
        case.apply(stamped);
    }

    fn units(case: &Appraisal) -> Vec<&str> {
        case.subjects.values().map(|s| s.unit.as_str()).collect()
    }

    #[tokio::test]
    async fn a_record_that_breaks_the_rules_stops_the_case_until_it_is_set_aside() {
        let (journal, id) = (MemoryJournal::default(), Uuid::new_v4());
        for unit in ["甲", "毒", "乙"] {
            append(&journal, id, &add_subject(unit)).await;
        }
        let stopped = recover_by(&journal, id, &|_| {}, brittle).await;
        assert!(matches!(stopped, Err(RecoveryError::Poison { index: 1 })));
        assert!(matches!(
            set_aside(&journal, id, 9, "", 2).await,
            Err(SetAsideError::NoSuchRecord { records: 3 })
        ));
        set_aside(&journal, id, 1, "使规则出错的记录", 2).await.unwrap();
        let recovered = recover_by(&journal, id, &|_| {}, brittle).await.unwrap();
        assert_eq!(units(&recovered.case), ["甲", "乙"]);
        assert_eq!(recovered.next_index, 4, "the record itself stays");
    }

    #[tokio::test]
    async fn an_unknown_record_stops_the_case_and_is_never_skipped() {
        let (journal, id) = (MemoryJournal::default(), Uuid::new_v4());
        append(&journal, id, &add_subject("甲")).await;
        let data = record::encode(&add_subject("乙"), "").unwrap();
        let data = String::from_utf8(data)
            .unwrap()
            .replace("subject.add/1", "subject.add/7");
        let frame = Frame {
            behaviour: 1,
            records: vec![Record {
                id: Uuid::new_v4(),
                data: data.into_bytes().into(),
            }],
        };
        journal.append(StreamId(id), frame).await.unwrap();
        assert!(matches!(
            recover(&journal, id, &|_| {}).await,
            Err(RecoveryError::Record { index: 1, .. })
        ));
    }

    #[tokio::test]
    async fn a_snapshot_and_the_rest_give_what_all_records_give() {
        let (journal, id) = (MemoryJournal::default(), Uuid::new_v4());
        for unit in ["甲", "乙"] {
            append(&journal, id, &add_subject(unit)).await;
        }
        let half = recover(&journal, id, &|_| {}).await.unwrap();
        journal
            .put_snapshot(StreamId(id), snapshot_of(&half.case, half.next_index).unwrap())
            .await
            .unwrap();
        append(&journal, id, &add_subject("丙")).await;
        let over = recover(&journal, id, &|_| {}).await.unwrap();
        assert_eq!(
            (over.replayed_from, over.next_index, units(&over.case)),
            (2, 3, vec!["甲", "乙", "丙"])
        );
        let foreign = Snapshot {
            tag: "another build".into(),
            ..snapshot_of(&Appraisal::new(id), 3).unwrap()
        };
        journal.put_snapshot(StreamId(id), foreign).await.unwrap();
        let whole = recover(&journal, id, &|_| {}).await.unwrap();
        assert_eq!((whole.replayed_from, whole.case), (0, over.case));
    }
}
