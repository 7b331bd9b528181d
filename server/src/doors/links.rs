//! Links that open a station signed in: a console seat, a projector, the desk of a demonstration, the first start.
//! Station secrets follow from the server key and are stored nowhere.

use std::sync::{Arc, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use crate::protocol::call::Role;
use crate::vault::{Vault, VaultError};

const SECRET_BYTES: usize = 24;
/// Longer than any secret we give out; what is longer is not looked at.
const SECRET_CHARS_MAX: usize = 64;

/// A place in the hall, not a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Station {
    Chair,
    Operator,
    Projector,
}

impl Station {
    pub const ALL: [Station; 3] = [Station::Chair, Station::Operator, Station::Projector];

    pub const fn role(self) -> Role {
        match self {
            Station::Chair => Role::Chair,
            Station::Operator => Role::Operator,
            Station::Projector => Role::Projector,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Station::Chair => "chair",
            Station::Operator => "operator",
            Station::Projector => "projector",
        }
    }
}

/// What a link's secret opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    Station { appraisal: Uuid, station: Station },
    Desk { account: u32 },
}

pub struct Links {
    vault: Arc<Vault>,
    demo_desk: OnceLock<u32>,
}

impl Links {
    pub(super) fn new(vault: Arc<Vault>) -> Self {
        Self {
            vault,
            demo_desk: OnceLock::new(),
        }
    }

    pub fn station_secret(&self, appraisal: Uuid, station: Station) -> String {
        self.secret("station", &[appraisal.as_bytes(), station.word().as_bytes()])
    }

    /// For demonstrations only: whoever has the link is this account from now on. Gives the link's secret.
    pub fn open_demo_desk(&self, account: u32) -> String {
        let account = *self.demo_desk.get_or_init(|| account);
        self.demo_secret(account)
    }

    /// `cases` are the running ones.
    pub fn opens(&self, secret: &str, cases: &[Uuid]) -> Option<Opens> {
        let secret = secret.trim();
        if secret.len() > SECRET_CHARS_MAX {
            return None;
        }
        let same = |ours: &str| bool::from(ours.as_bytes().ct_eq(secret.as_bytes()));
        let account = self
            .demo_desk
            .get()
            .copied()
            .filter(|account| same(&self.demo_secret(*account)));
        if let Some(account) = account {
            return Some(Opens::Desk { account });
        }
        let stations = cases
            .iter()
            .flat_map(|case| Station::ALL.map(|station| (*case, station)));
        stations
            .map(|(appraisal, station)| (appraisal, station, self.station_secret(appraisal, station)))
            .find(|(.., ours)| same(ours))
            .map(|(appraisal, station, _)| Opens::Station { appraisal, station })
    }

    /// A new secret for the set-up link; an earlier one is void. Blocks on the disk.
    pub fn new_setup(&self) -> Result<String, VaultError> {
        let mut secret = [0; SECRET_BYTES];
        getrandom::fill(&mut secret)?;
        let secret = URL_SAFE_NO_PAD.encode(secret);
        self.vault.put_setup(hash(&secret))?;
        Ok(secret)
    }

    /// True for the first who brings the right secret; the door is shut from then on. Blocks on the disk.
    pub fn take_setup(&self, secret: &str) -> Result<bool, VaultError> {
        self.vault.take_setup(hash(secret.trim()))
    }

    /// Opens the set-up door again with the secret it had, because what it was taken for failed.
    pub fn give_setup_back(&self, secret: &str) -> Result<(), VaultError> {
        self.vault.put_setup(hash(secret.trim()))
    }

    fn demo_secret(&self, account: u32) -> String {
        self.secret("demo_desk", &[&account.to_be_bytes()])
    }

    fn secret(&self, label: &str, parts: &[&[u8]]) -> String {
        URL_SAFE_NO_PAD.encode(&self.vault.derive(label, parts)[..SECRET_BYTES])
    }
}

fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doors::testing::vault;

    const A: Uuid = Uuid::from_u128(1);
    const B: Uuid = Uuid::from_u128(2);

    #[test]
    fn each_link_opens_its_own_station_of_a_running_case() {
        let (vault, _folder) = vault();
        let links = Links::new(vault);
        for appraisal in [A, B] {
            for station in Station::ALL {
                let secret = links.station_secret(appraisal, station);
                assert!(secret.len() >= 22, "at least 16 bytes");
                assert_eq!(
                    links.opens(&secret, &[A, B]),
                    Some(Opens::Station { appraisal, station })
                );
            }
        }
        assert_eq!(links.opens(&links.station_secret(B, Station::Chair), &[A]), None);
        assert_eq!(links.opens("", &[A]), None);
        assert_eq!(links.opens(&"A".repeat(100_000), &[A]), None);
    }

    #[test]
    fn the_demonstration_desk_is_shut_unless_opened() {
        let (vault, _folder) = vault();
        let shut = Links::new(Arc::clone(&vault));
        let open = Links::new(vault);
        let secret = open.open_demo_desk(1);
        assert_eq!(open.opens(&secret, &[]), Some(Opens::Desk { account: 1 }));
        assert_eq!(shut.opens(&secret, &[]), None);
    }

    #[test]
    fn the_setup_link_works_once() {
        let (vault, _folder) = vault();
        let links = Links::new(vault);
        let secret = links.new_setup().unwrap();
        assert!(!links.take_setup("something else").unwrap());
        assert!(links.take_setup(&secret).unwrap());
        assert!(!links.take_setup(&secret).unwrap());
        links.give_setup_back(&secret).unwrap();
        assert!(links.take_setup(&secret).unwrap());
    }
}
