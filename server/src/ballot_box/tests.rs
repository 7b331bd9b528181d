//! What a hall may rely on: an acknowledged cast stays or was replaced by a later one, and the file tells nothing
//! but its content.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use futures_util::future::join_all;
use rusqlite::Connection;
use sha2::{Digest as _, Sha256, Sha512};
use tempfile::TempDir;
use uuid::Uuid;

use super::{BallotBox, BoxError, Keep, OnFatal, Put, destroy, exists, path_of};
use crate::limits::BOX_QUEUE_CASTS_MAX;
use crate::secrecy::{Cast, Round};
use pingyi_core::ids::BallotId;

const ROUND: Round = Round {
    appraisal: Uuid::from_u128(0x1234_5678),
    ballot: BallotId(2),
    number: 1,
};

fn no_failure() -> OnFatal {
    Arc::new(|reason| panic!("the box failed: {reason}"))
}

fn open(data: &Path) -> BallotBox {
    BallotBox::open(data, ROUND, no_failure()).unwrap()
}

fn file(data: &Path) -> PathBuf {
    path_of(data, ROUND)
}

/// The box checks no cryptography; each voter has a key anywhere in the order, each cast a signature found only there.
fn cast(voter: u32, seq: u32, choice: u8) -> Cast {
    let sig = Sha512::digest([&voter.to_be_bytes()[..], &seq.to_be_bytes(), &[choice]].concat());
    Cast {
        vote_pk: Sha256::digest(voter.to_be_bytes()).into(),
        token: Sha512::digest(voter.to_le_bytes()).into(),
        seq,
        choices: vec![choice],
        sig: sig.into(),
    }
}

fn sorted(mut casts: Vec<Cast>) -> Vec<Cast> {
    casts.sort();
    casts
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// What the disk would show after the power went: the files as they are, without closing anything.
fn as_after_a_crash(data: &Path) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    let boxes = copy.path().join("boxes");
    std::fs::create_dir(&boxes).unwrap();
    for entry in std::fs::read_dir(data.join("boxes")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), boxes.join(entry.file_name())).unwrap();
    }
    copy
}

#[tokio::test]
async fn a_whole_hall_at_once_is_all_in_the_box() {
    let data = tempfile::tempdir().unwrap();
    let ballot_box = open(data.path());
    let casts: Vec<Cast> = (0..500).map(|voter| cast(voter, 9, 1)).collect();
    let answers = join_all(casts.iter().cloned().map(|cast| ballot_box.put(cast, Keep::Last))).await;
    assert!(answers.iter().all(|answer| *answer == Ok(Put::New)));
    assert_eq!(ballot_box.count(), 500);
    assert!(ballot_box.freeze().await.unwrap() == sorted(casts));
}

#[tokio::test]
async fn a_later_cast_replaces_and_an_older_one_does_not() {
    let data = tempfile::tempdir().unwrap();
    let ballot_box = open(data.path());
    assert_eq!(ballot_box.put(cast(1, 10, 1), Keep::Last).await, Ok(Put::New));
    assert_eq!(ballot_box.put(cast(1, 10, 1), Keep::Last).await, Ok(Put::Same));
    assert_eq!(
        ballot_box.put(cast(1, 10, 2), Keep::Last).await,
        Err(BoxError::OtherContent)
    );
    assert_eq!(ballot_box.put(cast(1, 12, 3), Keep::Last).await, Ok(Put::Replaced));
    assert_eq!(
        ballot_box.put(cast(1, 10, 1), Keep::Last).await,
        Err(BoxError::Older),
        "a replay of the first"
    );
    assert_eq!(ballot_box.put(cast(1, 12, 3), Keep::Last).await, Ok(Put::Same));
    assert_eq!(ballot_box.count(), 1);
    assert!(ballot_box.freeze().await.unwrap() == [cast(1, 12, 3)]);
}

#[tokio::test]
async fn of_casts_that_come_together_the_highest_stays() {
    let data = tempfile::tempdir().unwrap();
    let ballot_box = open(data.path());
    let together = [5, 9, 7].map(|seq| ballot_box.put(cast(1, seq, 1), Keep::Last));
    for answer in join_all(together).await {
        assert!(
            matches!(answer, Ok(Put::New | Put::Replaced) | Err(BoxError::Older)),
            "{answer:?}"
        );
    }
    assert!(ballot_box.freeze().await.unwrap() == [cast(1, 9, 1)]);
}

