//! What every journal must do, as one suite: an engine is tested by `journal_contract!(make_engine)` in its tests.
//! Each case gets an engine with an empty store.

mod edges;

use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::join_all;
use uuid::Uuid;

pub use self::edges::{
    a_page_is_bounded_whatever_is_asked, a_refused_frame_leaves_nothing,
    closing_waits_for_what_was_queued_and_refuses_the_rest, pages_join_without_gap_or_overlap,
    the_last_snapshot_counts, what_is_too_large_is_refused_with_its_bound,
};
use super::chain::{Chain, genesis};
use super::{End, Entry, Frame, Journal, Record, Snapshot, StreamId};

/// A store that outlives the journals opened on it, one after the other.
pub trait Engine {
    fn open(&self) -> Arc<dyn Journal>;
}

/// Makes one test a case. Needs tokio's test macro where it is used.
#[macro_export]
macro_rules! journal_contract {
    ($engine:expr) => {
        $crate::journal_contract!($engine;
            an_empty_stream_ends_at_its_genesis
            records_come_back_as_they_went_in
            the_order_is_that_of_the_calls
            a_frame_is_seen_whole_or_not_at_all
            a_refused_frame_leaves_nothing
            appenders_to_many_streams_do_not_disturb_each_other
            reopening_finds_the_same_entries_and_heads
            pages_join_without_gap_or_overlap
            a_page_is_bounded_whatever_is_asked
            a_repeated_id_is_a_record_like_any_other
            the_last_snapshot_counts
            what_is_too_large_is_refused_with_its_bound
            closing_waits_for_what_was_queued_and_refuses_the_rest
        );
    };
    ($engine:expr; $($case:ident)*) => {
        mod contract {
            use super::*;
            $(
                #[tokio::test]
                async fn $case() {
                    $crate::journal::contract::$case(&$engine).await;
                }
            )*
        }
    };
}

pub fn stream(number: u128) -> StreamId {
    StreamId(Uuid::from_u128(number))
}

