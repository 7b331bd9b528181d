//! Seeds of lots: drawn once and kept in the vault, so that the same one is shown after a crash; the record gets the
//! commitment first and the seed when the hall has called out its number.

use super::failed;
use crate::conductor::OfficeError;
use crate::secrecy::encoding::to_hex;
use crate::vault::{SeedOf, Vault};
use pingyi_core::command::Command;
use pingyi_core::ids::LotId;
use pingyi_core::stages::lots::{LotCommitment, LotSeed, commitment};
use std::sync::Arc;
use uuid::Uuid;

pub(super) async fn commit(vault: Arc<Vault>, appraisal: Uuid, lot: LotId) -> Result<Command, OfficeError> {
    let seed = seed(vault, appraisal, lot).await?;
    let commitment = commitment(&seed).ok_or_else(|| failed("a seed that is not one"))?;
    Ok(Command::CommitLot(LotCommitment { lot, commitment }))
}

pub(super) async fn reveal(vault: Arc<Vault>, appraisal: Uuid, lot: LotId) -> Result<Command, OfficeError> {
    let seed = seed(vault, appraisal, lot).await?;
    Ok(Command::RevealLot(LotSeed { lot, seed }))
}

async fn seed(vault: Arc<Vault>, appraisal: Uuid, lot: LotId) -> Result<String, OfficeError> {
    let made = tokio::task::spawn_blocking(move || vault.seed_made_once(SeedOf::lot(appraisal, lot.0))).await;
    let seed = made.map_err(failed)?.map_err(failed)?;
    Ok(to_hex(&seed.ok_or_else(|| failed("the lot's seed is gone"))?))
}
