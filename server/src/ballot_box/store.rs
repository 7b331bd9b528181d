//! The file of a box and all SQL on it. Rollback journal instead of a write-ahead log, which would keep the order of
//! the casts; freed bytes are overwritten; each commit lays all casts down by key. What the file still tells of how many
//! commits there were goes when it is written anew.

use std::fs::{File, OpenOptions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, TransactionBehavior, params};

use super::{BoxError, Keep, Put};
use crate::limits::BALLOT_LINES_MAX;
use crate::secrecy::Cast;
use crate::sqlite_file::{self, CrashLog, Layout, OpenError};

const LAYOUT: Layout = Layout {
    version: 1,
    schema: "
        CREATE TABLE casts (
            vote_pk BLOB    NOT NULL PRIMARY KEY CHECK (length(vote_pk) = 32),
            token   BLOB    NOT NULL CHECK (length(token) = 64),
            seq     INTEGER NOT NULL,
            choices BLOB    NOT NULL,
            sig     BLOB    NOT NULL CHECK (length(sig) = 64)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE frozen (
            one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1)
        ) STRICT, WITHOUT ROWID;
    ",
};
const WIPE_CHUNK_BYTES: usize = 64 * 1024;

#[derive(Debug, thiserror::Error)]
pub(super) enum StoreError {
    #[error("reading: {0}")]
    Read(rusqlite::Error),
    #[error("committing: {0}")]
    Write(rusqlite::Error),
    #[error("writing the box anew: {0}")]
    Rewrite(Box<dyn std::error::Error + Send + Sync>),
}

pub(super) struct Store {
    path: PathBuf,
    /// Absent only while the file is exchanged.
    conn: Option<Connection>,
    count: usize,
}

impl Store {
    /// Answers with what is in the box, too.
    pub(super) fn open(path: &Path) -> Result<(Store, Vec<Cast>), OpenError> {
        let conn = connect(path)?;
        // Left by a crash while the file was written anew: the old one is still whole.
        wipe_with_journal(&anew(path)).map_err(|source| OpenError::Io {
            path: anew(path),
            source,
        })?;
        let kept = all(&conn).map_err(|source| OpenError::Sqlite {
            path: path.into(),
            source,
        })?;
        Ok((
            Store {
                path: path.into(),
                conn: Some(conn),
                count: kept.len(),
            },
            kept,
        ))
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// One transaction for all of `casts`, which are sorted by key. Answers for each, in their order.
    pub(super) fn put(&mut self, casts: &[(Cast, Keep)]) -> Result<Vec<Result<Put, BoxError>>, StoreError> {
        let mut count = self.count;
        let conn = self.conn()?;
        let tx = conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::Write)?;
        let mut outcomes = Vec::with_capacity(casts.len());
        if is_frozen(&tx).map_err(StoreError::Write)? {
            outcomes.resize_with(casts.len(), || Err(BoxError::Frozen));
            return Ok(outcomes);
        }
        for (cast, keep) in casts {
            let outcome = put(&tx, cast, *keep, count).map_err(StoreError::Write)?;
            count += usize::from(outcome == Ok(Put::New));
            outcomes.push(outcome);
        }
        lay_by_key(&tx).map_err(StoreError::Write)?;
        tx.commit().map_err(StoreError::Write)?;
        self.count = count;
        Ok(outcomes)
    }

    /// All casts by key, and none after them.
    pub(super) fn freeze(&mut self) -> Result<Vec<Cast>, StoreError> {
        let conn = self.conn()?;
        if !is_frozen(conn).map_err(StoreError::Read)? {
            conn.execute("INSERT INTO frozen (one) VALUES (1)", [])
                .map_err(StoreError::Write)?;
        }
        all(conn).map_err(StoreError::Read)
    }

    /// The same content in a new file, in two commits whatever the history; then the old one is wiped.
    pub(super) fn rewrite(&mut self) -> Result<(), StoreError> {
        let conn = self.conn()?;
        let (casts, frozen) = (
            all(conn).map_err(StoreError::Read)?,
            is_frozen(conn).map_err(StoreError::Read)?,
        );
        let exchanged = self.exchange(&casts, frozen);
        exchanged.map_err(StoreError::Rewrite)
    }

    fn exchange(&mut self, casts: &[Cast], frozen: bool) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let anew = anew(&self.path);
        wipe_with_journal(&anew)?;
        let mut fresh = connect(&anew)?;
        let tx = fresh.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for cast in casts {
            insert(&tx, cast)?;
        }
        if frozen {
            tx.execute("INSERT INTO frozen (one) VALUES (1)", [])?;
        }
        tx.commit()?;
        fresh.close().map_err(|(_, error)| error)?;
        if let Some(old) = self.conn.take() {
            old.close().map_err(|(_, error)| error)?;
        }
        // Held open over the exchange: its bytes show the order of the commits.
        let mut old = OpenOptions::new().write(true).open(&self.path)?;
        std::fs::rename(&anew, &self.path)?;
        sync_folder(&self.path)?;
        overwrite(&mut old)?;
        self.conn = Some(connect(&self.path)?);
        Ok(())
    }

    fn conn(&mut self) -> Result<&mut Connection, StoreError> {
        self.conn
            .as_mut()
            .ok_or_else(|| StoreError::Rewrite("the box was left without its file".into()))
    }
}

