//! What a case file must hold: the same case the same bytes, nothing that is secret, and every change found by its name.

pub(crate) mod cases;
mod forged;
mod golden;
pub(crate) mod parts;
pub(crate) mod rig;
mod whole;

use self::cases::{items_case, items_case_shown_from, named_case, secret_case};
use self::parts::Parts;
use self::rig::{DEPUTIES, FIRST, Hall, NAMES, QUESTION, SECOND};
use self::whole::whole_case;
use super::report::Standing;
use super::{Extent, Fault, verify};
use crate::journal::Digest;
use crate::secrecy::encoding::to_hex;
use pingyi_core::ballot::{Secrecy, VoidCause};
use pingyi_core::command::Command;
use pingyi_core::ids::PersonId;
use std::path::PathBuf;

fn standings(file: &[u8]) -> Vec<(u32, u32, Standing)> {
    let report = verify(file, None).unwrap();
    report
        .rounds
        .iter()
        .map(|r| (r.ballot.0, r.round, r.standing))
        .collect()
}

#[test]
fn a_case_goes_out_and_holds() {
    let file = secret_case().file(Extent::Archive);
    assert_eq!(
        file,
        secret_case().file(Extent::Archive),
        "the same case gives the same bytes"
    );
    let expected = [
        (1, 1, Standing::NotAnnounced),
        (1, 2, Standing::BoardChecked),
        (2, 1, Standing::NotAnnounced),
    ];
    assert_eq!(standings(&file), expected);
    let told = verify(&file, None).unwrap().to_string();
    for words in [
        "作废 voided: 设备或网络故障：投影故障",
        "七项核对全部通过",
        "满意 3  75%",
        "基本满意 1  25%",
        "等次 grade: 满意",
        "发出 issued 4  收回 returned 4",
    ] {
        assert!(told.contains(words), "{words} is not in:\n{told}");
    }
    assert_eq!(
        standings(&named_case().file(Extent::Archive)),
        [(1, 1, Standing::Named)]
    );
}

#[test]
fn a_public_file_holds_without_naming_anybody() {
    for (hall, standing) in [
        (secret_case(), Standing::BoardCheckedWithoutRoll),
        (named_case(), Standing::Named),
    ] {
        let file = hall.file(Extent::Public);
        assert!(standings(&file).contains(&(1, if standing == Standing::Named { 1 } else { 2 }, standing)));
        let heads = [Extent::Public, Extent::Archive].map(|e| verify(&hall.file(e), None).unwrap().head);
        assert_eq!(heads[0], heads[1], "one chain for both files");
        let (public, archive) = (Parts::of(&file), Parts::of(&hall.file(Extent::Archive)));
        for word in NAMES
            .into_iter()
            .chain([QUESTION, "device_key", "attendance.record", "vote.cast", "token.take"])
        {
            let of_this_case = archive.text("journal.jsonl").contains(word);
            assert!(
                of_this_case || ["vote.cast", "token.take"].contains(&word),
                "the archive lacks {word}"
            );
            assert!(
                public
                    .0
                    .iter()
                    .all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains(word)),
                "{word}"
            );
        }
    }
}

#[test]
fn counts_that_were_not_announced_are_in_no_file() {
    let mut hall = Hall::new(Secrecy::Secret);
    hall.open(FIRST);
    for person in 1..=3 {
        hall.secret_vote(PersonId(person), FIRST, 1);
    }
    hall.give(rig::CHAIR, Command::CloseBallot { ballot: FIRST });
    hall.perform_duties();
    hall.give(
        rig::CHAIR,
        Command::VoidBallot {
            ballot: FIRST,
            cause: VoidCause::SystemFailure,
            note: "重来".into(),
        },
    );
    hall.perform_duties();
    let shown = |extent| Parts::of(&hall.file(extent)).text("journal.jsonl");
    assert!(shown(Extent::Archive).contains("ballot.seal_box") && !shown(Extent::Public).contains("ballot.seal_box"));
    for word in ["ballot.count_box", "ballot.result"] {
        assert!(
            !shown(Extent::Archive).contains(word),
            "{word}: the record never knew them"
        );
    }
    assert_eq!(standings(&hall.file(Extent::Public)), [(1, 1, Standing::NotAnnounced)]);
}

