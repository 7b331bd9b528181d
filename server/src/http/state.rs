//! What calls work with: running cases, the body, the stores, the doors. Built once by the program.

use std::sync::Arc;

use pingyi_core::ids::PersonId;
use tokio::sync::{Mutex, Semaphore};
use uuid::Uuid;

use super::exports::Exports;
use super::uploads::Uploads;
use crate::ballot_office::Office;
use crate::blobs::Blobs;
use crate::body::BodyHandle;
use crate::case_file::Archive;
use crate::clock::Clock;
use crate::conductor::Registry;
use crate::doors::{Doors, Session, Standing, Station};
use crate::limits::UPLOADS_AT_ONCE_MAX;
use crate::vault::{Vault, VaultError};

pub type AppState = Arc<Outer>;

/// The outer rooms of the program, around the cases.
pub struct Outer {
    pub registry: Registry,
    pub body: BodyHandle,
    pub vault: Arc<Vault>,
    pub blobs: Arc<Blobs>,
    pub doors: Arc<Doors>,
    pub office: Arc<Office>,
    pub archive: Arc<Archive>,
    pub clock: Clock,
    pub(super) uploads: Semaphore,
    pub(super) exports: Exports,
    pub(super) of_persons: Uploads,
    /// One roster import at a time: its PINs must land before another's people.
    pub(super) importing: Mutex<()>,
}

/// What the program gives to be put around the cases.
pub struct OuterParts {
    pub registry: Registry,
    pub body: BodyHandle,
    pub vault: Arc<Vault>,
    pub blobs: Arc<Blobs>,
    pub doors: Arc<Doors>,
    pub office: Arc<Office>,
    pub archive: Arc<Archive>,
    pub clock: Clock,
}

impl Outer {
    pub fn new(parts: OuterParts) -> AppState {
        let OuterParts {
            registry,
            body,
            vault,
            blobs,
            doors,
            office,
            archive,
            clock,
        } = parts;
        Arc::new(Self {
            registry,
            body,
            vault,
            blobs,
            doors,
            office,
            archive,
            clock,
            uploads: Semaphore::new(UPLOADS_AT_ONCE_MAX),
            importing: Mutex::new(()),
            exports: Exports::default(),
            of_persons: Uploads::default(),
        })
    }

    /// The base of all links and QR codes, without a slash at the end.
    pub fn public_address(&self) -> String {
        self.doors
            .address
            .base(self.body.look(|b| b.address.clone()).as_deref())
    }

    /// The session of this bearer, if it still counts. A device that was signed out has none.
    pub async fn session(self: &Arc<Self>, bearer: &str) -> Result<Option<Session>, VaultError> {
        let session = match self.doors.sessions.recall(bearer) {
            Some(session) => Some(session),
            None => {
                let (doors, bearer) = (Arc::clone(&self.doors), bearer.to_owned());
                match tokio::task::spawn_blocking(move || doors.sessions.open(&bearer)).await {
                    Ok(opened) => opened?,
                    // The program is stopping, or it panicked and said so: nobody gets in by that.
                    Err(_) => None,
                }
            }
        };
        Ok(session.filter(|session| session.counts(self.as_ref())))
    }
}

impl Standing for Outer {
    fn cases(&self) -> Vec<Uuid> {
        self.registry.all().iter().map(|case| case.id()).collect()
    }

    fn has_case(&self, appraisal: Uuid) -> bool {
        self.registry.get(appraisal).is_some()
    }

    fn card_generations(&self, appraisal: Uuid) -> Vec<(PersonId, u32)> {
        self.registry.get(appraisal).map_or_else(Vec::new, |case| {
            case.look(|c| c.roster.people.iter().map(|(id, p)| (*id, p.card_generation)).collect())
        })
    }

    fn device_generation(&self, appraisal: Uuid, person: PersonId) -> Option<u32> {
        self.registry
            .get(appraisal)?
            .look(|c| c.roster.people.get(&person).map(|p| p.device_generation))
    }

    fn account_generation(&self, account: u32) -> Option<u32> {
        self.body.look(|b| b.accounts.get(&account).map(|a| a.generation))
    }

    fn station_generation(&self, appraisal: Uuid, station: Station) -> u32 {
        self.body.look(|b| b.station_generation(appraisal, station))
    }
}
