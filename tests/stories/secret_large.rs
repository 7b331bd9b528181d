//! Many at once: a hall of 3,000 at the ballot office, from the tokens to the board that verifies; a simulated crowd.

use pingyi::ballot_office::Office;
use pingyi::blobs::Blobs;
use pingyi::conductor::BallotOffice;
use pingyi::protocol::call::Token;
use pingyi::rehearsal::SecretVoter;
use pingyi::rehearsal::crowd::{self, Seat};
use pingyi::secrecy::encoding::{from_b64, from_hex, to_b64};
use pingyi::secrecy::{Announced, Board, CastText, Header, receipt_holds, verify};
use pingyi::vault::Vault;
use pingyi_core::ballot::BallotState;
use pingyi_core::command::Command;
use pingyi_core::duties::OfficeWork;
use pingyi_core::ids::{BallotId, PersonId};
use pingyi_core::views::{AttendanceView, BallotView};
use pingyi_tests::Hall;
use pingyi_tests::hall::{FIRST_EVALUATION, done, present_ballot, until_ballot};
use pingyi_tests::secret::{BALLOT, voter};
use std::sync::Arc;
use tokio::task::JoinSet;
use uuid::Uuid;

const VOTERS: u32 = 3_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_thousand_votes_are_counted_and_their_board_holds() {
    let data = tempfile::tempdir().unwrap();
    let (vault, blobs) = (
        Arc::new(Vault::open(data.path()).unwrap()),
        Arc::new(Blobs::open(data.path()).unwrap()),
    );
    let fatal = Arc::new(|reason: &str| panic!("{reason}"));
    let office = Office::new(data.path().to_owned(), vault, blobs.clone(), fatal);
    let (appraisal, ballot) = (Uuid::from_u128(7), BallotId(1));
    let options = ["satisfied", "basically_satisfied", "dissatisfied", "abstain"]
        .map(String::from)
        .to_vec();
    let make = OfficeWork::MakeKey {
        ballot,
        round: 1,
        subject: "区教育局局长".into(),
        options,
    };
    let Command::SetKey {
        header: text,
        header_hash,
        ..
    } = office.clone().perform(appraisal, make).await.unwrap()
    else {
        panic!()
    };

    let mut voting = JoinSet::new();
    for person in 1..=VOTERS {
        let (office, text) = (office.clone(), text.clone());
        voting.spawn(async move {
            let mut paper = voter(person, &text);
            let blinded = paper.blinded();
            let issued = office
                .issue(paper.header().clone(), from_b64(&blinded).unwrap())
                .await
                .unwrap();
            paper
                .take(&Token {
                    evaluated: to_b64(&issued.evaluated),
                    proof: to_b64(&issued.proof),
                    header: text,
                })
                .unwrap();
            cast(&office, &paper, choice(person), person + 10).await;
            ((PersonId(person), blinded), paper.vote_pk())
        });
    }
    let (mut issuance, keys): (Vec<_>, Vec<_>) = voting.join_all().await.into_iter().unzip();
    issuance.sort();
    let header = Header::parse(&text).unwrap();
    let seal = OfficeWork::SealBox {
        ballot,
        round: 1,
        header: text.clone(),
        issuance: issuance.clone(),
        paper: Vec::new(),
    };
    let Command::SealBox { digest, returned, .. } = office.clone().perform(appraisal, seal).await.unwrap() else {
        panic!()
    };
    assert_eq!(returned, VOTERS);
    let count = OfficeWork::CountBox {
        ballot,
        round: 1,
        header: text.clone(),
    };
    let Command::CountBox { counts, .. } = office.clone().perform(appraisal, count).await.unwrap() else {
        panic!()
    };
    assert_eq!(counts, [1_500, 750, 750, 0]);

    let release = OfficeWork::Release {
        ballot,
        round: 1,
        header: text,
        issuance,
        paper: Vec::new(),
    };
    let Command::ReleaseBoard { board, .. } = office.perform(appraisal, release).await.unwrap() else {
        panic!()
    };
    let board = blobs.get(board.parse().unwrap()).unwrap().unwrap();
    let board = Board::parse(std::str::from_utf8(&board).unwrap()).unwrap();
    assert_eq!(board.header, header);
    let attendance: Vec<_> = (1..=VOTERS).map(PersonId).collect();
    let report = verify(
        &board,
        &Announced {
            header_hash: from_hex(&header_hash).unwrap(),
            digest: from_hex(&digest).unwrap(),
            attendance: &attendance,
            counts: &counts,
            issued: VOTERS,
            returned: VOTERS,
        },
    );
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
    let text = CastText {
        vote_pk: &cast.vote_pk,
        token: &cast.token,
        seq,
        choices: &cast.choices,
        sig: &cast.sig,
    };
    let receipt = office.cast(paper.header().clone(), text).await.unwrap();
    assert!(receipt_holds(
        paper.header(),
        &paper.line(choice, seq).unwrap(),
        &receipt
    ));
}

/// The demonstration's simulated members: tokens when presented, and what is still held goes out when the chair closes.
#[tokio::test]
async fn a_simulated_crowd_votes_in_secret_and_flushes_at_the_close() {
    let hall = Hall::open().await;
    let seats = hall.demo.members[..27]
        .iter()
        .map(|m| Seat {
            code: m.code.clone(),
            seed: u64::from(m.person.0),
        })
        .collect();
    let _crowd = crowd::gather(&hall.host, seats);
    let mut chair = hall.chair().await;
    chair
        .until(|c| c.view::<AttendanceView>("attendance").is_some_and(|a| a.present == 27))
        .await
        .unwrap();
    done(&mut chair, Command::BeginItem { item: FIRST_EVALUATION }).await;
    present_ballot(&mut chair, BALLOT).await;
    chair
        .until(|c| c.view::<BallotView>("ballot/1").is_some_and(|b| b.issued == 27))
        .await
        .unwrap();
    done(
        &mut chair,
        Command::OpenBallot {
            ballot: BALLOT,
            limit_s: 0,
        },
    )
    .await;
    until_ballot(&mut chair, BALLOT, BallotState::Open).await;
    done(&mut chair, Command::CloseBallot { ballot: BALLOT }).await;
    chair
        .until(|c| c.view::<BallotView>("ballot/1").is_some_and(|b| b.result.is_some()))
        .await
        .unwrap();
    let result = chair.view::<BallotView>("ballot/1").unwrap().result.unwrap();
    assert_eq!((result.issued, result.returned), (27, 27));
}
