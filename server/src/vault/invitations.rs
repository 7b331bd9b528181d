//! Invitation codes of questionnaires, as verifiers. A code is shown once, when its slip is printed, and kept nowhere;
//! which were used is known to the questionnaire's box alone.

use rusqlite::Connection;
use uuid::Uuid;

use super::{Vault, VaultError, fits};
use crate::limits::{INVITATIONS_AT_ONCE_MAX, INVITATIONS_MAX};

/// Laid out at every opening: a vault from before there were questionnaires has none.
pub(super) fn lay_out(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(
        "CREATE TABLE IF NOT EXISTS invitations (
            appraisal     BLOB    NOT NULL,
            questionnaire INTEGER NOT NULL,
            verifier      BLOB    NOT NULL CHECK (length(verifier) = 32),
            PRIMARY KEY (appraisal, questionnaire, verifier)
        ) STRICT, WITHOUT ROWID",
    )
}

impl Vault {
    /// Lets these codes in, all or none.
    pub fn put_invitations(
        &self,
        appraisal: Uuid,
        questionnaire: u32,
        verifiers: &[[u8; 32]],
    ) -> Result<(), VaultError> {
        fits("invitations at once", verifiers.len(), INVITATIONS_AT_ONCE_MAX)?;
        let mut inner = self.lock();
        let tx = inner.conn.transaction()?;
        let made: usize = tx.query_row(COUNT, (appraisal.as_bytes(), questionnaire), |row| row.get(0))?;
        fits("invitations", made + verifiers.len(), INVITATIONS_MAX)?;
        for verifier in verifiers {
            tx.prepare_cached(
                "INSERT OR IGNORE INTO invitations (appraisal, questionnaire, verifier) VALUES (?1, ?2, ?3)",
            )?
            .execute((appraisal.as_bytes(), questionnaire, verifier))?;
        }
        Ok(tx.commit()?)
    }

    pub fn invited(&self, appraisal: Uuid, questionnaire: u32, verifier: [u8; 32]) -> Result<bool, VaultError> {
        let inner = self.lock();
        let mut statement = inner.conn.prepare_cached(
            "SELECT 1 FROM invitations WHERE appraisal = ?1 AND questionnaire = ?2 AND verifier = ?3",
        )?;
        Ok(statement.exists((appraisal.as_bytes(), questionnaire, verifier))?)
    }

    /// Slips made for a questionnaire so far.
    pub fn invitations(&self, appraisal: Uuid, questionnaire: u32) -> Result<u32, VaultError> {
        Ok(self
            .lock()
            .conn
            .query_row(COUNT, (appraisal.as_bytes(), questionnaire), |row| row.get(0))?)
    }
}

const COUNT: &str = "SELECT count(*) FROM invitations WHERE appraisal = ?1 AND questionnaire = ?2";
