//! The desk's calls about rule profiles: the list, a file with mistakes, a trial, and the file to edit.

use pingyi_core::command::Command;
use pingyi_core::limits::{
    LABEL_CHARS_MAX, PROFILE_BYTES_MAX, PROFILE_DIMENSIONS_MAX, PROFILE_FILE_BYTES_MAX, PROFILE_TEXT_CHARS_MAX,
};
use pingyi_core::rules::profile::{Consequence, Dimension, Grade};
use pingyi_core::rules::{FaultReason, Profile, built_in};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::rig::{Rig, card_form, get, post, upload};
use crate::limits::MESSAGE_BYTES_MAX;
use crate::protocol::ClientMessage;

async fn profile(rig: &Rig, desk: &str, name: &str) -> Value {
    let book = rig.ask(get("/api/rules").bearer(desk)).await.ok();
    let found = book["profiles"].as_array().unwrap().iter().find(|p| p["name"] == name);
    found.unwrap().clone()
}

fn trial(profile: &Value, returned: u32, votes: &[u32]) -> Value {
    let group = json!({
        "roster": 28, "present": 28, "issued": 28, "returned": returned, "invalid": 0, "blank": 0, "votes": [votes],
    });
    json!({
        "profile": profile, "figures": { "groups": [group] },
        "body": "某区人大常委会", "meeting": "第十次会议", "subject": "张三同志",
    })
}

#[tokio::test]
async fn the_usual_profile_comes_first_with_its_source_and_what_it_assumes() {
    let (rig, desk, _) = Rig::ready().await;
    let book = rig.ask(get("/api/rules").bearer(&desk)).await.ok();
    let profiles = book["profiles"].as_array().unwrap();
    assert_eq!(profiles[0]["name"], "satisfaction");
    assert_eq!(profiles[0]["source"]["rule"], "常见做法（本程序默认）");
    assert!(profiles[0]["assumed"].as_array().unwrap().contains(&json!("blank")));
    assert!(profiles.len() >= 10);
}

#[tokio::test]
async fn only_the_office_reads_and_tries_rules() {
    let (rig, _, case) = Rig::ready().await;
    rig.members(case, &["王伟"]).await;
    let signed_in = rig
        .ask(post("/api/sign-in/card", &card_form(&rig.card(case, 1, 1), 1)))
        .await;
    let bearer = signed_in.ok()["bearer"].as_str().unwrap().to_owned();
    for (ask, of_a_phone) in [
        (get("/api/rules"), get("/api/rules")),
        (upload("/api/rules/read", ""), upload("/api/rules/read", "")),
        (post("/api/rules/try", &json!({})), post("/api/rules/try", &json!({}))),
        (post("/api/rules/file", &json!({})), post("/api/rules/file", &json!({}))),
    ] {
        assert_eq!(rig.ask(ask).await.problem(), (401, "sign_in_required".into()));
        let refused = rig.ask(of_a_phone.bearer(&bearer)).await;
        assert_eq!(refused.problem(), (403, "not_allowed".into()));
    }
}

#[tokio::test]
async fn a_mistake_in_a_file_is_told_with_its_line() {
    let (rig, desk, _) = Rig::ready().await;
    let file = json!({ "profile": profile(&rig, &desk, "satisfaction").await });
    let written = rig.ask(post("/api/rules/file", &file).bearer(&desk)).await.ok();
    assert_eq!(written["file_name"], "satisfaction.toml");
    let text = written["text"].as_str().unwrap();

    let read = rig
        .ask(upload("/api/rules/read", text.to_owned()).bearer(&desk))
        .await
        .ok();
    assert_eq!(read["read"], "profile");
    assert_eq!(read["profile"], file["profile"], "written and read back unchanged");

    let mistaken = text.replacen("blank = \"invalid\"", "blank = \"ignored\"", 1);
    let line = mistaken.lines().position(|l| l.starts_with("blank = ")).unwrap() + 1;
    let read = rig.ask(upload("/api/rules/read", mistaken).bearer(&desk)).await.ok();
    assert_eq!(read["read"], "faulty");
    let fault = &read["faults"][0];
    assert_eq!((&fault["line"], &fault["path"]), (&json!(line), &json!("blank")));
    assert_eq!(fault["reason"]["code"], "unknown_word");
    assert_eq!(fault["reason"]["found"], "ignored");
}

#[tokio::test]
async fn a_file_saved_as_offices_do_is_read_and_what_is_no_text_is_not() {
    let (rig, desk, _) = Rig::ready().await;
    let file = json!({ "profile": profile(&rig, &desk, "satisfaction").await });
    let written = rig.ask(post("/api/rules/file", &file).bearer(&desk)).await.ok();
    let (gb, _, lossy) = encoding_rs::GB18030.encode(written["text"].as_str().unwrap());
    assert!(!lossy);
    let read = rig
        .ask(upload("/api/rules/read", gb.into_owned()).bearer(&desk))
        .await
        .ok();
    assert_eq!(read["profile"]["options"][0]["label"], "满意");

    let read = rig
        .ask(upload("/api/rules/read", &b"PK\x03\x04\0\0"[..]).bearer(&desk))
        .await
        .ok();
    assert_eq!(read, json!({ "read": "not_text" }));
    let large = rig
        .ask(upload("/api/rules/read", vec![b'#'; PROFILE_FILE_BYTES_MAX + 1]).bearer(&desk))
        .await;
    assert_eq!(large.problem(), (413, "too_large".into()));
}

