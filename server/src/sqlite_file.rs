//! Opens the SQLite files of this program: private to its user, synchronous to the disk, of a known layout version.
//! Holds no statement about what is in them.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

/// How long a statement waits for another process (a backup, an administrator's command) to let go of the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// A write-ahead log grown by a burst is cut back to this at the next checkpoint.
const WAL_KEPT_BYTES: i64 = 16 * 1024 * 1024;

/// What a file must look like inside.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Kept in `PRAGMA user_version`. Zero means "not laid out yet".
    pub version: u32,
    /// Run once, in one transaction, on an empty file.
    pub schema: &'static str,
}

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{path} has layout {found}, this program knows {known}: use the newer program that wrote it")]
    Newer { path: PathBuf, found: u32, known: u32 },
    #[error("{path} is not a file of this program")]
    Foreign { path: PathBuf },
    #[error("{path} is in use by another running program")]
    InUse { path: PathBuf },
    #[error("{path} cannot keep a write-ahead log; is it on a network drive?")]
    NoWriteAheadLog { path: PathBuf },
    #[error("{path} keeps a write-ahead log, which it must not")]
    KeepsWriteAheadLog { path: PathBuf },
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{path}: {source}")]
    Sqlite { path: PathBuf, source: rusqlite::Error },
}

/// What SQLite writes beside the file to survive a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrashLog {
    /// Fast, and keeps the order of what was written until the next checkpoint and beyond.
    WriteAhead,
    /// Gone after each commit: for files that must not tell the order in which they were filled.
    Rollback,
}

/// Opens for writing, making the folder and the file where needed. What commits is on the disk: WAL, synchronous=FULL.
pub fn open(path: &Path, layout: Layout) -> Result<Connection, OpenError> {
    open_with(path, layout, CrashLog::WriteAhead)
}

/// As `open`, with the log of choice.
pub fn open_with(path: &Path, layout: Layout, log: CrashLog) -> Result<Connection, OpenError> {
    make_private(path).map_err(|source| OpenError::Io {
        path: path.into(),
        source,
    })?;
    let sqlite = |source| OpenError::Sqlite {
        path: path.into(),
        source,
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags).map_err(sqlite)?;
    conn.busy_timeout(BUSY_TIMEOUT).map_err(sqlite)?;
    // Before anything that writes: a newer program's file must stay as it is.
    let found = known_version(&conn, path, layout)?;
    let wished = match log {
        CrashLog::WriteAhead => "wal",
        CrashLog::Rollback => "delete",
    };
    let mode: String = conn
        .pragma_update_and_check(None, "journal_mode", wished, |row| row.get(0))
        .map_err(sqlite)?;
    if !mode.eq_ignore_ascii_case(wished) {
        let path = path.into();
        return Err(match log {
            CrashLog::WriteAhead => OpenError::NoWriteAheadLog { path },
            CrashLog::Rollback => OpenError::KeepsWriteAheadLog { path },
        });
    }
    settle(&conn).map_err(sqlite)?;
    if found == 0 {
        lay_out(&mut conn, layout).map_err(sqlite)?;
    }
    sync_folder(path).map_err(|source| OpenError::Io {
        path: path.into(),
        source,
    })?;
    Ok(conn)
}

/// A second connection that only reads, to a file that `open` has laid out.
pub fn open_reader(path: &Path) -> Result<Connection, OpenError> {
    let sqlite = |source| OpenError::Sqlite {
        path: path.into(),
        source,
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(sqlite)?;
    conn.busy_timeout(BUSY_TIMEOUT).map_err(sqlite)?;
    conn.pragma_update(None, "trusted_schema", false).map_err(sqlite)?;
    Ok(conn)
}

/// Takes the lock file at `path` until the returned file is dropped. The operating system lets go of it when the
/// process dies, however it dies.
pub fn lock(path: &Path) -> Result<File, OpenError> {
    let io = |source| OpenError::Io {
        path: path.into(),
        source,
    };
    make_private(path).map_err(io)?;
    let file = OpenOptions::new().write(true).open(path).map_err(io)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(OpenError::InUse { path: path.into() }),
        Err(std::fs::TryLockError::Error(source)) => Err(io(source)),
    }
}

fn known_version(conn: &Connection, path: &Path, layout: Layout) -> Result<u32, OpenError> {
    let sqlite = |source| OpenError::Sqlite {
        path: path.into(),
        source,
    };
    let found: u32 = conn
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(sqlite)?;
    if found > layout.version {
        return Err(OpenError::Newer {
            path: path.into(),
            found,
            known: layout.version,
        });
    }
    let tables: i64 = conn
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(sqlite)?;
    if (found == 0) != (tables == 0) {
        return Err(OpenError::Foreign { path: path.into() });
    }
    Ok(found)
}

fn settle(conn: &Connection) -> rusqlite::Result<()> {
    conn.pragma_update(None, "synchronous", "FULL")?;
    // Only macOS knows these: there a plain fsync stops at the drive's cache.
    conn.pragma_update(None, "fullfsync", true)?;
    conn.pragma_update(None, "checkpoint_fullfsync", true)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.pragma_update_and_check(None, "journal_size_limit", WAL_KEPT_BYTES, |_| Ok(()))
}

fn lay_out(conn: &mut Connection, layout: Layout) -> rusqlite::Result<()> {
    let tx = conn.transaction()?;
    tx.execute_batch(layout.schema)?;
    tx.pragma_update(None, "user_version", layout.version)?;
    tx.commit()
}

/// SQLite gives its log files the mode of the main file, so this one is made (or tightened) before SQLite sees it.
fn make_private(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if file.metadata()?.permissions().mode() & 0o077 != 0 {
            tracing::warn!(file = %path.display(), "file was readable by others; now it is not");
            file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
        }
    }
    drop(file);
    Ok(())
}

/// A new file is only there after a power cut when its folder is on the disk, too.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Layout, OpenError, lock, open};

    const LAYOUT: Layout = Layout {
        version: 1,
        schema: "CREATE TABLE things (name TEXT) STRICT;",
    };

    #[test]
    fn a_newer_file_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("things.db");
        open(&path, Layout { version: 7, ..LAYOUT }).unwrap();
        let before = std::fs::read(&path).unwrap();
        let refused = open(&path, LAYOUT).unwrap_err();
        assert!(
            matches!(refused, OpenError::Newer { found: 7, known: 1, .. }),
            "{refused}"
        );
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_strangers_database_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("things.db");
        rusqlite::Connection::open(&path)
            .unwrap()
            .execute_batch("CREATE TABLE theirs (a)")
            .unwrap();
        assert!(matches!(open(&path, LAYOUT), Err(OpenError::Foreign { .. })));
        std::fs::write(&path, "not a database at all, only some text in a file of that name").unwrap();
        assert!(matches!(open(&path, LAYOUT), Err(OpenError::Sqlite { .. })));
    }

    #[test]
    fn a_lock_is_held_once_and_given_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("things.lock");
        let held = lock(&path).unwrap();
        assert!(matches!(lock(&path), Err(OpenError::InUse { .. })));
        drop(held);
        lock(&path).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn files_are_private_and_loose_ones_are_tightened() {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deeper").join("things.db");
        let conn = open(&path, LAYOUT).unwrap();
        conn.execute("INSERT INTO things VALUES ('a')", []).unwrap();
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(&path.with_extension("db-wal")), 0o600);
        drop(conn);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        open(&path, LAYOUT).unwrap();
        assert_eq!(mode(&path), 0o600);
    }
}
