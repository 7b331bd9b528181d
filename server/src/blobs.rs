//! Uploaded files by the SHA-256 of their bytes. What `put` returned is on the disk, so that a command may name it.
//! Calls block on the disk: from async code go through `spawn_blocking`. Nothing is ever deleted.

use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use crate::limits::{BLOB_BYTES_MAX, BLOBS_COUNT_MAX};
use crate::sqlite_file::{self, Layout, OpenError};

const FILE_NAME: &str = "blobs.db";
/// With rowids, for rows are large; the size stands before the bytes, so that asking for it does not read them.
const LAYOUT: Layout = Layout {
    version: 1,
    schema: "
        CREATE TABLE blobs (
            digest BLOB    NOT NULL PRIMARY KEY,
            size   INTEGER NOT NULL,
            data   BLOB    NOT NULL
        ) STRICT;
    ",
};

/// A SHA-256; written as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobDigest(pub [u8; 32]);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 in 64 lower-case hex digits")]
pub struct NotADigest;

#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("the file has {size} bytes, at most {max} fit")]
    TooLarge { size: usize, max: usize },
    #[error("the store holds as many files as it may ({max})")]
    Full { max: u64 },
    /// The disk has lost bits, or somebody changed them.
    #[error("file {digest} is damaged")]
    Damaged { digest: BlobDigest },
    #[error("uploads cannot be read or written: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

pub struct Blobs {
    conn: Mutex<Connection>,
    count_max: u64,
}

impl Blobs {
    /// Opens `blobs.db` in `folder`.
    pub fn open(folder: &Path) -> Result<Self, BlobError> {
        Self::open_bounded(folder, BLOBS_COUNT_MAX)
    }

    fn open_bounded(folder: &Path, count_max: u64) -> Result<Self, BlobError> {
        let conn = sqlite_file::open(&folder.join(FILE_NAME), LAYOUT)?;
        Ok(Self {
            conn: Mutex::new(conn),
            count_max,
        })
    }

    /// Durable when it returns; the same bytes again are the same file. `bytes_max` is the caller's bound, at most
    /// `BLOB_BYTES_MAX`.
    pub fn put(&self, bytes: &[u8], bytes_max: usize) -> Result<BlobDigest, BlobError> {
        let max = bytes_max.min(BLOB_BYTES_MAX);
        if bytes.len() > max {
            return Err(BlobError::TooLarge { size: bytes.len(), max });
        }
        let digest = BlobDigest::of(bytes);
        let mut conn = self.lock();
        let tx = conn.transaction()?;
        let known = tx
            .prepare_cached("SELECT 1 FROM blobs WHERE digest = ?1")?
            .exists([digest.0])?;
        if known {
            return Ok(digest);
        }
        let count: u64 = tx.query_row("SELECT count(*) FROM blobs", [], |row| row.get(0))?;
        if count >= self.count_max {
            return Err(BlobError::Full { max: self.count_max });
        }
        tx.execute(
            "INSERT INTO blobs (digest, size, data) VALUES (?1, ?2, ?3)",
            params![digest.0, bytes.len(), bytes],
        )?;
        tx.commit()?;
        tracing::debug!(%digest, size_bytes = bytes.len(), "stored an upload");
        Ok(digest)
    }

    /// The bytes, checked against their digest.
    pub fn get(&self, digest: BlobDigest) -> Result<Option<Bytes>, BlobError> {
        let found: Option<Vec<u8>> = self
            .lock()
            .prepare_cached("SELECT data FROM blobs WHERE digest = ?1")?
            .query_row([digest.0], |row| row.get(0))
            .optional()?;
        match found {
            Some(data) if BlobDigest::of(&data) != digest => Err(BlobError::Damaged { digest }),
            found => Ok(found.map(Bytes::from)),
        }
    }

