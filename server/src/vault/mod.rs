//! The vault: what lets people in and what secrets are made from. Never journalled, snapshotted or exported.
//! Calls block on the disk (and on slow hashes): from async code go through `spawn_blocking`.

mod bearers;
mod hashing;
mod invitations;
mod pins;
mod seeds;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use hmac::{Hmac, Mac as _};
use rusqlite::{Connection, OptionalExtension as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

pub use self::bearers::{Bearer, Holder};
use self::hashing::Hashing;
pub use self::pins::{PinCheck, PinOf};
pub use self::seeds::SeedOf;
use crate::sqlite_file::{self, Layout, OpenError};

const FILE_NAME: &str = "vault.db";
const LAYOUT: Layout = Layout {
    version: 1,
    schema: "
        CREATE TABLE server_key (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            key BLOB    NOT NULL CHECK (length(key) = 32)
        ) STRICT;
        CREATE TABLE bearers (
            token_hash   BLOB    NOT NULL PRIMARY KEY,
            appraisal    BLOB,
            role         TEXT    NOT NULL,
            person       INTEGER,
            account      INTEGER,
            generation   INTEGER NOT NULL,
            device_key   BLOB,
            issued_at_ms INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX bearers_of_appraisal ON bearers (appraisal);
        CREATE TABLE pins (
            appraisal BLOB    NOT NULL,
            person    INTEGER NOT NULL,
            phc       TEXT    NOT NULL,
            PRIMARY KEY (appraisal, person)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE passwords (
            account INTEGER PRIMARY KEY,
            phc     TEXT    NOT NULL
        ) STRICT;
        CREATE TABLE seeds (
            appraisal BLOB    NOT NULL,
            ballot    INTEGER NOT NULL,
            round     INTEGER NOT NULL,
            seed      BLOB,
            PRIMARY KEY (appraisal, ballot, round)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE setup (
            one  INTEGER PRIMARY KEY CHECK (one = 1),
            hash BLOB    NOT NULL
        ) STRICT;
    ",
};

#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("the vault cannot be read or written: {0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("{what} is {size}, at most {max} fit")]
    TooLarge {
        what: &'static str,
        size: usize,
        max: usize,
    },
    #[error("the vault holds as many bearers as it may ({max})")]
    Full { max: u64 },
    #[error("the operating system gives no random numbers: {0}")]
    NoRandomness(#[from] getrandom::Error),
    #[error("a slow hash cannot be computed: {0}")]
    Hash(argon2::password_hash::Error),
}

pub struct Vault {
    inner: Mutex<Inner>,
    hashing: Hashing,
    server_key: [u8; 32],
}

struct Inner {
    conn: Connection,
    /// Counted at opening and kept along, for counting rows at every sign-in would grow with the hall.
    bearers: u64,
}

impl Vault {
    /// Opens `vault.db` in `folder`; the first opening makes the server key.
    pub fn open(folder: &Path) -> Result<Self, VaultError> {
        let conn = sqlite_file::open(&folder.join(FILE_NAME), LAYOUT)?;
        conn.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
        invitations::lay_out(&conn)?;
        let server_key = made_or_found_key(&conn)?;
        let bearers = conn.query_row("SELECT count(*) FROM bearers", [], |row| row.get(0))?;
        let inner = Mutex::new(Inner { conn, bearers });
        Ok(Self {
            inner,
            hashing: Hashing::default(),
            server_key,
        })
    }

    /// Made once, lives as long as the file. Prefer `derive`, so that one use tells nothing of another.
    pub fn server_key(&self) -> [u8; 32] {
        self.server_key
    }

    /// A secret for one use: HMAC-SHA256 under the server key over the label and the parts, each with its length
    /// before it, so that no two different lists of parts are the same input.
    pub fn derive(&self, label: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.server_key).expect("HMAC takes a key of any length");
        for part in std::iter::once(&label.as_bytes()).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// Opens the door for the first administrator; an earlier setup secret is void.
    pub fn put_setup(&self, hash: [u8; 32]) -> Result<(), VaultError> {
        self.lock()
            .conn
            .execute("INSERT OR REPLACE INTO setup (one, hash) VALUES (1, ?1)", [hash])?;
        Ok(())
    }

    /// True for the first who brings the right secret; the door is shut from then on.
    pub fn take_setup(&self, hash: [u8; 32]) -> Result<bool, VaultError> {
        let mut inner = self.lock();
        let tx = inner.conn.transaction()?;
        let kept: Option<[u8; 32]> = tx
            .query_row("SELECT hash FROM setup", [], |row| row.get(0))
            .optional()?;
        let right = kept.is_some_and(|kept| bool::from(kept.ct_eq(&hash)));
        if right {
            tx.execute("DELETE FROM setup", [])?;
        }
        tx.commit()?;
        if right {
            inner.wipe_log()?;
        }
        Ok(right)
    }

    pub fn setup_open(&self) -> Result<bool, VaultError> {
        Ok(self
            .lock()
            .conn
            .query_row("SELECT count(*) > 0 FROM setup", [], |row| row.get(0))?)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic in between rolls its transaction back: what the mutex guards is whole.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// Pages as they were before a deletion still stand in the write-ahead log until it is emptied.
    fn wipe_log(&self) -> rusqlite::Result<()> {
        self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
    }
}

fn made_or_found_key(conn: &Connection) -> Result<[u8; 32], VaultError> {
    let find = "SELECT key FROM server_key";
    if let Some(found) = conn.query_row(find, [], |row| row.get(0)).optional()? {
        return Ok(found);
    }
    let mut key = [0; 32];
    getrandom::fill(&mut key)?;
    // Should another process have been faster, its key counts.
    conn.execute("INSERT OR IGNORE INTO server_key (one, key) VALUES (1, ?1)", [key])?;
    tracing::info!("made a new server key");
    Ok(conn.query_row(find, [], |row| row.get(0))?)
}

fn fits(what: &'static str, size: usize, max: usize) -> Result<(), VaultError> {
    if size > max {
        Err(VaultError::TooLarge { what, size, max })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
