//! A hall of 3,000 at the ballot office: tokens, casts all at once, sealing, release, and the board that verifies.

use pingyi::ballot_office::Office;
use pingyi::blobs::Blobs;
use pingyi::conductor::BallotOffice;
use pingyi::protocol::call::Token;
use pingyi::rehearsal::SecretVoter;
use pingyi::secrecy::encoding::{from_b64, from_hex, to_b64};
use pingyi::secrecy::{Announced, Board, CastText, Header, receipt_holds, verify};
use pingyi::vault::Vault;
use pingyi_core::command::Command;
use pingyi_core::duties::OfficeWork;
use pingyi_core::ids::{BallotId, PersonId};
use pingyi_tests::secret::voter;
use std::sync::Arc;
use tokio::task::JoinSet;
use uuid::Uuid;

const VOTERS: u32 = 3_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_thousand_votes_are_counted_and_their_board_holds() {
    let data = tempfile::tempdir().unwrap();
    let (vault, blobs) = (Arc::new(Vault::open(data.path()).unwrap()), Arc::new(Blobs::open(data.path()).unwrap()));
    let fatal = Arc::new(|reason: &str| panic!("{reason}"));
    let office = Office::new(data.path().to_owned(), vault, blobs.clone(), fatal);
    let (appraisal, ballot) = (Uuid::from_u128(7), BallotId(1));
    let options = ["satisfied", "basically_satisfied", "dissatisfied", "abstain"].map(String::from).to_vec();
    let make = OfficeWork::MakeKey { ballot, round: 1, subject: "区教育局局长".into(), options };
    let Command::SetKey { header: text, header_hash, .. } = office.clone().perform(appraisal, make).await.unwrap() else { panic!() };

    let mut voting = JoinSet::new();
    for person in 1..=VOTERS {
        let (office, text) = (office.clone(), text.clone());
        voting.spawn(async move {
            let mut paper = voter(person, &text);
            let blinded = paper.blinded();
            let issued = office.issue(paper.header().clone(), from_b64(&blinded).unwrap()).await.unwrap();
            paper.take(&Token { evaluated: to_b64(&issued.evaluated), proof: to_b64(&issued.proof), header: text }).unwrap();
            cast(&office, &paper, choice(person), person + 10).await;
            ((PersonId(person), blinded), paper.vote_pk())
        });
    }
    let (mut issuance, keys): (Vec<_>, Vec<_>) = voting.join_all().await.into_iter().unzip();
    issuance.sort();
    let header = Header::parse(&text).unwrap();
    let seal = OfficeWork::SealBox { ballot, round: 1, header: text.clone(), issuance: issuance.clone() };
    let Command::SealBox { digest, counts, .. } = office.clone().perform(appraisal, seal).await.unwrap() else { panic!() };
    assert_eq!(counts, [1_500, 750, 750, 0]);

    let release = OfficeWork::Release { ballot, round: 1, header: text, issuance };
    let Command::ReleaseBoard { board, .. } = office.perform(appraisal, release).await.unwrap() else { panic!() };
    let board = blobs.get(board.parse().unwrap()).unwrap().unwrap();
    let board = Board::parse(std::str::from_utf8(&board).unwrap()).unwrap();
    assert_eq!(board.header, header);
    let attendance: Vec<_> = (1..=VOTERS).map(PersonId).collect();
    let report = verify(&board, &Announced {
        header_hash: from_hex(&header_hash).unwrap(),
        digest: from_hex(&digest).unwrap(),
        attendance: &attendance,
        counts: &counts,
        issued: VOTERS,
        returned: VOTERS,
    });
    assert_eq!(report.unwrap().returned, VOTERS);
    let mut keys = keys;
    keys.sort_unstable();
    assert!(board.lines.iter().map(|line| line.vote_pk).eq(keys));
}

fn choice(person: u32) -> u8 {
    [1, 2, 1, 3][person as usize % 4]
}

async fn cast(office: &Arc<Office>, paper: &SecretVoter, choice: u8, seq: u32) {
    let cast = paper.cast(choice, seq).unwrap();
    let text = CastText { vote_pk: &cast.vote_pk, token: &cast.token, seq, choices: &cast.choices, sig: &cast.sig };
    let receipt = office.cast(paper.header().clone(), text).await.unwrap();
    assert!(receipt_holds(paper.header(), &paper.line(choice, seq).unwrap(), &receipt));
}
