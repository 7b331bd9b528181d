//! PINs of persons, one an appraisal, and passwords of desk accounts, as slow hashes.
//! Guess limits are not kept here.

use std::num::NonZero;

use rusqlite::{OptionalExtension as _, params};
use uuid::Uuid;

use super::{Vault, VaultError, fits};
use crate::limits::{PASSWORD_BYTES_MAX, PIN_BYTES_MAX, VAULT_HASHES_AT_ONCE_MAX, VAULT_PINS_AT_ONCE_MAX};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinCheck {
    Right,
    Wrong,
    /// Nothing was ever set to compare with.
    None,
}

/// One line of an import.
#[derive(Clone, Copy)]
pub struct PinOf<'a> {
    pub person: u32,
    pub pin: &'a str,
}

/// What becomes of PINs that an import does not name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Others {
    Keep,
    Forget,
}

impl Vault {
    pub fn set_pin(&self, appraisal: Uuid, person: u32, pin: &str) -> Result<(), VaultError> {
        self.write_pins(appraisal, &[PinOf { person, pin }], Others::Keep)
    }

    /// All or none. The hashing comes first and beside the mutex, so that people can sign in
    /// meanwhile. Cost of 3,000 PINs: 15 s on two cores at 10 ms a hash (measured), half a minute
    /// on two old ones at 20 ms, then one commit. So it belongs behind a progress bar.
    pub fn set_pins(&self, appraisal: Uuid, pins: &[PinOf<'_>]) -> Result<(), VaultError> {
        self.write_pins(appraisal, pins, Others::Keep)
    }

    /// As `set_pins`, and whoever is not named has no PIN from then on.
    pub fn replace_pins(&self, appraisal: Uuid, pins: &[PinOf<'_>]) -> Result<(), VaultError> {
        self.write_pins(appraisal, pins, Others::Forget)?;
        Ok(self.lock().wipe_log()?)
    }

    fn write_pins(&self, appraisal: Uuid, pins: &[PinOf<'_>], others: Others) -> Result<(), VaultError> {
        fits("number of PINs", pins.len(), VAULT_PINS_AT_ONCE_MAX)?;
        for pin in pins {
            fits("bytes of a PIN", pin.pin.len(), PIN_BYTES_MAX)?;
        }
        let hashes = self.hash_all(pins)?;
        let mut inner = self.lock();
        let tx = inner.conn.transaction()?;
        if others == Others::Forget {
            tx.execute("DELETE FROM pins WHERE appraisal = ?1", [appraisal.as_bytes()])?;
        }
        {
            let mut insert =
                tx.prepare_cached("INSERT OR REPLACE INTO pins (appraisal, person, phc) VALUES (?1, ?2, ?3)")?;
            for (pin, phc) in pins.iter().zip(&hashes) {
                insert.execute(params![appraisal.as_bytes(), pin.person, phc])?;
            }
        }
        tx.commit()?;
        Ok(())
    }

    pub fn check_pin(&self, appraisal: Uuid, person: u32, pin: &str) -> Result<PinCheck, VaultError> {
        let phc = self
            .lock()
            .conn
            .prepare_cached("SELECT phc FROM pins WHERE appraisal = ?1 AND person = ?2")?
            .query_row(params![appraisal.as_bytes(), person], |row| row.get(0))
            .optional()?;
        self.check(pin, PIN_BYTES_MAX, phc)
    }

    /// Forgets the PINs of a whole appraisal, or of one person in it. Says how many that were.
    pub fn drop_pins(&self, appraisal: Uuid, person: Option<u32>) -> Result<u64, VaultError> {
        let inner = self.lock();
        let dropped = inner.conn.execute(
            "DELETE FROM pins WHERE appraisal = ?1 AND (?2 IS NULL OR person = ?2)",
            params![appraisal.as_bytes(), person],
        )?;
        inner.wipe_log()?;
        Ok(dropped as u64)
    }

    pub fn set_password(&self, account: u32, password: &str) -> Result<(), VaultError> {
        fits("bytes of a password", password.len(), PASSWORD_BYTES_MAX)?;
        let phc = self.hashing.hash(password)?;
        self.lock().conn.execute(
            "INSERT OR REPLACE INTO passwords (account, phc) VALUES (?1, ?2)",
            params![account, phc],
        )?;
        Ok(())
    }

    pub fn check_password(&self, account: u32, password: &str) -> Result<PinCheck, VaultError> {
        let phc = self
            .lock()
            .conn
            .prepare_cached("SELECT phc FROM passwords WHERE account = ?1")?
            .query_row([account], |row| row.get(0))
            .optional()?;
        self.check(password, PASSWORD_BYTES_MAX, phc)
    }

    /// True if there was one.
    pub fn drop_password(&self, account: u32) -> Result<bool, VaultError> {
        let inner = self.lock();
        let dropped = inner
            .conn
            .execute("DELETE FROM passwords WHERE account = ?1", [account])?;
        inner.wipe_log()?;
        Ok(dropped > 0)
    }

    fn check(&self, secret: &str, bytes_max: usize, phc: Option<String>) -> Result<PinCheck, VaultError> {
        let Some(phc) = phc else {
            return Ok(PinCheck::None);
        };
        // Longer than any that was set: wrong without feeding it to the hash.
        let right = secret.len() <= bytes_max && self.hashing.verify(secret, &phc)?;
        Ok(if right { PinCheck::Right } else { PinCheck::Wrong })
    }

    fn hash_all(&self, pins: &[PinOf<'_>]) -> Result<Vec<String>, VaultError> {
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        let share = pins.len().div_ceil(threads.min(VAULT_HASHES_AT_ONCE_MAX)).max(1);
        std::thread::scope(|scope| {
            let hash = |pin: &PinOf<'_>| self.hashing.hash(pin.pin);
            let shares: Vec<_> = pins
                .chunks(share)
                .map(|share| scope.spawn(move || share.iter().map(hash).collect::<Vec<_>>()))
                .collect();
            shares
                .into_iter()
                .flat_map(|share| share.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        })
    }
}
