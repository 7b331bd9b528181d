//! A group files its report from a phone, the council hears it, members read it; a remark is confirmed by its speaker.

use pingyi::protocol::call::Uploaded;
use pingyi::rehearsal::call::{Method, send};
use pingyi_core::command::Command;
use pingyi_core::deliberation::{AskToSpeak, CallSpeaker, ConfirmRemark, RecordRemark, RemarkState};
use pingyi_core::ids::{GroupId, ItemId, PersonId, RemarkId, SubjectId};
use pingyi_core::investigation::{FileReport, RecordHearing, SetGroup};
use pingyi_core::subject::Document;
use pingyi_core::views::{DeliberationView, GroupView, RemarkView};
use pingyi_tests::Hall;
use pingyi_tests::hall::{Member, done};

const DELIBERATION: ItemId = ItemId(7);
const REPORT: &[u8] = b"%PDF-1.4\ninvestigation\n%%EOF\n";

fn group() -> Command {
    Command::SetGroup(SetGroup {
        group: None,
        name: "第一评议工作组".into(),
        leader: PersonId(2),
        members: vec![PersonId(3)],
        subjects: vec![SubjectId(1)],
    })
}

/// The status of a call with this member's bearer, and what came back.
async fn call(hall: &Hall, member: &Member, method: Method, path: &str, body: &[u8]) -> (u16, Vec<u8>) {
    let path = format!("/api/appraisals/{}/{path}", hall.demo.appraisal);
    let bearer = Some(member.signed_in.bearer.as_str());
    let body = (method == Method::POST).then(|| ("application/octet-stream", body.to_vec()));
    let (status, bytes) = send(&hall.host, method, &path, bearer, body).await.expect("an answer");
    (status.as_u16(), bytes.to_vec())
}

#[tokio::test]
async fn a_report_filed_from_a_phone_opens_for_members_once_the_council_has_heard_it() {
    let hall = Hall::open_named().await;
    let mut desk = hall.desk().await;
    let (mut leader, mut other) = (hall.member(2).await, hall.member(5).await);
    done(&mut desk, group()).await;
    let own = |m: &Member| m.phone.own::<GroupView>("my_group/1");
    leader
        .phone
        .until(|p| p.own::<GroupView>("my_group/1").is_some())
        .await
        .unwrap();
    assert!(own(&other).is_none());

    let store = "documents?file_name=report.pdf";
    assert_eq!(
        call(&hall, &other, Method::POST, store, REPORT).await.0,
        403,
        "not of a group"
    );
    let (status, stored) = call(&hall, &leader, Method::POST, store, REPORT).await;
    assert_eq!(status, 200);
    let stored: Uploaded = serde_json::from_slice(&stored).unwrap();
    let document = Document {
        digest: stored.digest.clone(),
        kind: stored.kind,
        file_name: stored.file_name,
        size_bytes: stored.size_bytes,
    };
    let report = FileReport {
        group: GroupId(1),
        document,
        summary: "总体较好".into(),
        signed: vec![PersonId(2), PersonId(3)],
    };
    done(&mut leader.phone, Command::FileReport(report)).await;
    let read = format!("documents/{}", stored.digest);
    assert_eq!(
        call(&hall, &other, Method::GET, &read, &[]).await.0,
        404,
        "before the hearing"
    );
    assert_eq!(
        call(&hall, &leader, Method::GET, &read, &[]).await,
        (200, REPORT.to_vec())
    );

    let hearing = RecordHearing {
        group: GroupId(1),
        on: pingyi_core::follow_up::day::write(
            pingyi_core::follow_up::day::BEIJING
                .day_of(hall.app.outer.clock.now_ms())
                .unwrap(),
        ),
        note: "原则同意".into(),
    };
    done(&mut desk, Command::RecordHearing(hearing)).await;
    other
        .phone
        .until(|p| p.view::<GroupView>("group/1").is_some())
        .await
        .unwrap();
    let seen: GroupView = other.phone.view("group/1").unwrap();
    assert_eq!(
        (seen.reports[0].summary.as_str(), seen.reports[0].hearing_note.as_str()),
        ("总体较好", "")
    );
    assert_eq!(
        call(&hall, &other, Method::GET, &read, &[]).await,
        (200, REPORT.to_vec())
    );
}

#[tokio::test]
async fn a_speaker_is_called_from_the_list_and_confirms_what_the_office_recorded() {
    let hall = Hall::open_named().await;
    let (mut desk, mut chair, mut screen) = (hall.desk().await, hall.chair().await, hall.projector().await);
    let mut members = Vec::new();
    for n in 1..=15 {
        let mut member = hall.member(n).await;
        member.check_in().await;
        members.push(member);
    }
    let speaker = &mut members[2].phone;
    done(&mut chair, Command::BeginItem { item: DELIBERATION }).await;
    let ask = AskToSpeak {
        subject: Some(SubjectId(1)),
        aspect: "依法履行职责情况".into(),
    };
    done(speaker, Command::AskToSpeak(ask)).await;
    let waits = |p: &pingyi::rehearsal::Phone| {
        let view: Option<DeliberationView> = p.view("deliberation");
        view.is_some_and(|d| d.waiting.iter().any(|w| w.person == PersonId(3)))
    };
    chair.until(waits).await.unwrap();
    done(&mut chair, Command::CallSpeaker(CallSpeaker { person: PersonId(3) })).await;
    let speaks = |p: &pingyi::rehearsal::Phone| {
        let view: Option<DeliberationView> = p.view("deliberation");
        view.and_then(|d| d.speaking)
            .is_some_and(|s| s.person == PersonId(3) && s.limit_s == 600)
    };
    speaker.until(speaks).await.unwrap();
    screen.until(speaks).await.unwrap();

    let said = RecordRemark {
        speaker: PersonId(3),
        subject: Some(SubjectId(1)),
        aspect: "依法履行职责情况".into(),
        text: "建议加快新校建设。".into(),
    };
    done(&mut desk, Command::RecordRemark(said)).await;
    let told = |p: &pingyi::rehearsal::Phone| p.own::<RemarkView>("my_remark/1");
    speaker.until(|p| told(p).is_some()).await.unwrap();
    let wording = told(speaker).unwrap().wording;
    let remark = RemarkId(1);
    done(speaker, Command::ConfirmRemark(ConfirmRemark { remark, wording })).await;
    let confirmed = |p: &pingyi::rehearsal::Phone| {
        let view: Option<RemarkView> = p.view("remark/1");
        view.is_some_and(|r| r.state == RemarkState::Confirmed)
    };
    desk.until(confirmed).await.unwrap();
}
