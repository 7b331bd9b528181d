//! The vault as its callers see it, and what its file must not show.

use std::path::Path;

use rusqlite::Connection;
use uuid::Uuid;

use super::{Bearer, FILE_NAME, Holder, PinCheck, PinOf, SeedOf, Vault, VaultError};
use crate::limits::{PASSWORD_BYTES_MAX, PIN_BYTES_MAX, VAULT_BEARERS_MAX, VAULT_PINS_AT_ONCE_MAX};
use crate::sqlite_file::OpenError;

const CASE: Uuid = Uuid::from_u128(1);
const OTHER_CASE: Uuid = Uuid::from_u128(2);

fn member(person: u32) -> Bearer {
    Bearer {
        appraisal: Some(CASE),
        role: "member".into(),
        person: Some(person),
        account: None,
        generation: 3,
        device_key: Some([7; 32]),
        issued_at_ms: 1_790_000_000_000,
    }
}

fn desk(account: u32) -> Bearer {
    Bearer {
        appraisal: None,
        role: "desk".into(),
        person: None,
        account: Some(account),
        device_key: None,
        ..member(0)
    }
}

/// All bytes SQLite keeps for the vault.
fn bytes_on_disk(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        bytes.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    bytes
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[test]
fn reopening_keeps_everything() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path()).unwrap();
    let (key, derived) = (vault.server_key(), vault.derive("a", &[b"b"]));
    vault.put_bearer([1; 32], &member(5)).unwrap();
    vault.put_bearer([2; 32], &desk(6)).unwrap();
    vault.set_pin(CASE, 5, "4711").unwrap();
    vault.set_password(6, "一段很长的口令").unwrap();
    vault.put_setup([3; 32]).unwrap();
    drop(vault);

    let vault = Vault::open(folder.path()).unwrap();
    assert_eq!((vault.server_key(), vault.derive("a", &[b"b"])), (key, derived));
    assert_eq!(vault.bearer([1; 32]).unwrap(), Some(member(5)));
    assert_eq!(vault.bearer([2; 32]).unwrap(), Some(desk(6)));
    assert_eq!(vault.check_pin(CASE, 5, "4711").unwrap(), PinCheck::Right);
    assert_eq!(vault.check_password(6, "一段很长的口令").unwrap(), PinCheck::Right);
    assert!(vault.setup_open().unwrap());
}

#[test]
fn every_vault_has_a_key_of_its_own_and_derives_by_label_and_parts() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (one, two) = (Vault::open(one.path()).unwrap(), Vault::open(two.path()).unwrap());
    assert_ne!(one.server_key(), two.server_key());
    let derived = [
        one.derive("a", &[]),
        one.derive("a", &[b""]),
        one.derive("a", &[b"bc"]),
        one.derive("a", &[b"b", b"c"]),
        one.derive("ab", &[b"c"]),
        two.derive("a", &[b"bc"]),
        one.server_key(),
    ];
    for (place, value) in derived.iter().enumerate() {
        assert!(!derived[..place].contains(value), "{place} repeats an earlier one");
    }
}

#[test]
fn bearers_are_dropped_by_holder_within_their_appraisal() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path()).unwrap();
    let elsewhere = Bearer {
        appraisal: Some(OTHER_CASE),
        ..member(5)
    };
    let projector = Bearer {
        role: "projector".into(),
        person: None,
        ..member(0)
    };
    let all = [member(5), member(5), member(6), elsewhere, desk(5), projector];
    for (number, bearer) in (0..).zip(&all) {
        vault.put_bearer([number; 32], bearer).unwrap();
    }
    let left = || {
        (0..6)
            .filter(|number| vault.bearer([*number; 32]).unwrap().is_some())
            .collect::<Vec<u8>>()
    };

    assert_eq!(vault.drop_bearers(Some(CASE), Holder::Person(5)).unwrap(), 2);
    assert_eq!(left(), [2, 3, 4, 5]);
    assert_eq!(vault.drop_bearers(Some(CASE), Holder::Role("projector")).unwrap(), 1);
    assert_eq!(left(), [2, 3, 4]);
    assert_eq!(vault.drop_bearers(Some(CASE), Holder::Account(5)).unwrap(), 0);
    assert_eq!(vault.drop_bearers(None, Holder::Account(5)).unwrap(), 1);
    assert_eq!(left(), [2, 3]);
    assert_eq!(vault.drop_bearers(Some(CASE), Holder::Everyone).unwrap(), 1);
    assert_eq!(left(), [3]);
}

