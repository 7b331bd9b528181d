//! Seeds of secret rounds' keys, until they are released with the announcement or destroyed with a voided round; and
//! those of lots, until the hall has called out its number.

use rusqlite::OptionalExtension as _;
use uuid::Uuid;

use super::{Vault, VaultError};

/// A round of a ballot, and what its seed is kept under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeedOf {
    pub appraisal: Uuid,
    pub ballot: u32,
    pub round: u32,
}

impl SeedOf {
    /// The seed of a drawing of lots: kept like a ballot's, under the number that no ballot has.
    pub const fn lot(appraisal: Uuid, lot: u32) -> SeedOf {
        SeedOf {
            appraisal,
            ballot: 0,
            round: lot,
        }
    }
}

impl Vault {
    /// The round's seed; drawn at the first call and the same at every later one. None once it was destroyed.
    pub fn seed_made_once(&self, of: SeedOf) -> Result<Option<[u8; 32]>, VaultError> {
        let mut drawn = [0; 32];
        getrandom::fill(&mut drawn)?;
        self.lock().conn.execute(
            "INSERT OR IGNORE INTO seeds (appraisal, ballot, round, seed) VALUES (?1, ?2, ?3, ?4)",
            (of.appraisal.as_bytes(), of.ballot, of.round, drawn),
        )?;
        self.seed(of)
    }

    /// The round's seed, if one was made and not destroyed.
    pub fn seed(&self, of: SeedOf) -> Result<Option<[u8; 32]>, VaultError> {
        let seed: Option<Option<[u8; 32]>> = self
            .lock()
            .conn
            .query_row(
                "SELECT seed FROM seeds WHERE appraisal = ?1 AND ballot = ?2 AND round = ?3",
                (of.appraisal.as_bytes(), of.ballot, of.round),
                |row| row.get(0),
            )
            .optional()?;
        Ok(seed.flatten())
    }

    /// Destroys a seed for good: no other will be drawn for this round.
    pub fn destroy_seed(&self, of: SeedOf) -> Result<(), VaultError> {
        let inner = self.lock();
        inner.conn.execute(
            "INSERT INTO seeds (appraisal, ballot, round, seed) VALUES (?1, ?2, ?3, NULL)
             ON CONFLICT (appraisal, ballot, round) DO UPDATE SET seed = NULL",
            (of.appraisal.as_bytes(), of.ballot, of.round),
        )?;
        Ok(inner.wipe_log()?)
    }
}
