//! Limits on guessing. They make a guesser wait, and only where the guesser sits: a member's own phone or seat card is
//! never shut out by what others try, and a hall behind one address is not taken for one guesser.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use pingyi_core::ids::PersonId;
use uuid::Uuid;

use crate::limits::{
    ANSWERS_PER_ADDRESS_MAX, ANSWERS_WINDOW_MS, CARD_WINDOW_MS, CARD_WRONG_MAX, GUESS_FORGET_MS, GUESS_SLOW_LONGEST_MS,
    GUESS_SLOW_STEP_MS, GUESS_SOURCES_MAX, GUESS_TARGETS_MAX, GUESS_TRIES_BEFORE_SLOW, GUESS_TRIES_FREE,
    GUESS_WAIT_FIRST_MS, GUESS_WAIT_LONGEST_MS,
};

/// What is guessed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    Pin {
        appraisal: Uuid,
        person: PersonId,
    },
    /// A hash of the account's name, so that names that do not exist cost the same.
    Account {
        name_hash: u64,
    },
}

/// Who guesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A network address; of IPv6 the first 64 bits, for a machine may have all the rest.
    Address(IpAddr),
    /// A phone already known to be the target's: it does not share its address's count.
    OwnDevice,
}

impl Source {
    pub fn at(address: IpAddr) -> Self {
        Source::Address(network(address))
    }
}

/// Whether a try may be made. It is counted as wrong at once and cleared when it was right, so that tries sent side by
/// side count as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Try {
    Allowed {
        /// Tries that remain should this one be wrong.
        tries_left: u32,
        /// How long to hold back the answer should it be wrong.
        slow_ms: u64,
    },
    Wait {
        retry_after_s: u32,
    },
}

#[derive(Default)]
pub struct Guesses {
    targets: Mutex<HashMap<Target, Tried>>,
    cards: Mutex<HashMap<IpAddr, Window>>,
    /// Of questionnaires; in memory only, and no more than how many.
    answers: Mutex<HashMap<IpAddr, Window>>,
}

#[derive(Default)]
struct Tried {
    wrong: u32,
    last_ms: i64,
    /// When the next try from a place that is not known may be made, once there were many wrong ones.
    next_ms: i64,
    sources: HashMap<Source, Count>,
}

#[derive(Clone, Copy, Default)]
struct Count {
    wrong: u32,
    wait_until_ms: i64,
    last_ms: i64,
    /// A right answer came from here before.
    known: bool,
}

#[derive(Clone, Copy)]
struct Window {
    since_ms: i64,
    count: u32,
}

impl Guesses {
    /// Takes one try.
    pub fn take(&self, target: Target, source: Source, now_ms: i64) -> Try {
        let mut targets = self.targets.lock().unwrap_or_else(PoisonError::into_inner);
        make_room(&mut targets, &target, GUESS_TARGETS_MAX, now_ms, |tried| tried.last_ms);
        let tried = targets.entry(target).or_default();
        if now_ms - tried.last_ms > GUESS_FORGET_MS {
            tried.wrong = 0;
        }
        tried.last_ms = now_ms;
        let known = source == Source::OwnDevice || tried.sources.get(&source).is_some_and(|count| count.known);
        if !known && tried.wrong >= GUESS_TRIES_BEFORE_SLOW {
            // One at a time: a machine with hundreds of addresses must not send a hundred guesses side by side.
            tried.next_ms = tried.next_ms.min(now_ms + GUESS_SLOW_LONGEST_MS.cast_signed());
            if tried.next_ms > now_ms {
                return Try::Wait {
                    retry_after_s: seconds(tried.next_ms - now_ms),
                };
            }
        }
        // Those who never were right go first.
        make_room(&mut tried.sources, &source, GUESS_SOURCES_MAX, now_ms, |count| {
            count.last_ms + if count.known { GUESS_FORGET_MS } else { 0 }
        });
        let count = tried.sources.entry(source).or_default();
        if now_ms - count.last_ms > GUESS_FORGET_MS {
            *count = Count {
                known: count.known,
                ..Count::default()
            };
        }
        // A clock set back must not turn half a minute into hours.
        count.wait_until_ms = count.wait_until_ms.min(now_ms + GUESS_WAIT_LONGEST_MS);
        count.last_ms = now_ms;
        if count.wait_until_ms > now_ms {
            return Try::Wait {
                retry_after_s: seconds(count.wait_until_ms - now_ms),
            };
        }
        count.wrong = count.wrong.saturating_add(1);
        if let Some(beyond) = count.wrong.checked_sub(GUESS_TRIES_FREE) {
            count.wait_until_ms = now_ms + (GUESS_WAIT_FIRST_MS << beyond.min(10)).min(GUESS_WAIT_LONGEST_MS);
        }
        let tries_left = GUESS_TRIES_FREE.saturating_sub(count.wrong);
        if !known {
            tried.wrong = tried.wrong.saturating_add(1);
        }
        let slow_ms = if known { 0 } else { slow(tried.wrong) };
        if slow_ms > 0 {
            tried.next_ms = now_ms + slow_ms.cast_signed();
        }
        Try::Allowed { tries_left, slow_ms }
    }

