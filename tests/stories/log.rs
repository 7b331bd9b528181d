//! What the log says at its finest: no bearer, code, PIN, question or vote.

use pingyi::app::App;
use pingyi::clock::Clock;
use pingyi::commands::open_sample;
use pingyi::protocol::call::{SignInCard, SignInHall, SignedIn, TakeOver};
use pingyi::rehearsal::{Hello, Memory, Phone, post};
use pingyi::sample::Sample;
use pingyi_core::ballot::Secrecy;
use pingyi_core::command::Command;
use pingyi_core::ids::BallotId;
use pingyi_core::inquiry::Visibility;
use pingyi_core::views::Audience;
use pingyi_tests::hall::{device_key, done};
use pingyi_tests::program::{Program, free_port};
use uuid::Uuid;

#[tokio::test]
async fn the_finest_log_tells_no_secret() {
    let data = tempfile::tempdir().unwrap();
    let port = free_port();
    let app = App::open(
        data.path(),
        port,
        Some(&format!("http://127.0.0.1:{port}")),
        Clock::default(),
    )
    .await
    .unwrap();
    let named = Sample {
        secrecy: Secrecy::Named,
        ..Sample::default()
    };
    let demo = open_sample(&app, named).await.unwrap();
    app.outer.registry.stop().await;
    app.journal.close().await;
    drop(app);
    let log = data.path().join("log.txt");
    let program = Program::serve_logging(data.path(), port, "trace", std::fs::File::create(&log).unwrap().into()).await;

    let (key, member) = (device_key(1, 0), &demo.members[0]);
    let ask = SignInCard {
        code: member.code.clone(),
        device_key: key.public_hex(),
        take_over: TakeOver::Ask,
    };
    let signed_in: SignedIn = post(&program.host, "/api/sign-in/card", None, &ask).await.unwrap();
    let hall = SignInHall {
        hall_code: demo.hall_code.clone(),
        name: demo.members[1].name.clone(),
        pin: "864209".into(),
        device_key: device_key(2, 0).public_hex(),
        take_over: TakeOver::Ask,
    };
    let _ = post::<SignedIn>(&program.host, "/api/sign-in/hall", None, &hall).await;
    let hello = Hello {
        appraisal: demo.appraisal,
        audience: Audience::Member,
        bearer: Some(signed_in.bearer.clone()),
    };
    let mut phone = Phone::join(&program.host, hello, Memory::default()).await.unwrap();
    let question = "农村学校为什么还有大班额？";
    done(
        &mut phone,
        Command::AskQuestion {
            subject: None,
            visibility: Visibility::WithoutName,
            text: question.into(),
        },
    )
    .await;
    let vote = key.vote(demo.appraisal, Uuid::new_v4(), BallotId(1), 1, 2);
    let _ = phone.command(vote.clone(), None).await;
    program.kill().await;

    let told = std::fs::read_to_string(&log).unwrap();
    assert!(told.contains("case opened"), "the log is written: {told:.300}");
    let Command::CastVote { signature, .. } = &vote else {
        unreachable!("it is a vote")
    };
    for secret in [
        signed_in.bearer.as_str(),
        &member.code,
        "864209",
        question,
        signature,
        "vote.cast",
        &demo.hall_code,
    ] {
        let line = told.lines().find(|l| l.contains(secret));
        assert!(line.is_none(), "the log tells {secret}: {line:?}");
    }
}
