//! The desk's calls: appraisals, rosters, documents, cards, the address.

use serde_json::json;

use super::rig::{ADDRESS, Rig, card_form, get, hall_form, phone, post, upload};
use crate::vault::PinCheck;
use pingyi_core::Command;
use pingyi_core::command::SubjectEntry;
use pingyi_core::stamp::Actor;
use pingyi_core::subject::ReportForm;

const PDF: &[u8] = b"%PDF-1.4\nreport\n%%EOF\n";
const ROSTER: &str = "姓名,类别,职务,组别,座位号,口令\n王伟,组成人员,委员,第一组,1-1,1001\n李娜,组成人员,委员,第一组,1-2,1002\n赵敏,列席人员,代表,第二组,2-1,\n";

#[tokio::test]
async fn a_new_appraisal_is_listed_and_a_bad_one_leaves_nothing() {
    let (rig, desk, case) = Rig::ready().await;
    rig.pass(60);
    let second = rig.create(&desk).await;
    let bad = json!({ "title": "", "body_name": "某区", "session_name": "", "held_on": "" });
    let refused = rig.ask(post("/api/appraisals", &bad).bearer(&desk)).await;
    assert_eq!(refused.problem(), (409, "refused".into()));
    assert_eq!(refused.json()["refusal"]["code"], "text_missing");

    let body = rig.ask(get("/api/body").bearer(&desk)).await.ok();
    let ids: Vec<_> = body["appraisals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, [second.to_string(), case.to_string()], "the newest first");
    assert_eq!(body["appraisals"][0]["title"], "2026年述职评议");
    assert_eq!(body["appraisals"][0]["state"], "preparing");
    assert_eq!(body["appraisals"][0]["stopped"], false);
    assert_eq!(rig.app.registry.all().len(), 2);
}

#[tokio::test]
async fn a_roster_is_looked_at_then_imported_and_its_pins_open() {
    let (rig, desk, case) = Rig::ready().await;
    let preview = format!("/api/appraisals/{case}/roster/preview?file_name=a.csv");
    let seen = rig.ask(upload(&preview, ROSTER).bearer(&desk)).await.ok();
    assert_eq!((&seen["members"], &seen["attendees"]), (&json!(2), &json!(1)));
    assert!(!seen.to_string().contains("1001"), "no PIN goes back to the page");
    let code = rig.hall_code(case);
    let early = rig
        .ask(post("/api/sign-in/hall", &hall_form(&code, "李娜", "1002", 1)))
        .await;
    assert_eq!(early.problem(), (404, "unknown_name".into()), "looking imports nothing");

    let import = format!("/api/appraisals/{case}/roster/import?file_name=a.csv");
    let imported = rig.ask(upload(&import, ROSTER).bearer(&desk)).await.ok();
    assert_eq!(imported, json!({ "people": 3, "pins": 2 }));
    let signed_in = rig
        .ask(post("/api/sign-in/hall", &hall_form(&code, "李娜", "1002", 1)))
        .await
        .ok();
    assert_eq!(signed_in["name"], "李娜");
}

#[tokio::test]
async fn a_corrected_roster_keeps_cards_and_forgets_who_is_gone() {
    let (rig, desk, case) = Rig::ready().await;
    let import = format!("/api/appraisals/{case}/roster/import?file_name=a.csv");
    rig.ask(upload(&import, ROSTER).bearer(&desk)).await.ok();
    let card = rig.card(case, 2, 1);
    let corrected = "姓名,类别,口令\n李娜,组成人员,2222\n新人,组成人员,3333\n";
    let imported = rig.ask(upload(&import, corrected).bearer(&desk)).await.ok();
    assert_eq!(imported, json!({ "people": 2, "pins": 2 }));
    assert_eq!(rig.app.vault.check_pin(case, 1, "1001").unwrap(), PinCheck::None);
    assert_eq!(rig.app.vault.check_pin(case, 2, "2222").unwrap(), PinCheck::Right);
    let signed_in = rig.ask(post("/api/sign-in/card", &card_form(&card, 1))).await.ok();
    assert_eq!(signed_in["name"], "李娜");
}

#[tokio::test]
async fn a_faulty_roster_changes_nothing() {
    let (rig, desk, case) = Rig::ready().await;
    let import = format!("/api/appraisals/{case}/roster/import?file_name=a.csv");
    rig.ask(upload(&import, ROSTER).bearer(&desk)).await.ok();
    let faulty = "姓名,类别,口令\n王伟,组成人员,9999\n,组成人员,\n钱七,不知道,\n";
    let refused = rig.ask(upload(&import, faulty).bearer(&desk)).await;
    assert_eq!(refused.problem(), (422, "faulty_rows".into()));
    assert_eq!(refused.json()["faults"], 2);
    let people = rig.app.registry.get(case).unwrap().look(|c| c.roster.people.len());
    assert_eq!(people, 3);
    assert_eq!(rig.app.vault.check_pin(case, 1, "1001").unwrap(), PinCheck::Right);

    let not_a_table = rig
        .ask(upload(&import, vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).bearer(&desk))
        .await;
    assert_eq!(not_a_table.problem(), (422, "bad_roster_file".into()));
    assert_eq!(not_a_table.json()["error"]["code"], "xls_unsupported");
    let large = rig
        .ask(upload(&import, vec![b'a'; 5 * 1024 * 1024 + 1]).bearer(&desk))
        .await;
    assert_eq!(large.problem(), (413, "too_large".into()));
    assert_eq!(large.json()["bytes_max"], 5 * 1024 * 1024);
}

#[tokio::test]
async fn once_the_sitting_is_open_the_roster_is_frozen_and_pins_stay() {
    let (rig, desk, case) = Rig::ready().await;
    let import = format!("/api/appraisals/{case}/roster/import?file_name=a.csv");
    rig.ask(upload(&import, ROSTER).bearer(&desk)).await.ok();
    rig.attach(case, &"0".repeat(64)).await;
    let item = pingyi_core::command::AgendaEntry {
        kind: pingyi_core::sitting::ItemKind::Opening,
        title: "签到".into(),
        subject: None,
        subjects: Vec::new(),
    };
    rig.desk_order(case, Command::SetAgenda { items: vec![item] }).await;
    let chair = Actor::Console {
        seat: pingyi_core::sitting::ConsoleSeat::Chair,
    };
    rig.desk_order(
        case,
        pingyi_core::rules::built_in::usual_confirmed(pingyi_core::ballot::Secrecy::Secret),
    )
    .await;
    let opened = rig.order(case, chair, Command::OpenSitting {}).await;
    assert!(
        matches!(opened, crate::protocol::Verdict::Accepted { .. }),
        "{opened:?}"
    );
    let late = rig
        .ask(upload(&import, "姓名,类别,口令\n王伟,组成人员,9999\n").bearer(&desk))
        .await;
    assert_eq!(late.problem(), (409, "refused".into()));
    assert_eq!(late.json()["refusal"]["code"], "roster_frozen");
    assert_eq!(rig.app.vault.check_pin(case, 1, "1001").unwrap(), PinCheck::Right);
}

#[tokio::test]
async fn a_report_is_stored_attached_and_read_by_its_own_case_only() {
    let (rig, desk, case) = Rig::ready().await;
    rig.members(case, &["王伟"]).await;
    let other = rig.create(&desk).await;
    rig.members(other, &["外人"]).await;
    let path = format!("/api/appraisals/{case}/documents?file_name=%E8%BF%B0%E8%81%8C.pdf");
    let stored = rig.ask(upload(&path, PDF).bearer(&desk)).await.ok();
    assert_eq!(stored["kind"], "pdf");
    assert_eq!(stored["file_name"], "述职.pdf");
    assert_eq!(stored["size_bytes"], PDF.len());
    let digest = stored["digest"].as_str().unwrap();

    let of = |case| format!("/api/appraisals/{case}/documents/{digest}");
    let loose = rig.ask(get(&of(case)).bearer(&desk)).await;
    assert_eq!(loose.problem(), (404, "not_found".into()), "not attached yet");
    rig.attach(case, digest).await;
    let signed_in = rig
        .ask(post("/api/sign-in/card", &card_form(&rig.card(case, 1, 1), 1)))
        .await
        .ok();
    let fetched = rig
        .ask(get(&of(case)).bearer(signed_in["bearer"].as_str().unwrap()))
        .await;
    assert_eq!((fetched.status.as_u16(), &fetched.bytes[..]), (200, PDF));
    assert_eq!(fetched.headers["content-type"], "application/octet-stream");
    assert!(
        fetched.headers["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment; filename*=UTF-8''")
    );

    let stranger = rig
        .ask(post("/api/sign-in/card", &card_form(&rig.card(other, 1, 1), 2)))
        .await
        .ok();
    let stranger = stranger["bearer"].as_str().unwrap();
    assert_eq!(
        rig.ask(get(&of(case)).bearer(stranger)).await.problem(),
        (403, "not_allowed".into())
    );
    assert_eq!(
        rig.ask(get(&of(other)).bearer(stranger)).await.problem(),
        (404, "not_found".into())
    );
    assert_eq!(
        rig.ask(get(&of(case))).await.problem(),
        (401, "sign_in_required".into())
    );
}

#[tokio::test]
async fn what_is_no_report_is_refused_with_its_reason() {
    let (rig, desk, case) = Rig::ready().await;
    let path = format!("/api/appraisals/{case}/documents?file_name=a.doc");
    let mut doc = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    doc.extend("WordDocument".encode_utf16().flat_map(u16::to_le_bytes));
    let legacy = rig.ask(upload(&path, doc).bearer(&desk)).await;
    assert_eq!(legacy.problem(), (422, "bad_document".into()));
    assert_eq!(legacy.json()["error"]["code"], "legacy_doc");
    let large = rig
        .ask(upload(&path, vec![b'a'; 20 * 1024 * 1024 + 1]).bearer(&desk))
        .await;
    assert_eq!(large.problem(), (413, "too_large".into()));
    let member = rig.ask(upload(&path, PDF)).await;
    assert_eq!(member.problem(), (401, "sign_in_required".into()));
    let nowhere = format!("/api/appraisals/{}/documents?file_name=a.pdf", uuid::Uuid::nil());
    assert_eq!(
        rig.ask(upload(&nowhere, PDF).bearer(&desk)).await.problem(),
        (404, "not_found".into())
    );
}

#[tokio::test]
async fn printed_cards_open_their_persons() {
    let (rig, desk, case) = Rig::ready().await;
    rig.members(case, &["王伟", "李娜"]).await;
    let cards = rig
        .ask(get(&format!("/api/appraisals/{case}/cards")).bearer(&desk))
        .await
        .ok();
    assert_eq!(cards["address"], ADDRESS);
    for (n, card) in cards["cards"].as_array().unwrap().iter().enumerate() {
        let url = card["url"].as_str().unwrap();
        let code = url.strip_prefix(&format!("{ADDRESS}/#c=")).unwrap();
        assert_eq!(card["code"], code);
        assert_eq!(card["svg"], crate::doors::qr::svg(url).unwrap());
        let form = json!({ "code": code, "device_key": phone(n as u8 + 1) });
        let signed_in = rig.ask(post("/api/sign-in/card", &form)).await.ok();
        assert_eq!(
            (&signed_in["name"], &signed_in["person"]),
            (&card["name"], &card["person"])
        );
    }
    assert_eq!(cards["cards"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn the_desk_sets_the_address_that_codes_carry() {
    let (rig, desk, case) = Rig::ready().await;
    let bad = rig
        .ask(post("/api/address", &json!({ "address": "192.168.1.5/x" })).bearer(&desk))
        .await;
    assert_eq!(bad.problem(), (422, "bad_address".into()));
    let set = rig
        .ask(post("/api/address", &json!({ "address": "http://10.0.0.5:80/" })).bearer(&desk))
        .await
        .ok();
    assert_eq!(
        (&set["address"], &set["reachable"]),
        (&json!("http://10.0.0.5:80"), &json!(true))
    );
    let links = rig
        .ask(get(&format!("/api/appraisals/{case}/stations")).bearer(&desk))
        .await
        .ok();
    assert_eq!(links["public"], format!("http://10.0.0.5:80/public?a={case}"));
    rig.ask(post("/api/address", &json!({ "address": "" })).bearer(&desk))
        .await
        .ok();
    assert_eq!(
        rig.ask(get("/api/address").bearer(&desk)).await.ok()["address"],
        ADDRESS
    );
}

#[tokio::test]
async fn a_second_clerk_gets_an_account_and_signs_in() {
    let (rig, desk, _) = Rig::ready().await;
    let form = |account: &str, password: &str| json!({ "account": account, "password": password });
    let second = form("小李", "another-password");
    assert_eq!(
        rig.ask(post("/api/accounts", &second)).await.problem(),
        (401, "sign_in_required".into())
    );
    let short = rig
        .ask(post("/api/accounts", &form("小李", "short")).bearer(&desk))
        .await;
    assert_eq!(short.problem(), (422, "password_too_short".into()));
    let early = rig.ask(post("/api/sign-in/account", &second)).await;
    assert_eq!(
        early.problem(),
        (403, "wrong_password".into()),
        "what was refused opens nothing"
    );
    rig.ask(post("/api/accounts", &second).bearer(&desk)).await.ok();
    let signed_in = rig.ask(post("/api/sign-in/account", &second)).await.ok();
    assert_eq!(
        (&signed_in["name"], &signed_in["role"]),
        (&json!("小李"), &json!("desk"))
    );
    let again = rig
        .ask(post("/api/accounts", &form("小李", "yet-another-one")).bearer(&desk))
        .await;
    assert_eq!(again.problem(), (409, "refused".into()));
    rig.ask(post("/api/sign-in/account", &second)).await.ok();
}

#[tokio::test]
async fn subjects_are_found_over_the_years_by_words() {
    let (rig, desk, first) = Rig::ready().await;
    let second = rig.create(&desk).await;
    for (case, unit) in [(first, "区教育局"), (first, "区水务局"), (second, "区教育局")] {
        let subject = SubjectEntry {
            officer: String::new(),
            post: "局长".into(),
            unit: unit.into(),
            report: ReportForm::Oral,
        };
        rig.desk_order(case, Command::AddSubject { subject }).await;
    }
    let find = async |q: &str| {
        let found = rig.ask(get(&format!("/api/history?q={q}")).bearer(&desk)).await.ok();
        found["lines"].as_array().unwrap().len()
    };
    assert_eq!(find("").await, 3);
    // 教育局, and 教育局 局长.
    assert_eq!(find("%E6%95%99%E8%82%B2%E5%B1%80").await, 2);
    assert_eq!(find("%E6%B0%B4%E5%8A%A1%20%E5%B1%80%E9%95%BF").await, 1);
    assert_eq!(find("x").await, 0);
    assert_eq!(
        rig.ask(get("/api/history")).await.problem(),
        (401, "sign_in_required".into())
    );
}