    /// The try just taken was right.
    pub fn was_right(&self, target: Target, source: Source, now_ms: i64) {
        let mut targets = self.targets.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(tried) = targets.get_mut(&target) else {
            return;
        };
        if let Entry::Occupied(mut count) = tried.sources.entry(source) {
            if !count.get().known {
                tried.wrong = tried.wrong.saturating_sub(count.get().wrong);
            }
            count.insert(Count {
                known: true,
                last_ms: now_ms,
                ..Count::default()
            });
        }
    }

    /// The desk lets this person try again at once, from everywhere.
    pub fn lift(&self, appraisal: Uuid, person: PersonId) {
        let mut targets = self.targets.lock().unwrap_or_else(PoisonError::into_inner);
        targets.remove(&Target::Pin { appraisal, person });
    }

    /// Counts a wrong card code. Says how long to wait, in seconds, if there were too many.
    pub fn wrong_card(&self, address: IpAddr, now_ms: i64) -> Option<u32> {
        counted(&self.cards, address, CARD_WRONG_MAX, CARD_WINDOW_MS, now_ms)
    }

    /// Counts an answer to a questionnaire. Says how long to wait, in seconds, if there were too many.
    pub fn answer(&self, address: IpAddr, now_ms: i64) -> Option<u32> {
        counted(
            &self.answers,
            address,
            ANSWERS_PER_ADDRESS_MAX,
            ANSWERS_WINDOW_MS,
            now_ms,
        )
    }
}

/// One more from this address; the wait if that is more than `max` in one window.
fn counted(
    windows: &Mutex<HashMap<IpAddr, Window>>,
    address: IpAddr,
    max: u32,
    window_ms: i64,
    now_ms: i64,
) -> Option<u32> {
    let address = network(address);
    let mut windows = windows.lock().unwrap_or_else(PoisonError::into_inner);
    make_room(&mut windows, &address, GUESS_TARGETS_MAX, now_ms, |window| {
        window.since_ms
    });
    let fresh = Window {
        since_ms: now_ms,
        count: 0,
    };
    let window = windows.entry(address).or_insert(fresh);
    if !(0..window_ms).contains(&(now_ms - window.since_ms)) {
        *window = fresh;
    }
    window.count = window.count.saturating_add(1);
    (window.count > max).then(|| seconds(window.since_ms + window_ms - now_ms))
}

fn slow(wrong: u32) -> u64 {
    (u64::from(wrong.saturating_sub(GUESS_TRIES_BEFORE_SLOW)) * GUESS_SLOW_STEP_MS).min(GUESS_SLOW_LONGEST_MS)
}

fn seconds(ms: i64) -> u32 {
    u32::try_from((ms + 999) / 1_000).unwrap_or(0).max(1)
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) >> 64 << 64).into()),
    }
}

