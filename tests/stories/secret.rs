//! The secret ballot over real sockets: from the token to the board that anyone may check, and what screens see.

use pingyi::secrecy::Extent;
use pingyi_core::ballot::BallotState;
use pingyi_core::views::BallotView;
use pingyi_tests::hall::until_ballot;
use pingyi_tests::secret::{BALLOT, SecretHall, board_text, check_board};

/// The sample notice's 20, 7 and 1 of 28, voted in secret.
#[tokio::test]
async fn a_secret_ballot_of_28_ends_in_a_board_that_anyone_can_check() {
    let mut stage = SecretHall::presented(28).await;
    let mut projector = stage.hall.projector().await;
    let host = stage.hall.host.clone();
    let papers = stage.papers().await;
    let shown: BallotView = until_ballot(&mut projector, BALLOT, BallotState::Presented).await;
    assert_eq!(shown.present, 28);
    stage.open().await;
    let mut lines = Vec::new();
    for (n, paper) in papers.iter().enumerate() {
        let (choice, seq) = (
            match n {
                0..20 => 1,
                20..27 => 2,
                _ => 3,
            },
            1_000 + n as u32,
        );
        if n % 6 == 0 {
            paper.vote(&host, 4, seq).await.unwrap();
        }
        paper.vote(&host, choice, seq + 7).await.unwrap();
        lines.push(paper.line(choice, seq + 7).unwrap());
    }
    assert_eq!(board_text(&host, stage.hall.demo.appraisal).await, Err(404));
    stage.close().await;
    stage.seal().await;

    let sealed = until_ballot(&mut projector, BALLOT, BallotState::Sealed).await;
    let at_sealing = sealed.secret.unwrap();
    assert!(
        at_sealing.digest.is_some(),
        "the digest is on the screen before the announcement"
    );
    assert!(sealed.result.is_none(), "the result is not");
    assert_eq!(
        board_text(&host, stage.hall.demo.appraisal).await,
        Err(404),
        "nor is the board"
    );

    let announced = stage.announce().await;
    let result = announced.result.clone().unwrap();
    let percents: Vec<_> = result.counts.iter().map(|c| c.percent.as_str()).collect();
    assert_eq!(percents, ["71.43", "25", "3.57", "0"]);
    let text = board_text(&host, stage.hall.demo.appraisal).await.unwrap();
    let (board, report) = check_board(&text, &at_sealing, &announced, 28).unwrap();
    assert!(
        report.checks.iter().all(|(_, extent)| *extent == Extent::Whole),
        "{report:?}"
    );
    assert_eq!(
        (report.counts, report.issued, report.returned),
        (vec![20, 7, 1, 0], 28, 28)
    );
    lines.sort_by_key(|line| line.vote_pk);
    assert!(
        board.lines == lines,
        "each voter's last vote is on the board as it was signed, and nothing else"
    );
    let turned = text.replacen("\"choices\":[1]", "\"choices\":[2]", 1);
    assert!(
        check_board(&turned, &at_sealing, &announced, 28).is_err(),
        "a bent board does not hold"
    );
}

/// Casts come into sight in steps; a screen never changes by one or two.
#[tokio::test]
async fn the_hall_screen_moves_in_steps_of_three_at_least() {
    let mut stage = SecretHall::presented(28).await;
    let host = stage.hall.host.clone();
    let papers = stage.papers().await;
    let mut projector = stage.hall.projector().await;
    stage.open().await;
    until_ballot(&mut projector, BALLOT, BallotState::Open).await;
    let casting = tokio::spawn(async move {
        for (n, paper) in papers.iter().enumerate() {
            paper.vote(&host, 1 + (n % 4) as u8, 5).await.unwrap();
        }
    });
    let mut steps = vec![0];
    while *steps.last().unwrap() < 26 {
        projector.hear().await.unwrap();
        let seen: BallotView = projector.view("ballot/1").unwrap();
        if Some(&seen.returned) != steps.last() {
            let tally = seen.tally.unwrap();
            assert_eq!(
                tally.iter().map(|c| c.votes).sum::<u32>(),
                seen.returned,
                "bars and turnout are of one step"
            );
            steps.push(seen.returned);
        }
    }
    casting.await.unwrap();
    assert!(steps.windows(2).all(|w| w[1] >= w[0] + 3), "{steps:?}");
}