/// `count` different records, numbered from `first`.
pub fn frame(first: u32, count: u32) -> Frame {
    let record = |number: u32| Record {
        id: Uuid::from_u128(u128::from(number) + 1),
        data: Bytes::from(format!(r#"{{"number":{number},"text":"述职评议"}}"#)),
    };
    Frame {
        behaviour: 1,
        records: (first..first + count).map(record).collect(),
    }
}

fn frame_of_bytes(records: usize, bytes: usize) -> Frame {
    let record = Record {
        id: Uuid::nil(),
        data: Bytes::from(vec![b' '; bytes]),
    };
    Frame {
        behaviour: 1,
        records: vec![record; records],
    }
}

async fn read_all(journal: &dyn Journal, stream: StreamId, page: usize) -> Vec<Entry> {
    let mut entries = Vec::new();
    loop {
        let more = journal.read(stream, entries.len() as u64, page).await.unwrap();
        if more.is_empty() {
            return entries;
        }
        entries.extend(more);
    }
}

pub async fn an_empty_stream_ends_at_its_genesis(engine: &impl Engine) {
    let journal = engine.open();
    let end = End {
        next_index: 0,
        head: genesis(stream(1)),
    };
    assert_eq!(journal.end(stream(1)).await, Ok(end));
    assert_ne!(
        journal.end(stream(2)).await,
        Ok(end),
        "every stream has a genesis of its own"
    );
    assert_eq!(journal.read(stream(1), 0, 10).await, Ok(vec![]));
    assert_eq!(journal.read(stream(1), 17, 10).await, Ok(vec![]));
    assert_eq!(journal.read(stream(1), u64::MAX, 10).await, Ok(vec![]));
    assert_eq!(journal.streams().await, Ok(vec![]));
    assert_eq!(journal.get_snapshot(stream(1)).await, Ok(None));
}

pub async fn records_come_back_as_they_went_in(engine: &impl Engine) {
    let journal = engine.open();
    let first = Frame {
        behaviour: 3,
        ..frame(0, 2)
    };
    let second = Frame {
        behaviour: 4,
        ..frame(2, 1)
    };
    assert_eq!(journal.append(stream(1), first.clone()).await.unwrap().first_index, 0);
    let appended = journal.append(stream(1), second.clone()).await.unwrap();
    assert_eq!(appended.first_index, 2);

    let entries = read_all(&*journal, stream(1), 100).await;
    let mut chain = Chain::start(stream(1));
    let expected = [(&first, 0, 0), (&first, 0, 1), (&second, 2, 0)];
    assert_eq!(entries.len(), expected.len());
    for (entry, (frame, frame_index, place)) in entries.iter().zip(expected) {
        let record = &frame.records[place];
        assert_eq!((entry.id, &entry.data), (record.id, &record.data));
        assert_eq!((entry.behaviour, entry.frame), (frame.behaviour, frame_index));
        let sealed = chain.seal(record.id, &record.data);
        assert_eq!(
            (entry.index, entry.digest, entry.link),
            (sealed.index, sealed.digest, sealed.link)
        );
    }
    assert_eq!(appended.head, chain.head);
    assert_eq!(journal.end(stream(1)).await, Ok(chain.end()));
}

pub async fn the_order_is_that_of_the_calls(engine: &impl Engine) {
    let journal = engine.open();
    let mut calls: Vec<_> = (0..50).map(|n| journal.append(stream(1), frame(n, 1))).collect();
    // Polled in the wrong order, and one never: its frame was handed over all the same.
    calls.reverse();
    drop(calls.remove(20));
    for answer in join_all(calls).await {
        answer.unwrap();
    }
    let entries = read_all(&*journal, stream(1), 100).await;
    let expected: Vec<_> = frame(0, 50).records.into_iter().map(|record| record.id).collect();
    assert_eq!(entries.into_iter().map(|entry| entry.id).collect::<Vec<_>>(), expected);
}

pub async fn a_frame_is_seen_whole_or_not_at_all(engine: &impl Engine) {
    let journal = engine.open();
    let appends = join_all((0..40).map(|n| journal.append(stream(1), frame(n * 5, 5))));
    let looks = async {
        loop {
            let end = journal.end(stream(1)).await.unwrap();
            assert_eq!(end.next_index % 5, 0, "a part of a frame was seen");
            if end.next_index == 200 {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
    let (answers, ()) = futures_util::future::join(appends, looks).await;
    for (n, answer) in (0..).zip(answers) {
        assert_eq!(answer.unwrap().first_index, n * 5);
    }
    let entries = read_all(&*journal, stream(1), 1000).await;
    assert!(entries.iter().all(|entry| entry.frame == entry.index / 5 * 5));
}

pub async fn appenders_to_many_streams_do_not_disturb_each_other(engine: &impl Engine) {
    const STREAMS: u128 = 7;
    let journal = engine.open();
    let appender = |number: u128| {
        let journal = Arc::clone(&journal);
        tokio::spawn(async move {
            for n in 0..30 {
                let appended = journal.append(stream(number), frame(n * 2, 2)).await.unwrap();
                assert_eq!(appended.first_index, u64::from(n) * 2);
            }
        })
    };
    for done in join_all((1..=STREAMS).map(appender)).await {
        done.unwrap();
    }
    assert_eq!(
        journal.streams().await.unwrap(),
        (1..=STREAMS).map(stream).collect::<Vec<_>>()
    );
    let expected = frame(0, 60).records;
    for number in 1..=STREAMS {
        let entries = read_all(&*journal, stream(number), 1000).await;
        let found = entries.into_iter().map(|entry| Record {
            id: entry.id,
            data: entry.data,
        });
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }
}

pub async fn reopening_finds_the_same_entries_and_heads(engine: &impl Engine) {
    let journal = engine.open();
    for n in 0..5 {
        journal.append(stream(1), frame(n * 3, 3)).await.unwrap();
        journal.append(stream(2), frame(n, 1)).await.unwrap();
    }
    let snapshot = Snapshot {
        index: 9,
        tag: "1/test".into(),
        data: Bytes::from_static(b"{}"),
    };
    journal.put_snapshot(stream(1), snapshot.clone()).await.unwrap();
    let entries = read_all(&*journal, stream(1), 100).await;
    let ends = (
        journal.end(stream(1)).await.unwrap(),
        journal.end(stream(2)).await.unwrap(),
    );
    journal.close().await;
    drop(journal);

    let journal = engine.open();
    assert_eq!(read_all(&*journal, stream(1), 100).await, entries);
    assert_eq!(
        (
            journal.end(stream(1)).await.unwrap(),
            journal.end(stream(2)).await.unwrap()
        ),
        ends
    );
    assert_eq!(journal.get_snapshot(stream(1)).await, Ok(Some(snapshot)));
    let appended = journal.append(stream(1), frame(15, 1)).await.unwrap();
    assert_eq!(appended.first_index, 15);
    let grown = read_all(&*journal, stream(1), 100).await;
    assert_eq!(grown[..15], entries);
    assert_eq!(grown[15].link, appended.head);
}

pub async fn a_repeated_id_is_a_record_like_any_other(engine: &impl Engine) {
    let journal = engine.open();
    let first = journal.append(stream(1), frame(0, 1)).await.unwrap();
    let second = journal.append(stream(1), frame(0, 1)).await.unwrap();
    assert_eq!((first.first_index, second.first_index), (0, 1));
    assert_ne!(first.head, second.head);
    let entries = read_all(&*journal, stream(1), 10).await;
    assert_eq!(entries.len(), 2);
    assert_eq!((entries[0].id, &entries[0].data), (entries[1].id, &entries[1].data));
}
