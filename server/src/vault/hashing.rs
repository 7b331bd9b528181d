//! The slow hash of PINs and passwords: Argon2id, small enough for an old laptop, a few at a time.
//! A four-digit PIN cannot be protected against who holds the file; the hash only makes it cost something.

use std::sync::{Condvar, Mutex, PoisonError};

use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

use super::VaultError;
use crate::limits::VAULT_HASHES_AT_ONCE_MAX;

/// About 20 ms on an old laptop. A stronger setting later leaves old hashes valid: each carries its own.
const MEMORY_KIB: u32 = 8 * 1024;
const PASSES: u32 = 1;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;

#[derive(Default)]
pub(super) struct Hashing {
    running: Mutex<usize>,
    one_ended: Condvar,
}

/// Gives the place back, however the hashing ended.
struct Place<'a>(&'a Hashing);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.0.running.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.one_ended.notify_one();
    }
}

impl Hashing {
    /// The text to keep, in PHC format.
    pub(super) fn hash(&self, secret: &str) -> Result<String, VaultError> {
        let mut salt = [0; SALT_BYTES];
        getrandom::fill(&mut salt)?;
        let salt = SaltString::encode_b64(&salt).map_err(VaultError::Hash)?;
        let _place = self.place();
        let hash = argon2()?
            .hash_password(secret.as_bytes(), &salt)
            .map_err(VaultError::Hash)?;
        Ok(hash.to_string())
    }

    pub(super) fn verify(&self, secret: &str, phc: &str) -> Result<bool, VaultError> {
        let hash = PasswordHash::new(phc).map_err(VaultError::Hash)?;
        let _place = self.place();
        match argon2()?.verify_password(secret.as_bytes(), &hash) {
            Ok(()) => Ok(true),
            Err(argon2::password_hash::Error::Password) => Ok(false),
            Err(error) => Err(VaultError::Hash(error)),
        }
    }

    fn place(&self) -> Place<'_> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        while *running >= VAULT_HASHES_AT_ONCE_MAX {
            running = self.one_ended.wait(running).unwrap_or_else(PoisonError::into_inner);
        }
        *running += 1;
        Place(self)
    }
}

fn argon2() -> Result<Argon2<'static>, VaultError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| VaultError::Hash(error.into()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}
