//! Links that open a station signed in: a console seat, a projector, the desk of a demonstration, the first start.
//! Station secrets follow from the server key and are stored nowhere.

use std::sync::{Arc, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
pub use pingyi_core::body::Station;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::Standing;
use crate::protocol::call::Role;
use crate::vault::{Vault, VaultError};

const SECRET_BYTES: usize = 24;
/// Longer than any secret we give out; what is longer is not looked at.
const SECRET_CHARS_MAX: usize = 64;

pub const STATIONS: [Station; 3] = [Station::Chair, Station::Operator, Station::Projector];

/// Who is signed in by a station's link.
pub const fn role(station: Station) -> Role {
    match station {
        Station::Chair => Role::Chair,
        Station::Operator => Role::Operator,
        Station::Projector => Role::Projector,
    }
}

const fn word(station: Station) -> &'static str {
    match station {
        Station::Chair => "chair",
        Station::Operator => "operator",
        Station::Projector => "projector",
    }
}

/// What a link's secret opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    Station {
        appraisal: Uuid,
        station: Station,
        generation: u32,
    },
    Desk {
        account: u32,
    },
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

    /// The link of this generation. The first one is made without a number, as links were when there was only one.
    pub fn station_secret(&self, appraisal: Uuid, station: Station, generation: u32) -> String {
        let (station, number) = (word(station).as_bytes(), generation.to_be_bytes());
        match generation {
            0 => self.secret("station", &[appraisal.as_bytes(), station]),
            _ => self.secret("station", &[appraisal.as_bytes(), station, &number]),
        }
    }

    /// For demonstrations only: whoever has the link is this account from now on. Gives the link's secret.
    pub fn open_demo_desk(&self, account: u32) -> String {
        let account = *self.demo_desk.get_or_init(|| account);
        self.demo_secret(account)
    }

    /// A station's link opens in a running case, at the station's present generation.
    pub fn opens(&self, secret: &str, standing: &dyn Standing) -> Option<Opens> {
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
        let cases = standing.cases().into_iter();
        let stations = cases.flat_map(|case| STATIONS.map(|station| (case, station)));
        stations
            .map(|(appraisal, station)| (appraisal, station, standing.station_generation(appraisal, station)))
            .find(|(appraisal, station, generation)| same(&self.station_secret(*appraisal, *station, *generation)))
            .map(|(appraisal, station, generation)| Opens::Station {
                appraisal,
                station,
                generation,
            })
    }

    /// The secret in the address of a case's calendar feed.
    pub fn feed_secret(&self, appraisal: Uuid, generation: u32) -> String {
        self.secret("calendar feed", &[appraisal.as_bytes(), &generation.to_be_bytes()])
    }

    /// The case whose open feed has this secret. `open` are the cases with a feed and its present generation.
    pub fn feed_of(&self, secret: &str, open: &[(Uuid, u32)]) -> Option<Uuid> {
        if secret.len() > SECRET_CHARS_MAX {
            return None;
        }
        let same = |ours: String| bool::from(ours.as_bytes().ct_eq(secret.as_bytes()));
        let found = open
            .iter()
            .find(|(id, generation)| same(self.feed_secret(*id, *generation)));
        found.map(|(id, _)| *id)
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
    use crate::doors::testing::{Standings, vault};

    const A: Uuid = Uuid::from_u128(1);
    const B: Uuid = Uuid::from_u128(2);

    fn running(cases: &[Uuid]) -> Standings {
        let mut standing = Standings::default();
        for case in cases {
            standing.card(*case, 1, 1);
        }
        standing
    }

    #[test]
    fn each_link_opens_its_own_station_of_a_running_case() {
        let (vault, _folder) = vault();
        let links = Links::new(vault);
        for appraisal in [A, B] {
            for station in STATIONS {
                let secret = links.station_secret(appraisal, station, 0);
                assert!(secret.len() >= 22, "at least 16 bytes");
                assert_eq!(
                    links.opens(&secret, &running(&[A, B])),
                    Some(Opens::Station {
                        appraisal,
                        station,
                        generation: 0
                    })
                );
            }
        }
        let other = links.station_secret(B, Station::Chair, 0);
        assert_eq!(links.opens(&other, &running(&[A])), None);
        assert_eq!(links.opens("", &running(&[A])), None);
        assert_eq!(links.opens(&"A".repeat(100_000), &running(&[A])), None);
    }

    #[test]
    fn a_new_link_of_a_station_shuts_the_old_one_and_no_other() {
        let (vault, _folder) = vault();
        let links = Links::new(vault);
        let old = links.station_secret(A, Station::Projector, 0);
        let chair = links.station_secret(A, Station::Chair, 0);
        let mut standing = running(&[A]);
        standing.station(A, Station::Projector, 1);
        assert_eq!(links.opens(&old, &standing), None);
        assert!(links.opens(&chair, &standing).is_some());
        let new = links.station_secret(A, Station::Projector, 1);
        assert!(matches!(
            links.opens(&new, &standing),
            Some(Opens::Station { generation: 1, .. })
        ));
    }

    #[test]
    fn the_demonstration_desk_is_shut_unless_opened() {
        let (vault, _folder) = vault();
        let shut = Links::new(Arc::clone(&vault));
        let open = Links::new(vault);
        let secret = open.open_demo_desk(1);
        assert_eq!(open.opens(&secret, &running(&[])), Some(Opens::Desk { account: 1 }));
        assert_eq!(shut.opens(&secret, &running(&[])), None);
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
