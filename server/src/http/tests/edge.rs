//! What holds for every call: origins, headers, bounds, the description.

use axum::http::StatusCode;
use serde_json::json;

use super::rig::{Rig, card_form, get, post, upload};
use crate::http::openapi;

#[tokio::test]
async fn another_sites_page_changes_nothing() {
    let (rig, desk, _) = Rig::ready().await;
    let set = || post("/api/address", &json!({ "address": "http://10.0.0.5" })).bearer(&desk);
    for (name, value) in [
        ("origin", "http://evil.example"),
        ("origin", "null"),
        ("origin", "http://192.168.1.20:9999"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let refused = rig.ask(set().header(name, value)).await;
        assert_eq!(refused.problem(), (403, "not_allowed".into()), "{name}: {value}");
    }
    assert_eq!(rig.app.body.look(|b| b.address.clone()), None);
    rig.ask(
        set()
            .header("origin", "http://192.168.1.20:8080")
            .header("sec-fetch-site", "same-origin"),
    )
    .await
    .ok();
}

#[tokio::test]
async fn a_form_must_be_json_and_small() {
    let (rig, ..) = Rig::ready().await;
    let plain = upload("/api/sign-in/link", r#"{"secret":"x"}"#).header("content-type", "text/plain");
    assert_eq!(rig.ask(plain).await.problem(), (400, "bad_request".into()));
    let torn = upload("/api/sign-in/link", r#"{"secret":"#).header("content-type", "application/json");
    assert_eq!(rig.ask(torn).await.problem(), (400, "bad_request".into()));
    let large = rig
        .ask(post("/api/sign-in/link", &json!({ "secret": "x".repeat(16 * 1024) })))
        .await;
    assert_eq!(large.problem(), (413, "too_large".into()));
    assert_eq!(large.json()["bytes_max"], 16 * 1024);
}

#[tokio::test]
async fn answers_are_not_kept_and_not_guessed_at() {
    let (rig, ..) = Rig::ready().await;
    for path in ["/api/front", "/api/whoami", "/api/nothing"] {
        let answer = rig.ask(get(path)).await;
        assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers["referrer-policy"], "no-referrer");
    }
    assert_eq!(rig.ask(get("/api/nothing")).await.problem(), (404, "not_found".into()));
    assert_eq!(rig.ask(get("/api/setup")).await.problem(), (404, "not_found".into()));
}

#[tokio::test]
async fn everybody_sees_the_public_view_and_the_templates() {
    let (rig, _, case) = Rig::ready().await;
    let public = rig.ask(get(&format!("/api/public/{case}"))).await.ok();
    assert_eq!(public["case"]["title"], "2026年述职评议");
    assert!(public.get("console").is_none());
    assert_eq!(rig.ask(get("/api/public/x")).await.problem(), (404, "not_found".into()));
    // A proxy that has the content asks only whether it still is the same.
    let first = rig.ask(get(&format!("/api/public/{case}"))).await;
    let tag = first.headers["etag"].to_str().unwrap();
    let again = rig
        .ask(get(&format!("/api/public/{case}")).header("if-none-match", tag))
        .await;
    assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0));
    for answer in [&first, &again] {
        assert_eq!(answer.headers["cache-control"], "public, max-age=5");
    }
    assert_eq!(
        rig.ask(get("/health")).await.ok(),
        json!({ "ok": true, "appraisals": 1 })
    );
    let workbook = rig.ask(get("/api/roster-template.xlsx")).await;
    assert!(workbook.status == StatusCode::OK && workbook.bytes.starts_with(b"PK"));
    let text = rig.ask(get("/api/roster-template.csv")).await;
    assert!(String::from_utf8_lossy(&text.bytes).contains("姓名"));
}

#[tokio::test]
async fn members_are_kept_out_of_the_desks_rooms() {
    let (rig, _, case) = Rig::ready().await;
    rig.members(case, &["王伟"]).await;
    let member = rig
        .ask(post("/api/sign-in/card", &card_form(&rig.card(case, 1, 1), 1)))
        .await
        .ok();
    let bearer = member["bearer"].as_str().unwrap();
    for path in [
        "/api/body",
        "/api/address",
        &format!("/api/appraisals/{case}/cards"),
        &format!("/api/appraisals/{case}/stations"),
    ] {
        assert_eq!(
            rig.ask(get(path).bearer(bearer)).await.problem(),
            (403, "not_allowed".into()),
            "{path}"
        );
        assert_eq!(
            rig.ask(get(path)).await.problem(),
            (401, "sign_in_required".into()),
            "{path}"
        );
        assert_eq!(
            rig.ask(get(path).bearer("made up")).await.problem(),
            (401, "sign_in_required".into()),
            "{path}"
        );
    }
}

#[tokio::test]
async fn every_described_call_is_answered_and_says_which_problems_it_has() {
    let (rig, ..) = Rig::ready().await;
    let described = rig.ask(get("/api/openapi.json")).await.ok();
    assert_eq!(
        described["paths"].as_object().unwrap().len(),
        openapi::document().paths.paths.len()
    );
    assert!(described["components"]["schemas"]["Problem"].is_object());
    for (path, methods) in described["paths"].as_object().unwrap() {
        for (method, call) in methods.as_object().unwrap() {
            let path = path.replace("{id}", "x").replace("{digest}", "x");
            let path = path.replace("{secret}", "x").replace("{account}", "1");
            let path = path.replace("{questionnaire}", "x");
            let ask = if method == "get" {
                get(&path)
            } else {
                post(&path, &json!({}))
            };
            let answer = rig.ask(ask).await;
            assert_ne!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            let there = answer.status != StatusCode::NOT_FOUND || path.ends_with("/x");
            assert!(there, "{method} {path} is described but not there");
            for (status, response) in call["responses"].as_object().unwrap() {
                let named = response["description"].as_str().is_some_and(|d| !d.is_empty());
                assert!(status == "200" || named, "{method} {path} {status}");
            }
        }
    }
}

#[tokio::test]
async fn the_programs_figures_are_for_its_own_machine_and_name_no_secret_cast() {
    let (rig, ..) = Rig::ready().await;
    let far = rig.ask(get("/metrics")).await.problem();
    assert_eq!(far, (403, "not_allowed".into()));
    let near = || get("/metrics").from("127.0.0.1");
    let proxied = rig.ask(near().header("x-forwarded-for", "192.168.1.9")).await.problem();
    assert_eq!(
        proxied,
        (403, "not_allowed".into()),
        "through a proxy everybody is near"
    );
    let answer = rig.ask(near()).await;
    let text = std::str::from_utf8(&answer.bytes).unwrap();
    assert!(text.contains("pingyi_sockets "), "{text}");
    for word in ["cast", "box", "request", "call"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
}
