//! Voided secret rounds: their boxes and keys are destroyed, and the record never knew what they held.

use pingyi::case_file::read_journal;
use pingyi::protocol::Problem;
use pingyi::protocol::call::{CastRefusal as R, SecretCast};
use pingyi::rehearsal::{CallError, VoteError};
use pingyi::vault::SeedOf;
use pingyi_core::Refusal;
use pingyi_core::command::Command;
use pingyi_core::ids::PersonId;
use pingyi_core::views::{BallotView, MyBallotView};
use pingyi_tests::hall::{device_key, done};
use pingyi_tests::secret::{BALLOT, SecretHall, board_text, cast_refusal, check_board, sent, voter};
use serde_json::{Value, json};
use std::path::Path;

/// A phone is lost after its token was taken: nobody can know whether that token was cast, so the round is voided.
#[tokio::test]
async fn a_voided_round_is_destroyed_and_a_new_phone_votes_in_the_next() {
    let mut stage = SecretHall::presented(15).await;
    let host = stage.hall.host.clone();
    let first = stage.papers().await;
    stage.open().await;
    for paper in &first {
        paper.vote(&host, 1, 1).await.unwrap();
    }
    let mut desk = stage.hall.desk().await;
    done(&mut desk, Command::ReissueCredential { person: PersonId(3) }).await;
    let generation = stage.case().look(|c| c.roster.people[&PersonId(3)].card_generation);
    let code = stage
        .hall
        .app
        .outer
        .doors
        .cards
        .code(stage.hall.demo.appraisal, PersonId(3), generation);
    let key = device_key(3, 1);
    let signed_in = stage.sign_in(code, &key).await;
    let phone = stage.hall.join(&signed_in, Default::default()).await.unwrap();
    assert!(
        phone.own::<MyBallotView>("my_ballot/1").unwrap().token_taken,
        "the new phone is told of the token it does not have"
    );
    let asked = voter(2003, &stage.header).fetch(&host, &signed_in.bearer, &key).await;
    assert!(
        matches!(
            asked,
            Err(VoteError::Call(CallError::Problem {
                problem: Problem::Refused {
                    refusal: Refusal::TokenTaken {}
                },
                ..
            }))
        ),
        "{asked:?}"
    );

    let seed = |round| SeedOf {
        appraisal: stage.hall.demo.appraisal,
        ballot: BALLOT.0,
        round,
    };
    let (first_box, old_header) = (stage.box_file(1), stage.header.clone());
    assert!(first_box.is_file() && stage.hall.app.outer.vault.seed(seed(1)).unwrap().is_some());
    let seed_of_first = seed(1);
    stage.void_and_present("一名委员更换手机").await;
    assert!(!first_box.exists(), "the box is gone");
    let boxes = std::fs::read_dir(first_box.parent().unwrap())
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap());
    assert!(
        boxes.into_iter().all(|name| name.contains("-1-2.db")),
        "and nothing beside it is left"
    );
    assert_eq!(
        stage.hall.app.outer.vault.seed(seed_of_first).unwrap(),
        None,
        "the seed is gone"
    );
    let view: BallotView = stage.chair.view("ballot/1").unwrap();
    assert_eq!(
        (view.round, view.voided[0].issued, view.voided[0].note.as_str()),
        (2, 15, "一名委员更换手机")
    );
    assert_ne!(stage.header, old_header, "every round has a key of its own");

    let (_, lost) = (stage.members.remove(2), 2);
    stage.members.insert(
        lost,
        pingyi_tests::Member {
            phone,
            key,
            person: PersonId(3),
            signed_in,
        },
    );
    let second = stage.papers().await;
    assert_eq!(cast_refusal(first[0].vote(&host, 1, 1).await), R::OtherRound);
    stage.open().await;
    let relabelled = SecretCast {
        round: 2,
        ..first[0].cast(1, 1).unwrap()
    };
    assert_eq!(
        cast_refusal(sent(&host, &relabelled).await),
        R::Token,
        "a token of another round"
    );
    for paper in &second {
        paper.vote(&host, 2, 1).await.unwrap();
    }
    stage.close().await;
    let shown = stage.seal().await.secret.unwrap();
    let announced = stage.announce().await;
    let text = board_text(&host, stage.hall.demo.appraisal).await.unwrap();
    let (_, report) = check_board(&text, &shown, &announced, 15).unwrap();
    assert_eq!(report.counts, [0, 15, 0, 0]);
}

