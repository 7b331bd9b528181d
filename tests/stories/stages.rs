//! A lot drawn before the hall's eyes, checked as anybody can; the case is closed and reopened; the calendar's address.

use pingyi::protocol::call::FeedLink;
use pingyi::rehearsal::call::{Method, get, post, send};
use pingyi_core::Refusal;
use pingyi_core::command::Command;
use pingyi_core::ids::{LotId, SubjectId};
use pingyi_core::sitting::Screen;
use pingyi_core::stages::lots::{LotCall, LotDraw, LotPurpose, LotState};
use pingyi_core::stages::{CaseClosing, PlanEntry, Stage, StageDays};
use pingyi_core::subject::ReportForm;
use pingyi_core::views::{LotView, LotsView, PlanView, SubjectView};
use pingyi_tests::Hall;
use pingyi_tests::hall::{done, refused};
use serde_json::json;
use sha2::{Digest as _, Sha256};

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

fn first(view: Option<LotsView>) -> Option<LotView> {
    view?.lots.into_iter().next()
}

#[tokio::test]
async fn a_lot_is_committed_before_the_number_and_anybody_repeats_the_draw() {
    let hall = Hall::open_named().await;
    let (mut desk, mut chair, mut wall) = (hall.desk().await, hall.chair().await, hall.projector().await);
    let candidates: Vec<_> = (1..=4).map(SubjectId).collect();
    let call = LotCall {
        purpose: LotPurpose::OralReport,
        candidates,
        draw: 2,
    };
    done(&mut desk, Command::CallLot(call)).await;
    let lot = LotId(1);
    wall.until(|p| first(p.view("lot")).is_some_and(|l| l.state == LotState::Committed))
        .await
        .unwrap();
    assert_eq!(wall.view::<Screen>("screen"), Some(Screen::Lot { lot }));
    let before = first(wall.view("lot")).unwrap();
    assert_eq!((before.commitment.len(), before.seed.as_str()), (64, ""));
    let path = format!("/api/public/{}", hall.demo.appraisal);
    let public = async || -> serde_json::Value { get(&hall.host, &path, None).await.unwrap() };
    assert!(public().await["lot"].is_null(), "nothing is public before it is drawn");
    let mut member = hall.member(1).await;
    let own = "1".to_owned();
    let refusal = refused(&mut member.phone, Command::DrawLot(LotDraw { lot, called: own })).await;
    assert_eq!(refusal, Refusal::NotAllowed {}, "nobody draws from a phone");

    let called = "三十七".to_owned();
    done(&mut chair, Command::DrawLot(LotDraw { lot, called })).await;
    wall.until(|p| first(p.view("lot")).is_some_and(|l| l.state == LotState::Drawn))
        .await
        .unwrap();
    let drawn = first(wall.view("lot")).unwrap();
    assert_eq!(
        drawn.commitment, before.commitment,
        "what was shown before still stands"
    );
    let seed: Vec<u8> = (0..32)
        .map(|n| u8::from_str_radix(&drawn.seed[2 * n..2 * n + 2], 16).unwrap())
        .collect();
    assert_eq!(sha256(&seed), drawn.commitment);
    let mut by_hand: Vec<_> = (1..=4_u32)
        .map(|n| (sha256(format!("pingyi-lot/1|{}|三十七|{n}", drawn.seed).as_bytes()), n))
        .collect();
    by_hand.sort();
    let shown: Vec<_> = drawn
        .candidates
        .iter()
        .map(|c| (c.digest.clone(), c.subject.0))
        .collect();
    assert_eq!(shown, by_hand);
    let told: LotsView = serde_json::from_value(public().await["lot"].clone()).unwrap();
    assert_eq!(first(Some(told)), Some(drawn.clone()), "the public can repeat it");
    for (place, (_, n)) in by_hand.iter().enumerate() {
        let form = if place < 2 {
            ReportForm::Oral
        } else {
            ReportForm::Written
        };
        let key = format!("subject/{n}");
        wall.until(|p| p.view::<SubjectView>(&key).is_some_and(|s| s.report == form))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn the_calendars_address_opens_the_days_until_it_is_renewed_or_shut() {
    let hall = Hall::open_named().await;
    let mut desk = hall.desk().await;
    let bearer = desk.hello.bearer.clone().unwrap();
    let stages = vec![StageDays {
        stage: Stage::Rectification,
        first: "2026-12-01".into(),
        last: "2027-03-31".into(),
    }];
    let plan = PlanEntry {
        stages,
        guidance: String::new(),
        leadership: String::new(),
        demands: String::new(),
    };
    done(&mut desk, Command::SetPlan(plan)).await;
    let path = format!("/api/appraisals/{}/feed", hall.demo.appraisal);
    let none: FeedLink = get(&hall.host, &path, Some(&bearer)).await.unwrap();
    assert_eq!(none.url, None, "nothing is open that nobody asked for");
    let change = async |what: &str| -> FeedLink {
        post(&hall.host, &format!("{path}/{what}"), Some(&bearer), &json!({}))
            .await
            .unwrap()
    };
    let read = async |link: &FeedLink| {
        let url = link.url.clone().unwrap();
        let at = url.find("/api/").unwrap();
        let (status, bytes) = send(&hall.host, Method::GET, &url[at..], None, None).await.unwrap();
        (status.as_u16(), String::from_utf8(bytes.to_vec()).unwrap())
    };
    let old = change("renew").await;
    let (status, text) = read(&old).await;
    assert_eq!(status, 200);
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.contains("DTSTART;VALUE=DATE:20270331"));
    let new = change("renew").await;
    assert_eq!(read(&old).await.0, 404, "the address that leaked is out");
    assert_eq!(read(&new).await.0, 200);
    change("shut").await;
    assert_eq!(read(&new).await.0, 404);
    let uninvited = send(&hall.host, Method::POST, &format!("{path}/renew"), None, None)
        .await
        .unwrap();
    assert_eq!(uninvited.0.as_u16(), 401);
}

#[tokio::test]
async fn phones_see_the_stage_and_a_sitting_is_not_closed_over() {
    let hall = Hall::open_named().await;
    let mut desk = hall.desk().await;
    let member = hall.member(2).await;
    let seen: PlanView = member.phone.view("plan").unwrap();
    assert_eq!((seen.stage, seen.course), (Stage::Sitting, None));
    let reason = "提前结束".to_owned();
    let answer = refused(&mut desk, Command::CloseCase(CaseClosing { reason })).await;
    assert!(matches!(answer, Refusal::StillOpen { .. }), "{answer:?}");
}
