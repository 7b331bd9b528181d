//! Wherever between the sealing and the release of a secret sheet the record breaks off, the program takes it up there
//! and comes to the same boards.

use pingyi::app::App;
use pingyi::clock::Clock;
use pingyi::conductor::{CaseHandle, Wish};
use pingyi::protocol::Verdict;
use pingyi_core::Appraisal;
use pingyi_core::ballot::{Ballot, BallotState};
use pingyi_core::command::Command;
use pingyi_core::limits::CLOSING_S;
use pingyi_core::sitting::ConsoleSeat;
use pingyi_core::stamp::{Actor, Expects};
use pingyi_tests::Hall;
use pingyi_tests::folder;
use pingyi_tests::hall::done;
use pingyi_tests::secret::{START_MS, voter};
use pingyi_tests::sheet::{self, SHEET, one_sheet, until_all};
use std::path::Path;
use std::sync::atomic::Ordering;
use uuid::Uuid;

const PRESENT: u32 = 16;

#[tokio::test]
async fn a_sealed_sheet_is_released_from_wherever_its_record_broke_off() {
    let (appraisal, sealed) = sealed_sheet().await;
    let whole = tempfile::tempdir().unwrap();
    folder::copy(sealed.path(), whole.path());
    let boards = run_to_the_end(whole.path(), appraisal).await;

    let journal = rusqlite::Connection::open(whole.path().join("journal.db")).unwrap();
    let first = "SELECT min(idx) FROM entries WHERE stream = ?1 AND instr(data, 'ballot.seal_box/2') > 0";
    let stream = appraisal.as_bytes().to_vec();
    let first: u64 = journal.query_row(first, [&stream], |row| row.get(0)).unwrap();
    let end = "SELECT max(idx) + 1 FROM entries WHERE stream = ?1";
    let end: u64 = journal.query_row(end, [&stream], |row| row.get(0)).unwrap();
    // Four sealings, the chair's word, and for each ballot its count, result and release.
    assert_eq!(end - first, 4 + 1 + 3 * 4);
    for kept in first..end {
        let broken = tempfile::tempdir().unwrap();
        // What a record names was on the disk before it.
        folder::copy(whole.path(), broken.path());
        for file in ["journal.db", "journal.db-wal", "journal.db-shm"] {
            let _ = std::fs::remove_file(broken.path().join(file));
        }
        let into = broken.path().join("journal.db");
        journal.execute("VACUUM INTO ?1", [into.to_str().unwrap()]).unwrap();
        let copy = rusqlite::Connection::open(into).unwrap();
        let cut = "DELETE FROM entries WHERE stream = ?1 AND idx >= ?2";
        copy.execute(cut, (&stream, kept)).unwrap();
        copy.execute("DELETE FROM snapshots", []).unwrap();
        drop(copy);
        let again = run_to_the_end(broken.path(), appraisal).await;
        assert!(again == boards, "other boards with {kept} of {end} records");
    }
}

/// The folder of a hall that was ended when its sheet was sealed.
async fn sealed_sheet() -> (Uuid, tempfile::TempDir) {
    let (clock, hand) = Clock::manual(START_MS);
    let hall = Hall::with_clock(clock, one_sheet()).await;
    let mut members = Vec::new();
    for person in 1..=PRESENT {
        let mut member = hall.member(person).await;
        member.check_in().await;
        members.push(member);
    }
    let mut chair = hall.chair().await;
    let headers = sheet::present(&mut chair).await;
    let mut papers = Vec::new();
    for member in &members {
        for header in &headers {
            let mut paper = voter(member.person.0, header);
            paper
                .fetch(&hall.host, &member.signed_in.bearer, &member.key)
                .await
                .unwrap();
            papers.push(paper);
        }
    }
    sheet::open(&mut chair).await;
    for (n, paper) in papers.iter().enumerate() {
        paper.vote(&hall.host, 1 + (n % 4) as u8, 1).await.unwrap();
    }
    done(&mut chair, Command::CloseBallot { ballot: SHEET[0] }).await;
    until_all(&mut chair, |b| b.state == BallotState::Closing).await;
    hand.fetch_add(CLOSING_S * 1000, Ordering::SeqCst);
    let appraisal = hall.demo.appraisal;
    hall.app.outer.registry.get(appraisal).unwrap().wake().await;
    sheet::until_sealed(&mut chair).await;
    drop((chair, members));
    (appraisal, hall.close().await)
}

/// Opens the folder, announces if that is still to be done, and waits for the release. The answer are the boards.
async fn run_to_the_end(data: &Path, appraisal: Uuid) -> Vec<Vec<u8>> {
    let (clock, _hand) = Clock::manual(START_MS + 60_000);
    let app = App::open(data, 80, Some("http://hall.test:8080"), clock).await.unwrap();
    let case = app.outer.registry.get(appraisal).unwrap();
    until(&case, |b| b.state >= BallotState::Sealed).await;
    if case.look(|c| !c.ballots[&SHEET[0]].announcing && c.ballots[&SHEET[0]].state == BallotState::Sealed) {
        announce(&case).await;
    }
    until(&case, |b| b.casts.secret().is_some_and(|s| s.released.is_some())).await;
    let released = |c: &Appraisal| -> Vec<String> {
        let board = |b: &Ballot| b.casts.secret().unwrap().released.clone().unwrap();
        SHEET.iter().map(|id| board(&c.ballots[id])).collect()
    };
    let digests = case.look(released);
    let board = |digest: String| app.outer.blobs.get(digest.parse().unwrap()).unwrap().unwrap().to_vec();
    let boards = digests.into_iter().map(board).collect();
    app.outer.registry.stop().await;
    drop(case);
    app.journal.close().await;
    boards
}

async fn until(case: &CaseHandle, holds: impl Fn(&Ballot) -> bool) {
    while !case.look(|c| SHEET.iter().all(|id| holds(&c.ballots[id]))) {
        tokio::task::yield_now().await;
    }
}

async fn announce(case: &CaseHandle) {
    let seat = ConsoleSeat::Chair;
    let expects = Some(Expects {
        ballot: SHEET[0],
        round: 1,
        state: BallotState::Sealed,
    });
    let order = Command::AnnounceBallot { ballot: SHEET[0] };
    let wish = Wish {
        expects,
        ..Wish::fresh(Actor::Console { seat }, order)
    };
    let verdict = case.submit(wish).await.unwrap();
    assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
}
