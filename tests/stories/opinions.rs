//! The opinions from the desk to the officer's own page: handed over after the sitting, signed for with the device's key.

use pingyi::protocol::call::{SignInCard, SignedIn};
use pingyi::protocol::{CloseCode, Verdict};
use pingyi::rehearsal::{Memory, PhoneError, post};
use pingyi_core::ballot::BallotState;
use pingyi_core::command::Command;
use pingyi_core::follow_up::day;
use pingyi_core::ids::{BallotId, IssueId, PersonId, SubjectId};
use pingyi_core::issues::{AddIssue, ApproveOpinions, DraftOpinions, IssueEntry, Source};
use pingyi_core::views::{FollowUpView, MySubjectView};
use pingyi_core::{Refusal, Reply};
use pingyi_tests::hall::{FIRST_EVALUATION, device_key, done, open_first_ballot, order, refused, until_ballot};
use pingyi_tests::{Hall, Member};
use uuid::Uuid;

const SUBJECT: SubjectId = SubjectId(1);
/// An attendee of the sample's roster.
const OFFICER: PersonId = PersonId(29);

/// The officer comes by card, as it can also weeks after the sitting.
async fn officer(hall: &Hall) -> Member {
    let code = hall.app.outer.doors.cards.code(hall.demo.appraisal, OFFICER, 1);
    let key = device_key(OFFICER.0, 0);
    let ask = SignInCard {
        code,
        device_key: key.public_hex(),
        take_over: Default::default(),
    };
    let signed_in: SignedIn = post(&hall.host, "/api/sign-in/card", None, &ask)
        .await
        .expect("the card opens");
    let phone = hall
        .join(&signed_in, Memory::default())
        .await
        .expect("the socket joins");
    Member {
        phone,
        key,
        person: OFFICER,
        signed_in,
    }
}

/// One evaluation, announced; then the sitting is over.
async fn held(hall: &Hall) {
    let mut members = Vec::new();
    for person in 1..=15 {
        let mut member = hall.member(person).await;
        member.check_in().await;
        members.push(member);
    }
    let mut chair = hall.chair().await;
    done(&mut chair, Command::BeginItem { item: FIRST_EVALUATION }).await;
    let ballot = open_first_ballot(&mut chair).await;
    assert_eq!(ballot, BallotId(1));
    for member in &mut members {
        until_ballot(&mut member.phone, ballot, BallotState::Open).await;
        assert!(matches!(member.vote(ballot, 0).await, Verdict::Accepted { .. }));
    }
    order(&mut chair, Command::CloseBallot { ballot }).await;
    until_ballot(&mut chair, ballot, BallotState::Sealed).await;
    order(&mut chair, Command::AnnounceBallot { ballot }).await;
    until_ballot(&mut chair, ballot, BallotState::Announced).await;
    done(&mut chair, Command::CloseSitting {}).await;
}

fn today(hall: &Hall) -> String {
    day::write(day::BEIJING.day_of(hall.app.outer.clock.now_ms()).expect("a day"))
}

#[tokio::test]
async fn the_officer_signs_for_the_opinions_on_the_own_page_after_the_sitting() {
    let hall = Hall::open_named().await;
    let mut desk = hall.desk().await;
    let person = Some(OFFICER);
    done(
        &mut desk,
        Command::SetOfficer {
            subject: SUBJECT,
            person,
        },
    )
    .await;
    held(&hall).await;

    let entry = IssueEntry {
        subject: SUBJECT,
        category: "民生热点".into(),
        text: "大班额尚未消除".into(),
        sources: vec![Source::DutyReport {
            subject: SUBJECT,
            place: "三、存在问题".into(),
        }],
    };
    let added = done(&mut desk, Command::AddIssue(AddIssue { entry })).await;
    assert_eq!(added, Reply::IssueAdded { issue: IssueId(1) });
    let draft = DraftOpinions {
        subject: SUBJECT,
        assessment: "总体较好".into(),
        advice: "加快学校建设".into(),
        demands: String::new(),
        number: String::new(),
    };
    done(&mut desk, Command::DraftOpinions(draft)).await;
    let on = today(&hall);
    let hand_over = Command::HandOverOpinions {
        subject: SUBJECT,
        on: on.clone(),
    };
    assert_eq!(
        refused(&mut desk, hand_over.clone()).await,
        Refusal::OpinionsNotApproved {}
    );
    let approve = ApproveOpinions {
        subject: SUBJECT,
        on: on.clone(),
        note: "第三十次主任会议".into(),
    };
    done(&mut desk, Command::ApproveOpinions(approve)).await;

    let mut officer = officer(&hall).await;
    let page = |o: &Member| o.phone.own::<MySubjectView>("my_subject/1");
    officer
        .phone
        .until(|p| p.own::<MySubjectView>("my_subject/1").is_some())
        .await
        .unwrap();
    assert_eq!(page(&officer).unwrap().assessment, "", "approved is not handed over");
    done(&mut desk, hand_over).await;
    let handed = |p: &pingyi::rehearsal::Phone| {
        p.own::<MySubjectView>("my_subject/1")
            .is_some_and(|s| s.assessment == "总体较好")
    };
    officer.phone.until(handed).await.unwrap();
    assert_eq!(page(&officer).unwrap().issues[0].text, "大班额尚未消除");

    let id = Uuid::new_v4();
    let receipt = officer.key.receipt(hall.demo.appraisal, id, SUBJECT);
    officer.phone.give(id, receipt, None).await.unwrap();
    let verdict = officer.phone.receipt(id).await.unwrap();
    assert_eq!(verdict, Verdict::Accepted { reply: Reply::Done {} });
    officer
        .phone
        .until(|p| p.own::<MySubjectView>("my_subject/1").is_some_and(|s| s.signed))
        .await
        .unwrap();
    let signed = |d: &pingyi::rehearsal::Phone| {
        let seen = d.view::<FollowUpView>("follow_up");
        seen.is_some_and(|f| f.opinions[0].signed_by == Some(OFFICER) && f.opinions[0].received_on == on)
    };
    desk.until(signed).await.unwrap();
}

#[tokio::test]
async fn a_bearer_overheard_on_the_network_signs_for_nothing() {
    let hall = Hall::open_named().await;
    let mut officer = officer(&hall).await;
    let id = Uuid::new_v4();
    let thief = device_key(OFFICER.0, 9);
    officer
        .phone
        .give(id, thief.receipt(hall.demo.appraisal, id, SUBJECT), None)
        .await
        .unwrap();
    match officer.phone.receipt(id).await {
        Err(PhoneError::Closed { code, .. }) => assert_eq!(code, CloseCode::BadMessage.number()),
        other => panic!("a forged signature got {other:?}"),
    }
}
