//! The office's doors: who signs out, loses the account or the link is out at once, on sockets that are open too.

use pingyi::case_file::{Standing, verify};
use pingyi::journal::Digest;
use pingyi::protocol::call::{
    Accounts, Export, ExportExtent, Exported, SignInAccount, SignInLink, SignedIn, StationLinks,
};
use pingyi::protocol::{CloseCode, Problem};
use pingyi::rehearsal::call::Method;
use pingyi::rehearsal::{CallError, Hello, Memory, Phone, PhoneError, get, post, send};
use pingyi::secrecy::encoding::from_hex;
use pingyi_core::Refusal;
use pingyi_core::command::Command;
use pingyi_core::views::Audience;
use pingyi_tests::Hall;
use pingyi_tests::hall::{FIRST_EVALUATION, INQUIRY, done, refused, station};
use pingyi_tests::secret::SecretHall;
use serde_json::{Value, json};

fn closed_with<T: std::fmt::Debug>(result: Result<T, PhoneError>, code: CloseCode) {
    match result {
        Err(PhoneError::Closed { code: got, .. }) if got == code.number() => {}
        other => panic!("expected close {}, got {other:?}", code.number()),
    }
}

#[tokio::test]
async fn who_signs_out_is_out_on_the_open_socket_too() {
    let hall = Hall::open().await;
    let mut desk = hall.desk().await;
    let bearer = desk.hello.bearer.clone().unwrap();
    let mut other = hall.desk().await;
    let _: Value = post(&hall.host, "/api/sign-out", Some(&bearer), &json!({}))
        .await
        .unwrap();
    let late = desk
        .command(
            Command::AddPerson {
                person: person("迟到的"),
            },
            None,
        )
        .await;
    closed_with(late, CloseCode::SignInRequired);
    closed_with(
        Phone::join(&hall.host, desk.hello.clone(), Memory::default()).await,
        CloseCode::SignInRequired,
    );
    done(
        &mut other,
        Command::AddPerson {
            person: person("刘洋")
        },
    )
    .await;
    let names: Vec<String> = hall.app.outer.registry.get(hall.demo.appraisal).unwrap().look(|c| {
        let people = c.roster.people.values();
        people.map(|p| p.name.clone()).collect()
    });
    assert!(names.iter().any(|n| n == "刘洋") && names.iter().all(|n| n != "迟到的"));
}

#[tokio::test]
async fn a_new_password_and_a_removed_account_end_what_they_opened() {
    let hall = Hall::open().await;
    let own = hall.desk().await.hello.bearer.unwrap();
    let clerk = SignInAccount {
        account: "王秘书".into(),
        password: "一段相当长的口令".into(),
    };
    let _: Value = post(&hall.host, "/api/accounts", Some(&own), &clerk).await.unwrap();
    let (mut desk, number) = clerks_desk(&hall, &clerk, &own).await;
    let renew = json!({ "password": "另一段相当长的口令" });
    let path = format!("/api/accounts/{number}/password");
    let _: Value = post(&hall.host, &path, Some(&own), &renew).await.unwrap();
    closed_with(desk.until(|_| false).await, CloseCode::SignInRequired);
    let old = post::<SignedIn>(&hall.host, "/api/sign-in/account", None, &clerk).await;
    assert_eq!(problem(old), Problem::WrongPassword {});

    let clerk = SignInAccount {
        password: "另一段相当长的口令".into(),
        ..clerk
    };
    let (mut desk, _) = clerks_desk(&hall, &clerk, &own).await;
    let rename = json!({ "name": "李秘书" });
    let _: Value = post(
        &hall.host,
        &format!("/api/accounts/{number}/rename"),
        Some(&own),
        &rename,
    )
    .await
    .unwrap();
    done(
        &mut desk,
        Command::AddPerson {
            person: person("刘洋")
        },
    )
    .await;
    let gone = format!("/api/accounts/{number}/remove");
    let _: Value = post(&hall.host, &gone, Some(&own), &json!({})).await.unwrap();
    closed_with(desk.until(|_| false).await, CloseCode::SignInRequired);
    let renamed = SignInAccount {
        account: "李秘书".into(),
        ..clerk
    };
    let out = post::<SignedIn>(&hall.host, "/api/sign-in/account", None, &renamed).await;
    assert_eq!(problem(out), Problem::WrongPassword {});
    let last = post::<Value>(&hall.host, "/api/accounts/1/remove", Some(&own), &json!({})).await;
    assert_eq!(problem(last), Problem::LastAccount {});
}

