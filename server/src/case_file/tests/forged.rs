//! Files that somebody changed, or made to harm who reads them. Each must be refused for the right reason.

use super::cases::{named_case, secret_case, secret_case_of};
use super::parts::Parts;
use super::rig::{FIRST, Hall};
use crate::case_file::{Extent, Fault, Line, verify};
use crate::limits::CASE_FILE_PARTS_MAX;
use crate::secrecy::{self, Check};
use pingyi_core::ids::BallotId;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const BOARD: &str = "boards/1-2.json";

fn secret() -> Parts {
    Parts::of(&secret_case().file(Extent::Archive))
}

fn named() -> Parts {
    Parts::of(&named_case().file(Extent::Archive))
}

fn fault(parts: &Parts) -> Fault {
    verify(&parts.file(), None).expect_err("a changed file was taken")
}

#[track_caller]
fn refused(parts: &Parts, right: impl Fn(&Fault) -> bool) {
    let fault = fault(parts);
    assert!(right(&fault), "{fault:?}");
}

/// The first line whose record is of this type, changed.
fn record(lines: &mut [Line], kind: &str, from: &str, to: &str) -> u64 {
    let is = |l: &&mut Line| l.data.as_ref().is_some_and(|d| d.contains(kind) && d.contains(from));
    let line = lines
        .iter_mut()
        .find(is)
        .unwrap_or_else(|| panic!("no {kind} with {from}"));
    let data = line.data.as_ref().unwrap().replacen(from, to, 1);
    line.data = Some(data);
    line.index
}

#[test]
fn a_part_that_is_not_the_manifests_is_named() {
    let flipped = secret().edited("journal.jsonl", |t| t.replacen("王建国", "王建军", 1));
    refused(
        &flipped,
        |f| matches!(f, Fault::PartDiffers { name } if name == "journal.jsonl"),
    );
    let missing = Parts(secret().0.into_iter().filter(|(name, _)| name != BOARD).collect());
    refused(
        &missing,
        |f| matches!(f, Fault::PartOrder { expected, .. } if expected == BOARD),
    );
    let mut more = secret();
    more.0.push(("notes.txt".into(), b"x".to_vec()));
    refused(
        &more,
        |f| matches!(f, Fault::PartOrder { found, .. } if found == "notes.txt"),
    );
    let mut swapped = secret();
    swapped.0.swap(1, 2);
    refused(&swapped, |f| matches!(f, Fault::PartOrder { .. }));
}

#[test]
fn a_changed_manifest_is_refused() {
    let edit = |from: &str, to: &str| secret().edited("manifest.json", |t| t.replacen(from, to, 1));
    refused(
        &edit("pingyi-case/2", "pingyi-case/3"),
        |f| matches!(f, Fault::Format(name) if name == "pingyi-case/3"),
    );
    refused(&edit("\"records\":", "\"records\":1"), |f| {
        matches!(f, Fault::RecordsCount { .. })
    });
    refused(&edit("0190d7a2", "0190d7a3"), |f| {
        matches!(f, Fault::ChainBroken { index: 0 })
    });
    refused(&edit("{\"format\"", "{\"more\":1,\"format\""), |f| {
        matches!(f, Fault::Manifest(_))
    });
    let head = edit("\"head\":\"", "\"head\":\"0");
    refused(&head, |f| matches!(f, Fault::HeadDiffers));
    let public = Parts::of(&secret_case().file(Extent::Public));
    let claims_more = public.edited("manifest.json", |t| t.replace("\"public\"", "\"archive\""));
    refused(&claims_more, |f| matches!(f, Fault::RecordWithheld { .. }));
}