/// A sealed round is voided: its digest was in the hall and stays; its lines do not.
#[tokio::test]
async fn a_sealed_round_that_is_voided_keeps_its_digest_and_loses_its_lines() {
    let mut stage = SecretHall::presented(15).await;
    let host = stage.hall.host.clone();
    let papers = stage.papers().await;
    stage.open().await;
    for paper in &papers[..7] {
        paper.vote(&host, 1, 1).await.unwrap();
    }
    stage.close().await;
    let digest = stage.seal().await.secret.unwrap().digest;
    let first_box = stage.box_file(1);
    stage.void_and_present("唱票前发现投票对象有误").await;
    assert!(!first_box.exists());
    let view: BallotView = stage.chair.view("ballot/1").unwrap();
    assert_eq!(
        (
            view.voided[0].digest.clone(),
            view.voided[0].issued,
            view.voided[0].returned
        ),
        (digest, 15, 7)
    );
    assert_eq!(board_text(&host, stage.hall.demo.appraisal).await, Err(404));
}

/// The console shows a sealed round's result before anybody announces it. Once that round is voided, nothing that the
/// program keeps knows how it went: only how many took a token and how many came back, the digest, and why.
#[tokio::test]
async fn of_a_round_voided_before_it_was_announced_no_count_is_kept_anywhere() {
    let mut stage = SecretHall::presented(15).await;
    let host = stage.hall.host.clone();
    let papers = stage.papers().await;
    stage.open().await;
    for (n, paper) in papers[..11].iter().enumerate() {
        paper.vote(&host, 1 + u8::from(n >= 8), 1).await.unwrap();
    }
    stage.close().await;
    let sealed = stage.seal().await;
    let counts: Vec<_> = sealed.result.unwrap().counts.iter().map(|c| c.votes).collect();
    assert_eq!(counts, [8, 3, 0, 0], "the chair has seen it");
    let digest = sealed.secret.unwrap().digest.unwrap();
    let note = "一部手机失灵".to_owned();
    done(
        &mut stage.chair,
        Command::VoidBallot {
            ballot: BALLOT,
            cause: pingyi_core::ballot::VoidCause::SystemFailure,
            note,
        },
    )
    .await;
    let destroyed = |b: BallotView| b.voided.iter().all(|v| !v.to_destroy) && b.voided.len() == 1;
    stage
        .chair
        .until(|c| c.view("ballot/1").is_some_and(destroyed))
        .await
        .unwrap();

    let entries = read_journal(&*stage.hall.app.journal, stage.hall.demo.appraisal)
        .await
        .unwrap();
    let of_the_ballot = |record: &Value| {
        let name = record["type"].as_str().unwrap_or_default().to_owned();
        (name.starts_with("ballot.") && record["body"]["ballot"] == 1).then_some((name, record["body"].clone()))
    };
    let records: Vec<_> = entries
        .iter()
        .filter_map(|e| of_the_ballot(&serde_json::from_slice(&e.data).unwrap()))
        .collect();
    let names: Vec<_> = records.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "ballot.present/1",
            "ballot.key/1",
            "ballot.open/1",
            "ballot.close/1",
            "ballot.seal_box/2",
            "ballot.void/2",
            "ballot.destroyed/1"
        ]
    );
    assert_eq!(
        records[4].1,
        json!({"ballot": 1, "round": 1, "digest": digest, "returned": 11})
    );
    let view: BallotView = stage.chair.view("ballot/1").unwrap();
    let kept = &view.voided[0];
    assert_eq!(
        (kept.issued, kept.returned, kept.digest.as_ref()),
        (15, 11, Some(&digest))
    );

    drop((stage.chair, stage.members));
    let folder = stage.hall.close().await;
    let kept = everything_in(folder.path());
    assert!(holds(&kept, digest.as_bytes()), "the search finds what is there");
    assert!(
        !holds(&kept, br#""counts""#),
        "no record and no snapshot counts anything"
    );
}

/// All bytes of all files, those beside the journal included.
fn everything_in(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            all.extend(everything_in(&entry.path()));
        } else {
            all.extend(std::fs::read(entry.path()).unwrap());
        }
    }
    all
}

fn holds(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|w| w == part)
}
