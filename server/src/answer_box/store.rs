//! The file of an answer box and all SQL on it. Rollback journal instead of a write-ahead log, which would keep the
//! order of the answers; freed bytes are overwritten; each commit lays both tables down by key.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior};

use super::{Answer, BoxError, Found, Put};
use crate::limits::ANSWERS_MAX;
use crate::sqlite_file::{self, CrashLog, Layout, OpenError};

const LAYOUT: Layout = Layout {
    version: 1,
    schema: "
        CREATE TABLE answers (
            key  BLOB NOT NULL PRIMARY KEY CHECK (length(key) = 16),
            text TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE used (
            ticket BLOB NOT NULL PRIMARY KEY CHECK (length(ticket) = 32)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE frozen (
            one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1)
        ) STRICT, WITHOUT ROWID;
    ",
};

pub(super) struct Store {
    conn: Connection,
}

impl Store {
    /// Answers with the texts in the box, too.
    pub(super) fn open(path: &Path) -> Result<(Store, Vec<String>), OpenError> {
        let conn = sqlite_file::open_with(path, LAYOUT, CrashLog::Rollback)?;
        let sqlite = |source| OpenError::Sqlite {
            path: path.into(),
            source,
        };
        conn.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))
            .map_err(sqlite)?;
        // Writing anew must not leave a copy in the system's folder for temporary files.
        conn.pragma_update(None, "temp_store", "MEMORY").map_err(sqlite)?;
        let texts = texts(&conn).map_err(sqlite)?;
        Ok((Store { conn }, texts))
    }

    /// One transaction for all of `answers`. Answers for each, in their order.
    pub(super) fn put(&mut self, answers: &[Answer]) -> rusqlite::Result<Vec<Result<Put, BoxError>>> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if is_frozen(&tx)? {
            return Ok(answers.iter().map(|_| Err(BoxError::Frozen)).collect());
        }
        let mut count: usize = tx.query_row("SELECT count(*) FROM answers", [], |row| row.get(0))?;
        let mut outcomes = Vec::with_capacity(answers.len());
        for answer in answers {
            let outcome = put(&tx, answer, count)?;
            count += usize::from(outcome == Ok(Put::New));
            outcomes.push(outcome);
        }
        if outcomes.contains(&Ok(Put::New)) {
            lay_by_key(&tx)?;
            tx.commit()?;
        }
        Ok(outcomes)
    }

    /// All texts, sorted, and none after them.
    pub(super) fn freeze(&mut self) -> rusqlite::Result<Vec<String>> {
        if !is_frozen(&self.conn)? {
            self.conn.execute("INSERT INTO frozen (one) VALUES (1)", [])?;
            self.conn.execute_batch("VACUUM")?;
        }
        texts(&self.conn)
    }
}

/// Through a connection of its own that cannot write.
pub(super) fn read_frozen<E: From<OpenError>>(
    path: &Path,
    mut each: impl FnMut(&str) -> Result<(), E>,
) -> Result<Found, E> {
    let sqlite = |source| OpenError::Sqlite {
        path: path.into(),
        source,
    };
    let conn = sqlite_file::open_reader(path)?;
    if !is_frozen(&conn).map_err(sqlite)? {
        return Ok(Found::Open);
    }
    let mut statement = conn.prepare(SORTED).map_err(sqlite)?;
    let mut rows = statement.query([]).map_err(sqlite)?;
    while let Some(row) = rows.next().map_err(sqlite)? {
        let text = row.get_ref(0).map_err(sqlite)?.as_str();
        each(text.map_err(|e| sqlite(e.into()))?)?;
    }
    Ok(Found::Frozen)
}

/// Refusals are in the inner result.
fn put(tx: &Transaction<'_>, answer: &Answer, count: usize) -> rusqlite::Result<Result<Put, BoxError>> {
    let kept: Option<String> = tx
        .prepare_cached("SELECT text FROM answers WHERE key = ?1")?
        .query_row([answer.key], |row| row.get(0))
        .optional()?;
    let used = tx
        .prepare_cached("SELECT 1 FROM used WHERE ticket = ?1")?
        .exists([answer.ticket])?;
    Ok(match (kept, used) {
        // That the two came together is kept nowhere; a repeat shows both, and changes nothing.
        (Some(kept), true) if kept == answer.text => Ok(Put::Same),
        (Some(_), _) => Err(BoxError::OtherContent),
        (None, true) => Err(BoxError::Used),
        (None, false) if count >= ANSWERS_MAX => Err(BoxError::Full { max: ANSWERS_MAX }),
        (None, false) => {
            tx.prepare_cached("INSERT INTO answers (key, text) VALUES (?1, ?2)")?
                .execute((answer.key, &answer.text))?;
            tx.prepare_cached("INSERT INTO used (ticket) VALUES (?1)")?
                .execute([answer.ticket])?;
            Ok(Put::New)
        }
    })
}

/// Within a page SQLite keeps what came later below what came before: whoever takes the disk while answers come in
/// would read their order from it, and by it match answers and tickets. So with each commit all is laid down anew.
fn lay_by_key(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    let answers: Vec<(Vec<u8>, String)> = tx
        .prepare_cached("SELECT key, text FROM answers ORDER BY key")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let tickets: Vec<Vec<u8>> = tx
        .prepare_cached("SELECT ticket FROM used ORDER BY ticket")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    tx.execute_batch("DELETE FROM answers; DELETE FROM used")?;
    let mut insert = tx.prepare_cached("INSERT INTO answers (key, text) VALUES (?1, ?2)")?;
    for answer in answers {
        insert.execute(answer)?;
    }
    let mut insert = tx.prepare_cached("INSERT INTO used (ticket) VALUES (?1)")?;
    for ticket in tickets {
        insert.execute([ticket])?;
    }
    Ok(())
}

/// Sorted by what they say, which tells nothing more.
const SORTED: &str = "SELECT text FROM answers ORDER BY text";

fn texts(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = conn.prepare(SORTED)?;
    statement.query_map([], |row| row.get(0))?.collect()
}

fn is_frozen(conn: &Connection) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT 1 FROM frozen")?.exists([])
}