#[tokio::test]
async fn a_trial_gives_the_grade_the_reason_and_the_announcement() {
    let (rig, desk, _) = Rig::ready().await;
    let satisfaction = profile(&rig, &desk, "satisfaction").await;
    let ask = |body: Value| rig.ask(post("/api/rules/try", &body).bearer(&desk));
    let tried = ask(trial(&satisfaction, 28, &[20, 7, 1, 0])).await.ok();
    assert_eq!(tried["outcome"], "verdict");
    assert_eq!(tried["verdict"]["grade"]["label"], "满意");
    let reason = &tried["verdict"]["reasons"][0]["tried"][0];
    assert_eq!((&reason["left"], &reason["right"]), (&json!("20"), &json!("14")));
    assert_eq!(
        tried["announcement"],
        "对张三同志的测评：应到28人，实到28人，发出测评票28张，收回28张，其中有效票28张，无效票0张。满意20票，占71.43%；基本满意7票，占25%；不满意1票，占3.57%；测评等次：满意。"
    );

    let tried = ask(trial(&satisfaction, 29, &[20, 7, 1, 1])).await.ok();
    assert_eq!(tried["outcome"], "unbalanced");
    assert_eq!(tried["identity"]["identity"], "returned_over_issued");
    assert_eq!(tried["identity"]["remedy"], "void_and_redo");

    let mut faulty = satisfaction.clone();
    faulty["default_grade"] = json!("excellent");
    let tried = ask(trial(&faulty, 28, &[20, 7, 1, 0])).await.ok();
    assert_eq!(tried["outcome"], "faulty");
    assert_eq!(tried["faults"][0]["reason"]["code"], "unknown_grade");
}

/// The usual rule with texts as long as they may be, up to the length that a rule may have.
fn longest() -> Profile {
    let mut rule = built_in::usual();
    let filled = |start: &str, with: &str| start.to_owned() + &with.repeat(PROFILE_TEXT_CHARS_MAX - start.len());
    let item = filled("{label}", "项");
    rule.source.note = filled("", "注");
    rule.wording.announcement = filled("{grade}", "宣");
    rule.wording.option_item.clone_from(&item);
    rule.wording.apart_item.clone_from(&item);
    rule.wording.dimension_item.clone_from(&item);
    rule.wording.group_item = item;
    let item = |n: usize| Dimension {
        key: format!("item_{n}"),
        label: n.to_string() + &"测".repeat(LABEL_CHARS_MAX - 1),
        weight: 1,
    };
    rule.dimensions = (0..PROFILE_DIMENSIONS_MAX - 1).map(item).collect();
    let of = |grade: &Grade| Consequence {
        grade: grade.key.clone(),
        text: filled("", "改"),
        ..rule.consequences[0].clone()
    };
    rule.consequences = rule.grades.iter().map(of).collect();
    while bytes(&rule) > PROFILE_BYTES_MAX {
        assert!(
            rule.consequences[0].text.pop().is_some(),
            "{} bytes without it",
            bytes(&rule)
        );
    }
    rule
}

fn bytes(it: &impl Serialize) -> usize {
    serde_json::to_vec(it).unwrap().len()
}

#[tokio::test]
async fn the_longest_rule_that_is_read_can_be_adopted_and_a_longer_one_says_so() {
    let (rig, desk, _) = Rig::ready().await;
    let rule = longest();
    assert!(PROFILE_BYTES_MAX - bytes(&rule) < 3, "{} bytes", bytes(&rule));
    let text = rule.to_toml();
    let read = rig.ask(upload("/api/rules/read", text).bearer(&desk)).await.ok();
    let read: Profile = serde_json::from_value(read["profile"].clone()).unwrap();
    assert_eq!(read, rule);
    let message = ClientMessage::Command {
        id: Uuid::new_v4(),
        expects: None,
        command: Command::AdoptProfile {
            confirmed: rule.assumed.clone(),
            profile: Box::new(rule.clone()),
        },
    };
    assert!(bytes(&message) <= MESSAGE_BYTES_MAX, "{} bytes", bytes(&message));
    let mut longer = rule;
    longer.consequences[0].text.push_str("改改");
    let bytes_max = u32::try_from(PROFILE_BYTES_MAX).unwrap();
    let faults: Vec<_> = longer.faults().into_iter().map(|f| f.reason).collect();
    assert_eq!(faults, [FaultReason::FileTooLarge { bytes_max }]);
}