#[test]
fn items_and_groups_of_voters_are_recounted() {
    for (secrecy, standing, public) in [
        (
            Secrecy::Secret,
            Standing::BoardChecked,
            Standing::BoardCheckedWithoutRoll,
        ),
        (Secrecy::Named, Standing::Named, Standing::Named),
    ] {
        let hall = items_case(secrecy);
        let file = hall.file(Extent::Archive);
        let both = |standing| vec![(1, 1, standing), (2, 1, standing)];
        assert_eq!(standings(&file), both(standing));
        assert_eq!(standings(&hall.file(Extent::Public)), both(public));
        let told = verify(&file, None).unwrap().to_string();
        for words in [
            "办理过程 满意 3  75%",
            "办理结果 不满意 1  25%",
            "办理结果 不满意 1  50%",
            "等次 grade: 基本满意",
        ] {
            assert!(told.contains(words), "{words} is not in:\n{told}");
        }
        let text = Parts::of(&hall.file(Extent::Public)).text("journal.jsonl");
        assert!(DEPUTIES.iter().all(|name| !text.contains(name)), "nobody is named");
    }
}

/// Of groups too small to be shown the hall hears turnout and grade: so does whoever checks, and nothing is called
/// recounted that was not.
#[test]
fn a_round_whose_votes_the_rule_keeps_is_neither_a_fault_nor_called_recounted() {
    use Standing::{BoxWithheld, Named, NotAnnounced, ResultWithheld};
    for (secrecy, archive, public) in [
        (Secrecy::Secret, [BoxWithheld; 2], [BoxWithheld; 2]),
        // Of two that were announced together, the public record names the first.
        (Secrecy::Named, [Named; 2], [ResultWithheld, NotAnnounced]),
    ] {
        let hall = items_case_shown_from(secrecy, 5);
        for (extent, [first, second]) in [(Extent::Archive, archive), (Extent::Public, public)] {
            let file = hall.file(extent);
            assert_eq!(standings(&file), [(1, 1, first), (2, 1, second)], "{extent:?}");
            let told = verify(&file, None).unwrap().to_string();
            assert!(!told.contains("七项核对") && !told.contains("满意 3"), "{told}");
            assert!(told.contains("已按记录重新计票") == (first == Named), "{told}");
            let kept = told.matches("按规则不公开票数").count();
            assert_eq!(kept, if first == Named { 0 } else { 2 }, "{told}");
            let parts = Parts::of(&file);
            assert!(parts.names().iter().all(|name| !name.starts_with("boards/")));
        }
        let shown = Parts::of(&hall.file(Extent::Public)).text("journal.jsonl");
        assert!(shown.contains("ballot.announce/1"));
        for counts in ["ballot.count_box/1", "ballot.result/1"] {
            assert!(!shown.contains(counts), "{counts} is for the archive alone");
        }
        let told = verify(&hall.file(Extent::Archive), None).unwrap().to_string();
        assert!(
            told.contains("发出 issued 4  收回 returned 4") && told.contains("等次 grade: 基本满意"),
            "{told}"
        );
    }
}

#[test]
fn votes_moved_from_one_item_to_another_are_found_out() {
    let parts = Parts::of(&items_case(Secrecy::Secret).file(Extent::Archive));
    let moved = |text: String| text.replacen("[3,1,0,3,0,1]", "[3,0,1,3,1,0]", 1);
    let forged = parts.edited("journal.jsonl", moved).rechained();
    let found = verify(&forged.file(), None);
    assert!(
        matches!(
            found,
            Err(Fault::ResultDiffers {
                ballot: FIRST,
                round: 1
            })
        ),
        "{found:?}"
    );
}

