//! The desk's papers, their templates, the calendar.

use super::rig::{Rig, get, upload};
use pingyi_core::stamp::Actor;

const TEMPLATE: &str = "/api/papers/sign_in_sheet/template";

#[tokio::test]
async fn a_paper_is_made_once_the_case_is_ready_and_only_for_the_desk() {
    let (rig, desk, case) = Rig::ready().await;
    let sheet = format!("/api/appraisals/{case}/papers/sign_in_sheet");
    assert_eq!(
        rig.ask(get(&sheet).bearer(&desk)).await.problem(),
        (404, "not_found".into())
    );
    rig.members(case, &["王伟", "李娜"]).await;
    let listed = rig
        .ask(get(&format!("/api/appraisals/{case}/papers")).bearer(&desk))
        .await
        .ok();
    let ready: Vec<_> = listed["papers"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|p| p["ready"] == true)
        .map(|p| p["paper"].as_str().unwrap())
        .collect();
    assert_eq!(ready, ["sign_in_sheet"]);
    let made = rig.ask(get(&sheet).bearer(&desk)).await;
    assert_eq!(made.status, 200);
    assert!(made.bytes.starts_with(b"PK"));
    assert_eq!(rig.ask(get(&sheet)).await.problem(), (401, "sign_in_required".into()));
    for none in ["tally_sheet", "result_notice", "no_such_paper"] {
        let path = format!("/api/appraisals/{case}/papers/{none}");
        assert_eq!(
            rig.ask(get(&path).bearer(&desk)).await.problem(),
            (404, "not_found".into()),
            "{none}"
        );
    }
    let results = format!("/api/appraisals/{case}/results/csv");
    assert_eq!(
        rig.ask(get(&results).bearer(&desk)).await.problem(),
        (404, "not_found".into())
    );
}

#[tokio::test]
async fn a_template_with_faults_is_not_kept_and_an_empty_one_brings_the_built_in_back() {
    let (rig, desk, _) = Rig::ready().await;
    let before = rig.ask(get(TEMPLATE).bearer(&desk)).await.ok();
    let refused = rig.ask(upload(TEMPLATE, "# 签到表\n{{机关}}").bearer(&desk)).await;
    assert_eq!(refused.problem(), (422, "bad_template".into()));
    assert_eq!(refused.json()["faults"][0]["line"], 2);
    assert_eq!(refused.json()["faults"][0]["code"], "unknown_name");
    assert_eq!(rig.ask(get(TEMPLATE).bearer(&desk)).await.ok(), before);

    rig.ask(upload(TEMPLATE, "# {{机关名称}}签到").bearer(&desk)).await.ok();
    assert_eq!(
        rig.ask(get(TEMPLATE).bearer(&desk)).await.ok()["text"],
        "# {{机关名称}}签到"
    );
    let long = "字".repeat(8_001);
    let refused = rig.ask(upload(TEMPLATE, long).bearer(&desk)).await;
    assert_eq!(refused.problem(), (409, "refused".into()));
    rig.ask(upload(TEMPLATE, "").bearer(&desk)).await.ok();
    assert_eq!(rig.ask(get(TEMPLATE).bearer(&desk)).await.ok(), before);
}

#[tokio::test]
async fn a_calendar_is_taken_whole_or_not_at_all() {
    let (rig, desk, case) = Rig::ready().await;
    let path = format!("/api/appraisals/{case}/calendar");
    let years = || {
        rig.app
            .registry
            .get(case)
            .unwrap()
            .look(|c| c.follow_up.calendar.years())
    };
    let faulty = "2023-09-29,2023-10-06,放假,国庆节\n2023-10-07,2023-10-08,过节,";
    let refused = rig.ask(upload(&path, faulty).bearer(&desk)).await;
    assert_eq!(refused.problem(), (422, "bad_calendar".into()));
    assert_eq!(refused.json()["faults"][0]["line"], 2);
    assert!(years().is_empty());
    rig.ask(upload(&path, faulty.replace("过节", "上班")).bearer(&desk))
        .await
        .ok();
    assert_eq!((years()[0].off, years()[0].work), (8, 2));
    // The year's deadlines are still running when the next notice comes out.
    rig.ask(
        upload(
            &path,
            "2023-12-30,2024-01-01,放假,元旦\n2024-02-10,2024-02-17,放假,春节",
        )
        .bearer(&desk),
    )
    .await
    .ok();
    let told: Vec<_> = years().iter().map(|y| (y.year, y.off, y.work)).collect();
    assert_eq!(told, [(2023, 10, 2), (2024, 9, 0)]);
    let chair = Actor::Console {
        seat: pingyi_core::sitting::ConsoleSeat::Chair,
    };
    let order = pingyi_core::Command::SetCalendar { spans: Vec::new() };
    let verdict = rig.order(case, chair, order).await;
    assert!(
        matches!(verdict, crate::protocol::Verdict::Refused { .. }),
        "the desk's order alone"
    );
}
