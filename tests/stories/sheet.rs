//! One secret sheet for four subjects over real sockets: 28 members, four boards, and the case file that holds.

use pingyi::clock::Clock;
use pingyi::rehearsal::{Memory, SecretVoter};
use pingyi_core::ballot::{BallotState, VoidCause};
use pingyi_core::command::Command;
use pingyi_core::limits::CLOSING_S;
use pingyi_tests::hall::{device_key, done, until_ballot};
use pingyi_tests::program::command_line;
use pingyi_tests::secret::{START_MS, board_text_of, voter};
use pingyi_tests::sheet::{self, SHEET, checked_boards, one_sheet, until_all};
use pingyi_tests::{Hall, Member};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const VOTERS: u32 = 28;

/// A member with one paper for each subject.
struct Voter {
    member: Member,
    papers: Vec<SecretVoter>,
}

async fn presented(hall: &Hall, chair: &mut pingyi::rehearsal::Phone) -> Vec<Voter> {
    let mut members = Vec::new();
    for person in 1..=VOTERS {
        let mut member = hall.member(person).await;
        member.check_in().await;
        members.push(member);
    }
    let headers = sheet::present(chair).await;
    let keys: BTreeSet<_> = headers.iter().collect();
    assert_eq!(keys.len(), SHEET.len(), "each ballot of the sheet has a key of its own");
    let mut voters = Vec::new();
    for member in members {
        let mut papers = Vec::new();
        for header in &headers {
            let mut paper = voter(member.person.0, header);
            let token = paper.fetch(&hall.host, &member.signed_in.bearer, &member.key).await;
            token.expect("a token of each ballot");
            papers.push(paper);
        }
        voters.push(Voter { member, papers });
    }
    voters
}

/// Moves the clock over the seconds after closing.
async fn pass_the_closing(hall: &Hall, hand: &Arc<AtomicI64>) {
    hand.fetch_add(CLOSING_S * 1000, Ordering::SeqCst);
    let case = hall.app.outer.registry.get(hall.demo.appraisal).unwrap();
    case.wake().await;
}

/// Members 1 to 26 fill the sheet; the phone of the 27th is locked after two of four, the 28th hands in nothing.
fn papers_cast(voter: usize) -> usize {
    match voter {
        0..26 => 4,
        26 => 2,
        _ => 0,
    }
}

fn choice(voter: usize, subject: usize) -> u8 {
    1 + ((voter * (subject + 1) + subject) % 4) as u8
}

#[tokio::test]
async fn a_secret_sheet_of_four_subjects_ends_in_four_boards_that_hold() {
    let (clock, hand) = Clock::manual(START_MS);
    let hall = Hall::with_clock(clock, one_sheet()).await;
    let (host, appraisal) = (hall.host.clone(), hall.demo.appraisal);
    let (mut chair, mut projector) = (hall.chair().await, hall.projector().await);
    let mut voters = presented(&hall, &mut chair).await;
    until_all(&mut projector, |b| b.issued == VOTERS && b.sheet == SHEET).await;
    sheet::open(&mut chair).await;

    let mut lines = vec![Vec::new(); SHEET.len()];
    for (n, voter) in voters.iter().enumerate() {
        for (subject, paper) in voter.papers.iter().enumerate().take(papers_cast(n)) {
            let seq = 1_000 + n as u32;
            paper.vote(&host, choice(n, subject), seq).await.unwrap();
            lines[subject].push(paper.line(choice(n, subject), seq).unwrap());
        }
    }
    // One member thinks better of the second subject alone. It is the first line there whose key is theirs.
    voters[4].papers[1].vote(&host, 3, 90_000).await.unwrap();
    lines[1][4] = voters[4].papers[1].line(3, 90_000).unwrap();
    // A phone that comes back after two of four still holds the tokens of the other two.
    let again = hall
        .join(&voters[26].member.signed_in, Memory::default())
        .await
        .unwrap();
    let headers: Vec<_> = sheet::views(&again)
        .unwrap()
        .into_iter()
        .map(|b| b.secret.unwrap().header)
        .collect();
    let third = &mut voter(27, &headers[2]);
    let key = device_key(27, 0);
    third
        .fetch(&host, &voters[26].member.signed_in.bearer, &key)
        .await
        .expect("the same token again");
    third.vote(&host, 1, 7).await.unwrap();
    lines[2].push(third.line(1, 7).unwrap());

    done(&mut chair, Command::CloseBallot { ballot: SHEET[2] }).await;
    until_all(&mut chair, |b| b.state == BallotState::Closing).await;
    pass_the_closing(&hall, &hand).await;
    let sealed = sheet::until_sealed(&mut chair).await;
    let shown = until_all(&mut projector, |b| b.state == BallotState::Sealed).await;
    assert!(
        shown
            .iter()
            .all(|b| b.result.is_none() && b.secret.as_ref().is_some_and(|s| s.digest.is_some()))
    );
    for ballot in SHEET {
        assert_eq!(
            board_text_of(&host, appraisal, ballot).await,
            Err(404),
            "nothing is public yet"
        );
    }

    done(&mut chair, Command::AnnounceBallot { ballot: SHEET[3] }).await;
    let told = sheet::until_released(&mut projector).await;
    let returned: Vec<_> = told.iter().map(|b| b.result.as_ref().unwrap().returned).collect();
    assert_eq!(returned, [27, 27, 27, 26]);
    let boards = checked_boards(&host, appraisal, &sealed, &told).await;
    for (board, mut own) in boards.iter().zip(lines) {
        own.sort_by_key(|line| line.vote_pk);
        assert!(
            board.lines == own,
            "every phone finds its last vote as it was signed, and nothing else is there"
        );
        assert_eq!(board.issuance.len(), VOTERS as usize);
    }
    nothing_joins_the_boards(&boards);

    voters.clear();
    drop((chair, projector, again));
    let folder = hall.close().await;
    let file = folder.path().join("case.zip");
    let [data, out] = [folder.path(), &file].map(|p| p.to_str().unwrap().to_owned());
    let exported = command_line(&[
        "export",
        "--data",
        &data,
        "--case",
        &appraisal.to_string(),
        "--out",
        &out,
    ])
    .await;
    let head = exported
        .lines()
        .last()
        .and_then(|l| l.split(' ').next_back())
        .unwrap()
        .to_owned();
    let report = command_line(&["verify", &out, "--head", &head]).await;
    assert_eq!(
        report.matches("无记名，七项核对全部通过").count(),
        SHEET.len(),
        "{report}"
    );
    for sealed in sealed {
        let digest = sealed.secret.unwrap().digest.unwrap();
        assert!(
            report.contains(&digest),
            "the report names the digest that the hall saw"
        );
    }
}

