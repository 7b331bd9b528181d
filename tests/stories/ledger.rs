//! A rectification from the officer's phone: a photograph as evidence, the plan, a check that finds it fake.

use pingyi::protocol::CloseCode;
use pingyi::protocol::call::Uploaded;
use pingyi::rehearsal::call::Method;
use pingyi::rehearsal::{Memory, PhoneError, send};
use pingyi_core::Refusal;
use pingyi_core::ballot::BallotState;
use pingyi_core::command::Command;
use pingyi_core::follow_up::{DueMatter, day};
use pingyi_core::ids::{IssueId, PersonId, SubjectId};
use pingyi_core::issues::{AddIssue, ApproveOpinions, DraftOpinions, IssueEntry, Source};
use pingyi_core::ledger::{
    AddCheck, AddEvidence, CheckFinding, CloseLine, FilingEntry, LineEntry, LineState, SetLine, TakeFiling,
};
use pingyi_core::roster::PersonKind;
use pingyi_core::subject::{Document, DocumentKind};
use pingyi_core::views::{FollowUpView, LedgerLineView, LedgerView};
use pingyi_tests::Hall;
use pingyi_tests::hall::{Member, done, open_first_ballot, order, refused, until_ballot};
use uuid::Uuid;

const SUBJECT: SubjectId = SubjectId(1);
const ISSUE: IssueId = IssueId(1);
const PHOTO: &[u8] = b"\xFF\xD8\xFF\xE0\0\x10JFIF the new classrooms";

/// The first subject's result is announced and its opinions are received; its officer is an attendee. Also who that is,
/// another attendee, and today.
async fn received(hall: &Hall) -> (Member, Member, String) {
    let mut chair = hall.chair().await;
    for person in 1..=15 {
        hall.member(person).await.check_in().await;
    }
    let ballot = open_first_ballot(&mut chair).await;
    done(&mut chair, Command::CloseBallot { ballot }).await;
    until_ballot(&mut chair, ballot, BallotState::Sealed).await;
    done(&mut chair, Command::AnnounceBallot { ballot }).await;
    done(&mut chair, Command::CloseSitting {}).await;
    let case = hall.app.outer.registry.get(hall.demo.appraisal).expect("the case runs");
    let (attendees, now) = case.look(|c| {
        let people = c.roster.people.iter().filter(|(_, p)| p.kind == PersonKind::Attendee);
        (people.map(|(id, _)| *id).collect::<Vec<PersonId>>(), c.now)
    });
    let today = day::write(day::BEIJING.day_of(now).expect("a day"));
    let person = attendees[0];
    let entry = IssueEntry {
        subject: SUBJECT,
        category: "民生热点".into(),
        text: "大班额尚未消除".into(),
        sources: vec![Source::Other {
            text: "群众来信".into(),
        }],
    };
    let draft = DraftOpinions {
        subject: SUBJECT,
        assessment: "总体较好".into(),
        advice: String::new(),
        demands: String::new(),
        number: String::new(),
    };
    let (subject, on) = (SUBJECT, today.clone());
    let approve = ApproveOpinions {
        subject,
        on: on.clone(),
        note: String::new(),
    };
    let mut desk = hall.desk().await;
    for command in [
        Command::SetOfficer {
            subject,
            person: Some(person),
        },
        Command::AddIssue(AddIssue { entry }),
        Command::DraftOpinions(draft),
        Command::ApproveOpinions(approve),
        Command::HandOverOpinions {
            subject,
            on: on.clone(),
        },
        Command::ReceiveOpinions { subject, on },
    ] {
        done(&mut desk, command).await;
    }
    let (officer, other) = (hall.member(person.0).await, hall.member(attendees[1].0).await);
    (officer, other, today)
}

async fn upload(hall: &Hall, who: &Member) -> (u16, Option<Document>) {
    let path = format!("/api/appraisals/{}/documents?file_name=site.jpg", hall.demo.appraisal);
    let body = Some(("image/jpeg", PHOTO.to_vec()));
    let answer = send(&hall.host, Method::POST, &path, Some(&who.signed_in.bearer), body).await;
    let (status, bytes) = answer.expect("an answer");
    let document = serde_json::from_slice(&bytes).ok().map(|u: Uploaded| Document {
        digest: u.digest,
        kind: u.kind,
        file_name: u.file_name,
        size_bytes: u.size_bytes,
    });
    (status.as_u16(), document)
}

async fn fetch(hall: &Hall, who: &Member, digest: &str) -> (u16, Vec<u8>) {
    let path = format!("/api/appraisals/{}/documents/{digest}", hall.demo.appraisal);
    let answer = send(&hall.host, Method::GET, &path, Some(&who.signed_in.bearer), None).await;
    let (status, bytes) = answer.expect("an answer");
    (status.as_u16(), bytes.to_vec())
}