/// Two taps that reach the box together, in one commit or in two: one is the vote, the other one is told so.
#[tokio::test]
async fn where_the_first_press_counts_one_of_two_at_once_is_in_the_box() {
    let data = tempfile::tempdir().unwrap();
    let ballot_box = open(data.path());
    let presses = [cast(1, 6, 2), cast(1, 5, 1)];
    let together = presses.clone().map(|press| ballot_box.put(press, Keep::First));
    let answers = join_all(together).await;
    let taken: Vec<_> = presses
        .iter()
        .zip(&answers)
        .filter(|(_, a)| **a == Ok(Put::New))
        .collect();
    assert_eq!(taken.len(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|a| **a == Err(BoxError::Taken)).count(), 1);
    let first = taken[0].0.clone();
    for seq in [1, 9] {
        assert_eq!(ballot_box.put(cast(1, seq, 3), Keep::First).await, Err(BoxError::Taken));
    }
    assert_eq!(
        ballot_box.put(first.clone(), Keep::First).await,
        Ok(Put::Same),
        "a repeat"
    );
    assert!(ballot_box.freeze().await.unwrap() == [first]);
}

#[tokio::test]
async fn a_frozen_box_takes_nothing_also_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let ballot_box = open(data.path());
    let (before, lines, after) = tokio::join!(
        ballot_box.put(cast(1, 1, 1), Keep::Last),
        ballot_box.freeze(),
        ballot_box.put(cast(2, 1, 1), Keep::Last)
    );
    assert_eq!(before, Ok(Put::New), "what was put before is let in");
    assert_eq!(after, Err(BoxError::Frozen));
    assert!(ballot_box.freeze().await == lines, "freezing again changes nothing");
    ballot_box.close().await;
    let ballot_box = open(data.path());
    assert_eq!(ballot_box.put(cast(1, 2, 1), Keep::Last).await, Err(BoxError::Frozen));
    assert_eq!(
        ballot_box.put(cast(1, 1, 1), Keep::Last).await,
        Err(BoxError::Frozen),
        "not even a repeat"
    );
    assert!(ballot_box.freeze().await == lines);
}

#[tokio::test]
async fn what_was_answered_is_there_after_a_crash() {
    let data = tempfile::tempdir().unwrap();
    let ballot_box = open(data.path());
    for voter in 0..40 {
        ballot_box.put(cast(voter, 1, 1), Keep::Last).await.unwrap();
    }
    ballot_box.put(cast(3, 2, 2), Keep::Last).await.unwrap();
    let copy = as_after_a_crash(data.path());
    let reopened = open(copy.path());
    assert_eq!(reopened.count(), 40);
    let choices = reopened.choices_at_open();
    assert_eq!(
        (choices.len(), choices.get(&cast(3, 2, 2).vote_pk)),
        (40, Some(&(2, vec![2])))
    );
    assert_eq!(reopened.put(cast(3, 1, 1), Keep::Last).await, Err(BoxError::Older));
    assert!(reopened.freeze().await == ballot_box.freeze().await);
}

#[tokio::test]
async fn a_commit_cut_short_leaves_the_box_as_it_was() {
    let data = tempfile::tempdir().unwrap();
    let ballot_box = open(data.path());
    let casts: Vec<Cast> = (0..200).map(|voter| cast(voter, 1, 1)).collect();
    join_all(casts.iter().cloned().map(|cast| ballot_box.put(cast, Keep::Last))).await;
    ballot_box.close().await;
    let whole = std::fs::read(file(data.path())).unwrap();
    // Small enough a cache that half of the change is in the file before it commits.
    let conn = Connection::open(file(data.path())).unwrap();
    conn.execute_batch("PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE casts SET seq = 77, choices = x'04'")
        .unwrap();
    let copy = as_after_a_crash(data.path());
    assert!(
        std::fs::read(file(copy.path())).unwrap() != whole,
        "the crash came in the middle"
    );
    let reopened = open(copy.path());
    assert!(reopened.freeze().await.unwrap() == sorted(casts));
}

