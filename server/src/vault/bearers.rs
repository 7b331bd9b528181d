//! Who is signed in: a bearer is known by the hash of its token, never by the token.
//! Whether its generation still counts is for the caller to compare with the case.

use rusqlite::{OptionalExtension as _, Row, params};
use uuid::Uuid;

use super::{Vault, VaultError, fits};
use crate::limits::{VAULT_BEARERS_MAX, VAULT_ROLE_BYTES_MAX};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// Absent for who is signed in to the body as a whole: desk accounts.
    pub appraisal: Option<Uuid>,
    pub role: String,
    pub person: Option<u32>,
    pub account: Option<u32>,
    /// Generation of the credential it was given for.
    pub generation: u32,
    /// Ed25519 public key the device made when it joined.
    pub device_key: Option<[u8; 32]>,
    /// Unix time.
    pub issued_at_ms: i64,
}

/// Whose bearers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder<'a> {
    Person(u32),
    Account(u32),
    /// Also those without person and account: a projector.
    Role(&'a str),
    Everyone,
}

impl Vault {
    /// Durable when it returns: one fsync, so a hall of 3,000 costs the disk a minute at 20 ms each, spread over the
    /// time they take to sit down. A bearer of the same token is replaced.
    pub fn put_bearer(&self, token_hash: [u8; 32], bearer: &Bearer) -> Result<(), VaultError> {
        fits("bytes of a role", bearer.role.len(), VAULT_ROLE_BYTES_MAX)?;
        let mut inner = self.lock();
        let known = inner
            .conn
            .prepare_cached("SELECT 1 FROM bearers WHERE token_hash = ?1")?
            .exists([token_hash])?;
        if !known && inner.bearers >= VAULT_BEARERS_MAX {
            return Err(VaultError::Full { max: VAULT_BEARERS_MAX });
        }
        inner
            .conn
            .prepare_cached(
                "INSERT OR REPLACE INTO bearers
                 (token_hash, appraisal, role, person, account, generation, device_key, issued_at_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                token_hash,
                bearer.appraisal.map(Uuid::into_bytes),
                bearer.role,
                bearer.person,
                bearer.account,
                bearer.generation,
                bearer.device_key,
                bearer.issued_at_ms,
            ])?;
        inner.bearers += u64::from(!known);
        Ok(())
    }

    pub fn bearer(&self, token_hash: [u8; 32]) -> Result<Option<Bearer>, VaultError> {
        let inner = self.lock();
        let mut statement = inner.conn.prepare_cached(
            "SELECT appraisal, role, person, account, generation, device_key, issued_at_ms
             FROM bearers WHERE token_hash = ?1",
        )?;
        Ok(statement.query_row([token_hash], bearer).optional()?)
    }

    /// Signs out one device. A token that is not known is none.
    pub fn drop_bearer(&self, token_hash: [u8; 32]) -> Result<(), VaultError> {
        let mut inner = self.lock();
        let dropped = inner
            .conn
            .execute("DELETE FROM bearers WHERE token_hash = ?1", [token_hash])?;
        inner.bearers = inner.bearers.saturating_sub(dropped as u64);
        if dropped > 0 {
            inner.wipe_log()?;
        }
        Ok(())
    }

    /// Signs out `holder` in one appraisal, or (with none) in the body as a whole. Says how many bearers that were.
    pub fn drop_bearers(&self, appraisal: Option<Uuid>, holder: Holder<'_>) -> Result<u64, VaultError> {
        let mut inner = self.lock();
        let appraisal = appraisal.map(Uuid::into_bytes);
        let whole = "DELETE FROM bearers WHERE appraisal IS ?1";
        let dropped = match holder {
            Holder::Person(person) => inner
                .conn
                .execute(&format!("{whole} AND person = ?2"), params![appraisal, person])?,
            Holder::Account(account) => inner
                .conn
                .execute(&format!("{whole} AND account = ?2"), params![appraisal, account])?,
            Holder::Role(role) => inner
                .conn
                .execute(&format!("{whole} AND role = ?2"), params![appraisal, role])?,
            Holder::Everyone => inner.conn.execute(whole, params![appraisal])?,
        } as u64;
        inner.bearers = inner.bearers.saturating_sub(dropped);
        if dropped > 0 {
            inner.wipe_log()?;
        }
        Ok(dropped)
    }
}

fn bearer(row: &Row<'_>) -> rusqlite::Result<Bearer> {
    Ok(Bearer {
        appraisal: row.get::<_, Option<[u8; 16]>>(0)?.map(Uuid::from_bytes),
        role: row.get(1)?,
        person: row.get(2)?,
        account: row.get(3)?,
        generation: row.get(4)?,
        device_key: row.get(5)?,
        issued_at_ms: row.get(6)?,
    })
}
