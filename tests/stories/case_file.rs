//! What the program itself put on the record and released must hold in the case file, also while it runs.

use pingyi::case_file::{Extent, Standing, read_journal, verify, write};
use pingyi_tests::secret::SecretHall;

#[tokio::test]
async fn a_sittings_case_file_holds_and_tells_the_announced_numbers() {
    let mut stage = SecretHall::presented(16).await;
    let papers = stage.papers().await;
    stage.open().await;
    for (n, paper) in papers[..13].iter().enumerate() {
        paper.vote(&stage.hall.host, 1 + u8::from(n >= 9), 5).await.unwrap();
    }
    papers[0].vote(&stage.hall.host, 3, 6).await.unwrap();
    stage.close().await;
    let shown = stage.seal().await;
    let (hall, case) = (&stage.hall, stage.hall.demo.appraisal);
    let before = read_journal(&*hall.app.journal, case).await.unwrap();
    let file = write(case, &before, hall.app.outer.archive.stores(), Extent::Archive).unwrap();
    let report = verify(&file, before.last().map(|e| e.link)).unwrap();
    assert_eq!(report.rounds[0].standing, Standing::NotAnnounced);
    assert_eq!(report.rounds[0].result, None, "not even the archive knows how it went");

    let announced = stage.announce().await.result.expect("it was announced");
    let (hall, entries) = (&stage.hall, read_journal(&*stage.hall.app.journal, case).await.unwrap());
    let extents = [
        (Extent::Archive, Standing::BoardChecked),
        (Extent::Public, Standing::BoardCheckedWithoutRoll),
    ];
    for (extent, standing) in extents {
        let file = write(case, &entries, hall.app.outer.archive.stores(), extent).unwrap();
        let report = verify(&file, entries.last().map(|e| e.link)).unwrap();
        assert_eq!(report.rounds.len(), 1);
        let round = &report.rounds[0];
        assert_eq!((round.standing, round.result.as_ref()), (standing, Some(&announced)));
        let digest = shown.secret.as_ref().and_then(|s| s.digest.clone());
        assert_eq!(round.digest, digest, "as the hall saw it");
        assert_eq!(report.documents, 4, "the reports of the sample case");
    }
    let counts: Vec<_> = announced.counts.iter().map(|c| c.votes).collect();
    assert_eq!(counts, [8, 4, 1, 0]);
    let figures = (announced.due, announced.present, announced.issued, announced.returned);
    assert_eq!(figures, (28, 16, 16, 13));
}