/// No key, token or element of one board is on another.
fn nothing_joins_the_boards(boards: &[pingyi::secrecy::Board]) {
    let mut seen = BTreeSet::new();
    for board in boards {
        let keys = board.lines.iter().map(|l| l.vote_pk.to_vec());
        let tokens = board.lines.iter().map(|l| l.token.to_vec());
        let elements = board.issuance.iter().map(|i| i.blinded.to_vec());
        for value in keys.chain(tokens).chain(elements) {
            assert!(seen.insert(value), "a value is on two boards of the sheet");
        }
    }
}

/// One ballot of a sealed sheet is voided: it is held again alone, and then all are announced together.
#[tokio::test]
async fn a_voided_ballot_of_a_sheet_is_held_again_before_all_are_announced() {
    let (clock, hand) = Clock::manual(START_MS);
    let hall = Hall::with_clock(clock, one_sheet()).await;
    let (host, appraisal) = (hall.host.clone(), hall.demo.appraisal);
    let mut chair = hall.chair().await;
    let voters = presented(&hall, &mut chair).await;
    sheet::open(&mut chair).await;
    for voter in &voters {
        for paper in &voter.papers {
            paper.vote(&host, 1, 1).await.unwrap();
        }
    }
    done(&mut chair, Command::CloseBallot { ballot: SHEET[0] }).await;
    until_all(&mut chair, |b| b.state == BallotState::Closing).await;
    pass_the_closing(&hall, &hand).await;
    sheet::until_sealed(&mut chair).await;

    let (ballot, note) = (SHEET[1], "一部手机显示有误".to_owned());
    done(
        &mut chair,
        Command::VoidBallot {
            ballot,
            cause: VoidCause::SystemFailure,
            note,
        },
    )
    .await;
    until_ballot(&mut chair, ballot, BallotState::Prepared).await;
    let header = pingyi_tests::hall::present_ballot(&mut chair, ballot)
        .await
        .secret
        .unwrap()
        .header;
    let mut papers = Vec::new();
    for Voter { member, .. } in &voters {
        let mut paper = voter(member.person.0, &header);
        paper.fetch(&host, &member.signed_in.bearer, &member.key).await.unwrap();
        papers.push(paper);
    }
    done(&mut chair, Command::OpenBallot { ballot, limit_s: 0 }).await;
    until_ballot(&mut chair, ballot, BallotState::Open).await;
    for paper in &papers {
        paper.vote(&host, 2, 1).await.unwrap();
    }
    done(&mut chair, Command::CloseBallot { ballot }).await;
    until_ballot(&mut chair, ballot, BallotState::Closing).await;
    pass_the_closing(&hall, &hand).await;
    let sealed = sheet::until_sealed(&mut chair).await;
    done(&mut chair, Command::AnnounceBallot { ballot: SHEET[0] }).await;
    let told = sheet::until_released(&mut chair).await;
    checked_boards(&host, appraisal, &sealed, &told).await;
    let counts: Vec<Vec<u32>> = told
        .iter()
        .map(|b| b.result.as_ref().unwrap().counts.iter().map(|c| c.votes).collect())
        .collect();
    let (satisfied, basically) = (vec![VOTERS, 0, 0, 0], vec![0, VOTERS, 0, 0]);
    assert_eq!(counts, [satisfied.clone(), basically, satisfied.clone(), satisfied]);
}
