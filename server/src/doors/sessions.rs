//! Who is signed in. A bearer is 32 random bytes; only its SHA-256 is kept, in the vault and in a bounded cache.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pingyi_core::body::Body;
use pingyi_core::ids::PersonId;
use pingyi_core::sitting::ConsoleSeat;
use pingyi_core::stamp::Actor;
use pingyi_core::views::Audience;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::holds::{Hold, Holds};
use super::{Standing, Station};
use crate::limits::SESSIONS_CACHED_MAX;
use crate::protocol::call::Role;
use crate::vault::{Bearer, Holder, Vault, VaultError};

const BEARER_BYTES: usize = 32;
const BEARER_CHARS: usize = 43;

/// A signed-in device, station or desk account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// None for a desk account, which opens every case of the body.
    pub appraisal: Option<Uuid>,
    pub role: Role,
    pub person: Option<PersonId>,
    pub account: Option<u32>,
    /// Of the person's device, the desk account or the station's link.
    pub generation: u32,
    /// Ed25519 public key that the phone signs named votes with.
    pub device_key: Option<[u8; 32]>,
}

impl Session {
    /// Who gives commands through this session; a projector gives none.
    pub fn actor(&self) -> Option<Actor> {
        match self.role {
            Role::Desk => self.account.map(|account| Actor::Desk { account }),
            Role::Chair => Some(Actor::Console {
                seat: ConsoleSeat::Chair,
            }),
            Role::Operator => Some(Actor::Console {
                seat: ConsoleSeat::Operator,
            }),
            Role::Projector => None,
            Role::Person => self.person.map(|person| Actor::Person { person }),
        }
    }

    pub fn may_watch(&self, audience: Audience) -> bool {
        match audience {
            Audience::Public => true,
            Audience::Member => self.role == Role::Person,
            Audience::Projector => self.role == Role::Projector,
            Audience::Chair => matches!(self.role, Role::Chair | Role::Operator),
            Audience::Desk => self.role == Role::Desk,
        }
    }

    /// Whether it is for this case at all.
    pub fn opens(&self, appraisal: Uuid) -> bool {
        self.role == Role::Desk || self.appraisal == Some(appraisal)
    }

    /// Whether it still counts: a later sign-in, a reissued card or another password puts it out.
    pub fn counts(&self, standing: &dyn Standing) -> bool {
        match (self.role, self.appraisal, self.person, self.account) {
            (Role::Person, Some(appraisal), Some(person), _) => {
                standing.device_generation(appraisal, person) == Some(self.generation)
            }
            (Role::Desk, _, _, Some(account)) => standing.account_generation(account) == Some(self.generation),
            (Role::Chair | Role::Operator | Role::Projector, Some(appraisal), ..) => {
                let generation = |station| standing.station_generation(appraisal, station);
                standing.has_case(appraisal) && self.station().map(generation) == Some(self.generation)
            }
            _ => false,
        }
    }

    /// Whether the body still knows the account or the station's link. A person is the case's to judge.
    pub fn stands_in(&self, body: &Body) -> bool {
        match (self.account, self.appraisal, self.station()) {
            (Some(account), ..) => body.accounts.get(&account).map(|a| a.generation) == Some(self.generation),
            (None, Some(appraisal), Some(station)) => body.station_generation(appraisal, station) == self.generation,
            _ => self.role == Role::Person,
        }
    }

    const fn station(&self) -> Option<Station> {
        match self.role {
            Role::Chair => Some(Station::Chair),
            Role::Operator => Some(Station::Operator),
            Role::Projector => Some(Station::Projector),
            Role::Desk | Role::Person => None,
        }
    }
}

pub struct Sessions {
    vault: Arc<Vault>,
    cache: Mutex<Cache>,
    holds: Arc<Holds>,
}

#[derive(Default)]
struct Cache {
    known: HashMap<[u8; 32], Session>,
    /// How often bearers were ended. What was read from the vault before an ending is not kept after it.
    endings: u64,
}

impl Sessions {
    pub(super) fn new(vault: Arc<Vault>) -> Self {
        Self {
            vault,
            cache: Mutex::default(),
            holds: Arc::default(),
        }
    }

    /// Signs in: the bearer to hand out, once. Older devices of the same person are dropped. Blocks on the disk.
    pub fn start(&self, session: &Session, now_ms: i64) -> Result<String, VaultError> {
        let mut bytes = [0; BEARER_BYTES];
        getrandom::fill(&mut bytes)?;
        let bearer = URL_SAFE_NO_PAD.encode(bytes);
        // The first device of a person leaves nothing to drop, and in a hall that is nearly everybody.
        if let Some(person) = session.person.filter(|_| session.generation > 1) {
            self.vault.drop_bearers(session.appraisal, Holder::Person(person.0))?;
        }
        let stored = Bearer {
            appraisal: session.appraisal,
            role: word(session.role).into(),
            person: session.person.map(|person| person.0),
            account: session.account,
            generation: session.generation,
            device_key: session.device_key,
            issued_at_ms: now_ms,
        };
        let hash = hash(&bearer);
        let endings = self.cache().endings;
        self.vault.put_bearer(hash, &stored)?;
        self.keep(hash, *session, endings);
        Ok(bearer)
    }

