//! The vectors that both verifiers are held against, `tests/fixtures/ballot/vectors.json`: made here from fixed seeds
//! with UPDATE=1, read by the client's tests. And every way of bending a board that we could think of.

use super::phone::{Counting, Phone};
use super::{Hall, RECEIPT_SEED, SEED, cast_of_the_small_key};
use crate::secrecy::encoding::{to_b64, to_hex};
use crate::secrecy::*;
use pingyi_core::ids::PersonId;
use serde_json::{Value, json};
use std::path::Path;

/// Person, seed, sequence number, choice.
const VOTERS: [(u32, u8, u32, u8); 3] = [(7, 0x61, 481_516, 1), (12, 0x62, 2_342, 3), (15, 0x63, 1_000_001, 0)];
const PRESENT: [u32; 5] = [7, 12, 15, 20, 31];
const ON_PAPER: u32 = 20;

/// What the hall was told, owned, so that a case can bend it.
#[derive(Clone)]
struct Told {
    header_hash: [u8; 32],
    digest: [u8; 32],
    attendance: Vec<PersonId>,
    counts: Vec<u32>,
    issued: u32,
    returned: u32,
}

impl Told {
    fn of(board: &Board) -> Told {
        Told {
            header_hash: *board.header.hash(),
            digest: board.digest,
            attendance: PRESENT.map(PersonId).to_vec(),
            counts: vec![2, 0, 1, 0],
            issued: 4,
            returned: 4,
        }
    }

    fn announced(&self) -> Announced<'_> {
        Announced {
            header_hash: self.header_hash,
            digest: self.digest,
            attendance: &self.attendance,
            counts: &self.counts,
            issued: self.issued,
            returned: self.returned,
        }
    }

    fn json(&self) -> Value {
        json!({
            "header_hash": to_hex(&self.header_hash),
            "digest": to_hex(&self.digest),
            "attendance": self.attendance,
            "counts": self.counts,
            "issued": self.issued,
            "returned": self.returned,
        })
    }
}

fn issued(hall: &Hall, phone: &Phone) -> Issued {
    hall.key
        .evaluate_with(&mut Counting(phone.seed[0]), &phone.blinded())
        .unwrap()
}

fn board(hall: &Hall) -> Board {
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    for (person, seed, seq, choice) in VOTERS {
        let phone = Phone::new([seed; 32], &hall.header);
        let issued = issued(hall, &phone);
        lines.push(phone.cast(phone.token(&issued, &hall.header).unwrap(), seq, &[choice]));
        rows.push(Issuance {
            person: PersonId(person),
            blinded: phone.blinded(),
            evaluated: issued.evaluated,
        });
    }
    let paper = Paper {
        marks: vec![PersonId(ON_PAPER)],
        counts: vec![0, 1, 0, 0, 0],
    };
    let mut board = Board::seal(hall.header.clone(), rows, paper, lines).unwrap();
    board.release(SEED);
    board
}

fn voter(hall: &Hall, (person, seed, seq, choice): (u32, u8, u32, u8)) -> Value {
    let phone = Phone::new([seed; 32], &hall.header);
    let issued = issued(hall, &phone);
    let token = phone.token(&issued, &hall.header).unwrap();
    let cast = phone.cast(token, seq, &[choice]);
    json!({
        "person": person,
        "seed": to_b64(&phone.seed),
        "vote_sk": to_b64(&phone.vote_sk),
        "vote_pk": to_b64(&phone.vote_pk),
        "blind_bytes": to_hex(&phone.blind_bytes),
        "blind": to_hex(&phone.blind),
        "token_input": to_hex(&phone.input),
        "blinded": to_b64(&phone.blinded()),
        "evaluated": to_b64(&issued.evaluated),
        "proof": to_b64(&issued.proof),
        "token": to_b64(&token),
        "cast": cast,
        "cast_message": to_hex(&cast.message(hall.header.hash())),
        "receipt": to_b64(&hall.receipts.receipt(&hall.header, &cast)),
    })
}

type Bend = fn(&Hall, &mut Board, &mut Told);

