//! kill -9 in the middle of an open ballot: no acknowledged vote is lost, none counts twice, phones come back.

use pingyi::app::App;
use pingyi::clock::Clock;
use pingyi::commands::{Demo, open_sample};
use pingyi::protocol::Verdict;
use pingyi::protocol::call::{SignInCard, SignedIn, TakeOver};
use pingyi::rehearsal::{DeviceKey, Hello, Memory, Phone, PhoneError, post};
use pingyi::sample::Sample;
use pingyi_core::ballot::{BallotState, Secrecy};
use pingyi_core::command::Command;
use pingyi_core::ids::BallotId;
use pingyi_core::views::{Audience, BallotView, MyBallotView};
use pingyi_tests::hall::{device_key, done, open_first_ballot, station, until_ballot};
use pingyi_tests::program::{Program, free_port};
use std::path::Path;
use uuid::Uuid;

const VOTERS: u32 = 28;

pub async fn sample_in(data: &Path, port: u16, sample: Sample) -> Demo {
    let app = App::open(data, port, Some(&format!("http://127.0.0.1:{port}")), Clock::default())
        .await
        .unwrap();
    let demo = open_sample(&app, sample).await.unwrap();
    app.outer.registry.stop().await;
    app.journal.close().await;
    demo
}

pub struct Voter {
    pub phone: Phone,
    pub signed_in: SignedIn,
    pub key: DeviceKey,
}

pub async fn voter(program: &Program, demo: &Demo, person: u32) -> Voter {
    let key = device_key(person, 0);
    let code = demo.members[person as usize - 1].code.clone();
    let ask = SignInCard {
        code,
        device_key: key.public_hex(),
        take_over: TakeOver::Ask,
    };
    let signed_in: SignedIn = post(&program.host, "/api/sign-in/card", None, &ask).await.unwrap();
    let phone = rejoin(program, demo, &signed_in, Memory::default()).await;
    Voter { phone, signed_in, key }
}

pub async fn rejoin(program: &Program, demo: &Demo, signed_in: &SignedIn, memory: Memory) -> Phone {
    let hello = Hello {
        appraisal: demo.appraisal,
        audience: Audience::Member,
        bearer: Some(signed_in.bearer.clone()),
    };
    Phone::join(&program.host, hello, memory).await.unwrap()
}

#[tokio::test]
async fn no_acknowledged_vote_is_lost_and_none_counts_twice() {
    let data = tempfile::tempdir().unwrap();
    let port = free_port();
    let named = Sample {
        secrecy: Secrecy::Named,
        ..Sample::default()
    };
    let demo = sample_in(data.path(), port, named).await;
    let program = Program::serve(data.path(), port).await;
    let mut voters = Vec::new();
    for person in 1..=VOTERS {
        let mut voter = voter(&program, &demo, person).await;
        done(&mut voter.phone, Command::CheckIn {}).await;
        voters.push(voter);
    }
    let mut chair = station(&program.host, demo.appraisal, &demo.chair, Audience::Chair).await;
    let ballot = open_first_ballot(&mut chair).await;

    // Everybody votes at once; the program is killed when half have their receipt.
    let (receipts, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let mut voting = tokio::task::JoinSet::new();
    for (n, mut voter) in voters.into_iter().enumerate() {
        let (receipts, appraisal) = (receipts.clone(), demo.appraisal);
        voting.spawn(async move {
            let (id, choice) = (Uuid::new_v4(), u32::try_from(n % 4).unwrap());
            let command = voter.key.vote(appraisal, id, ballot, 1, choice);
            let acknowledged = match voter.phone.give(id, command.clone(), None).await {
                Ok(()) => voter.phone.receipt(id).await.is_ok(),
                Err(_) => false,
            };
            if acknowledged {
                let _ = receipts.send(());
            }
            // Whoever has a receipt waits for the connection to break, as a phone in a hand would.
            while !matches!(
                voter.phone.hear().await,
                Err(PhoneError::Gone | PhoneError::Io(_) | PhoneError::Socket(_) | PhoneError::Closed { .. })
            ) {}
            (voter, id, command, acknowledged, choice)
        });
    }
    for _ in 0..VOTERS / 2 {
        heard.recv().await.unwrap();
    }
    program.kill().await;
    let mut after = Vec::new();
    while let Some(voter) = voting.join_next().await {
        after.push(voter.unwrap());
    }

    let program = Program::serve(data.path(), port).await;
    let mut expected = [0_u32; 4];
    for (mut voter, id, command, acknowledged, choice) in after {
        let memory = voter.phone.memory();
        voter.phone = rejoin(&program, &demo, &voter.signed_in, memory).await;
        if acknowledged {
            let mine: MyBallotView = voter.phone.own("my_ballot/1").unwrap();
            assert!(mine.recorded, "an acknowledged vote was lost");
        }
        // The outbox of a phone sends again what has no receipt; sending an answered one again must be harmless too.
        voter.phone.give(id, command, None).await.unwrap();
        assert!(matches!(
            voter.phone.receipt(id).await.unwrap(),
            Verdict::Accepted { .. }
        ));
        expected[choice as usize] += 1;
    }
    let mut chair = station(&program.host, demo.appraisal, &demo.chair, Audience::Chair).await;
    chair
        .until(|c| c.view::<BallotView>("ballot/1").is_some_and(|b| b.returned == VOTERS))
        .await
        .unwrap();
    done(&mut chair, Command::CloseBallot { ballot: BallotId(1) }).await;
    chair
        .until(|c| c.view::<BallotView>("ballot/1").is_some_and(|b| b.result.is_some()))
        .await
        .unwrap();
    done(&mut chair, Command::AnnounceBallot { ballot: BallotId(1) }).await;
    let result = until_ballot(&mut chair, ballot, BallotState::Announced)
        .await
        .result
        .unwrap();
    let counted: Vec<_> = result.counts.iter().map(|c| c.votes).collect();
    assert_eq!(counted, expected);
}
