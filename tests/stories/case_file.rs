//! What the program itself put on the record and released must hold in the case file, also while it runs.

use pingyi::case_file::{Extent, Standing, read_journal, verify, write};
use pingyi_core::ballot::BallotState;
use pingyi_core::command::Command;
use pingyi_core::ids::BallotId;
use pingyi_core::views::BallotView;
use pingyi_tests::Hall;
use pingyi_tests::hall::{FIRST_EVALUATION, done, until_ballot};

#[tokio::test]
async fn a_sittings_case_file_holds_and_tells_the_announced_numbers() {
    let hall = Hall::open().await;
    let mut chair = hall.chair().await;
    for person in 1..=16 {
        hall.member(person).await.check_in().await;
    }
    let ballot = BallotId(1);
    done(&mut chair, Command::BeginItem { item: FIRST_EVALUATION }).await;
    done(&mut chair, Command::PresentBallot { ballot }).await;
    let key_made = |b: BallotView| b.secret.is_some_and(|s| !s.header.is_empty());
    chair
        .until(|c| c.view::<BallotView>("ballot/1").is_some_and(key_made))
        .await
        .unwrap();
    done(&mut chair, Command::OpenBallot { ballot, limit_s: 0 }).await;
    until_ballot(&mut chair, ballot, BallotState::Open).await;
    done(&mut chair, Command::CloseBallot { ballot }).await;
    chair
        .until(|c| c.view::<BallotView>("ballot/1").is_some_and(|b| b.result.is_some()))
        .await
        .unwrap();
    done(&mut chair, Command::AnnounceBallot { ballot }).await;
    let released = |b: BallotView| b.secret.is_some_and(|s| s.board.is_some());
    chair
        .until(|c| c.view::<BallotView>("ballot/1").is_some_and(released))
        .await
        .unwrap();
    let shown = chair.view::<BallotView>("ballot/1").unwrap();
    let announced = shown.result.expect("it was announced");

    let case = hall.demo.appraisal;
    let entries = read_journal(&*hall.app.journal, case).await.unwrap();
    let extents = [
        (Extent::Archive, Standing::BoardChecked),
        (Extent::Public, Standing::BoardCheckedWithoutRoll),
    ];
    for (extent, standing) in extents {
        let file = write(case, &entries, &hall.app.outer.blobs, extent).unwrap();
        let report = verify(&file, entries.last().map(|e| e.link)).unwrap();
        assert_eq!(report.rounds.len(), 1);
        let round = &report.rounds[0];
        assert_eq!((round.standing, round.result.as_ref()), (standing, Some(&announced)));
        assert_eq!(
            round.digest,
            shown.secret.as_ref().and_then(|s| s.digest.clone()),
            "as the hall saw it"
        );
        assert_eq!(
            (announced.due, announced.present, announced.issued, announced.returned),
            (28, 16, 0, 0)
        );
        assert_eq!(report.documents, 4, "the reports of the sample case");
    }
}