#[tokio::test]
async fn a_stations_new_link_shuts_the_old_one_and_the_page_that_has_it_open() {
    let hall = Hall::open().await;
    let own = hall.desk().await.hello.bearer.unwrap();
    let (mut wall, mut chair) = (hall.projector().await, hall.chair().await);
    let path = format!("/api/appraisals/{}/stations/renew", hall.demo.appraisal);
    let renew = json!({ "station": "projector" });
    let links: StationLinks = post(&hall.host, &path, Some(&own), &renew).await.unwrap();
    closed_with(wall.until(|_| false).await, CloseCode::SignInRequired);
    closed_with(
        Phone::join(&hall.host, wall.hello.clone(), Memory::default()).await,
        CloseCode::SignInRequired,
    );
    let secret = hall.demo.projector.split("#k=").nth(1).unwrap().to_owned();
    let old = post::<SignedIn>(&hall.host, "/api/sign-in/link", None, &SignInLink { secret }).await;
    assert_eq!(problem(old), Problem::NotFound {});
    station(&hall.host, hall.demo.appraisal, &links.projector, Audience::Projector).await;
    assert_eq!(links.chair, hall.demo.chair, "the other links stay as they are printed");
    let answered = refused(&mut chair, Command::BeginItem { item: FIRST_EVALUATION }).await;
    assert!(matches!(answered, Refusal::NoQuorum { .. }), "the chair's page goes on");
}

/// While the program runs, and only between ballots: before the announcement the file would tell too much.
#[tokio::test]
async fn the_desk_takes_the_case_file_of_the_running_hall_but_never_during_a_ballot() {
    let mut stage = SecretHall::presented(16).await;
    let (host, case) = (stage.hall.host.clone(), stage.hall.demo.appraisal);
    let own = stage.hall.desk().await.hello.bearer.unwrap();
    let path = format!("/api/appraisals/{case}/export");
    let export = async |bearer: &str, extent: ExportExtent| -> Result<Exported, CallError> {
        post(&host, &path, Some(bearer), &Export { extent }).await
    };
    let during = || Problem::ExportDuringBallot {};
    assert_eq!(problem(export(&own, ExportExtent::Archive).await), during());
    let papers = stage.papers().await;
    stage.open().await;
    for (n, paper) in papers.iter().enumerate() {
        paper.vote(&host, 1 + (n % 2) as u8, 1_000 + n as u32).await.unwrap();
    }
    assert_eq!(problem(export(&own, ExportExtent::Archive).await), during());
    stage.close().await;
    stage.seal().await;
    assert_eq!(
        problem(export(&own, ExportExtent::Public).await),
        during(),
        "nor before the announcement"
    );
    let announced = stage.announce().await.result.unwrap();

    let member = stage.members[0].signed_in.bearer.clone();
    assert_eq!(
        problem(export(&member, ExportExtent::Archive).await),
        Problem::NotAllowed {}
    );
    let made = export(&own, ExportExtent::Archive).await.unwrap();
    assert!(!made.url.contains(&own), "no bearer in an address");
    let (status, file) = send(&host, Method::GET, &made.url, None, None).await.unwrap();
    assert_eq!((status.as_u16(), file.len() as u64), (200, made.size_bytes));
    let head = Digest(from_hex(&made.head).unwrap());
    let report = verify(&file, Some(head)).unwrap();
    assert_eq!(report.rounds.len(), 1);
    assert_eq!(report.rounds[0].standing, Standing::BoardChecked);
    assert_eq!(report.rounds[0].result.as_ref(), Some(&announced));
    let (again, _) = send(&host, Method::GET, &made.url, None, None).await.unwrap();
    assert_eq!(again.as_u16(), 404, "an address works once");

    done(&mut stage.chair, Command::BeginItem { item: INQUIRY }).await;
    let public = export(&own, ExportExtent::Public).await.unwrap();
    assert!(public.records > made.records, "what has happened since is in it");
    let (_, file) = send(&host, Method::GET, &public.url, None, None).await.unwrap();
    let report = verify(&file, None).unwrap();
    assert_eq!(report.rounds[0].standing, Standing::BoardCheckedWithoutRoll);
}

/// A clerk's open desk page, and the number of the account.
async fn clerks_desk(hall: &Hall, clerk: &SignInAccount, own: &str) -> (Phone, u32) {
    let signed_in: SignedIn = post(&hall.host, "/api/sign-in/account", None, clerk).await.unwrap();
    let listed: Accounts = get(&hall.host, "/api/accounts", Some(own)).await.unwrap();
    let found = listed.accounts.iter().find(|a| a.name == clerk.account).unwrap();
    assert!(!found.own);
    let hello = Hello {
        appraisal: hall.demo.appraisal,
        audience: Audience::Desk,
        bearer: Some(signed_in.bearer),
    };
    let desk = Phone::join(&hall.host, hello, Memory::default()).await.unwrap();
    (desk, found.account)
}

fn problem<T: std::fmt::Debug>(result: Result<T, CallError>) -> Problem {
    match result {
        Err(CallError::Problem { problem, .. }) => problem,
        other => panic!("expected a problem, got {other:?}"),
    }
}

fn person(name: &str) -> pingyi_core::command::RosterEntry {
    pingyi_core::command::RosterEntry {
        name: name.into(),
        kind: pingyi_core::roster::PersonKind::Attendee,
        title: String::new(),
        group: String::new(),
        seat: String::new(),
    }
}
