//! The doors: who gets in, who is asked first, who waits.

use serde_json::json;

use super::rig::{PASSWORD, Rig, card_form, get, hall_form, post, setup_form};
use pingyi_core::Command;
use pingyi_core::ids::PersonId;

#[tokio::test]
async fn the_first_start_makes_the_desk_once() {
    let (rig, secret) = Rig::new().await;
    assert_eq!(
        rig.ask(get("/api/front")).await.ok(),
        json!({ "set_up": false, "body_name": "" })
    );
    let wrong = rig.ask(post("/api/setup", &setup_form("something else"))).await;
    assert_eq!(wrong.problem(), (403, "not_allowed".into()));
    let mut short = setup_form(&secret);
    short["password"] = "1234567".into();
    let refused = rig.ask(post("/api/setup", &short)).await;
    assert_eq!(refused.problem(), (422, "password_too_short".into()));
    assert_eq!(refused.json()["chars_min"], 8);
    let mut unnamed = setup_form(&secret);
    unnamed["body_name"] = " ".into();
    let refused = rig.ask(post("/api/setup", &unnamed)).await;
    assert_eq!(refused.problem(), (409, "refused".into()));

    let signed_in = rig.ask(post("/api/setup", &setup_form(&secret))).await.ok();
    assert_eq!(
        (&signed_in["role"], &signed_in["name"]),
        (&json!("desk"), &json!("办公室"))
    );
    let again = rig.ask(post("/api/setup", &setup_form(&secret))).await;
    assert_eq!(again.problem(), (409, "setup_done".into()));
    assert_eq!(
        rig.ask(get("/api/front")).await.ok(),
        json!({ "set_up": true, "body_name": "某区人大常委会" })
    );
    let bearer = signed_in["bearer"].as_str().unwrap();
    let me = rig.ask(get("/api/whoami").bearer(bearer)).await.ok();
    assert_eq!(me, json!({ "role": "desk", "name": "办公室" }));
}

#[tokio::test]
async fn the_desk_signs_in_by_password_and_out_again() {
    let (rig, ..) = Rig::ready().await;
    let form = |account: &str, password: &str| json!({ "account": account, "password": password });
    for wrong in [form("办公室", "wrong password"), form("nobody", PASSWORD)] {
        let answer = rig.ask(post("/api/sign-in/account", &wrong)).await;
        assert_eq!(answer.problem(), (403, "wrong_password".into()));
    }
    let signed_in = rig
        .ask(post("/api/sign-in/account", &form(" 办公室", PASSWORD)))
        .await
        .ok();
    let bearer = signed_in["bearer"].as_str().unwrap();
    rig.ask(get("/api/body").bearer(bearer)).await.ok();
    assert_eq!(
        rig.ask(post("/api/sign-out", &json!({})).bearer(bearer)).await.ok(),
        json!({})
    );
    let out = rig.ask(get("/api/body").bearer(bearer)).await;
    assert_eq!(out.problem(), (401, "sign_in_required".into()));
}

#[tokio::test]
async fn a_password_guesser_waits_and_the_office_elsewhere_does_not() {
    let (rig, ..) = Rig::ready().await;
    let form = |password: &str| json!({ "account": "办公室", "password": password });
    for _ in 0..5 {
        rig.ask(post("/api/sign-in/account", &form("wrong password"))).await;
    }
    let waits = rig.ask(post("/api/sign-in/account", &form(PASSWORD))).await;
    assert_eq!(waits.problem(), (429, "wait".into()));
    rig.ask(post("/api/sign-in/account", &form(PASSWORD)).from("192.168.1.10"))
        .await
        .ok();
    rig.pass(30);
    rig.ask(post("/api/sign-in/account", &form(PASSWORD))).await.ok();
}

#[tokio::test]
async fn a_seat_card_opens_however_it_is_typed() {
    let (rig, _, case) = Rig::ready().await;
    rig.members(case, &["王伟", "李娜"]).await;
    let code = rig.card(case, 2, 1).to_lowercase().replace('-', " ");
    let signed_in = rig.ask(post("/api/sign-in/card", &card_form(&code, 1))).await.ok();
    assert_eq!(signed_in["role"], "person");
    assert_eq!(signed_in["person"], 2);
    assert_eq!(signed_in["name"], "李娜");
    assert_eq!(signed_in["appraisal"], case.to_string());
    let me = rig
        .ask(get("/api/whoami").bearer(signed_in["bearer"].as_str().unwrap()))
        .await
        .ok();
    assert_eq!(me["name"], "李娜");
    let unknown = rig
        .ask(post("/api/sign-in/card", &card_form("AAAA-BBBB-CCCC", 1)))
        .await;
    assert_eq!(unknown.problem(), (404, "unknown_card".into()));
    let mut no_key = card_form(&code, 1);
    no_key["device_key"] = "00".into();
    assert_eq!(
        rig.ask(post("/api/sign-in/card", &no_key)).await.problem(),
        (400, "bad_request".into())
    );
}

