//! The cases of the contract at its edges: pages, bounds, snapshots, closing.

use bytes::Bytes;
use futures_util::future::join_all;

use super::{Engine, frame, frame_of_bytes, read_all, stream};
use crate::journal::{AppendError, End, Frame, ReadError, Snapshot};
use crate::limits::{
    FRAME_BYTES_MAX, FRAME_RECORDS_MAX, JOURNAL_PAGE_BYTES_MAX, JOURNAL_PAGE_ENTRIES_MAX, RECORD_BYTES_MAX,
    SNAPSHOT_BYTES_MAX, SNAPSHOT_TAG_BYTES_MAX,
};

pub async fn a_refused_frame_leaves_nothing(engine: &impl Engine) {
    let journal = engine.open();
    let before = journal.append(stream(1), frame(0, 2)).await.unwrap();
    let mut bad = frame(2, 2);
    bad.records.extend(frame_of_bytes(1, RECORD_BYTES_MAX + 1).records);
    assert!(journal.append(stream(1), bad).await.is_err());
    let empty = Frame {
        behaviour: 1,
        records: vec![],
    };
    assert_eq!(journal.append(stream(1), empty).await, Err(AppendError::Empty));
    assert_eq!(
        journal.end(stream(1)).await,
        Ok(End {
            next_index: 2,
            head: before.head
        })
    );
    assert_eq!(journal.append(stream(1), frame(2, 1)).await.unwrap().first_index, 2);
}

pub async fn pages_join_without_gap_or_overlap(engine: &impl Engine) {
    let journal = engine.open();
    for n in 0..5 {
        journal.append(stream(1), frame(n * 4, 4)).await.unwrap();
        journal.append(stream(2), frame(n * 4, 4)).await.unwrap();
    }
    let whole = journal.read(stream(1), 0, 100).await.unwrap();
    assert_eq!(whole.len(), 20);
    for page in [1, 3, 4, 7, 20] {
        assert_eq!(read_all(&*journal, stream(1), page).await, whole);
    }
    assert_eq!(journal.read(stream(1), 13, 3).await.unwrap(), whole[13..16]);
    assert_eq!(journal.read(stream(1), 20, 3).await, Ok(vec![]));
    assert_eq!(journal.read(stream(1), 21, 3).await, Ok(vec![]));
}

pub async fn a_page_is_bounded_whatever_is_asked(engine: &impl Engine) {
    let journal = engine.open();
    journal.append(stream(1), frame(0, 1000)).await.unwrap();
    journal.append(stream(1), frame(1000, 1000)).await.unwrap();
    assert_eq!(
        journal.read(stream(1), 0, usize::MAX).await.unwrap().len(),
        JOURNAL_PAGE_ENTRIES_MAX
    );
    assert_eq!(read_all(&*journal, stream(1), usize::MAX).await.len(), 2000);

    let full = JOURNAL_PAGE_BYTES_MAX / RECORD_BYTES_MAX;
    for _ in 0..2 {
        journal
            .append(stream(2), frame_of_bytes(full, RECORD_BYTES_MAX))
            .await
            .unwrap();
    }
    assert_eq!(journal.read(stream(2), 0, 1000).await.unwrap().len(), full);
    assert_eq!(read_all(&*journal, stream(2), 1000).await.len(), 2 * full);
}

pub async fn the_last_snapshot_counts(engine: &impl Engine) {
    let journal = engine.open();
    let snapshot = |index, data: &'static [u8]| Snapshot {
        index,
        tag: "1/test".into(),
        data: Bytes::from_static(data),
    };
    journal.put_snapshot(stream(1), snapshot(3, b"three")).await.unwrap();
    assert_eq!(journal.get_snapshot(stream(1)).await, Ok(Some(snapshot(3, b"three"))));
    journal.put_snapshot(stream(1), snapshot(7, b"seven")).await.unwrap();
    assert_eq!(journal.get_snapshot(stream(1)).await, Ok(Some(snapshot(7, b"seven"))));
    assert_eq!(journal.get_snapshot(stream(2)).await, Ok(None));
    assert_eq!(journal.streams().await, Ok(vec![]), "a snapshot alone makes no stream");
}

pub async fn what_is_too_large_is_refused_with_its_bound(engine: &impl Engine) {
    let journal = engine.open();
    let bound = |answer: Result<_, AppendError>| match answer.unwrap_err() {
        AppendError::TooLarge { size, max, .. } => (size, max),
        other => panic!("{other}"),
    };
    let frames = [
        (
            frame_of_bytes(1, RECORD_BYTES_MAX + 1),
            RECORD_BYTES_MAX + 1,
            RECORD_BYTES_MAX,
        ),
        (
            frame_of_bytes(FRAME_RECORDS_MAX + 1, 1),
            FRAME_RECORDS_MAX + 1,
            FRAME_RECORDS_MAX,
        ),
        (
            frame_of_bytes(FRAME_BYTES_MAX / RECORD_BYTES_MAX + 1, RECORD_BYTES_MAX),
            FRAME_BYTES_MAX + RECORD_BYTES_MAX,
            FRAME_BYTES_MAX,
        ),
    ];
    for (frame, size, max) in frames {
        assert_eq!(bound(journal.append(stream(1), frame).await.map(drop)), (size, max));
    }
    let snapshot = |tag, data| Snapshot {
        index: 0,
        tag: "t".repeat(tag),
        data: Bytes::from(vec![0; data]),
    };
    let put = journal
        .put_snapshot(stream(1), snapshot(1, SNAPSHOT_BYTES_MAX + 1))
        .await;
    assert_eq!(bound(put), (SNAPSHOT_BYTES_MAX + 1, SNAPSHOT_BYTES_MAX));
    let put = journal
        .put_snapshot(stream(1), snapshot(SNAPSHOT_TAG_BYTES_MAX + 1, 0))
        .await;
    assert_eq!(bound(put), (SNAPSHOT_TAG_BYTES_MAX + 1, SNAPSHOT_TAG_BYTES_MAX));

    journal
        .append(stream(1), frame_of_bytes(1, RECORD_BYTES_MAX))
        .await
        .unwrap();
    journal
        .append(stream(1), frame_of_bytes(FRAME_RECORDS_MAX, 1))
        .await
        .unwrap();
    journal
        .put_snapshot(stream(1), snapshot(SNAPSHOT_TAG_BYTES_MAX, SNAPSHOT_BYTES_MAX))
        .await
        .unwrap();
}

pub async fn closing_waits_for_what_was_queued_and_refuses_the_rest(engine: &impl Engine) {
    let journal = engine.open();
    let queued: Vec<_> = (0..20).map(|n| journal.append(stream(1), frame(n, 1))).collect();
    journal.close().await;
    journal.close().await;
    for answer in join_all(queued).await {
        answer.unwrap();
    }
    assert_eq!(journal.append(stream(1), frame(0, 1)).await, Err(AppendError::Closed));
    let snapshot = Snapshot {
        index: 0,
        tag: String::new(),
        data: Bytes::new(),
    };
    assert_eq!(
        journal.put_snapshot(stream(1), snapshot).await,
        Err(AppendError::Closed)
    );
    assert_eq!(journal.read(stream(1), 0, 10).await, Err(ReadError::Closed));
    assert_eq!(journal.end(stream(1)).await, Err(ReadError::Closed));
    assert_eq!(journal.streams().await, Err(ReadError::Closed));
    assert_eq!(journal.get_snapshot(stream(1)).await, Err(ReadError::Closed));

    let reopened = engine.open();
    assert_eq!(reopened.end(stream(1)).await.unwrap().next_index, 20);
}