#[test]
fn a_changed_dropped_or_moved_record_breaks_the_chain_where_it_stood() {
    let flipped = secret()
        .lines(|l| assert_eq!(record(l, "roster.import/1", "王建国", "王建军"), 1))
        .resealed();
    refused(&flipped, |f| matches!(f, Fault::ChainBroken { index: 1 }));
    let dropped = secret().lines(|l| drop(l.remove(7))).resealed();
    refused(&dropped, |f| matches!(f, Fault::RecordOrder { index: 8, expected: 7 }));
    let swapped = secret().lines(|l| l.swap(4, 5)).resealed();
    refused(&swapped, |f| matches!(f, Fault::RecordOrder { index: 5, expected: 4 }));
    let renumbered = secret().lines(|l| {
        l.swap(4, 5);
        (l[4].index, l[5].index) = (4, 5);
    });
    refused(&renumbered.resealed(), |f| matches!(f, Fault::ChainBroken { index: 4 }));
    let shorter = secret().lines(|l| drop(l.pop())).resealed();
    refused(&shorter, |f| matches!(f, Fault::RecordsCount { .. }));
    let other_rules = secret().lines(|l| l[3].behaviour = 0).resealed();
    refused(&other_rules, |f| matches!(f, Fault::RecordLine { index: 3 }));
    let newer = secret()
        .lines(|l| record(l, "sitting.open/1", "sitting.open/1", "sitting.open/9"))
        .rechained();
    refused(&newer, |f| matches!(f, Fault::Record { .. }));
}