/// Fills a box in the given order and batches; every fifth voter changed the vote from something else before.
async fn filled(order: &[u32], batch: usize, changes: &[u32]) -> (TempDir, Vec<u8>) {
    let data = tempfile::tempdir().unwrap();
    let ballot_box = open(data.path());
    for voters in order.chunks(batch) {
        for voter in voters.iter().filter(|voter| changes.contains(voter)) {
            ballot_box.put(cast(*voter, 3, 2), Keep::Last).await.unwrap();
        }
        for answer in join_all(
            voters
                .iter()
                .map(|voter| ballot_box.put(cast(*voter, 50, 1), Keep::Last)),
        )
        .await
        {
            answer.unwrap();
        }
    }
    ballot_box.freeze().await.unwrap();
    ballot_box.vacuum().await.unwrap();
    ballot_box.close().await;
    let bytes = std::fs::read(file(data.path())).unwrap();
    (data, bytes)
}

#[tokio::test]
async fn the_file_tells_neither_order_nor_batches_nor_changes_of_mind() {
    let forward: Vec<u32> = (0..300).collect();
    let backward: Vec<u32> = (0..300).rev().collect();
    let mixed: Vec<u32> = (0..300).map(|i| i * 7 % 300).collect();
    let (_data, first) = filled(&forward, 300, &[]).await;
    assert!(first.len() > 40_000, "many pages");
    for (order, batch, changes) in [
        (&backward, 11, &[][..]),
        (&mixed, 1, &[]),
        (&mixed, 64, &[5, 17, 250, 299]),
    ] {
        let (data, bytes) = filled(order, batch, changes).await;
        assert!(bytes == first, "batches of {batch}");
        for voter in changes {
            assert!(
                !holds(&bytes, &cast(*voter, 3, 2).sig),
                "a replaced vote of {voter} is in the file"
            );
        }
        let left: Vec<_> = std::fs::read_dir(data.path().join("boxes"))
            .unwrap()
            .map(|e| e.unwrap().file_name())
            .collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }
}

#[tokio::test]
async fn writing_anew_twice_gives_the_same_file() {
    let order: Vec<u32> = (0..50).collect();
    let (data, first) = filled(&order, 7, &[]).await;
    let ballot_box = open(data.path());
    ballot_box.vacuum().await.unwrap();
    assert_eq!(
        ballot_box.put(cast(1, 99, 1), Keep::Last).await,
        Err(BoxError::Frozen),
        "still frozen"
    );
    ballot_box.close().await;
    assert!(std::fs::read(file(data.path())).unwrap() == first);
}

#[tokio::test]
async fn replaced_votes_are_overwritten_at_once() {
    let data = tempfile::tempdir().unwrap();
    let ballot_box = open(data.path());
    let firsts: Vec<Cast> = (0..150).map(|voter| cast(voter, 1, 1)).collect();
    join_all(firsts.iter().map(|first| ballot_box.put(first.clone(), Keep::Last))).await;
    let bytes = std::fs::read(file(data.path())).unwrap();
    assert!(
        firsts.iter().all(|first| holds(&bytes, &first.sig)),
        "the search finds what is there"
    );
    for voter in (0..150).filter(|voter| voter % 3 == 0) {
        // A longer slip does not fit where the first one was.
        let longer = Cast {
            choices: vec![2; 9],
            ..cast(voter, 2, 2)
        };
        assert_eq!(ballot_box.put(longer, Keep::Last).await, Ok(Put::Replaced));
    }
    let bytes = std::fs::read(file(data.path())).unwrap();
    let left: Vec<u32> = (0..150)
        .filter(|voter| holds(&bytes, &firsts[*voter as usize].sig) && voter % 3 == 0)
        .collect();
    assert!(left.is_empty(), "first votes of {left:?} are still in the file");
}

#[tokio::test]
async fn a_crash_while_writing_anew_leaves_the_old_file_in_force() {
    let data = tempfile::tempdir().unwrap();
    let ballot_box = open(data.path());
    ballot_box.put(cast(1, 1, 1), Keep::Last).await.unwrap();
    ballot_box.close().await;
    for leftover in ["new", "new-journal"] {
        std::fs::write(file(data.path()).with_extension(leftover), "half a file").unwrap();
    }
    let ballot_box = open(data.path());
    assert_eq!(std::fs::read_dir(data.path().join("boxes")).unwrap().count(), 1);
    ballot_box.vacuum().await.unwrap();
    assert!(ballot_box.freeze().await.unwrap() == [cast(1, 1, 1)]);
}