/// What an attacker who computes the digest anew, and has it announced, may try; each with the check that must fail.
const BENT: &[(&str, Check, Bend)] = &[
    ("header of another subject", Check::Header, |hall, b, told| {
        let text = hall.header.text().replace("王建国", "王建军");
        b.header = Header::parse(&text).unwrap();
        assert_eq!(told.header_hash, *hall.header.hash());
    }),
    ("row of another person", Check::Issuance, |_, b, _| {
        b.issuance[1].person = PersonId(31)
    }),
    ("row twice", Check::Issuance, |_, b, _| {
        b.issuance.insert(1, b.issuance[0].clone())
    }),
    ("rows out of order", Check::Issuance, |_, b, _| b.issuance.swap(0, 1)),
    ("row of an absent person", Check::Issuance, |_, _, told| {
        told.attendance.retain(|p| p.0 != 12)
    }),
    ("row evaluated with another key", Check::Issuance, |_, b, _| {
        b.issuance[0].evaluated = Hall::new(2).key.evaluate(&b.issuance[0].blinded).unwrap().evaluated;
    }),
    ("row of no element", Check::Issuance, |_, b, _| {
        b.issuance[0].blinded = [0; 32];
        b.issuance[0].evaluated = [0; 32];
    }),
    ("seed of another key", Check::Seed, |_, b, _| b.seed = Some([0x54; 32])),
    ("line twice", Check::Lines, |_, b, _| {
        b.lines.insert(1, b.lines[0].clone())
    }),
    ("lines out of order", Check::Lines, |_, b, _| b.lines.swap(1, 2)),
    ("choice changed", Check::Lines, |_, b, _| b.lines[0].choices[0] ^= 2),
    ("choice that is not on the ballot", Check::Lines, |hall, b, _| {
        replace_line(hall, b, 7, &[5])
    }),
    ("a choice too many", Check::Lines, |hall, b, _| {
        replace_line(hall, b, 7, &[1, 1])
    }),
    ("sequence number changed", Check::Lines, |_, b, _| b.lines[2].seq += 1),
    ("sequence number 0", Check::Lines, |_, b, _| b.lines[2].seq = 0),
    ("token changed", Check::Lines, |_, b, _| b.lines[1].token[63] ^= 1),
    ("token of another vote", Check::Lines, |_, b, _| {
        b.lines[1].token = b.lines[0].token
    }),
    ("key that signs everything", Check::Lines, |hall, b, _| {
        b.lines[0] = cast_of_the_small_key(hall);
        b.lines.sort_by_key(|line| line.vote_pk);
    }),
    ("row removed", Check::Accounts, |_, b, _| b.issuance.truncate(2)),
    ("minted line", Check::Accounts, |hall, b, _| {
        let phone = Phone::new([0x64; 32], &hall.header);
        b.lines.push(phone.cast(hall.key.token(&phone.input), 9, &[1]));
        b.lines.sort_by_key(|line| line.vote_pk);
    }),
    ("token and paper", Check::Accounts, |_, b, _| {
        b.paper.marks[0] = PersonId(7)
    }),
    ("paper mark twice", Check::Accounts, |_, b, _| {
        b.paper.marks.push(PersonId(ON_PAPER))
    }),
    ("paper mark of an absent person", Check::Accounts, |_, b, _| {
        b.paper.marks[0] = PersonId(99)
    }),
    ("more paper than marks", Check::Accounts, |_, b, _| {
        b.paper.counts[1] = 2
    }),
    ("paper sums of another form", Check::Accounts, |_, b, _| {
        b.paper.counts.truncate(4)
    }),
    ("paper moved to another option", Check::Tally, |_, b, _| {
        b.paper.counts.swap(1, 2)
    }),
    ("line removed", Check::Tally, |_, b, _| drop(b.lines.remove(0))),
    ("other counts announced", Check::Tally, |_, _, told| {
        told.counts.swap(0, 1)
    }),
    ("counts of another form announced", Check::Tally, |_, _, told| {
        told.counts.push(0)
    }),
    ("fewer announced as issued", Check::Tally, |_, _, told| told.issued -= 1),
    ("more announced as returned", Check::Tally, |_, _, told| {
        told.returned += 1
    }),
];

fn replace_line(hall: &Hall, board: &mut Board, person: u32, choices: &[u8]) {
    let seed = VOTERS.iter().find(|v| v.0 == person).unwrap().1;
    let phone = Phone::new([seed; 32], &hall.header);
    let line = board.lines.iter_mut().find(|l| l.vote_pk == phone.vote_pk).unwrap();
    *line = phone.cast(line.token, line.seq, choices);
}

/// Name, failing check, board, what was announced.
fn bent(hall: &Hall) -> Vec<(&'static str, Check, Board, Told)> {
    let mut cases = Vec::new();
    for (name, check, bend) in BENT {
        let mut board = board(hall);
        let mut told = Told::of(&board);
        bend(hall, &mut board, &mut told);
        board.digest = board.digest_of();
        told.digest = board.digest;
        cases.push((*name, *check, board, told));
    }
    // These two are about the digest itself.
    let whole = board(hall);
    let told = Told::of(&whole);
    let mut changed = whole.clone();
    changed.lines.remove(0);
    cases.push(("digest not computed anew", Check::Digest, changed.clone(), told.clone()));
    changed.digest = changed.digest_of();
    cases.push(("digest that was not announced", Check::Digest, changed, told));
    cases
}

