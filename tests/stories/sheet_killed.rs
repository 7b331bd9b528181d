//! kill -9 while a secret sheet is open, while it is sealed, and while it is announced: it comes to its end each time,
//! with every vote that had a receipt.

use super::killed::{Voter, sample_in, voter};
use pingyi::commands::Demo;
use pingyi::rehearsal::{Phone, SecretVoter};
use pingyi::secrecy::Board;
use pingyi_core::ballot::BallotState;
use pingyi_core::command::Command;
use pingyi_core::views::Audience;
use pingyi_tests::hall::{done, station};
use pingyi_tests::program::{Program, free_port};
use pingyi_tests::secret;
use pingyi_tests::sheet::{self, SHEET, checked_boards, one_sheet, until_all};
use std::path::Path;
use std::sync::Arc;

const VOTERS: u32 = 28;

/// One member's paper of one subject.
struct Slip {
    paper: SecretVoter,
    choice: u8,
    subject: usize,
}

async fn slips(program: &Program, voters: &[Voter], headers: &[String]) -> Vec<Arc<Slip>> {
    let mut slips = Vec::new();
    for (n, Voter { signed_in, key, .. }) in voters.iter().enumerate() {
        for (subject, header) in headers.iter().enumerate() {
            let mut paper = secret::voter(n as u32 + 1, header);
            paper.fetch(&program.host, &signed_in.bearer, key).await.unwrap();
            let choice = 1 + ((n + subject) % 3) as u8;
            slips.push(Arc::new(Slip { paper, choice, subject }));
        }
    }
    slips
}

/// All cast at once; the program is killed when half have a receipt. The answer are those with one.
async fn cast_until_killed(program: Program, slips: &[Arc<Slip>]) -> Vec<usize> {
    let (receipts, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let mut voting = tokio::task::JoinSet::new();
    for (n, slip) in slips.iter().cloned().enumerate() {
        let (receipts, host) = (receipts.clone(), program.host.clone());
        voting.spawn(async move {
            if slip.paper.vote(&host, slip.choice, 100).await.is_ok() {
                receipts.send(n).unwrap();
            }
        });
    }
    drop(receipts);
    let mut acknowledged = Vec::new();
    while acknowledged.len() < slips.len() / 2 {
        acknowledged.push(heard.recv().await.unwrap());
    }
    program.kill().await;
    while let Some(n) = heard.recv().await {
        acknowledged.push(n);
    }
    voting.join_all().await;
    acknowledged
}

async fn again(data: &Path, port: u16, demo: &Demo) -> (Program, Phone) {
    let program = Program::serve(data, port).await;
    let chair = station(&program.host, demo.appraisal, &demo.chair, Audience::Chair).await;
    (program, chair)
}

#[tokio::test]
async fn a_secret_sheet_comes_to_its_end_over_three_crashes() {
    let data = tempfile::tempdir().unwrap();
    let (data, port) = (data.path(), free_port());
    let demo = sample_in(data, port, one_sheet()).await;
    let program = Program::serve(data, port).await;
    let mut voters: Vec<Voter> = Vec::new();
    for person in 1..=VOTERS {
        let mut voter = voter(&program, &demo, person).await;
        done(&mut voter.phone, Command::CheckIn {}).await;
        voters.push(voter);
    }
    let mut chair = station(&program.host, demo.appraisal, &demo.chair, Audience::Chair).await;
    let headers = sheet::present(&mut chair).await;
    let slips = slips(&program, &voters, &headers).await;
    sheet::open(&mut chair).await;
    let acknowledged = cast_until_killed(program, &slips).await;

    let (program, mut chair) = again(data, port, &demo).await;
    let open = until_all(&mut chair, |b| b.state == BallotState::Open).await;
    assert!(open.iter().all(|b| b.issued == VOTERS), "all tokens are known");
    done(&mut chair, Command::CloseBallot { ballot: SHEET[0] }).await;
    let sealed = sheet::until_sealed(&mut chair).await;
    program.kill().await;

    // The record does not know the counts before the announcement; the console shows them from the boxes, as before.
    let (program, mut chair) = again(data, port, &demo).await;
    let after = sheet::until_sealed(&mut chair).await;
    assert_eq!(
        after, sealed,
        "a chair who reads the result aloud reads the same after a crash"
    );
    done(&mut chair, Command::AnnounceBallot { ballot: SHEET[0] }).await;
    program.kill().await;

    let (program, mut chair) = again(data, port, &demo).await;
    let told = sheet::until_released(&mut chair).await;
    let boards = checked_boards(&program.host, demo.appraisal, &sealed, &told).await;
    all_with_a_receipt_are_there(&slips, &acknowledged, &boards);
}

fn all_with_a_receipt_are_there(slips: &[Arc<Slip>], acknowledged: &[usize], boards: &[Board]) {
    let lines: Vec<_> = slips.iter().map(|s| s.paper.line(s.choice, 100).unwrap()).collect();
    for n in acknowledged {
        let board = &boards[slips[*n].subject];
        assert!(board.lines.contains(&lines[*n]), "a vote with a receipt was lost");
    }
    for board in boards {
        assert!(
            board.lines.iter().all(|line| lines.contains(line)),
            "a vote that nobody cast"
        );
    }
}
