//! What waits for a box's writer: bounded, and the only place where casts stand in the order of their coming, in
//! memory, for as long as one commit takes.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use super::{BoxError, Keep, Put};
use crate::limits::BOX_QUEUE_CASTS_MAX;
use crate::secrecy::Cast;

pub(super) type Reply<T> = oneshot::Sender<Result<T, BoxError>>;

pub(super) enum Job {
    Put { cast: Cast, keep: Keep, reply: Reply<Put> },
    Freeze { reply: Reply<Vec<Cast>> },
    Vacuum { reply: Reply<()> },
}

impl Job {
    pub(super) fn fail(self, error: BoxError) {
        // Whoever asked may have left: then nobody needs the answer.
        match self {
            Job::Put { reply, .. } => drop(reply.send(Err(error))),
            Job::Freeze { reply } => drop(reply.send(Err(error))),
            Job::Vacuum { reply } => drop(reply.send(Err(error))),
        }
    }
}

/// What the writer does next.
pub(super) enum Work {
    Puts(Vec<((Cast, Keep), Reply<Put>)>),
    Freeze(Reply<Vec<Cast>>),
    Vacuum(Reply<()>),
}

#[derive(Default)]
struct Waiting {
    jobs: VecDeque<Job>,
    /// Set once: why nothing more is taken.
    shut: Option<BoxError>,
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
            None if waiting.jobs.len() >= BOX_QUEUE_CASTS_MAX => Some(BoxError::Busy),
            None => None,
        };
        if let Some(refusal) = refusal {
            drop(waiting);
            job.fail(refusal);
            return;
        }
        waiting.jobs.push_back(job);
        drop(waiting);
        self.changed.notify_one();
    }

    /// Waits for work: all casts up to the next order, at most `casts_max`, or that order alone. Nothing means: shut
    /// and empty.
    pub(super) fn take(&self, casts_max: usize) -> Option<Work> {
        let mut waiting = self.lock();
        while waiting.jobs.is_empty() {
            if waiting.shut.is_some() {
                return None;
            }
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        let mut puts = Vec::new();
        while puts.len() < casts_max
            && let Some(job) = waiting.jobs.pop_front()
        {
            match job {
                Job::Put { cast, keep, reply } => puts.push(((cast, keep), reply)),
                order if !puts.is_empty() => {
                    waiting.jobs.push_front(order);
                    break;
                }
                Job::Freeze { reply } => return Some(Work::Freeze(reply)),
                Job::Vacuum { reply } => return Some(Work::Vacuum(reply)),
            }
        }
        Some(Work::Puts(puts))
    }

    /// Refuses from now on with `why`; what waits stays for the writer. The first reason stays.
    pub(super) fn shut(&self, why: &BoxError) {
        self.lock().shut.get_or_insert(why.clone());
        self.changed.notify_all();
    }

    /// Shuts and answers everything that waits with `why`.
    pub(super) fn abandon(&self, why: &BoxError) {
        let mut waiting = self.lock();
        waiting.shut = Some(why.clone());
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
