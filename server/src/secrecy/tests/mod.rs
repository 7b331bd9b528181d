//! What the cryptography must hold: a token for one key only, a vote nobody can alter, a board nobody can bend.

pub(crate) mod phone;
mod vectors;

use self::phone::Phone;
use super::*;
use ed25519_dalek::{Signature, VerifyingKey};
use pingyi_core::ids::PersonId;
use uuid::Uuid;

pub(super) const SEED: [u8; 32] = [0x51; 32];
const RECEIPT_SEED: [u8; 32] = [0x52; 32];
const OPTIONS: [&str; 4] = ["satisfied", "basically_satisfied", "dissatisfied", "abstain"];

pub(super) fn round(number: u32) -> Round {
    let appraisal = Uuid::parse_str("0190d7a2-6f4b-7c3e-8a51-2b9e4c7d1f60").unwrap();
    Round {
        appraisal,
        ballot: BallotId(3),
        number,
    }
}

/// A round with its keys, and the members who vote in it.
pub(super) struct Hall {
    pub key: BallotKey,
    pub receipts: ReceiptKey,
    pub header: Header,
}

impl Hall {
    pub fn new(number: u32) -> Hall {
        let (key, receipts) = (
            BallotKey::from_seed(&SEED, round(number)),
            ReceiptKey::from_seed(&RECEIPT_SEED),
        );
        let question = Question {
            subject: "王建国 2026年度履职报告".into(),
            options: OPTIONS.map(String::from).to_vec(),
            dimensions: 1,
        };
        let header = Header::new(round(number), question, key.public(), receipts.public()).unwrap();
        Hall { key, receipts, header }
    }

    /// Issues a token the whole way and casts with it.
    fn cast(&self, seed: u8, seq: u32, choice: u8) -> (Issuance, Cast) {
        let phone = Phone::new([seed; 32], &self.header);
        let issued = self.key.evaluate(&phone.blinded()).unwrap();
        let token = phone.token(&issued, &self.header).unwrap();
        let row = Issuance {
            person: PersonId(seed.into()),
            blinded: phone.blinded(),
            evaluated: issued.evaluated,
        };
        (row, phone.cast(token, seq, &[choice]))
    }
}

fn text_of(cast: &Cast) -> [String; 3] {
    [&cast.vote_pk[..], &cast.token, &cast.sig].map(encoding::to_b64)
}

fn read(texts: &[String; 3], cast: &Cast, header: &Header) -> Result<Cast, CastFault> {
    let [vote_pk, token, sig] = texts;
    Cast::read(
        CastText {
            vote_pk,
            token,
            seq: cast.seq,
            choices: &cast.choices,
            sig,
        },
        header,
    )
}

#[test]
fn the_key_is_the_one_of_the_rfc() {
    // RFC 9497, A.1.2: what another implementation derives from the same seed and info.
    let info = b"test key";
    let server = voprf::VoprfServer::<voprf::Ristretto255>::new_from_seed(&[0xa3; 32], info).unwrap();
    let pk = <voprf::Ristretto255 as voprf::Group>::serialize_elem(server.get_public_key());
    assert_eq!(
        encoding::to_hex(&pk),
        "c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e"
    );
}

#[test]
fn every_round_has_a_key_of_its_own_from_one_seed() {
    let first = Hall::new(1).key.public();
    assert_eq!(first, Hall::new(1).key.public());
    assert_ne!(first, Hall::new(2).key.public());
    let other_ballot = Round {
        ballot: BallotId(4),
        ..round(1)
    };
    assert_ne!(first, BallotKey::from_seed(&SEED, other_ballot).public());
}

#[test]
fn the_same_element_gives_the_same_token_with_another_proof() {
    let hall = Hall::new(1);
    let phone = Phone::new([7; 32], &hall.header);
    let (first, again) = (
        hall.key.evaluate(&phone.blinded()).unwrap(),
        hall.key.evaluate(&phone.blinded()).unwrap(),
    );
    assert_eq!(first.evaluated, again.evaluated);
    assert_ne!(first.proof, again.proof, "a proof that repeats would give away the key");
    assert_eq!(phone.token(&first, &hall.header), phone.token(&again, &hall.header));
}

#[test]
fn what_is_no_element_gets_no_answer() {
    let hall = Hall::new(1);
    let good = Phone::new([7; 32], &hall.header).blinded();
    let longer = [&good[..], &[0]].concat();
    let bad: [(&str, &[u8]); 6] = [
        ("empty", &[]),
        ("short", &good[..31]),
        ("with a byte more", &longer),
        ("the identity", &[0; 32]),
        ("beyond the field", &[0xff; 32]),
        ("negative", &[1; 32]),
    ];
    for (what, bytes) in bad {
        assert_eq!(hall.key.evaluate(bytes), Err(BadElement), "{what}");
    }
}

#[test]
fn a_phone_notices_a_key_made_for_it_alone() {
    let hall = Hall::new(1);
    let phone = Phone::new([7; 32], &hall.header);
    let tagged = Hall::new(2).key.evaluate(&phone.blinded()).unwrap();
    assert_eq!(phone.token(&tagged, &hall.header), None);
}