#[test]
fn only_the_announced_head_is_taken() {
    let file = named_case().file(Extent::Archive);
    let head = verify(&file, None).unwrap().head;
    assert!(verify(&file, Some(head)).is_ok());
    assert!(matches!(
        verify(&file, Some(Digest([1; 32]))),
        Err(Fault::HeadNotAnnounced)
    ));
    let shorter = Parts::of(&file).lines(|lines| drop(lines.pop())).rechained().file();
    assert!(verify(&shorter, None).is_ok(), "a shorter case is a case");
    assert!(matches!(verify(&shorter, Some(head)), Err(Fault::HeadNotAnnounced)));
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn kept(name: &str) -> PathBuf {
    root().join("tests/fixtures/case").join(name)
}

/// Files written once must hold in every later version: these were written before documents and answers were in a file.
#[test]
fn a_file_of_the_first_format_still_holds_and_its_records_say_the_same() {
    for (name, hall) in small_cases() {
        for (kind, extent) in [("archive", Extent::Archive), ("public", Extent::Public)] {
            let path = kept(&format!("format-1/{name}-{kind}.zip"));
            let file = std::fs::read(&path).unwrap();
            let report = verify(&file, None).unwrap();
            let (then, now) = (Parts::of(&file), Parts::of(&hall.file(extent)));
            assert_eq!(
                then.text("journal.jsonl"),
                now.text("journal.jsonl"),
                "{}",
                path.display()
            );
            let boards = |parts: &Parts| -> Vec<_> {
                parts
                    .0
                    .iter()
                    .filter(|(n, _)| n.starts_with("boards/"))
                    .cloned()
                    .collect()
            };
            assert_eq!(boards(&then), boards(&now));
            assert!(!report.documents_whole && report.documents == 1);
            assert!(report.to_string().contains("仅列目录，原文不在本文件中，未核对"));
        }
    }
}

fn small_cases() -> [(&'static str, Hall); 4] {
    [
        ("secret", secret_case()),
        ("named", named_case()),
        ("items-secret", items_case(Secrecy::Secret)),
        ("items-named", items_case(Secrecy::Named)),
    ]
}

/// Files written once must hold in every later version, and say what docs/case-file.md shows as its example.
#[test]
fn a_file_of_this_format_still_holds_and_is_the_documents_example() {
    for (name, hall) in small_cases().into_iter().chain([("whole", whole_case())]) {
        for (kind, extent) in [("archive", Extent::Archive), ("public", Extent::Public)] {
            let path = kept(&format!("{name}-{kind}.zip"));
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&path, hall.file(extent)).unwrap();
            }
            let kept = std::fs::read(&path).unwrap();
            verify(&kept, None).unwrap();
            // The parts, not the container: another version of the packer may pack otherwise.
            let same = Parts::of(&kept).0 == Parts::of(&hall.file(extent)).0;
            assert!(same, "{} differs from what this version writes", path.display());
        }
    }
    let document = std::fs::read_to_string(root().join("docs/case-file.md")).unwrap();
    let report = verify(&secret_case().file(Extent::Archive), None).unwrap();
    let parts = Parts::of(&secret_case().file(Extent::Archive));
    let round = &report.rounds[1];
    let first = parts.text("journal.jsonl").lines().next().unwrap().to_owned();
    let values = [
        report.head.to_string(),
        report.case.to_string(),
        crate::journal::chain::genesis(crate::journal::StreamId(report.case)).to_string(),
        crate::journal::chain::record_digest(&secret_case().entries[0].data).to_string(),
        first,
        round.code.clone().unwrap(),
        round.digest.clone().unwrap(),
        to_hex(secret_case().header(SECOND).hash()),
        super::sha256(parts.text("boards/1-2.json").as_bytes()),
    ];
    let whole = whole_case();
    let counted = whole
        .core
        .questionnaires
        .all
        .values()
        .find_map(|q| q.result.clone())
        .unwrap();
    let answers = Parts::of(&whole.file(Extent::Archive)).text("answers/1.jsonl");
    let last = answers.lines().last().unwrap().to_owned();
    for value in values.into_iter().chain([counted.digest, last]) {
        assert!(document.contains(&value), "docs/case-file.md does not show {value}");
    }
}