/// At the bound what is old goes first, then whatever was touched longest ago.
fn make_room<K: Copy + Eq + std::hash::Hash, V>(
    map: &mut HashMap<K, V>,
    wanted: &K,
    max: usize,
    now_ms: i64,
    last_ms: impl Fn(&V) -> i64,
) {
    if map.len() < max || map.contains_key(wanted) {
        return;
    }
    map.retain(|_, value| now_ms - last_ms(value) <= GUESS_FORGET_MS);
    if map.len() >= max
        && let Some(oldest) = map.iter().min_by_key(|(_, value)| last_ms(value)).map(|(key, _)| *key)
    {
        map.remove(&oldest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASE: Uuid = Uuid::from_u128(1);
    const WANG: Target = Target::Pin {
        appraisal: CASE,
        person: PersonId(1),
    };
    const LI: Target = Target::Pin {
        appraisal: CASE,
        person: PersonId(2),
    };
    const START_MS: i64 = 1_790_000_000_000;

    fn from(address: &str) -> Source {
        Source::at(address.parse().unwrap())
    }

    fn tries_left(taken: Try) -> Option<u32> {
        match taken {
            Try::Allowed { tries_left, .. } => Some(tries_left),
            Try::Wait { .. } => None,
        }
    }

    fn waits(taken: Try) -> Option<u32> {
        match taken {
            Try::Allowed { .. } => None,
            Try::Wait { retry_after_s } => Some(retry_after_s),
        }
    }

    #[test]
    fn five_wrong_tries_then_waits_that_double_up_to_ten_minutes() {
        let guesses = Guesses::default();
        let phone = from("192.168.1.9");
        let left: Vec<_> = (0..5)
            .map(|_| tries_left(guesses.take(WANG, phone, START_MS)).unwrap())
            .collect();
        assert_eq!(left, [4, 3, 2, 1, 0]);
        let mut now = START_MS;
        for expected in [30, 60, 120, 240, 480, 600, 600] {
            assert_eq!(waits(guesses.take(WANG, phone, now)), Some(expected));
            now += i64::from(expected) * 1_000 - 1;
            assert_eq!(
                waits(guesses.take(WANG, phone, now)),
                Some(1),
                "waiting is not lengthened by asking"
            );
            now += 1;
            assert_eq!(
                tries_left(guesses.take(WANG, phone, now)),
                Some(0),
                "one try after {expected} s"
            );
        }
    }

    #[test]
    fn others_at_the_same_address_and_the_person_elsewhere_are_not_held_up() {
        let guesses = Guesses::default();
        for _ in 0..6 {
            guesses.take(WANG, from("10.0.0.1"), START_MS);
        }
        assert!(waits(guesses.take(WANG, from("10.0.0.1"), START_MS)).is_some());
        assert_eq!(tries_left(guesses.take(LI, from("10.0.0.1"), START_MS)), Some(4));
        assert_eq!(tries_left(guesses.take(WANG, from("10.0.0.2"), START_MS)), Some(4));
        assert_eq!(tries_left(guesses.take(WANG, Source::OwnDevice, START_MS)), Some(4));
    }

    #[test]
    fn a_right_answer_and_the_desk_clear_the_count() {
        let guesses = Guesses::default();
        let phone = from("10.0.0.1");
        for _ in 0..4 {
            guesses.take(WANG, phone, START_MS);
        }
        guesses.was_right(WANG, phone, START_MS);
        assert_eq!(tries_left(guesses.take(WANG, phone, START_MS)), Some(4));
        for _ in 0..5 {
            guesses.take(WANG, phone, START_MS);
        }
        assert!(waits(guesses.take(WANG, phone, START_MS)).is_some());
        guesses.lift(CASE, PersonId(1));
        assert_eq!(tries_left(guesses.take(WANG, phone, START_MS)), Some(4));
    }

    #[test]
    fn many_addresses_are_slowed_but_not_where_the_person_signed_in() {
        let guesses = Guesses::default();
        let home = from("10.0.0.1");
        guesses.take(WANG, home, START_MS);
        guesses.was_right(WANG, home, START_MS);
        let slow_ms = |taken| match taken {
            Try::Allowed { slow_ms, .. } => slow_ms,
            Try::Wait { .. } => panic!("must not wait"),
        };
        let strange = |n: u32| Source::at(IpAddr::from([10, 1, (n / 256) as u8, (n % 256) as u8]));
        assert!((0..20).all(|n| slow_ms(guesses.take(WANG, strange(n), START_MS)) == 0));
        assert_eq!(slow_ms(guesses.take(WANG, strange(20), START_MS)), 250);
        let side_by_side = (21..1_000).filter(|n| waits(guesses.take(WANG, strange(*n), START_MS)).is_none());
        assert_eq!(side_by_side.count(), 0, "one stranger's guess at a time");
        let an_hour = (0..3_600)
            .filter(|s| waits(guesses.take(WANG, strange(1_000 + s), START_MS + 1_000 * i64::from(*s))).is_none());
        assert!(an_hour.count() < 800, "10,000 PINs take half a day");
        assert_eq!(slow_ms(guesses.take(WANG, home, START_MS)), 0);
        assert_eq!(slow_ms(guesses.take(WANG, Source::OwnDevice, START_MS)), 0);
    }

    #[test]
    fn one_ipv6_machine_is_one_source() {
        assert_eq!(from("2001:db8::1"), from("2001:db8::ffff:1"));
        assert_ne!(from("2001:db8::1"), from("2001:db8:0:1::1"));
        assert_eq!(from("::ffff:10.0.0.1"), from("10.0.0.1"));
    }

    #[test]
    fn wrong_cards_of_a_hall_are_borne_for_a_while() {
        let guesses = Guesses::default();
        let hall: IpAddr = "10.0.0.1".parse().unwrap();
        assert!((0..30).all(|_| guesses.wrong_card(hall, START_MS).is_none()));
        assert_eq!(guesses.wrong_card(hall, START_MS + 1_000), Some(299));
        assert_eq!(guesses.wrong_card("10.0.0.2".parse().unwrap(), START_MS), None);
        assert_eq!(guesses.wrong_card(hall, START_MS + CARD_WINDOW_MS), None);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let guesses = Guesses::default();
        for n in 0..GUESS_TARGETS_MAX as u32 + 10 {
            guesses.take(
                Target::Pin {
                    appraisal: CASE,
                    person: PersonId(n),
                },
                from("10.0.0.1"),
                START_MS + i64::from(n),
            );
        }
        for n in 0..GUESS_SOURCES_MAX as u32 + 10 {
            guesses.take(WANG, Source::at(IpAddr::from(n.to_be_bytes())), START_MS);
        }
        let targets = guesses.targets.lock().unwrap();
        assert_eq!(targets.len(), GUESS_TARGETS_MAX);
        assert!(targets.values().all(|tried| tried.sources.len() <= GUESS_SOURCES_MAX));
    }
}