#[tokio::test]
async fn a_right_card_opens_although_the_hall_has_guessed_too_often() {
    let (rig, _, case) = Rig::ready().await;
    rig.members(case, &["王伟"]).await;
    for _ in 0..30 {
        let wrong = rig
            .ask(post("/api/sign-in/card", &card_form("AAAA-BBBB-CCCC", 9)))
            .await;
        assert_eq!(wrong.problem(), (404, "unknown_card".into()));
    }
    let waits = rig
        .ask(post("/api/sign-in/card", &card_form("AAAA-BBBB-CCCC", 9)))
        .await;
    assert_eq!(waits.problem(), (429, "wait".into()));
    assert_eq!(waits.json()["retry_after_s"], 300);
    assert_eq!(waits.headers["retry-after"], "300");
    rig.ask(post("/api/sign-in/card", &card_form(&rig.card(case, 1, 1), 1)))
        .await
        .ok();
}

#[tokio::test]
async fn a_second_phone_is_asked_and_then_moves_the_person() {
    let (rig, _, case) = Rig::ready().await;
    rig.members(case, &["王伟"]).await;
    let code = rig.card(case, 1, 1);
    let first = rig.ask(post("/api/sign-in/card", &card_form(&code, 1))).await.ok();
    let asked = rig.ask(post("/api/sign-in/card", &card_form(&code, 2))).await;
    assert_eq!(asked.problem(), (409, "on_another_device".into()));
    assert_eq!(asked.json()["name"], "王伟");
    let old = first["bearer"].as_str().unwrap();
    rig.ask(get("/api/whoami").bearer(old)).await.ok();

    let mut moving = card_form(&code, 2);
    moving["take_over"] = "move".into();
    let second = rig.ask(post("/api/sign-in/card", &moving)).await.ok();
    assert_eq!(
        rig.ask(get("/api/whoami").bearer(old)).await.problem(),
        (401, "sign_in_required".into())
    );
    rig.ask(get("/api/whoami").bearer(second["bearer"].as_str().unwrap()))
        .await
        .ok();
}

#[tokio::test]
async fn the_same_phone_again_is_not_asked() {
    let (rig, _, case) = Rig::ready().await;
    rig.members(case, &["王伟"]).await;
    let code = rig.card(case, 1, 1);
    rig.ask(post("/api/sign-in/card", &card_form(&code, 1))).await.ok();
    let again = rig.ask(post("/api/sign-in/card", &card_form(&code, 1))).await.ok();
    rig.ask(get("/api/whoami").bearer(again["bearer"].as_str().unwrap()))
        .await
        .ok();
}

#[tokio::test]
async fn two_phones_at_once_never_both_get_in_unasked() {
    let (rig, _, case) = Rig::ready().await;
    rig.members(case, &["王伟"]).await;
    let code = rig.card(case, 1, 1);
    let (one, two) = (card_form(&code, 1), card_form(&code, 2));
    let (one, two) = tokio::join!(
        rig.ask(post("/api/sign-in/card", &one)),
        rig.ask(post("/api/sign-in/card", &two))
    );
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort();
    assert_eq!(statuses, [200, 409]);
}

#[tokio::test]
async fn a_reissued_card_puts_the_old_one_and_its_phone_out() {
    let (rig, _, case) = Rig::ready().await;
    rig.members(case, &["王伟"]).await;
    let old = rig
        .ask(post("/api/sign-in/card", &card_form(&rig.card(case, 1, 1), 1)))
        .await
        .ok();
    rig.desk_order(case, Command::ReissueCredential { person: PersonId(1) })
        .await;
    let out = rig
        .ask(get("/api/whoami").bearer(old["bearer"].as_str().unwrap()))
        .await;
    assert_eq!(out.problem(), (401, "sign_in_required".into()));
    let old_card = rig
        .ask(post("/api/sign-in/card", &card_form(&rig.card(case, 1, 1), 2)))
        .await;
    assert_eq!(old_card.problem(), (404, "unknown_card".into()));
    rig.ask(post("/api/sign-in/card", &card_form(&rig.card(case, 1, 2), 2)))
        .await
        .ok();
}

#[tokio::test]
async fn the_hall_code_with_name_and_pin_opens() {
    let (rig, _, case) = Rig::ready().await;
    rig.members(case, &["王伟", "阿依古丽·买买提"]).await;
    let code = rig.hall_code(case);
    let door = rig.ask(get(&format!("/api/door?hall_code={code}"))).await.ok();
    assert_eq!(door["appraisal"], case.to_string());
    assert_eq!(door["title"], "2026年述职评议");
    let signed_in = rig
        .ask(post(
            "/api/sign-in/hall",
            &hall_form(&code, "阿依古丽•买买提", "1002", 1),
        ))
        .await
        .ok();
    assert_eq!(signed_in["person"], 2);

    let unknown = rig
        .ask(post("/api/sign-in/hall", &hall_form(&code, "赵六", "1002", 2)))
        .await;
    assert_eq!(unknown.problem(), (404, "unknown_name".into()));
    rig.app.vault.drop_pins(case, Some(1)).unwrap();
    let no_pin = rig
        .ask(post("/api/sign-in/hall", &hall_form(&code, "王伟", "1001", 2)))
        .await;
    assert_eq!(no_pin.problem(), (409, "no_pin".into()));
}