#[test]
fn a_forger_who_computes_the_chain_anew_is_stopped_by_what_the_records_count_to() {
    let this = |ballot: &BallotId, round: u32| (ballot.0, round) == (1, 2);
    let count = secret().lines(|l| {
        record(
            l,
            "ballot.result/1",
            r#""votes":3,"percent":"75""#,
            r#""votes":4,"percent":"75""#,
        )
    });
    refused(
        &count.rechained(),
        |f| matches!(f, Fault::Unbalanced { ballot, round, .. } if this(ballot, *round)),
    );
    let grade = named().lines(|l| {
        record(
            l,
            "ballot.result/1",
            r#""grade":"basically_satisfied""#,
            r#""grade":"satisfied""#,
        )
    });
    refused(&grade.rechained(), |f| {
        matches!(
            f,
            Fault::ResultDiffers {
                ballot: BallotId(1),
                round: 1
            }
        )
    });
    let due = named().lines(|l| record(l, "ballot.result/1", r#""due":5"#, r#""due":9"#));
    refused(&due.rechained(), |f| matches!(f, Fault::ResultDiffers { .. }));
    // The counts of the box and the whole result that follows from them, so that only the board knows better.
    let result = |hall: &Hall| serde_json::to_string(hall.core.ballots[&FIRST].result.as_ref().unwrap()).unwrap();
    let (told, forged) = (
        result(&secret_case()),
        result(&secret_case_of([(1, 1), (2, 1), (3, 2), (4, 2)])),
    );
    let both = secret().lines(|l| {
        record(l, "ballot.count_box/1", "[3,1,0,0]", "[2,2,0,0]");
        record(l, "ballot.result/1", &told, &forged);
    });
    refused(&both.rechained(), |f| {
        matches!(
            f,
            Fault::Board {
                fault: secrecy::Fault::CountsDiffer,
                ..
            }
        )
    });
}

#[test]
fn a_forged_vote_or_token_request_lacks_its_device() {
    let vote = named().lines(|l| record(l, "vote.cast/1", r#""choice":1"#, r#""choice":0"#));
    refused(&vote.rechained(), |f| matches!(f, Fault::Signature { .. }));
    let person = named().lines(|l| record(l, "vote.cast/1", r#""person":3"#, r#""person":4"#));
    refused(&person.rechained(), |f| matches!(f, Fault::Signature { .. }));
    let token = secret().lines(|l| record(l, "token.take/1", r#""person":3"#, r#""person":4"#));
    refused(&token.rechained(), |f| matches!(f, Fault::Signature { .. }));
}

#[test]
fn a_board_is_the_one_that_was_released_and_holds_by_itself() {
    let without = Parts(secret().0.into_iter().filter(|(name, _)| name != BOARD).collect()).resealed();
    refused(&without, |f| {
        matches!(
            f,
            Fault::BoardMissing {
                ballot: BallotId(1),
                round: 2
            }
        )
    });
    let line = secret().edited(BOARD, |t| t.replacen("\"choices\":[2]", "\"choices\":[1]", 1));
    let own_digest = line.text(BOARD);
    refused(&line.resealed(), |f| matches!(f, Fault::BoardOther { .. }));
    let released = |text: &str| crate::case_file::sha256(text.as_bytes());
    let before = released(&secret().text(BOARD));
    let hidden = |text: String| {
        let now = released(&text);
        let parts = secret().edited(BOARD, |_| text);
        parts
            .lines(|l| record(l, "ballot.release/1", &before, &now))
            .rechained()
    };
    let is = |f: &Fault, check| matches!(f, Fault::Board { fault, .. } if fault.check() == check);
    refused(&hidden(own_digest), |f| is(f, Check::Digest));
    let no_seed = secret().text(BOARD);
    let at = no_seed.rfind("\"seed\":").unwrap();
    refused(&hidden(format!("{}\"seed\":null}}", &no_seed[..at])), |f| {
        matches!(f, Fault::NoSeed { .. })
    });
    let mut extra = secret();
    let board = extra.text(BOARD);
    extra.0.push(("boards/2-1.json".into(), board.into_bytes()));
    refused(
        &extra.resealed(),
        |f| matches!(f, Fault::BoardUnexpected { name } if name == "boards/2-1.json"),
    );
}

#[test]
fn a_public_file_is_not_trusted_for_being_short() {
    let public = || Parts::of(&secret_case().file(Extent::Public));
    let shown = public()
        .lines(|l| record(l, "ballot.result/1", r#""votes":3"#, r#""votes":2"#))
        .resealed();
    refused(&shown, |f| matches!(f, Fault::ChainBroken { .. }));
    let hidden = public().lines(|l| {
        let line = l
            .iter_mut()
            .find(|l| l.data.as_ref().is_some_and(|d| d.contains("ballot.result/1")))
            .unwrap();
        let digest = crate::journal::chain::record_digest(line.data.as_ref().unwrap().as_bytes());
        (line.data, line.digest) = (None, Some(digest.to_string()));
    });
    refused(&hidden.resealed(), |f| matches!(f, Fault::Unannounced { .. }));
    let documents = secret()
        .edited("documents.json", |t| t.replace(".txt", ".doc"))
        .resealed();
    refused(&documents, |f| matches!(f, Fault::DocumentsDiffer));
}

fn zip_of(entries: impl Iterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in entries {
        zip.start_file(name, options).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_hostile_file_costs_little_and_is_refused() {
    let file = secret_case().file(Extent::Archive);
    assert!(matches!(verify(b"", None), Err(Fault::Damaged)));
    assert!(matches!(verify(b"PK\x03\x04 and no more", None), Err(Fault::Damaged)));
    assert!(matches!(verify(&file[..file.len() - 30], None), Err(Fault::Damaged)));
    let bomb = zip_of([("manifest.json".to_owned(), vec![b' '; 8 << 20])].into_iter());
    assert!(matches!(verify(&bomb, None), Err(Fault::Bomb)));
    let crowd = zip_of((0..=CASE_FILE_PARTS_MAX).map(|n| (format!("boards/{n}-1.json"), Vec::new())));
    assert!(matches!(verify(&crowd, None), Err(Fault::Bomb)));
    let other = zip_of([("word/document.xml".to_owned(), b"<x/>".to_vec())].into_iter());
    assert!(matches!(verify(&other, None), Err(Fault::PartOrder { .. })));
}

#[test]
fn every_byte_of_the_container_that_carries_something_is_guarded() {
    let file = secret_case().file(Extent::Archive);
    let head = verify(&file, None).unwrap().to_string();
    for place in (0..file.len()).step_by(97) {
        let mut changed = file.clone();
        changed[place] ^= 0x10;
        // Times and versions of the container carry nothing; everything else must be refused.
        if let Ok(report) = verify(&changed, None) {
            assert_eq!(report.to_string(), head, "byte {place}");
        }
    }
}