#[cfg(unix)]
#[tokio::test]
async fn a_destroyed_box_is_overwritten_and_gone() {
    let data = tempfile::tempdir().unwrap();
    let ballot_box = open(data.path());
    ballot_box.put(cast(1, 1, 1), Keep::Last).await.unwrap();
    // A second name for the same bytes shows what a reader of the raw disk would see.
    let disk = data.path().join("disk");
    std::fs::hard_link(file(data.path()), &disk).unwrap();
    ballot_box.destroy().await.unwrap();
    assert!(!exists(data.path(), ROUND));
    assert!(std::fs::read(&disk).unwrap().iter().all(|byte| *byte == 0));
    assert_eq!(ballot_box.put(cast(2, 1, 1), Keep::Last).await, Err(BoxError::Closed));
    ballot_box.destroy().await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_before_it_was_written_anew_is_overwritten() {
    let data = tempfile::tempdir().unwrap();
    let ballot_box = open(data.path());
    ballot_box.put(cast(1, 1, 1), Keep::Last).await.unwrap();
    let disk = data.path().join("disk");
    std::fs::hard_link(file(data.path()), &disk).unwrap();
    ballot_box.vacuum().await.unwrap();
    assert!(std::fs::read(&disk).unwrap().iter().all(|byte| *byte == 0));
    assert!(ballot_box.freeze().await.unwrap() == [cast(1, 1, 1)]);
}

#[tokio::test]
async fn what_a_crash_left_of_a_destroyed_box_can_be_destroyed_again() {
    let data = tempfile::tempdir().unwrap();
    destroy(data.path(), ROUND).unwrap();
    let ballot_box = open(data.path());
    ballot_box.put(cast(1, 1, 1), Keep::Last).await.unwrap();
    ballot_box.close().await;
    // Half overwritten, with a journal beside it.
    let path = file(data.path());
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..4096].fill(0);
    std::fs::write(&path, bytes).unwrap();
    std::fs::write(path.with_extension("db-journal"), "left over").unwrap();
    destroy(data.path(), ROUND).unwrap();
    assert_eq!(std::fs::read_dir(data.path().join("boxes")).unwrap().count(), 0);
}

/// A constraint that is only checked at COMMIT: the inserts go well, the commit does not.
const FAIL_AT_COMMIT: &str = "
    CREATE TABLE none (id INTEGER PRIMARY KEY);
    CREATE TABLE doomed (id INTEGER REFERENCES none (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER fail AFTER INSERT ON casts BEGIN INSERT INTO doomed VALUES (1); END;
";

#[tokio::test]
async fn a_failed_commit_is_fatal_and_nothing_after_it_is_taken() {
    let data = tempfile::tempdir().unwrap();
    let told: Arc<Mutex<Vec<String>>> = Arc::default();
    let tell = Arc::clone(&told);
    let on_fatal: OnFatal = Arc::new(move |reason| tell.lock().unwrap().push(reason.into()));
    let ballot_box = BallotBox::open(data.path(), ROUND, on_fatal).unwrap();
    ballot_box.put(cast(1, 1, 1), Keep::Last).await.unwrap();
    Connection::open(file(data.path()))
        .unwrap()
        .execute_batch(FAIL_AT_COMMIT)
        .unwrap();
    let failed = ballot_box.put(cast(2, 1, 1), Keep::Last).await.unwrap_err();
    assert!(matches!(failed, BoxError::Failed { .. }), "{failed}");
    assert_eq!(told.lock().unwrap().len(), 1);
    let after = ballot_box.put(cast(3, 1, 1), Keep::Last).await.unwrap_err();
    assert!(matches!(after, BoxError::Failed { .. }), "{after}");
    assert_eq!(ballot_box.count(), 1);
}

#[test]
fn a_full_queue_sends_away_and_forgets_nobody() {
    use super::queue::{Job, Queue, Work};
    let queue = Queue::default();
    let push = || {
        let (reply, answer) = tokio::sync::oneshot::channel();
        queue.push(Job::Put {
            keep: Keep::Last,
            cast: cast(1, 1, 1),
            reply,
        });
        answer
    };
    let waiting: Vec<_> = (0..BOX_QUEUE_CASTS_MAX).map(|_| push()).collect();
    assert_eq!(push().try_recv(), Ok(Err(BoxError::Busy)));
    assert!(matches!(queue.take(10), Some(Work::Puts(puts)) if puts.len() == 10));
    assert!(push().try_recv().is_err(), "it waits, unanswered");
    drop(waiting);
}

#[cfg(unix)]
#[test]
fn the_file_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let data = tempfile::tempdir().unwrap();
    let _open = open(data.path());
    assert_eq!(
        std::fs::metadata(file(data.path())).unwrap().permissions().mode() & 0o777,
        0o600
    );
}