#[tokio::test]
async fn an_officer_rectifies_from_the_phone_and_a_fake_is_found_out() {
    let hall = Hall::open_named().await;
    let (mut officer, mut other, today) = received(&hall).await;
    let (mut desk, mut member) = (hall.desk().await, hall.member(2).await);

    assert_eq!(upload(&hall, &other).await.0, 403, "who keeps no ledger stores nothing");
    let (status, document) = upload(&hall, &officer).await;
    let document = document.expect("stored");
    assert_eq!((status, document.kind), (200, DocumentKind::Jpeg));
    assert_eq!(
        fetch(&hall, &officer, &document.digest).await.0,
        404,
        "in no ledger yet"
    );
    let evidence = Command::AddEvidence(AddEvidence {
        issue: ISSUE,
        document: document.clone(),
    });
    assert_eq!(
        refused(&mut other.phone, evidence.clone()).await,
        Refusal::NotAllowed {}
    );
    done(&mut officer.phone, evidence).await;
    let fetched = fetch(&hall, &officer, &document.digest).await;
    assert_eq!((fetched.0, fetched.1.as_slice()), (200, PHOTO));
    assert_eq!(
        fetch(&hall, &member, &document.digest).await.0,
        404,
        "evidence is for the office"
    );

    let entry = |state| LineEntry {
        cause: String::new(),
        measure: "新增学位600个".into(),
        target: String::new(),
        owner: "基教科".into(),
        due_on: today.clone(),
        state,
    };
    let line = |state| {
        let (issue, entry) = (ISSUE, entry(state));
        Command::SetLine(SetLine { issue, entry })
    };
    let plan = Command::FilePlan(FilingEntry {
        subject: SUBJECT,
        on: String::new(),
        summary: "见附件".into(),
        document: Some(document.clone()),
    });
    let incomplete = refused(&mut officer.phone, plan.clone()).await;
    assert_eq!(incomplete, Refusal::PlanIncomplete { lines: 1 });
    done(&mut officer.phone, line(LineState::Done)).await;
    done(&mut officer.phone, plan).await;
    assert_eq!(
        fetch(&hall, &member, &document.digest).await.0,
        200,
        "a filed plan is read by the body"
    );
    let handed_in = |p: &pingyi::rehearsal::Phone| {
        let view = p.view::<FollowUpView>("follow_up");
        view.is_some_and(|f| f.dues.iter().any(|d| d.matter == DueMatter::Plan && d.done_on == today))
    };
    desk.until(handed_in).await.expect("the desk hears of it");
    let (subject, matter) = (SUBJECT, DueMatter::Plan);
    done(&mut desk, Command::TakeFiling(TakeFiling { subject, matter })).await;

    let check = |finding| {
        Command::AddCheck(AddCheck {
            issue: ISSUE,
            on: today.clone(),
            by: "教科文卫工委".into(),
            finding,
            note: "教室没有动工".into(),
        })
    };
    done(&mut desk, check(CheckFinding::Sound)).await;
    let close = CloseLine {
        issue: ISSUE,
        on: today.clone(),
        by: "教科文卫工委".into(),
    };
    done(&mut desk, Command::CloseLine(close)).await;
    let closed = |p: &pingyi::rehearsal::Phone| {
        let view = p.view::<LedgerView>("ledger/1");
        view.is_some_and(|l| l.counts.closed == 1)
    };
    member.phone.until(closed).await.expect("a member hears of it");
    assert_eq!(
        refused(&mut officer.phone, line(LineState::Done)).await,
        Refusal::LineClosed {}
    );
    done(&mut desk, check(CheckFinding::Fake)).await;
    let found = |p: &pingyi::rehearsal::Phone| {
        let view = p.view::<LedgerLineView>("ledger_line/1");
        view.is_some_and(|l| {
            let last = l.checks.last();
            l.closed.is_none() && last.is_some_and(|c| c.finding == CheckFinding::Fake && c.note.is_empty())
        })
    };
    member
        .phone
        .until(found)
        .await
        .expect("a member sees the finding, not the note");
    let own = |p: &pingyi::rehearsal::Phone| {
        let view = p.own::<LedgerLineView>("my_line/1");
        view.is_some_and(|l| l.checks.last().is_some_and(|c| c.note == "教室没有动工"))
    };
    officer.phone.until(own).await.expect("the officer reads why");
    assert!(other.phone.own::<LedgerLineView>("my_line/1").is_none());
    let verdict = order(&mut desk, check(CheckFinding::Sound)).await;
    assert!(matches!(verdict, pingyi::protocol::Verdict::Accepted { .. }));
}

/// One that is not there would be missing from the archive for ever, and keep it from being written.
#[tokio::test]
async fn a_document_that_was_never_stored_is_no_evidence() {
    let hall = Hall::open_named().await;
    let (officer, _, _) = received(&hall).await;
    let stored = upload(&hall, &officer).await.1.expect("stored");
    let digest = stored.digest.clone();
    let nowhere = Document {
        digest: "0".repeat(64),
        ..stored.clone()
    };
    let of_another_size = Document {
        size_bytes: stored.size_bytes + 1,
        ..stored
    };
    for document in [nowhere, of_another_size] {
        let mut phone = hall
            .join(&officer.signed_in, Memory::default())
            .await
            .expect("the socket joins");
        let (id, issue) = (Uuid::new_v4(), ISSUE);
        let evidence = Command::AddEvidence(AddEvidence { issue, document });
        phone.give(id, evidence, None).await.unwrap();
        match phone.receipt(id).await {
            Err(PhoneError::Closed { code, .. }) => assert_eq!(code, CloseCode::BadMessage.number()),
            other => panic!("it got {other:?}"),
        }
    }
    let fetched = fetch(&hall, &officer, &digest).await;
    assert_eq!(fetched.0, 404, "in no ledger");
}