#[test]
fn a_bearer_put_again_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path()).unwrap();
    vault.put_bearer([1; 32], &member(5)).unwrap();
    let newer = Bearer {
        generation: 4,
        ..member(5)
    };
    vault.put_bearer([1; 32], &newer).unwrap();
    assert_eq!(vault.bearer([1; 32]).unwrap(), Some(newer));
    assert_eq!(vault.bearer([2; 32]).unwrap(), None);
}

#[test]
fn a_full_vault_takes_a_bearer_again_once_some_are_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path()).unwrap();
    vault.put_bearer([1; 32], &member(5)).unwrap();
    vault.lock().bearers = VAULT_BEARERS_MAX;
    assert!(matches!(
        vault.put_bearer([2; 32], &member(6)),
        Err(VaultError::Full { .. })
    ));
    vault.put_bearer([1; 32], &member(6)).unwrap();
    vault.drop_bearers(Some(CASE), Holder::Person(6)).unwrap();
    vault.put_bearer([2; 32], &member(6)).unwrap();
}

#[test]
fn a_pin_opens_for_its_person_in_its_appraisal_alone() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path()).unwrap();
    vault
        .set_pins(
            CASE,
            &[PinOf { person: 5, pin: "0123" }, PinOf { person: 6, pin: "0456" }],
        )
        .unwrap();
    assert_eq!(vault.check_pin(CASE, 5, "0123").unwrap(), PinCheck::Right);
    assert_eq!(vault.check_pin(CASE, 6, "0456").unwrap(), PinCheck::Right);
    assert_eq!(vault.check_pin(CASE, 5, "0456").unwrap(), PinCheck::Wrong);
    assert_eq!(vault.check_pin(CASE, 5, "123").unwrap(), PinCheck::Wrong);
    assert_eq!(
        vault.check_pin(CASE, 5, &"1".repeat(PIN_BYTES_MAX + 1)).unwrap(),
        PinCheck::Wrong
    );
    assert_eq!(vault.check_pin(CASE, 7, "0123").unwrap(), PinCheck::None);
    assert_eq!(vault.check_pin(OTHER_CASE, 5, "0123").unwrap(), PinCheck::None);

    vault.set_pin(CASE, 5, "9999").unwrap();
    assert_eq!(vault.check_pin(CASE, 5, "0123").unwrap(), PinCheck::Wrong);
    assert_eq!(vault.check_pin(CASE, 5, "9999").unwrap(), PinCheck::Right);
    assert_eq!(vault.drop_pins(CASE, Some(5)).unwrap(), 1);
    assert_eq!(vault.check_pin(CASE, 5, "9999").unwrap(), PinCheck::None);
    assert_eq!(vault.drop_pins(CASE, None).unwrap(), 1);
    assert_eq!(vault.check_pin(CASE, 6, "0456").unwrap(), PinCheck::None);
}

#[test]
fn replaced_pins_leave_none_of_the_old_ones_in_that_appraisal() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path()).unwrap();
    vault.set_pin(CASE, 5, "1111").unwrap();
    vault.set_pin(OTHER_CASE, 5, "2222").unwrap();
    let pins = [PinOf { person: 6, pin: "3333" }];
    vault.replace_pins(CASE, &pins).unwrap();
    assert_eq!(vault.check_pin(CASE, 5, "1111").unwrap(), PinCheck::None);
    assert_eq!(vault.check_pin(CASE, 6, "3333").unwrap(), PinCheck::Right);
    assert_eq!(vault.check_pin(OTHER_CASE, 5, "2222").unwrap(), PinCheck::Right);
}

#[test]
fn an_import_with_one_bad_line_sets_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path()).unwrap();
    let long = "1".repeat(PIN_BYTES_MAX + 1);
    let refused = vault.set_pins(CASE, &[PinOf { person: 5, pin: "1" }, PinOf { person: 6, pin: &long }]);
    assert!(matches!(refused, Err(VaultError::TooLarge { max: PIN_BYTES_MAX, .. })));
    assert_eq!(vault.check_pin(CASE, 5, "1").unwrap(), PinCheck::None);
    let many = vec![PinOf { person: 5, pin: "1" }; VAULT_PINS_AT_ONCE_MAX + 1];
    assert!(matches!(vault.set_pins(CASE, &many), Err(VaultError::TooLarge { .. })));
    vault.set_pins(CASE, &[]).unwrap();
}

