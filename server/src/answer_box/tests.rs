//! What those who answer may rely on: an acknowledged answer stays, a slip counts once, and the file tells nothing but
//! its content.

use super::*;
use futures_util::future::join_all;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

const CASE: Uuid = Uuid::from_u128(0x77);
const Q: QuestionnaireId = QuestionnaireId(1);

fn open(data: &Path) -> AnswerBox {
    let fails = Arc::new(|reason: &str| panic!("the box failed: {reason}"));
    AnswerBox::open(data, CASE, Q, fails).unwrap().0
}

/// Each person's key and ticket lie anywhere in the order, and nothing of one is in the other.
fn answer(person: u32, text: &str) -> Answer {
    let key: [u8; 32] = Sha256::digest(person.to_be_bytes()).into();
    Answer {
        key: key[..16].try_into().unwrap(),
        ticket: Sha256::digest(person.to_le_bytes().repeat(2)).into(),
        text: text.to_owned(),
    }
}

fn as_after_a_crash(data: &Path) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    let folder = copy.path().join(FOLDER);
    std::fs::create_dir(&folder).unwrap();
    for entry in std::fs::read_dir(data.join(FOLDER)).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    copy
}

#[tokio::test]
async fn a_slip_counts_once_and_a_lost_receipt_costs_nothing() {
    let data = tempfile::tempdir().unwrap();
    let answers = open(data.path());
    let first = answer(1, "甲");
    assert_eq!(answers.put(first.clone()).await, Ok(Put::New));
    assert_eq!(answers.put(first.clone()).await, Ok(Put::Same));
    let other_key = Answer {
        ticket: first.ticket,
        ..answer(2, "乙")
    };
    assert_eq!(answers.put(other_key).await, Err(BoxError::Used));
    let other_text = Answer {
        text: "丙".into(),
        ..first.clone()
    };
    assert_eq!(answers.put(other_text).await, Err(BoxError::OtherContent));
    let other_ticket = Answer {
        ticket: answer(3, "").ticket,
        ..first.clone()
    };
    assert_eq!(answers.put(other_ticket).await, Err(BoxError::OtherContent));
    assert_eq!(
        answers.put(answer(3, "丁")).await,
        Ok(Put::New),
        "a refused try uses nothing up"
    );
    assert_eq!(answers.freeze().await.unwrap(), ["丁", "甲"]);
}

#[tokio::test]
async fn many_at_once_with_one_slip_are_one_answer() {
    let data = tempfile::tempdir().unwrap();
    let answers = open(data.path());
    let ticket = answer(0, "").ticket;
    let tries = (0..30).map(|n| {
        answers.put(Answer {
            ticket,
            ..answer(n, "同一张")
        })
    });
    let taken = join_all(tries).await.into_iter().filter(|t| *t == Ok(Put::New)).count();
    assert_eq!((taken, answers.freeze().await.unwrap().len()), (1, 1));
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_crash_and_its_slip_is_used() {
    let data = tempfile::tempdir().unwrap();
    let answers = open(data.path());
    for person in 0..20 {
        answers.put(answer(person, "好")).await.unwrap();
    }
    let copy = as_after_a_crash(data.path());
    let reopened = open(copy.path());
    assert_eq!(reopened.put(answer(7, "好")).await, Ok(Put::Same));
    let again = Answer {
        ticket: answer(7, "").ticket,
        ..answer(99, "再答一次")
    };
    assert_eq!(reopened.put(again).await, Err(BoxError::Used));
    assert_eq!(reopened.freeze().await.unwrap().len(), 20);
}

#[tokio::test]
async fn a_frozen_box_takes_nothing_also_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let answers = open(data.path());
    let (before, texts, after) = tokio::join!(
        answers.put(answer(1, "先")),
        answers.freeze(),
        answers.put(answer(2, "后"))
    );
    assert_eq!(
        (before, after),
        (Ok(Put::New), Err(BoxError::Frozen)),
        "what was put before is let in"
    );
    let copy = as_after_a_crash(data.path());
    let reopened = open(copy.path());
    assert_eq!(reopened.put(answer(3, "后")).await, Err(BoxError::Frozen));
    assert_eq!(reopened.freeze().await, texts);
}

/// The file's bytes after everybody answered in this order, some at a time; its two counters of changes left out.
async fn filled(order: &[u32], batch: usize) -> Vec<u8> {
    let data = tempfile::tempdir().unwrap();
    let answers = open(data.path());
    for people in order.chunks(batch) {
        let puts = people
            .iter()
            .map(|person| answers.put(answer(*person, &format!("第{}种回答", person % 7))));
        for outcome in join_all(puts).await {
            outcome.unwrap();
        }
    }
    answers.freeze().await.unwrap();
    let mut bytes = std::fs::read(path_of(data.path(), CASE, Q)).unwrap();
    for counter in [24..28, 40..44, 92..96] {
        bytes[counter].fill(0);
    }
    bytes
}

#[tokio::test]
async fn the_file_tells_nothing_of_the_order_of_the_answers() {
    let forward: Vec<u32> = (0..200).collect();
    let mixed: Vec<u32> = (0..200).map(|n| n * 7 % 200).collect();
    let first = filled(&forward, 200).await;
    assert!(first.len() > 12_000, "several pages");
    assert!(filled(&mixed, 9).await == first);
    assert!(filled(&mixed, 1).await == first);
}