/// Texts that are no board at all.
fn unreadable(hall: &Hall) -> Vec<(&'static str, String)> {
    let whole = board(hall);
    let (text, token) = (whole.text(), to_b64(&whole.lines[0].token));
    let digest = to_hex(&whole.digest);
    let swapped = |from: &str, to: &str| {
        let bent = text.replacen(from, to, 1);
        assert_ne!(bent, text, "{from}");
        bent
    };
    vec![
        ("not JSON", text[..text.len() - 1].to_owned()),
        ("another version", swapped("{\"v\":1,\"header\"", "{\"v\":2,\"header\"")),
        ("token a symbol short", swapped(&token, &token[1..])),
        ("padded base64", swapped(&token, &format!("{token}=="))),
        ("upper-case digest", swapped(&digest, &digest.to_uppercase())),
        ("choice that is no byte", swapped("\"choices\":[", "\"choices\":[256,")),
        ("negative person", swapped("\"person\":7", "\"person\":-7")),
        (
            "header of another scheme",
            swapped("ristretto255-sha512", "p256-sha256"),
        ),
    ]
}

fn vectors() -> Value {
    let hall = Hall::new(1);
    let whole = board(&hall);
    let mut unreleased = whole.clone();
    unreleased.seed = None;
    let bent = bent(&hall).into_iter().map(
        |(name, check, board, told)| json!({ "name": name, "check": check as u8, "board": board.text(), "announced": told.json() }),
    );
    let unreadable = unreadable(&hall)
        .into_iter()
        .map(|(name, text)| json!({ "name": name, "board": text }));
    json!({
        "about": [
            "Made by the server's tests with UPDATE=1; do not edit. Boards are texts.",
            "announced.counts: each option, without blank votes, which are the rest of announced.returned.",
            "announced.issued: tokens and paper marks; announced.returned: lines and paper slips.",
            "paper.counts: empty, or blank slips and then each option.",
            "tampered[].check: the first check that must fail, 1 to 7. unreadable: refused before any check."
        ],
        "seed": to_b64(&SEED),
        "info": "ballot-key/v1|0190d7a2-6f4b-7c3e-8a51-2b9e4c7d1f60|3/1",
        "receipt_sk": to_b64(&RECEIPT_SEED),
        "header": hall.header.text(),
        "header_hash": to_hex(hall.header.hash()),
        "shown_code": hall.header.shown_code(),
        "voters": VOTERS.map(|v| voter(&hall, v)),
        "board": whole.text(),
        "board_without_seed": unreleased.text(),
        "announced": Told::of(&whole).json(),
        "blanks": [1],
        "tampered": bent.collect::<Vec<_>>(),
        "unreadable": unreadable.collect::<Vec<_>>(),
    })
}

#[test]
fn the_vectors_are_those_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/ballot/vectors.json");
    let made = serde_json::to_string_pretty(&vectors()).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == made,
        "the vectors are older than the program; run this test with UPDATE=1"
    );
}

#[test]
fn a_true_board_holds_before_and_after_the_release() {
    let mut board = Board::parse(&board(&Hall::new(1)).text()).unwrap();
    let told = Told::of(&board);
    let report = verify(&board, &told.announced()).unwrap();
    assert!(report.checks.iter().all(|(_, extent)| *extent == Extent::Whole));
    assert_eq!(
        (report.counts, report.blanks, report.issued, report.returned),
        (vec![2, 0, 1, 0], vec![1], 4, 4)
    );
    board.seed = None;
    let checks = verify(&board, &told.announced()).unwrap().checks;
    let open: Vec<Check> = checks
        .iter()
        .filter(|(_, extent)| *extent != Extent::Whole)
        .map(|(check, _)| *check)
        .collect();
    assert_eq!(open, [Check::Seed, Check::Issuance, Check::Lines]);
}

#[test]
fn every_bent_board_fails_at_its_check() {
    for (name, check, board, told) in bent(&Hall::new(1)) {
        let board = Board::parse(&board.text()).unwrap_or_else(|e| panic!("{name}: {e}"));
        let fault = verify(&board, &told.announced()).expect_err(name);
        assert_eq!(fault.check(), check, "{name}: {fault}");
    }
}

#[test]
fn what_is_no_board_is_not_read() {
    for (name, text) in unreadable(&Hall::new(1)) {
        assert!(Board::parse(&text).is_err(), "{name}");
    }
}