#[test]
fn a_cast_is_admitted_and_its_receipt_names_exactly_it() {
    let hall = Hall::new(1);
    let (_, cast) = hall.cast(7, 5, 1);
    let cast = read(&text_of(&cast), &cast, &hall.header).unwrap();
    assert_eq!(cast.check(&hall.header, &hall.key), Ok(()));
    let receipt = hall.receipts.receipt(&hall.header, &cast);
    assert!(receipt_holds(&hall.header, &cast, &receipt));
    let (_, changed) = hall.cast(7, 5, 2);
    assert!(!receipt_holds(&hall.header, &changed, &receipt), "another choice");
    let (_, others) = hall.cast(8, 5, 1);
    assert!(
        !receipt_holds(&hall.header, &others, &receipt),
        "another voter's equal choice"
    );
}

#[test]
fn a_cast_that_is_not_quite_right_is_refused_for_its_reason() {
    let hall = Hall::new(1);
    let (_, good) = hall.cast(7, 5, 1);
    let (_, other) = hall.cast(8, 5, 1);
    let (_, elsewhere) = Hall::new(2).cast(7, 5, 1);
    let phone = Phone::new([7; 32], &hall.header);
    let bent: [(Cast, CastFault); 9] = [
        (Cast { seq: 0, ..good.clone() }, CastFault::NoSequence),
        (
            Cast {
                choices: vec![],
                ..good.clone()
            },
            CastFault::ChoicesCount,
        ),
        (
            Cast {
                choices: vec![1, 1],
                ..good.clone()
            },
            CastFault::ChoicesCount,
        ),
        (phone.cast(good.token, 5, &[5]), CastFault::NoSuchOption),
        (
            Cast {
                token: other.token,
                ..good.clone()
            },
            CastFault::Token,
        ),
        (elsewhere, CastFault::Token),
        (
            Cast {
                choices: vec![2],
                ..good.clone()
            },
            CastFault::Signature,
        ),
        (Cast { seq: 6, ..good.clone() }, CastFault::Signature),
        (
            Cast {
                sig: other.sig,
                ..good.clone()
            },
            CastFault::Signature,
        ),
    ];
    for (cast, fault) in bent {
        assert_eq!(cast.check(&hall.header, &hall.key), Err(fault));
    }
    for part in 0..3 {
        let mut texts = text_of(&good);
        texts[part].pop();
        let part = ["vote_pk", "token", "sig"][part];
        assert_eq!(read(&texts, &good, &hall.header), Err(CastFault::Malformed { part }));
    }
}

/// The identity as a key: for the lax equation, which both libraries offer, any message is signed by R = identity, s = 0.
fn cast_of_the_small_key(hall: &Hall) -> Cast {
    let mut vote_pk = [0; 32];
    vote_pk[0] = 1;
    let mut sig = [0; 64];
    sig[0] = 1;
    let token = hall.key.token(&issuer::token_input(hall.header.hash(), &vote_pk));
    Cast {
        vote_pk,
        token,
        seq: 1,
        choices: vec![1],
        sig,
    }
}

#[test]
fn a_key_that_signs_everything_is_refused() {
    use ed25519_dalek::Verifier as _;
    let hall = Hall::new(1);
    let cast = cast_of_the_small_key(&hall);
    let lax = VerifyingKey::from_bytes(&cast.vote_pk).unwrap();
    assert!(
        lax.verify(&cast.message(hall.header.hash()), &Signature::from_bytes(&cast.sig))
            .is_ok(),
        "the danger is real"
    );
    assert_eq!(cast.check(&hall.header, &hall.key), Err(CastFault::Signature));
}

#[test]
fn a_header_is_read_back_as_it_was_and_nothing_like_it() {
    let header = Hall::new(1).header;
    assert_eq!(Header::parse(header.text()), Ok(header.clone()));
    let respelled = header.text().replacen(',', ", ", 1);
    assert_ne!(
        Header::parse(&respelled).unwrap().hash(),
        header.hash(),
        "the text is what is hashed"
    );
    let bent = [
        ("\"v\":1", "\"v\":2"),
        ("ristretto255", "ristretto256"),
        ("0190d7a2-", "0190D7A2-"),
        ("\"dimensions\":1", "\"dimensions\":0"),
        ("\"dimensions\":1", "\"dimensions\":17"),
        ("\"round\":1", "\"round\":1,\"note\":1"),
    ];
    for (from, to) in bent {
        let text = header.text().replacen(from, to, 1);
        assert_ne!(text, header.text(), "{from}");
        assert!(Header::parse(&text).is_err(), "{to}");
    }
}

#[test]
fn the_shown_code_is_four_groups_for_the_eye() {
    let code = Hall::new(1).header.shown_code();
    assert_eq!(code.len(), 19);
    assert!(
        code.split('-')
            .all(|group| group.len() == 4 && group.bytes().all(|c| b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(&c)))
    );
    assert_ne!(code, Hall::new(2).header.shown_code());
}

#[test]
fn a_board_is_the_same_however_its_parts_came() {
    let hall = Hall::new(1);
    let (rows, casts): (Vec<_>, Vec<_>) = (1..=5).map(|n| hall.cast(n, n.into(), n % 3)).unzip();
    let sealed = |rows: &[Issuance], casts: &[Cast]| {
        Board::seal(hall.header.clone(), rows.to_vec(), Paper::default(), casts.to_vec()).unwrap()
    };
    let board = sealed(&rows, &casts);
    let (mut rows, mut casts) = (rows, casts);
    rows.reverse();
    casts.rotate_left(2);
    assert_eq!(sealed(&rows, &casts).text(), board.text());
    assert_eq!(Board::parse(&board.text()).unwrap(), board);
    casts.push(casts[0].clone());
    let doubled = Board::seal(hall.header.clone(), rows, Paper::default(), casts).unwrap_err();
    assert_eq!(doubled.check(), Check::Lines);
}