fn connect(path: &Path) -> Result<Connection, OpenError> {
    let conn = sqlite_file::open_with(path, LAYOUT, CrashLog::Rollback)?;
    let set = conn.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()));
    set.map_err(|source| OpenError::Sqlite {
        path: path.into(),
        source,
    })?;
    Ok(conn)
}

/// Refusals are in the inner result.
fn put(tx: &Transaction<'_>, cast: &Cast, keep: Keep, count: usize) -> rusqlite::Result<Result<Put, BoxError>> {
    let kept = tx
        .prepare_cached("SELECT vote_pk, token, seq, choices, sig FROM casts WHERE vote_pk = ?1")?
        .query_row([cast.vote_pk], cast_of)
        .optional()?;
    Ok(match kept {
        None if count >= BALLOT_LINES_MAX => Err(BoxError::Full { max: BALLOT_LINES_MAX }),
        None => {
            insert(tx, cast)?;
            Ok(Put::New)
        }
        Some(kept) if kept == *cast => Ok(Put::Same),
        Some(kept) if kept.seq == cast.seq => Err(BoxError::OtherContent),
        Some(_) if keep == Keep::First => Err(BoxError::Taken),
        Some(kept) if kept.seq > cast.seq => Err(BoxError::Older),
        Some(_) => {
            insert(tx, cast)?;
            Ok(Put::Replaced)
        }
    })
}

fn insert(tx: &Transaction<'_>, cast: &Cast) -> rusqlite::Result<()> {
    tx.prepare_cached("INSERT OR REPLACE INTO casts (vote_pk, token, seq, choices, sig) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![cast.vote_pk, cast.token, cast.seq, cast.choices, cast.sig])?;
    Ok(())
}

/// Within a page SQLite keeps what came later below what came before: whoever takes the disk in the middle of a ballot
/// would read the order of all commits from it. So with each commit everything is laid down anew, by key.
fn lay_by_key(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    let casts = all(tx)?;
    tx.execute("DELETE FROM casts", [])?;
    casts.iter().try_for_each(|cast| insert(tx, cast))
}

fn all(conn: &Connection) -> rusqlite::Result<Vec<Cast>> {
    let mut statement = conn.prepare("SELECT vote_pk, token, seq, choices, sig FROM casts ORDER BY vote_pk")?;
    statement.query_map([], cast_of)?.collect()
}

fn cast_of(row: &Row<'_>) -> rusqlite::Result<Cast> {
    Ok(Cast {
        vote_pk: row.get(0)?,
        token: row.get(1)?,
        seq: row.get(2)?,
        choices: row.get(3)?,
        sig: row.get(4)?,
    })
}

fn is_frozen(conn: &Connection) -> rusqlite::Result<bool> {
    conn.query_row("SELECT count(*) FROM frozen", [], |row| row.get::<_, u32>(0))
        .map(|rows| rows > 0)
}

/// Wipes whatever a box can leave, also after a crash. Nothing there is a success.
pub(super) fn destroy(path: &Path) -> std::io::Result<()> {
    wipe_with_journal(path)?;
    wipe_with_journal(&anew(path))
}

/// A journal that stayed would be rolled back into the next file of that name.
fn wipe_with_journal(path: &Path) -> std::io::Result<()> {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    wipe(path)?;
    wipe(Path::new(&journal))
}

fn anew(path: &Path) -> PathBuf {
    path.with_extension("new")
}

/// Overwrites, removes, and makes sure that both are on the disk. A flash drive or a copying file system may still
/// keep old blocks; against that only an encrypted disk helps.
fn wipe(path: &Path) -> std::io::Result<()> {
    let mut file = match OpenOptions::new().write(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    overwrite(&mut file)?;
    drop(file);
    std::fs::remove_file(path)?;
    sync_folder(path)
}

fn overwrite(file: &mut File) -> std::io::Result<()> {
    let mut left = file.metadata()?.len();
    file.seek(SeekFrom::Start(0))?;
    let zeros = [0; WIPE_CHUNK_BYTES];
    while left > 0 {
        let chunk = left.min(WIPE_CHUNK_BYTES as u64);
        // Not more than a chunk, which fits.
        file.write_all(&zeros[..chunk as usize])?;
        left -= chunk;
    }
    file.sync_all()
}

fn sync_folder(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