    /// Size in bytes.
    pub fn size(&self, digest: BlobDigest) -> Result<Option<u64>, BlobError> {
        Ok(self
            .lock()
            .prepare_cached("SELECT size FROM blobs WHERE digest = ?1")?
            .query_row([digest.0], |row| row.get(0))
            .optional()?)
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic in between rolls its transaction back: what the mutex guards is whole.
        self.conn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl BlobDigest {
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for BlobDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for BlobDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for BlobDigest {
    type Err = NotADigest;

    /// One spelling only, so that a digest has one URL.
    fn from_str(text: &str) -> Result<Self, NotADigest> {
        let nibble = |digit: u8| match digit {
            b'0'..=b'9' => Ok(digit - b'0'),
            b'a'..=b'f' => Ok(digit - b'a' + 10),
            _ => Err(NotADigest),
        };
        if text.len() != 64 {
            return Err(NotADigest);
        }
        let mut digest = [0; 32];
        for (byte, pair) in digest.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = (nibble(pair[0])? << 4) | nibble(pair[1])?;
        }
        Ok(Self(digest))
    }
}

#[cfg(test)]
mod tests {
    use super::{BlobDigest, BlobError, Blobs, FILE_NAME, NotADigest};
    use crate::limits::BLOB_BYTES_MAX;
    use crate::sqlite_file::OpenError;
    use rusqlite::Connection;

    #[test]
    fn what_was_put_is_found_by_its_digest_also_after_reopening() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        let digest = blobs.put(b"abc", 10).unwrap();
        // The known SHA-256 of "abc".
        assert_eq!(
            digest.to_string(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        let empty = blobs.put(b"", 10).unwrap();
        drop(blobs);
        let blobs = Blobs::open(folder.path()).unwrap();
        assert_eq!(blobs.get(digest).unwrap().as_deref(), Some(&b"abc"[..]));
        assert_eq!(blobs.size(digest).unwrap(), Some(3));
        assert_eq!(blobs.get(empty).unwrap().as_deref(), Some(&b""[..]));
        assert_eq!(blobs.get(BlobDigest([0; 32])).unwrap(), None);
        assert_eq!(blobs.size(BlobDigest([0; 32])).unwrap(), None);
    }

    #[test]
    fn it_is_on_the_disk_when_put_returns() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        let digest = blobs.put(b"abc", 10).unwrap();
        let conn = Connection::open(folder.path().join(FILE_NAME)).unwrap();
        let data: Vec<u8> = conn
            .query_row("SELECT data FROM blobs WHERE digest = ?1", [digest.0], |row| row.get(0))
            .unwrap();
        assert_eq!(data, b"abc");
    }

    #[test]
    fn the_bounds_hold_and_the_same_file_again_takes_no_room() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open_bounded(folder.path(), 2).unwrap();
        assert!(matches!(
            blobs.put(b"abcd", 3),
            Err(BlobError::TooLarge { size: 4, max: 3 })
        ));
        let huge = vec![0; BLOB_BYTES_MAX + 1];
        let refused = blobs.put(&huge, usize::MAX);
        assert!(matches!(
            refused,
            Err(BlobError::TooLarge {
                max: BLOB_BYTES_MAX,
                ..
            })
        ));
        assert_eq!(blobs.get(BlobDigest::of(b"abcd")).unwrap(), None);

        let largest = blobs.put(&huge[1..], usize::MAX).unwrap();
        assert_eq!(blobs.put(b"two", 3).unwrap(), blobs.put(b"two", 3).unwrap());
        assert!(matches!(blobs.put(b"three", 5), Err(BlobError::Full { max: 2 })));
        assert_eq!(
            blobs.put(b"two", 3).unwrap(),
            BlobDigest::of(b"two"),
            "known files still pass"
        );
        assert_eq!(blobs.size(largest).unwrap(), Some(BLOB_BYTES_MAX as u64));
    }

    #[test]
    fn a_damaged_file_is_not_handed_out() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        let digest = blobs.put(b"abc", 10).unwrap();
        let conn = Connection::open(folder.path().join(FILE_NAME)).unwrap();
        assert_eq!(conn.execute("UPDATE blobs SET data = x'616264'", []).unwrap(), 1);
        assert!(matches!(blobs.get(digest), Err(BlobError::Damaged { .. })));
    }

    #[test]
    fn a_newer_store_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        drop(Blobs::open(folder.path()).unwrap());
        let conn = Connection::open(folder.path().join(FILE_NAME)).unwrap();
        conn.pragma_update(None, "user_version", 9).unwrap();
        drop(conn);
        let refused = Blobs::open(folder.path()).err().unwrap();
        assert!(
            matches!(refused, BlobError::Open(OpenError::Newer { found: 9, .. })),
            "{refused}"
        );
    }

    #[test]
    fn a_digest_has_one_spelling() {
        let digest = BlobDigest::of(b"abc");
        let text = digest.to_string();
        assert_eq!(text.parse(), Ok(digest));
        for wrong in [
            &text[1..],
            &text.to_uppercase(),
            &format!("{text}0"),
            &text.replace('b', "é"),
            "",
        ] {
            assert_eq!(wrong.parse::<BlobDigest>(), Err(NotADigest), "{wrong}");
        }
    }
}
