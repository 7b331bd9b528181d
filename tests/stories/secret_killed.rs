//! kill -9 while a secret ballot is open, and again right after it is closed: every vote with a receipt is on the board,
//! and the program seals and releases by itself.

use super::killed::{Voter, rejoin, sample_in, voter};
use pingyi::rehearsal::SecretVoter;
use pingyi::sample::Sample;
use pingyi_core::ballot::BallotState;
use pingyi_core::command::Command;
use pingyi_core::views::{Audience, BallotView};
use pingyi_tests::hall::{FIRST_EVALUATION, done, present_ballot, station, until_ballot};
use pingyi_tests::program::{Program, free_port};
use pingyi_tests::secret::{self, BALLOT, board_text, check_board, released};
use std::sync::Arc;

const VOTERS: u32 = 28;

#[tokio::test]
async fn every_vote_with_a_receipt_is_on_the_board_after_two_crashes() {
    let data = tempfile::tempdir().unwrap();
    let port = free_port();
    let demo = sample_in(data.path(), port, Sample::default()).await;
    let program = Program::serve(data.path(), port).await;
    let mut voters: Vec<Voter> = Vec::new();
    for person in 1..=VOTERS {
        let mut voter = voter(&program, &demo, person).await;
        done(&mut voter.phone, Command::CheckIn {}).await;
        voters.push(voter);
    }
    let mut chair = station(&program.host, demo.appraisal, &demo.chair, Audience::Chair).await;
    done(&mut chair, Command::BeginItem { item: FIRST_EVALUATION }).await;
    let header = present_ballot(&mut chair, BALLOT).await.secret.unwrap().header;
    let mut papers = Vec::new();
    for (n, voter) in voters.iter().enumerate() {
        let mut paper = secret::voter(n as u32 + 1, &header);
        paper
            .fetch(&program.host, &voter.signed_in.bearer, &voter.key)
            .await
            .unwrap();
        papers.push(Arc::new(paper));
    }
    done(
        &mut chair,
        Command::OpenBallot {
            ballot: BALLOT,
            limit_s: 0,
        },
    )
    .await;
    until_ballot(&mut chair, BALLOT, BallotState::Open).await;

    // All cast at once; the program is killed when half have a receipt.
    let (receipts, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let mut voting = tokio::task::JoinSet::new();
    for (n, paper) in papers.iter().cloned().enumerate() {
        let (receipts, host) = (receipts.clone(), program.host.clone());
        voting.spawn(async move {
            if paper.vote(&host, choice(n), 100).await.is_ok() {
                receipts.send(n).unwrap();
            }
        });
    }
    drop(receipts);
    let mut acknowledged = Vec::new();
    while acknowledged.len() < VOTERS as usize / 2 {
        acknowledged.push(heard.recv().await.unwrap());
    }
    program.kill().await;
    while let Some(n) = heard.recv().await {
        acknowledged.push(n);
    }
    voting.join_all().await;

    let program = Program::serve(data.path(), port).await;
    let host = program.host.clone();
    // One who lost the answer sends the same again; another changes his mind. The rest never come back.
    papers[acknowledged[0]]
        .vote(&host, choice(acknowledged[0]), 100)
        .await
        .unwrap();
    papers[acknowledged[1]].vote(&host, 4, 200).await.unwrap();
    let phone = rejoin(&program, &demo, &voters[0].signed_in, voters[0].phone.memory()).await;
    assert_eq!(
        phone.view::<BallotView>("ballot/1").unwrap().secret.unwrap().header,
        header,
        "the key survived"
    );
    let mut chair = station(&host, demo.appraisal, &demo.chair, Audience::Chair).await;
    done(&mut chair, Command::CloseBallot { ballot: BALLOT }).await;
    papers[acknowledged[2]]
        .vote(&host, 3, 300)
        .await
        .expect("a phone flushes in the seconds after closing");
    program.kill().await;

    let program = Program::serve(data.path(), port).await;
    let mut chair = station(&program.host, demo.appraisal, &demo.chair, Audience::Chair).await;
    chair
        .until(|c| c.view::<BallotView>("ballot/1").is_some_and(|b| b.result.is_some()))
        .await
        .unwrap();
    let shown = chair.view::<BallotView>("ballot/1").unwrap().secret.unwrap();
    done(&mut chair, Command::AnnounceBallot { ballot: BALLOT }).await;
    let announced = released(&mut chair).await;
    let text = board_text(&program.host, demo.appraisal).await.unwrap();
    let (board, _) = check_board(&text, &shown, &announced, VOTERS).unwrap();
    let on_board = |paper: &SecretVoter, choice, seq| board.lines.contains(&paper.line(choice, seq).unwrap());
    assert!(
        on_board(&papers[acknowledged[1]], 4, 200) && on_board(&papers[acknowledged[2]], 3, 300),
        "the later votes count"
    );
    let others = acknowledged.iter().enumerate().filter(|(at, _)| *at != 1 && *at != 2);
    for (_, n) in others {
        assert!(on_board(&papers[*n], choice(*n), 100), "a vote with a receipt was lost");
    }
}

fn choice(n: usize) -> u8 {
    1 + (n % 3) as u8
}