#[tokio::test]
async fn an_old_hall_code_is_told_from_a_wrong_pin() {
    let (rig, _, case) = Rig::ready().await;
    rig.members(case, &["王伟"]).await;
    let code = rig.hall_code(case);
    rig.pass(180);
    rig.hall_code(case);
    let expired = rig
        .ask(post("/api/sign-in/hall", &hall_form(&code, "王伟", "1001", 1)))
        .await;
    assert_eq!(expired.problem(), (410, "hall_code_expired".into()));
    let expired = rig.ask(get(&format!("/api/door?hall_code={code}"))).await;
    assert_eq!(expired.problem(), (410, "hall_code_expired".into()));
}

#[tokio::test]
async fn a_pin_guesser_waits_where_he_sits_and_the_desk_can_lift_it() {
    let (rig, desk, case) = Rig::ready().await;
    rig.members(case, &["王伟", "李娜"]).await;
    let code = rig.hall_code(case);
    let try_pin = |name: &'static str, pin: &'static str| post("/api/sign-in/hall", &hall_form(&code, name, pin, 1));
    for left in [4, 3, 2, 1, 0] {
        let wrong = rig.ask(try_pin("王伟", "0000")).await;
        assert_eq!(wrong.problem(), (403, "wrong_pin".into()));
        assert_eq!(wrong.json()["tries_left"], left);
    }
    let waits = rig.ask(try_pin("王伟", "1001")).await;
    assert_eq!(waits.problem(), (429, "wait".into()));
    assert_eq!(waits.json()["retry_after_s"], 30);
    // Nobody else is held up: the neighbour at the same address, the same member elsewhere or with the card.
    rig.ask(try_pin("李娜", "1002")).await.ok();
    let elsewhere = rig.ask(try_pin("王伟", "0000").from("192.168.1.10")).await;
    assert_eq!(elsewhere.json()["tries_left"], 4);
    rig.ask(post("/api/sign-in/card", &card_form(&rig.card(case, 1, 1), 1)))
        .await
        .ok();

    let mut lift = json!({ "person": 1 });
    let path = format!("/api/appraisals/{case}/guesses/lift");
    assert_eq!(
        rig.ask(post(&path, &lift)).await.problem(),
        (401, "sign_in_required".into())
    );
    rig.ask(post(&path, &lift).bearer(&desk)).await.ok();
    rig.ask(try_pin("王伟", "1001")).await.ok();
    lift["person"] = "x".into();
    assert_eq!(
        rig.ask(post(&path, &lift).bearer(&desk)).await.problem(),
        (400, "bad_request".into())
    );
}

#[tokio::test]
async fn each_station_is_opened_by_its_own_link() {
    let (rig, desk, case) = Rig::ready().await;
    let links = rig
        .ask(get(&format!("/api/appraisals/{case}/stations")).bearer(&desk))
        .await
        .ok();
    for role in ["chair", "operator", "projector"] {
        let link = links[role].as_str().unwrap();
        let page = if role == "projector" { "projector" } else { "chair" };
        assert!(
            link.starts_with(&format!("http://192.168.1.20:8080/{page}#k=")),
            "{link}"
        );
        let secret = link.split("#k=").nth(1).unwrap();
        let signed_in = rig
            .ask(post("/api/sign-in/link", &json!({ "secret": secret })))
            .await
            .ok();
        assert_eq!(
            (&signed_in["role"], &signed_in["appraisal"]),
            (&json!(role), &json!(case.to_string()))
        );
        let not_desk = rig
            .ask(get("/api/body").bearer(signed_in["bearer"].as_str().unwrap()))
            .await;
        assert_eq!(not_desk.problem(), (403, "not_allowed".into()));
    }
    let wrong = rig.ask(post("/api/sign-in/link", &json!({ "secret": "x" }))).await;
    assert_eq!(wrong.problem(), (404, "not_found".into()));
}

#[tokio::test]
async fn a_demonstrations_desk_opens_by_link_only_when_the_program_says_so() {
    let (rig, ..) = Rig::ready().await;
    let secret = rig.app.doors.links.open_demo_desk(1);
    let signed_in = rig
        .ask(post("/api/sign-in/link", &json!({ "secret": secret })))
        .await
        .ok();
    assert_eq!(
        (&signed_in["role"], &signed_in["name"]),
        (&json!("desk"), &json!("办公室"))
    );
}
