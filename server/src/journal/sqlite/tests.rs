//! What only the SQLite journal can show: tampering, failed commits, a second process, a newer file.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use rusqlite::Connection;
use tempfile::TempDir;

use super::{FILE_NAME, OnFatal, SqliteJournal};
use crate::journal::contract::{Engine, frame, stream};
use crate::journal::{AppendError, Journal, ReadError, Snapshot};
use crate::sqlite_file::OpenError;

fn no_failure() -> OnFatal {
    Box::new(|reason| panic!("the journal failed: {reason}"))
}

struct Sqlite(TempDir);

impl Sqlite {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn folder(&self) -> &Path {
        self.0.path()
    }

    fn file(&self) -> PathBuf {
        self.folder().join(FILE_NAME)
    }

    /// Writes behind the journal's back.
    fn tamper(&self, sql: &str) -> usize {
        let conn = Connection::open(self.file()).unwrap();
        conn.execute_batch(sql).unwrap();
        usize::try_from(conn.changes()).unwrap()
    }
}

impl Engine for Sqlite {
    fn open(&self) -> Arc<dyn Journal> {
        Arc::new(SqliteJournal::open(self.folder(), no_failure()).unwrap())
    }
}

crate::journal_contract!(Sqlite::new());

#[tokio::test]
async fn every_kind_of_tampering_is_found_where_it_is() {
    let tamperings = [
        (
            "UPDATE entries SET data = CAST(replace(CAST(data AS TEXT), '5', '6') AS BLOB) WHERE idx = 5",
            5,
        ),
        ("UPDATE entries SET id = zeroblob(16) WHERE idx = 5", 5),
        ("UPDATE entries SET digest = zeroblob(32) WHERE idx = 5", 5),
        ("UPDATE entries SET link = zeroblob(32) WHERE idx = 5", 5),
        ("UPDATE entries SET link = zeroblob(7) WHERE idx = 5", 5),
        ("DELETE FROM entries WHERE idx = 5", 5),
        ("DELETE FROM entries WHERE idx = 0", 0),
        (
            "DELETE FROM entries WHERE idx = 4; UPDATE entries SET idx = 4 WHERE idx = 5",
            4,
        ),
    ];
    for (sql, index) in tamperings {
        let engine = Sqlite::new();
        let journal = engine.open();
        journal.append(stream(1), frame(0, 10)).await.unwrap();
        assert_eq!(journal.read(stream(1), 0, 100).await.unwrap().len(), 10);
        assert_eq!(engine.tamper(sql), 1, "{sql}");
        let broken = Err(ReadError::Broken {
            stream: stream(1),
            index,
        });
        assert_eq!(journal.read(stream(1), 0, 100).await, broken, "{sql}");
        if index > 0 {
            // Paging must not step over the place.
            assert_eq!(
                journal.read(stream(1), 0, index as usize).await.unwrap().len(),
                index as usize
            );
            assert_eq!(journal.read(stream(1), index, 100).await, broken, "{sql}");
        }
    }
}

#[tokio::test]
async fn a_page_after_a_missing_entry_is_refused() {
    let engine = Sqlite::new();
    let journal = engine.open();
    journal.append(stream(1), frame(0, 10)).await.unwrap();
    engine.tamper("DELETE FROM entries WHERE idx = 5");
    let broken = Err(ReadError::Broken {
        stream: stream(1),
        index: 6,
    });
    assert_eq!(journal.read(stream(1), 6, 100).await, broken);
}

/// A constraint that is only checked at COMMIT: the inserts go well, the commit does not.
const FAIL_AT_COMMIT: &str = "
    CREATE TABLE none (id INTEGER PRIMARY KEY);
    CREATE TABLE doomed (id INTEGER REFERENCES none (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER fail AFTER INSERT ON entries BEGIN INSERT INTO doomed VALUES (1); END;
";

#[tokio::test]
async fn a_failed_commit_is_fatal_and_nothing_after_it_is_taken() {
    let engine = Sqlite::new();
    let told: Arc<Mutex<Vec<String>>> = Arc::default();
    let tell = Arc::clone(&told);
    let on_fatal: OnFatal = Box::new(move |reason| tell.lock().unwrap().push(reason.into()));
    let journal = SqliteJournal::open(engine.folder(), on_fatal).unwrap();
    let good = journal.append(stream(1), frame(0, 2)).await.unwrap();

    engine.tamper(FAIL_AT_COMMIT);
    let failed = journal.append(stream(1), frame(2, 3)).await.unwrap_err();
    assert!(matches!(failed, AppendError::Failed { .. }), "{failed}");
    {
        let told = told.lock().unwrap();
        assert_eq!(told.len(), 1);
        assert!(told[0].contains("FOREIGN KEY"), "{told:?}");
    }
    let after = journal.append(stream(2), frame(0, 1)).await.unwrap_err();
    assert!(matches!(after, AppendError::Failed { .. }), "{after}");

    journal.close().await;
    engine.tamper("DROP TRIGGER fail");
    let journal = engine.open();
    assert_eq!(journal.end(stream(1)).await.unwrap().head, good.head);
    assert_eq!(journal.streams().await.unwrap(), [stream(1)]);
}

#[tokio::test]
async fn a_second_program_on_the_same_folder_is_told_so() {
    let engine = Sqlite::new();
    let journal = engine.open();
    let refused = SqliteJournal::open(engine.folder(), no_failure()).err().unwrap();
    assert!(matches!(refused, OpenError::InUse { .. }), "{refused}");
    journal.append(stream(1), frame(0, 1)).await.unwrap();
    journal.close().await;
    assert_eq!(engine.open().end(stream(1)).await.unwrap().next_index, 1);
}

#[tokio::test]
async fn a_newer_journal_is_refused() {
    let engine = Sqlite::new();
    engine.open().close().await;
    engine.tamper("PRAGMA user_version = 9");
    let refused = SqliteJournal::open(engine.folder(), no_failure()).err().unwrap();
    assert!(
        matches!(refused, OpenError::Newer { found: 9, known: 1, .. }),
        "{refused}"
    );
}

#[tokio::test]
async fn a_damaged_snapshot_counts_as_none() {
    let engine = Sqlite::new();
    let journal = engine.open();
    let snapshot = Snapshot {
        index: 1,
        tag: "a".into(),
        data: Bytes::from_static(b"state"),
    };
    journal.put_snapshot(stream(1), snapshot).await.unwrap();
    assert_eq!(engine.tamper("UPDATE snapshots SET data = CAST('stale' AS BLOB)"), 1);
    assert_eq!(journal.get_snapshot(stream(1)).await, Ok(None));
}

#[tokio::test]
async fn what_was_acknowledged_is_there_for_another_connection_at_once() {
    let engine = Sqlite::new();
    let journal = engine.open();
    journal.append(stream(1), frame(0, 3)).await.unwrap();
    let conn = Connection::open(engine.file()).unwrap();
    let count: i64 = conn
        .query_row("SELECT count(*) FROM entries", [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, 3);
}
