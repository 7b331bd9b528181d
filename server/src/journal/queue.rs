//! What waits for the writer thread: bounded in frames and in bytes, handed out in batches.
//! Keeps the order in which it was filled and knows nothing of SQLite.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use super::{AppendError, Appended, Frame, Snapshot, StreamId};
use crate::limits::{JOURNAL_QUEUE_BYTES_MAX, JOURNAL_QUEUE_FRAMES_MAX};

pub(super) enum Job {
    Append {
        stream: StreamId,
        frame: Frame,
        reply: oneshot::Sender<Result<Appended, AppendError>>,
    },
    Snapshot {
        stream: StreamId,
        snapshot: Snapshot,
        reply: oneshot::Sender<Result<(), AppendError>>,
    },
}

impl Job {
    fn bytes(&self) -> usize {
        match self {
            Self::Append { frame, .. } => frame.bytes(),
            Self::Snapshot { snapshot, .. } => snapshot.data.len(),
        }
    }

    pub(super) fn fail(self, error: AppendError) {
        // Whoever asked may have left: then nobody needs the answer.
        match self {
            Self::Append { reply, .. } => drop(reply.send(Err(error))),
            Self::Snapshot { reply, .. } => drop(reply.send(Err(error))),
        }
    }
}

#[derive(Default)]
struct Waiting {
    jobs: VecDeque<Job>,
    bytes: usize,
    /// Set once: why nothing more is taken.
    shut: Option<AppendError>,
}

#[derive(Default)]
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

impl Queue {
    /// Takes the job, or answers it at once: full or shut.
    pub(super) fn push(&self, job: Job) {
        let mut waiting = self.lock();
        let refusal = match &waiting.shut {
            Some(why) => Some(why.clone()),
            None if waiting.jobs.len() >= JOURNAL_QUEUE_FRAMES_MAX => Some(AppendError::Busy),
            None if waiting.bytes + job.bytes() > JOURNAL_QUEUE_BYTES_MAX => Some(AppendError::Busy),
            None => None,
        };
        if let Some(refusal) = refusal {
            drop(waiting);
            job.fail(refusal);
            return;
        }
        waiting.bytes += job.bytes();
        waiting.jobs.push_back(job);
        drop(waiting);
        self.changed.notify_one();
    }

    /// Waits for work and takes all there is, up to `jobs_max`. Nothing means: shut and empty.
    pub(super) fn take(&self, jobs_max: usize) -> Option<Vec<Job>> {
        let mut waiting = self.lock();
        while waiting.jobs.is_empty() {
            if waiting.shut.is_some() {
                return None;
            }
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        let count = waiting.jobs.len().min(jobs_max);
        let batch: Vec<Job> = waiting.jobs.drain(..count).collect();
        waiting.bytes -= batch.iter().map(Job::bytes).sum::<usize>();
        Some(batch)
    }

    /// Refuses from now on with `why`; what waits stays for the writer. The first reason stays.
    pub(super) fn shut(&self, why: AppendError) {
        self.lock().shut.get_or_insert(why);
        self.changed.notify_all();
    }

    /// Shuts and answers everything that waits with `why`.
    pub(super) fn abandon(&self, why: &AppendError) {
        let mut waiting = self.lock();
        waiting.shut = Some(why.clone());
        waiting.bytes = 0;
        let left = std::mem::take(&mut waiting.jobs);
        drop(waiting);
        for job in left {
            job.fail(why.clone());
        }
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use tokio::sync::oneshot;
    use uuid::Uuid;

    use super::{Job, Queue};
    use crate::journal::{AppendError, Appended, Frame, Record, StreamId};
    use crate::limits::{FRAME_BYTES_MAX, JOURNAL_QUEUE_BYTES_MAX, JOURNAL_QUEUE_FRAMES_MAX};

    fn push(queue: &Queue, bytes: usize) -> oneshot::Receiver<Result<Appended, AppendError>> {
        let (reply, answer) = oneshot::channel();
        let record = Record {
            id: Uuid::nil(),
            data: Bytes::from(vec![b' '; bytes]),
        };
        let frame = Frame {
            behaviour: 1,
            records: vec![record],
        };
        queue.push(Job::Append {
            stream: StreamId(Uuid::nil()),
            frame,
            reply,
        });
        answer
    }

    #[test]
    fn a_queue_full_of_frames_refuses_until_the_writer_took_some() {
        let queue = Queue::default();
        let waiting: Vec<_> = (0..JOURNAL_QUEUE_FRAMES_MAX).map(|_| push(&queue, 1)).collect();
        assert_eq!(push(&queue, 1).try_recv(), Ok(Err(AppendError::Busy)));
        assert_eq!(queue.take(10).map(|batch| batch.len()), Some(10));
        assert!(push(&queue, 1).try_recv().is_err(), "it waits, unanswered");
        drop(waiting);
    }

    #[test]
    fn a_queue_full_of_bytes_refuses_too() {
        let queue = Queue::default();
        let waiting: Vec<_> = (0..JOURNAL_QUEUE_BYTES_MAX / FRAME_BYTES_MAX)
            .map(|_| push(&queue, FRAME_BYTES_MAX))
            .collect();
        assert_eq!(push(&queue, 1).try_recv(), Ok(Err(AppendError::Busy)));
        drop(queue.take(1));
        assert!(
            push(&queue, FRAME_BYTES_MAX).try_recv().is_err(),
            "it waits, unanswered"
        );
        drop(waiting);
    }

    #[test]
    fn a_shut_queue_gives_out_what_it_holds_and_then_ends() {
        let queue = Queue::default();
        let _first = push(&queue, 1);
        queue.shut(AppendError::Closed);
        assert_eq!(push(&queue, 1).try_recv(), Ok(Err(AppendError::Closed)));
        assert_eq!(queue.take(10).map(|batch| batch.len()), Some(1));
        assert!(queue.take(10).is_none());
    }
}