    /// From the cache alone; never blocks. None says only that `open` must be asked.
    pub fn recall(&self, bearer: &str) -> Option<Session> {
        self.cache().known.get(&hash(bearer)).copied()
    }

    /// Whose bearer it is. Whether the session still `counts` is another question. Blocks on the disk at first.
    pub fn open(&self, bearer: &str) -> Result<Option<Session>, VaultError> {
        if bearer.len() != BEARER_CHARS {
            return Ok(None);
        }
        if let Some(session) = self.recall(bearer) {
            return Ok(Some(session));
        }
        let hash = hash(bearer);
        let endings = self.cache().endings;
        let session = self.vault.bearer(hash)?.and_then(session);
        if let Some(session) = session {
            self.keep(hash, session, endings);
        }
        Ok(session)
    }

    /// A socket opens under this bearer, and is told by `tell` when it is signed out. Ask whose it is once more
    /// afterwards: it may have been ended meanwhile. `tell` must not wait, nor open or drop a hold.
    pub fn hold(&self, bearer: &str, session: Session, tell: impl Fn() + Send + Sync + 'static) -> Hold {
        self.holds.take(hash(bearer), session, tell)
    }

    /// Signs this bearer out, and its open sockets at once. Blocks on the disk.
    pub fn end(&self, bearer: &str) -> Result<(), VaultError> {
        let ended = hash(bearer);
        self.vault.drop_bearer(ended)?;
        self.forget(|hash, _| *hash == ended);
        Ok(())
    }

    /// Signs all of a desk account out. Blocks on the disk.
    pub fn end_account(&self, account: u32) -> Result<(), VaultError> {
        self.vault.drop_bearers(None, Holder::Account(account))?;
        self.forget(|_, session| session.account == Some(account));
        Ok(())
    }

    /// Signs out whoever came in by this station's link. Blocks on the disk.
    pub fn end_station(&self, appraisal: Uuid, station: Station) -> Result<(), VaultError> {
        let role = super::links::role(station);
        self.vault.drop_bearers(Some(appraisal), Holder::Role(word(role)))?;
        self.forget(|_, session| session.appraisal == Some(appraisal) && session.role == role);
        Ok(())
    }

    /// After the vault has forgotten them: else a call in between would bring them back.
    fn forget(&self, out: impl Fn(&[u8; 32], &Session) -> bool) {
        let mut cache = self.cache();
        cache.endings += 1;
        cache.known.retain(|hash, session| !out(hash, session));
        drop(cache);
        self.holds.end(out);
    }