#[test]
fn passwords_are_by_account_and_can_be_changed_and_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path()).unwrap();
    assert_eq!(vault.check_password(1, "a").unwrap(), PinCheck::None);
    vault.set_password(1, "a").unwrap();
    assert_eq!(vault.check_password(1, "a").unwrap(), PinCheck::Right);
    vault.set_password(1, "b").unwrap();
    assert_eq!(vault.check_password(1, "a").unwrap(), PinCheck::Wrong);
    assert_eq!(vault.check_password(2, "b").unwrap(), PinCheck::None);
    let long = "x".repeat(PASSWORD_BYTES_MAX + 1);
    assert!(matches!(vault.set_password(1, &long), Err(VaultError::TooLarge { .. })));
    assert!(vault.drop_password(1).unwrap());
    assert!(!vault.drop_password(1).unwrap());
    assert_eq!(vault.check_password(1, "b").unwrap(), PinCheck::None);
}

#[test]
fn the_setup_secret_works_once() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path()).unwrap();
    assert!(!vault.setup_open().unwrap());
    assert!(!vault.take_setup([1; 32]).unwrap());
    vault.put_setup([1; 32]).unwrap();
    vault.put_setup([2; 32]).unwrap();
    assert!(!vault.take_setup([1; 32]).unwrap(), "the newer secret replaced it");
    assert!(vault.setup_open().unwrap());
    assert!(vault.take_setup([2; 32]).unwrap());
    assert!(!vault.setup_open().unwrap());
    assert!(!vault.take_setup([2; 32]).unwrap());
}

#[test]
fn the_files_show_no_secret_and_no_trace_of_what_was_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path()).unwrap();
    vault.set_pin(CASE, 5, "PIN-8413952").unwrap();
    vault.set_password(6, "PASSWORD-correct-horse").unwrap();
    vault.put_setup([0xA7; 32]).unwrap();
    vault.put_bearer([0xB8; 32], &member(5)).unwrap();
    let bytes = bytes_on_disk(folder.path());
    // The control: what is kept can be found this way.
    assert!(contains(&bytes, b"$argon2id$") && contains(&bytes, &[0xA7; 32]) && contains(&bytes, &[0xB8; 32]));
    assert!(!contains(&bytes, b"8413952") && !contains(&bytes, b"correct-horse"));

    vault.drop_bearers(Some(CASE), Holder::Everyone).unwrap();
    vault.drop_pins(CASE, None).unwrap();
    vault.drop_password(6).unwrap();
    assert!(vault.take_setup([0xA7; 32]).unwrap());
    let bytes = bytes_on_disk(folder.path());
    for gone in [&b"$argon2id$"[..], &[0xA7; 32], &[0xB8; 32]] {
        assert!(!contains(&bytes, gone), "{gone:?}");
    }
}

#[cfg(unix)]
#[test]
fn the_files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path()).unwrap();
    vault.put_setup([1; 32]).unwrap();
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(
            entry.metadata().unwrap().permissions().mode() & 0o777,
            0o600,
            "{:?}",
            entry.file_name()
        );
        names.push(entry.file_name());
    }
    assert!(names.contains(&FILE_NAME.into()));
}

#[test]
fn a_newer_vault_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    drop(Vault::open(folder.path()).unwrap());
    let conn = Connection::open(folder.path().join(FILE_NAME)).unwrap();
    conn.pragma_update(None, "user_version", 9).unwrap();
    drop(conn);
    let refused = Vault::open(folder.path()).err().unwrap();
    assert!(
        matches!(refused, VaultError::Open(OpenError::Newer { found: 9, known: 1, .. })),
        "{refused}"
    );
}

#[test]
fn a_rounds_seed_is_drawn_once_and_gone_for_good_when_destroyed() {
    let folder = tempfile::tempdir().unwrap();
    let of = SeedOf {
        appraisal: CASE,
        ballot: 1,
        round: 1,
    };
    let seed = {
        let vault = Vault::open(folder.path()).unwrap();
        assert_eq!(vault.seed(of).unwrap(), None);
        vault.seed_made_once(of).unwrap().unwrap()
    };
    let vault = Vault::open(folder.path()).unwrap();
    assert_eq!(vault.seed_made_once(of).unwrap(), Some(seed), "a restart keeps it");
    assert_ne!(vault.seed_made_once(SeedOf { round: 2, ..of }).unwrap(), Some(seed));
    vault.destroy_seed(of).unwrap();
    assert_eq!(
        (vault.seed(of).unwrap(), vault.seed_made_once(of).unwrap()),
        (None, None)
    );
    drop(vault);
    let bytes = std::fs::read(folder.path().join(FILE_NAME)).unwrap();
    assert!(!bytes.windows(32).any(|w| w == seed), "its bytes are still in the file");
}
