//! Runs the body: one command at a time, appended to its stream before it is applied and answered.
//! Rebuilt from that stream at the start; a record it does not know stops the start, never is skipped.

mod record;

use std::sync::{Arc, PoisonError, RwLock};

use pingyi_core::BEHAVIOUR;
use pingyi_core::body::{Body, BodyCommand, BodyRefusal, BodyReply, BodyStamped};
use pingyi_core::stamp::Actor;
use uuid::Uuid;

pub use self::record::RecordError;
use crate::journal::{AppendError, Frame, Journal, ReadError, Record, StreamId};
use crate::limits::JOURNAL_PAGE_ENTRIES_MAX;

/// The body's own stream. No appraisal has the nil id.
pub const BODY_STREAM: StreamId = StreamId(Uuid::nil());

/// A wish to change the body.
#[derive(Clone, Debug)]
pub struct BodyWish {
    pub id: Uuid,
    pub actor: Actor,
    pub command: BodyCommand,
}

#[derive(Debug, thiserror::Error)]
pub enum BodyOpenError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("record {index} of the body cannot be understood: {error}")]
    Record { index: u64, error: RecordError },
}

#[derive(Debug, thiserror::Error)]
pub enum BodyFault {
    #[error("the body's journal: {0}")]
    Append(#[from] AppendError),
    #[error("the body has had all commands it may have")]
    Exhausted,
    /// An earlier append failed: what is in memory may not be what is on the disk. Only a restart tells.
    #[error("the body is stopped")]
    Stopped,
}

#[derive(Clone)]
pub struct BodyHandle(Arc<Inner>);

struct Inner {
    journal: Arc<dyn Journal>,
    /// Held from the stamp to the apply, so that the order of records is the order of decisions.
    writing: tokio::sync::Mutex<Writing>,
    body: RwLock<Body>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Writing {
    Open,
    Stopped,
}

impl BodyHandle {
    /// Replays the body's stream.
    pub async fn open(journal: Arc<dyn Journal>) -> Result<Self, BodyOpenError> {
        let mut body = Body::default();
        let mut next = 0;
        loop {
            let page = journal.read(BODY_STREAM, next, JOURNAL_PAGE_ENTRIES_MAX).await?;
            let Some(last) = page.last() else { break };
            next = last.index + 1;
            for entry in &page {
                let stamped = record::decode(&entry.data).map_err(|error| BodyOpenError::Record {
                    index: entry.index,
                    error,
                })?;
                // The verdict was given when the record was written; replaying gives the same again.
                let _ = body.apply(&stamped);
            }
        }
        let writing = tokio::sync::Mutex::new(Writing::Open);
        Ok(Self(Arc::new(Inner {
            journal,
            writing,
            body: RwLock::new(body),
        })))
    }

    /// Resolves when durable and applied. It runs to its end even if the caller stops waiting.
    pub async fn submit(&self, wish: BodyWish, now_ms: i64) -> Result<Result<BodyReply, BodyRefusal>, BodyFault> {
        let inner = Arc::clone(&self.0);
        let done = tokio::spawn(async move { inner.run(wish, now_ms).await });
        done.await.unwrap_or(Err(BodyFault::Stopped))
    }

    pub fn look<T>(&self, f: impl FnOnce(&Body) -> T) -> T {
        f(&self.0.body.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Inner {
    async fn run(&self, wish: BodyWish, at: i64) -> Result<Result<BodyReply, BodyRefusal>, BodyFault> {
        let BodyWish { id, actor, command } = wish;
        let stamped = BodyStamped { id, actor, at, command };
        let mut writing = self.writing.lock().await;
        if *writing == Writing::Stopped {
            return Err(BodyFault::Stopped);
        }
        let (decided, exhausted) = {
            let body = self.body.read().unwrap_or_else(PoisonError::into_inner);
            (body.has_decided(stamped.id), body.exhausted())
        };
        if !decided {
            if exhausted {
                return Err(BodyFault::Exhausted);
            }
            let record = Record {
                id: stamped.id,
                data: record::encode(&stamped),
            };
            let frame = Frame {
                behaviour: BEHAVIOUR,
                records: vec![record],
            };
            if let Err(error) = self.journal.append(BODY_STREAM, frame).await {
                if matches!(error, AppendError::Failed { .. }) {
                    *writing = Writing::Stopped;
                }
                return Err(error.into());
            }
        }
        Ok(self
            .body
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .apply(&stamped))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{MemoryDisk, MemoryJournal};

    fn wish(id: u128, command: BodyCommand) -> BodyWish {
        BodyWish {
            id: Uuid::from_u128(id),
            actor: Actor::System {},
            command,
        }
    }

    fn on(disk: &MemoryDisk) -> Arc<dyn Journal> {
        Arc::new(MemoryJournal::on(disk.clone()))
    }

    #[tokio::test]
    async fn a_restart_finds_the_body_as_it_was_left() {
        let disk = MemoryDisk::default();
        let handle = BodyHandle::open(on(&disk)).await.unwrap();
        let name = BodyCommand::NameBody {
            name: "某区人大常委会".into(),
        };
        let account = BodyCommand::AddAccount {
            name: "办公室".into()
        };
        handle.submit(wish(1, name), 10).await.unwrap().unwrap();
        handle.submit(wish(2, account.clone()), 20).await.unwrap().unwrap();
        handle.submit(wish(2, account), 30).await.unwrap().unwrap();
        let before = handle.look(Body::clone);
        assert_eq!((before.name.as_str(), before.accounts.len()), ("某区人大常委会", 1));

        let again = BodyHandle::open(on(&disk)).await.unwrap();
        assert_eq!(again.look(Body::clone), before);
        assert_eq!(
            on(&disk).end(BODY_STREAM).await.unwrap().next_index,
            2,
            "a repeat is not journalled"
        );
    }

    #[tokio::test]
    async fn a_record_of_a_newer_program_stops_the_start_and_is_named() {
        let disk = MemoryDisk::default();
        let data = r#"{"v":1,"type":"body.merge/1","id":"00000000-0000-0000-0000-000000000001","actor":{"role":"system"},"at":1,"body":{}}"#;
        let record = Record {
            id: Uuid::from_u128(1),
            data: data.into(),
        };
        on(&disk)
            .append(
                BODY_STREAM,
                Frame {
                    behaviour: 1,
                    records: vec![record],
                },
            )
            .await
            .unwrap();
        let error = BodyHandle::open(on(&disk)).await.err().unwrap().to_string();
        assert!(error.contains("record 0") && error.contains("body.merge/1"), "{error}");
    }

    #[tokio::test]
    async fn nothing_is_applied_that_the_journal_did_not_take() {
        let disk = MemoryDisk::default();
        let journal = on(&disk);
        let handle = BodyHandle::open(Arc::clone(&journal)).await.unwrap();
        journal.close().await;
        let name = BodyCommand::NameBody { name: "某区".into() };
        assert!(matches!(
            handle.submit(wish(1, name), 10).await,
            Err(BodyFault::Append(_))
        ));
        assert_eq!(handle.look(|b| b.name.clone()), "");
    }
}