    /// At the bound any one goes: it is found again in the vault.
    fn keep(&self, hash: [u8; 32], session: Session, endings: u64) {
        let mut cache = self.cache();
        if cache.endings != endings {
            return;
        }
        if cache.known.len() >= SESSIONS_CACHED_MAX
            && let Some(any) = cache.known.keys().next().copied()
        {
            cache.known.remove(&any);
        }
        cache.known.insert(hash, session);
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn hash(bearer: &str) -> [u8; 32] {
    Sha256::digest(bearer.as_bytes()).into()
}

const ROLES: [Role; 5] = [Role::Desk, Role::Chair, Role::Operator, Role::Projector, Role::Person];

/// The role as the vault stores it; a stored format.
const fn word(role: Role) -> &'static str {
    match role {
        Role::Desk => "desk",
        Role::Chair => "chair",
        Role::Operator => "operator",
        Role::Projector => "projector",
        Role::Person => "person",
    }
}

/// A role this program does not know opens nothing.
fn session(bearer: Bearer) -> Option<Session> {
    Some(Session {
        appraisal: bearer.appraisal,
        role: ROLES.into_iter().find(|role| word(*role) == bearer.role)?,
        person: bearer.person.map(PersonId),
        account: bearer.account,
        generation: bearer.generation,
        device_key: bearer.device_key,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doors::testing::{Standings, vault};
    use std::sync::atomic::{AtomicUsize, Ordering};

    const CASE: Uuid = Uuid::from_u128(1);

    fn member(generation: u32) -> Session {
        Session {
            appraisal: Some(CASE),
            role: Role::Person,
            person: Some(PersonId(5)),
            account: None,
            generation,
            device_key: Some([7; 32]),
        }
    }

    fn station(role: Role) -> Session {
        Session {
            role,
            person: None,
            generation: 0,
            device_key: None,
            ..member(0)
        }
    }

    fn desk() -> Session {
        Session {
            appraisal: None,
            account: Some(1),
            generation: 1,
            ..station(Role::Desk)
        }
    }

    #[test]
    fn a_bearer_opens_its_session_also_after_a_restart() {
        let (vault, _folder) = vault();
        let sessions = Sessions::new(Arc::clone(&vault));
        for session in [
            member(1),
            station(Role::Chair),
            station(Role::Operator),
            station(Role::Projector),
            desk(),
        ] {
            let bearer = sessions.start(&session, 10).unwrap();
            assert_eq!(sessions.open(&bearer).unwrap(), Some(session));
            assert_eq!(Sessions::new(Arc::clone(&vault)).open(&bearer).unwrap(), Some(session));
        }
        for wrong in ["", "x", &"A".repeat(43), &"A".repeat(1_000_000)] {
            assert_eq!(sessions.open(wrong).unwrap(), None);
        }
    }

    #[test]
    fn signing_out_ends_one_bearer_only() {
        let (vault, _folder) = vault();
        let sessions = Sessions::new(Arc::clone(&vault));
        let (one, two) = (
            sessions.start(&desk(), 10).unwrap(),
            sessions.start(&desk(), 10).unwrap(),
        );
        sessions.end(&one).unwrap();
        assert_eq!(sessions.open(&one).unwrap(), None);
        assert_eq!(Sessions::new(vault).open(&one).unwrap(), None);
        assert_eq!(sessions.open(&two).unwrap(), Some(desk()));
    }

    #[test]
    fn an_open_socket_hears_that_its_bearer_its_account_or_its_station_is_out() {
        let (vault, _folder) = vault();
        let sessions = Sessions::new(vault);
        let told = Arc::new(AtomicUsize::new(0));
        let open = |session: &Session| {
            let (bearer, told) = (sessions.start(session, 10).unwrap(), told.clone());
            let hold = sessions.hold(&bearer, *session, move || {
                told.fetch_add(1, Ordering::SeqCst);
            });
            (bearer, hold)
        };
        let other_case = Session {
            appraisal: Some(Uuid::from_u128(2)),
            ..station(Role::Projector)
        };
        let (one, two, chair) = (open(&desk()), open(&desk()), open(&station(Role::Chair)));
        let (wall, far) = (open(&station(Role::Projector)), open(&other_case));
        let out = || [&one, &two, &chair, &wall, &far].map(|(_, hold)| hold.is_ended());

        sessions.end(&one.0).unwrap();
        assert_eq!(told.load(Ordering::SeqCst), 1);
        assert_eq!(out(), [true, false, false, false, false]);
        sessions.end_station(CASE, Station::Projector).unwrap();
        assert_eq!(told.load(Ordering::SeqCst), 2);
        assert_eq!(out(), [true, false, false, true, false]);
        sessions.end_account(1).unwrap();
        assert_eq!(out(), [true, true, false, true, false]);
        let opened = |(bearer, _): &(String, Hold)| sessions.open(bearer).unwrap().is_some();
        assert_eq!(
            [&one, &two, &chair, &wall, &far].map(opened),
            [false, false, true, false, true]
        );
    }

    #[test]
    fn a_stations_session_counts_for_its_present_link_only() {
        let mut standing = Standings::default();
        standing.device(CASE, 5, 1).station(CASE, Station::Projector, 1);
        assert!(!station(Role::Projector).counts(&standing));
        let renewed = Session {
            generation: 1,
            ..station(Role::Projector)
        };
        assert!(renewed.counts(&standing) && station(Role::Chair).counts(&standing));
    }

    #[test]
    fn a_session_counts_for_the_present_generation_only() {
        let mut standing = Standings::default();
        standing.device(CASE, 5, 2).account(1, 1);
        assert!(member(2).counts(&standing));
        assert!(!member(1).counts(&standing) && !member(3).counts(&standing));
        assert!(desk().counts(&standing));
        standing.account(1, 2);
        assert!(!desk().counts(&standing));
        assert!(station(Role::Chair).counts(&standing));
        assert!(!station(Role::Chair).counts(&Standings::default()), "the case is gone");
    }

    #[test]
    fn each_role_acts_and_watches_as_itself() {
        assert_eq!(member(1).actor(), Some(Actor::Person { person: PersonId(5) }));
        assert_eq!(desk().actor(), Some(Actor::Desk { account: 1 }));
        assert_eq!(
            station(Role::Operator).actor(),
            Some(Actor::Console {
                seat: ConsoleSeat::Operator
            })
        );
        assert_eq!(station(Role::Projector).actor(), None);
        let seen = |s: Session| {
            Audience::ALL
                .into_iter()
                .filter(|a| s.may_watch(*a))
                .collect::<Vec<_>>()
        };
        assert_eq!(seen(member(1)), [Audience::Member, Audience::Public]);
        assert_eq!(seen(station(Role::Projector)), [Audience::Projector, Audience::Public]);
        assert_eq!(seen(station(Role::Operator)), [Audience::Chair, Audience::Public]);
        assert_eq!(seen(desk()), [Audience::Desk, Audience::Public]);
        assert!(desk().opens(CASE) && member(1).opens(CASE) && !member(1).opens(Uuid::from_u128(2)));
    }

    #[test]
    fn an_older_device_of_the_person_is_dropped_from_the_vault() {
        let (vault, _folder) = vault();
        let sessions = Sessions::new(Arc::clone(&vault));
        let old = sessions.start(&member(1), 10).unwrap();
        sessions.start(&member(2), 20).unwrap();
        assert_eq!(Sessions::new(vault).open(&old).unwrap(), None);
    }
}
