//! The doors: cards, links, hall codes, limits on guessing, sessions, the address on the QR codes.
//! They know the vault and the rules' types. They know neither the cases (but through `Standing`) nor requests.

pub mod address;
pub mod base32;
pub mod cards;
pub mod guesses;
pub mod hall_codes;
mod holds;
pub mod links;
pub mod origin;
pub mod qr;
pub mod sessions;

use std::sync::Arc;

use pingyi_core::ids::PersonId;
use tokio::sync::{Mutex, MutexGuard, Semaphore, SemaphorePermit};
use uuid::Uuid;

pub use self::address::PublicAddress;
pub use self::cards::{CardHolder, Cards};
pub use self::guesses::{Guesses, Source, Target, Try};
pub use self::hall_codes::{HallCode, HallCodes};
pub use self::holds::Hold;
pub use self::links::{Links, Opens, Station};
pub use self::sessions::{Session, Sessions};
use crate::limits::{BINDINGS_AT_ONCE_MAX, VAULT_HASHES_AT_ONCE_MAX};
use crate::vault::Vault;

/// What counts now, as the cases and the body know it.
pub trait Standing {
    /// The running cases.
    fn cases(&self) -> Vec<Uuid>;
    fn has_case(&self, appraisal: Uuid) -> bool;
    /// Every person's present card.
    fn card_generations(&self, appraisal: Uuid) -> Vec<(PersonId, u32)>;
    /// None if the person is not on the roster.
    fn device_generation(&self, appraisal: Uuid, person: PersonId) -> Option<u32>;
    fn account_generation(&self, account: u32) -> Option<u32>;
    fn station_generation(&self, appraisal: Uuid, station: Station) -> u32;
}

pub struct Doors {
    pub cards: Cards,
    pub links: Links,
    pub hall_codes: HallCodes,
    pub guesses: Guesses,
    pub sessions: Sessions,
    pub address: PublicAddress,
    hashing: Semaphore,
    /// One person's sign-ins come one after another: two phones asking at once must not both hear "no other device".
    binding: [Mutex<()>; BINDINGS_AT_ONCE_MAX],
}

impl Doors {
    pub fn new(vault: Arc<Vault>, address: PublicAddress) -> Self {
        Self {
            cards: Cards::new(Arc::clone(&vault)),
            links: Links::new(Arc::clone(&vault)),
            hall_codes: HallCodes::new(Arc::clone(&vault)),
            guesses: Guesses::default(),
            sessions: Sessions::new(vault),
            address,
            hashing: Semaphore::new(VAULT_HASHES_AT_ONCE_MAX),
            binding: std::array::from_fn(|_| Mutex::new(())),
        }
    }

    /// A turn at the slow hash, waited for here and not on a blocking thread. None once the program stops.
    pub async fn hashing_turn(&self) -> Option<SemaphorePermit<'_>> {
        self.hashing.acquire().await.ok()
    }

    /// Keeps other sign-ins of this person waiting; now and then also those of a stranger, which does no harm.
    pub async fn binding_turn(&self, person: PersonId) -> MutexGuard<'_, ()> {
        self.binding[person.0 as usize % BINDINGS_AT_ONCE_MAX].lock().await
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! A vault in a folder of its own, and cases that are only numbers.

    use super::*;
    use std::collections::BTreeMap;

    pub fn vault() -> (Arc<Vault>, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        (Arc::new(Vault::open(folder.path()).unwrap()), folder)
    }

    #[derive(Default)]
    pub struct Standings {
        cards: BTreeMap<(Uuid, PersonId), u32>,
        devices: BTreeMap<(Uuid, PersonId), u32>,
        accounts: BTreeMap<u32, u32>,
        stations: BTreeMap<(Uuid, Station), u32>,
    }

    impl Standings {
        pub fn card(&mut self, appraisal: Uuid, person: u32, generation: u32) -> &mut Self {
            self.cards.insert((appraisal, PersonId(person)), generation);
            self
        }
        pub fn device(&mut self, appraisal: Uuid, person: u32, generation: u32) -> &mut Self {
            self.devices.insert((appraisal, PersonId(person)), generation);
            self
        }
        pub fn account(&mut self, account: u32, generation: u32) -> &mut Self {
            self.accounts.insert(account, generation);
            self
        }
        pub fn station(&mut self, appraisal: Uuid, station: Station, generation: u32) -> &mut Self {
            self.stations.insert((appraisal, station), generation);
            self
        }
    }

    impl Standing for Standings {
        fn cases(&self) -> Vec<Uuid> {
            let mut cases: Vec<Uuid> = self
                .cards
                .keys()
                .chain(self.devices.keys())
                .map(|(case, _)| *case)
                .collect();
            cases.sort();
            cases.dedup();
            cases
        }
        fn has_case(&self, appraisal: Uuid) -> bool {
            self.cases().contains(&appraisal)
        }
        fn card_generations(&self, appraisal: Uuid) -> Vec<(PersonId, u32)> {
            let of_case = self.cards.iter().filter(|((case, _), _)| *case == appraisal);
            of_case
                .map(|((_, person), generation)| (*person, *generation))
                .collect()
        }
        fn device_generation(&self, appraisal: Uuid, person: PersonId) -> Option<u32> {
            self.devices.get(&(appraisal, person)).copied()
        }
        fn account_generation(&self, account: u32) -> Option<u32> {
            self.accounts.get(&account).copied()
        }
        fn station_generation(&self, appraisal: Uuid, station: Station) -> u32 {
            self.stations.get(&(appraisal, station)).copied().unwrap_or(0)
        }
    }
}
