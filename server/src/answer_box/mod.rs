//! The answer box: the unordered store of one questionnaire's answers, one SQLite file each. An answer lies under a
//! random key, what was used up for it (a slip's code, a device's mark) in a table of its own; both come in by one
//! commit, laid down by key. No times, no addresses, no order, no link between the two.

mod store;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use pingyi_core::ids::QuestionnaireId;
use tokio::sync::oneshot;
use uuid::Uuid;

use self::store::Store;
use crate::limits::{ANSWERS_BATCH_MAX, ANSWERS_QUEUED_MAX};
pub use crate::sqlite_file::OpenError;

const FOLDER: &str = "answers";

/// Called on the writer's thread with the reason, before anybody is answered; the program logs it and ends.
pub type OnFatal = Arc<dyn Fn(&str) + Send + Sync>;

/// An answer on its way into the box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Drawn at random by the page, so that a repeat after a lost receipt is known for one. The page forgets it then.
    pub key: [u8; 16],
    /// What this answer uses up: nothing that names the slip or the device to who has no key of the vault.
    pub ticket: [u8; 32],
    /// What was answered, in one spelling.
    pub text: String,
}

/// What became of an answer. Both are a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    New,
    /// It was there already: a repeat after a lost receipt.
    Same,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BoxError {
    #[error("the slip or device has answered before")]
    Used,
    #[error("another answer has this key")]
    OtherContent,
    #[error("the box is frozen")]
    Frozen,
    #[error("the box holds as many answers as it may ({max})")]
    Full { max: usize },
    #[error("too many answers are waiting; try again")]
    Busy,
    #[error("the box cannot be read or written: {reason}")]
    Failed { reason: String },
}

type Reply<T> = oneshot::Sender<Result<T, BoxError>>;

enum Job {
    Put(Answer, Reply<Put>),
    Freeze(Reply<Vec<String>>),
}

/// One a file, in the process that holds the data folder.
pub struct AnswerBox {
    jobs: SyncSender<Job>,
}

impl AnswerBox {
    /// Opens the box below the data folder, or makes an empty one; answers with the texts in it. Blocks on the disk.
    pub fn open(
        data: &Path,
        appraisal: Uuid,
        questionnaire: QuestionnaireId,
        on_fatal: OnFatal,
    ) -> Result<(AnswerBox, Vec<String>), OpenError> {
        let path = path_of(data, appraisal, questionnaire);
        let (store, kept) = Store::open(&path)?;
        let (jobs, waiting) = sync_channel(ANSWERS_QUEUED_MAX);
        let started = std::thread::Builder::new()
            .name("answer-box".into())
            .spawn(move || write(store, &waiting, &on_fatal));
        started.map_err(|source| OpenError::Io { path, source })?;
        Ok((AnswerBox { jobs }, kept))
    }

    /// Answers when the answer is on the disk.
    pub async fn put(&self, answer: Answer) -> Result<Put, BoxError> {
        self.ask(|reply| Job::Put(answer, reply)).await
    }

    /// Lets in what was put before, then nothing more, across restarts; the file is written anew, so that it tells
    /// nothing of its past. Answers with all texts, sorted. Idempotent.
    pub async fn freeze(&self) -> Result<Vec<String>, BoxError> {
        self.ask(Job::Freeze).await
    }

    async fn ask<T>(&self, job: impl FnOnce(Reply<T>) -> Job) -> Result<T, BoxError> {
        let (reply, answer) = oneshot::channel();
        match self.jobs.try_send(job(reply)) {
            Ok(()) => answer.await.unwrap_or_else(|_| Err(gone())),
            Err(TrySendError::Full(_)) => Err(BoxError::Busy),
            Err(TrySendError::Disconnected(_)) => Err(gone()),
        }
    }
}

/// Whether the questionnaire has a box, without making one.
pub fn exists(data: &Path, appraisal: Uuid, questionnaire: QuestionnaireId) -> bool {
    path_of(data, appraisal, questionnaire).exists()
}

/// How a questionnaire's box was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nobody has answered, or the data folder is not whole.
    Nothing,
    /// Answers may still come in: nothing was read.
    Open,
    Frozen,
}

/// Shows `each` the texts of a frozen box, sorted, one at a time; keys and tickets are not read. Blocks on the disk, and
/// may run beside the box itself.
pub fn read_frozen<E: From<OpenError>>(
    data: &Path,
    appraisal: Uuid,
    questionnaire: QuestionnaireId,
    each: impl FnMut(&str) -> Result<(), E>,
) -> Result<Found, E> {
    let path = path_of(data, appraisal, questionnaire);
    if !path.exists() {
        return Ok(Found::Nothing);
    }
    store::read_frozen(&path, each)
}

fn path_of(data: &Path, appraisal: Uuid, questionnaire: QuestionnaireId) -> PathBuf {
    data.join(FOLDER).join(format!("{appraisal}-{questionnaire}.db"))
}

fn gone() -> BoxError {
    BoxError::Failed {
        reason: "the writer is gone".into(),
    }
}

/// What queues while a commit is on its way to the disk is the next batch. Ends with the box, or at a failed commit.
fn write(mut store: Store, waiting: &Receiver<Job>, on_fatal: &OnFatal) {
    while let Ok(first) = waiting.recv() {
        let (mut puts, mut freeze, mut next) = (Vec::new(), None, Some(first));
        while let Some(job) = next.take() {
            match job {
                Job::Put(answer, reply) => puts.push((answer, reply)),
                Job::Freeze(reply) => {
                    freeze = Some(reply);
                    break;
                }
            }
            if puts.len() < ANSWERS_BATCH_MAX {
                next = waiting.try_recv().ok();
            }
        }
        if !put_all(&mut store, puts, on_fatal) {
            return;
        }
        // Whoever asked may have left: then nobody needs the answer.
        match freeze.map(|reply| (store.freeze(), reply)) {
            None => {}
            Some((Ok(texts), reply)) => drop(reply.send(Ok(texts))),
            Some((Err(error), reply)) => {
                on_fatal(&error.to_string());
                drop(reply.send(Err(failed(&error))));
                return;
            }
        }
    }
}

/// False after a failed commit: the page cache no longer tells what is on the disk.
fn put_all(store: &mut Store, mut puts: Vec<(Answer, Reply<Put>)>, on_fatal: &OnFatal) -> bool {
    if puts.is_empty() {
        return true;
    }
    // Who came first is known to nobody from here on.
    puts.sort_by_key(|(answer, _)| answer.key);
    let (answers, replies): (Vec<_>, Vec<_>) = puts.into_iter().unzip();
    match store.put(&answers) {
        Ok(outcomes) => {
            for (reply, outcome) in replies.into_iter().zip(outcomes) {
                drop(reply.send(outcome));
            }
            true
        }
        Err(error) => {
            on_fatal(&error.to_string());
            for reply in replies {
                drop(reply.send(Err(failed(&error))));
            }
            false
        }
    }
}

fn failed(error: &rusqlite::Error) -> BoxError {
    BoxError::Failed {
        reason: error.to_string(),
    }
}
