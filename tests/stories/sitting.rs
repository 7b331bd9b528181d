//! A sitting from check-in to the announced result.

use pingyi::protocol::Verdict;
use pingyi_core::Refusal;
use pingyi_core::ballot::{BallotState, TallyDisplay, VoidCause};
use pingyi_core::command::Command;
use pingyi_core::ids::{BallotId, ItemId, QuestionId, SubjectId};
use pingyi_core::inquiry::{QuestionState, Visibility};
use pingyi_core::sitting::{ConsoleSeat, Screen};
use pingyi_core::stamp::Expects;
use pingyi_core::views::{AttendanceView, BallotView, ConsoleView, MyBallotView, MyQuestionView, Next, QuestionView};
use pingyi_tests::Hall;
use pingyi_tests::hall::{FIRST_EVALUATION, INQUIRY, done, open_first_ballot, order, refused, until_ballot};

#[tokio::test]
async fn no_item_begins_without_a_quorum_and_one_member_makes_it() {
    let hall = Hall::open().await;
    let mut chair = hall.chair().await;
    for person in 1..=14 {
        hall.member(person).await.check_in().await;
    }
    let report = Command::BeginItem { item: ItemId(2) };
    assert_eq!(
        refused(&mut chair, report.clone()).await,
        Refusal::NoQuorum {
            present: 14,
            needed: 15
        }
    );
    let mut late = hall.member(15).await;
    late.check_in().await;
    chair
        .until(|c| c.view::<AttendanceView>("attendance").is_some_and(|a| a.quorum_met))
        .await
        .unwrap();
    done(&mut chair, report).await;
    assert_eq!(
        refused(&mut late.phone, Command::CheckIn {}).await,
        Refusal::AlreadyCheckedIn {}
    );
}

#[tokio::test]
async fn a_question_goes_from_phone_to_screen_to_a_written_answer() {
    let hall = Hall::open().await;
    let (mut chair, mut desk, mut projector) = (hall.chair().await, hall.desk().await, hall.projector().await);
    let mut asker = hall.member(3).await;
    let mut other = hall.member(4).await;
    for person in 1..=20 {
        if person == 3 {
            asker.check_in().await
        } else if person == 4 {
            other.check_in().await
        } else {
            hall.member(person).await.check_in().await
        }
    }
    done(&mut chair, Command::BeginItem { item: INQUIRY }).await;
    let ask = |text: &str, visibility| Command::AskQuestion {
        subject: Some(SubjectId(1)),
        visibility,
        text: text.into(),
    };
    done(
        &mut asker.phone,
        ask("农村学校为什么还有大班额？", Visibility::WithoutName),
    )
    .await;
    done(&mut other.phone, ask("大班额什么时候消除？", Visibility::Named)).await;
    let both = |p: &pingyi::rehearsal::Phone| p.views.contains_key("question/1") && p.views.contains_key("question/2");
    desk.until(both).await.unwrap();
    done(
        &mut desk,
        Command::EditQuestion {
            question: QuestionId(1),
            text: "农村学校大班额何时消除？".into(),
        },
    )
    .await;
    done(
        &mut desk,
        Command::MergeQuestion {
            from: QuestionId(2),
            into: QuestionId(1),
        },
    )
    .await;

    chair
        .until(|c| c.view::<QuestionView>("question/1").is_some_and(|q| q.voices == 2))
        .await
        .unwrap();
    let seen: QuestionView = chair.view("question/1").unwrap();
    assert_eq!(seen.original.as_deref(), Some("农村学校为什么还有大班额？"));
    let names: Vec<_> = seen.askers.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(names, ["委员04"], "who asked without name is not told to the chair");
    desk.until(|d| d.view::<QuestionView>("question/1").is_some_and(|q| q.voices == 2))
        .await
        .unwrap();
    let at_desk: QuestionView = desk.view("question/1").unwrap();
    assert_eq!(at_desk.askers.len(), 2, "the office can look it up");

    done(
        &mut chair,
        Command::TakeQuestion {
            question: QuestionId(1),
        },
    )
    .await;
    projector.until(|p| p.views.contains_key("question/1")).await.unwrap();
    assert_eq!(
        projector.view::<Screen>("screen"),
        Some(Screen::Question {
            question: QuestionId(1)
        })
    );
    assert_eq!(
        projector.view::<QuestionView>("question/1").unwrap().text,
        "农村学校大班额何时消除？"
    );

    done(
        &mut chair,
        Command::DeferQuestion {
            question: QuestionId(1),
            due_on: "2023-12-09".into(),
        },
    )
    .await;
    asker
        .phone
        .until(|p| {
            p.own::<MyQuestionView>("my_question/1")
                .is_some_and(|q| q.state == QuestionState::Deferred)
        })
        .await
        .unwrap();
    let mine: MyQuestionView = asker.phone.own("my_question/1").unwrap();
    assert_eq!((mine.due_on.as_str(), mine.original.is_some()), ("2023-12-09", true));
    other
        .phone
        .until(|p| {
            p.own::<MyQuestionView>("my_question/2")
                .is_some_and(|q| q.state == QuestionState::Merged)
        })
        .await
        .unwrap();
    let merged = other.phone.own::<MyQuestionView>("my_question/2").unwrap();
    assert_eq!(
        (merged.state, merged.merged_into),
        (QuestionState::Merged, Some(QuestionId(1)))
    );
    projector.until(|p| !p.views.contains_key("question/1")).await.unwrap();
}

#[tokio::test]
async fn a_rejected_question_tells_its_asker_why_and_nobody_else() {
    let hall = Hall::open().await;
    let (mut desk, mut asker, mut other) = (hall.desk().await, hall.member(1).await, hall.member(2).await);
    done(
        &mut asker.phone,
        Command::AskQuestion {
            subject: None,
            visibility: Visibility::Named,
            text: "与评议无关".into(),
        },
    )
    .await;
    other.phone.until(|p| p.views.contains_key("question/1")).await.unwrap();
    done(
        &mut desk,
        Command::RejectQuestion {
            question: QuestionId(1),
            reason: "与本次评议内容无关".into(),
        },
    )
    .await;
    asker
        .phone
        .until(|p| {
            p.own::<MyQuestionView>("my_question/1")
                .is_some_and(|q| q.state == QuestionState::Rejected)
        })
        .await
        .unwrap();
    assert_eq!(
        asker.phone.own::<MyQuestionView>("my_question/1").unwrap().reason,
        "与本次评议内容无关"
    );
    other
        .phone
        .until(|p| !p.views.contains_key("question/1"))
        .await
        .unwrap();
}

/// 沾益区 2019 公告第60号: 20 满意, 7 基本满意, 1 不满意 of 28.
#[tokio::test]
async fn a_ballot_of_28_prints_the_notices_percentages_and_its_live_bars_are_the_count() {
    let hall = Hall::open_named().await;
    let (mut chair, mut projector) = (hall.chair().await, hall.projector().await);
    let mut members = Vec::new();
    for person in 1..=28 {
        let mut member = hall.member(person).await;
        member.check_in().await;
        members.push(member);
    }
    let ballot = open_first_ballot(&mut chair).await;
    for member in &mut members {
        until_ballot(&mut member.phone, ballot, BallotState::Open).await;
        let choice = match member.person.0 {
            1..=20 => 0,
            21..=27 => 1,
            _ => 2,
        };
        if member.person.0 == 5 {
            member.vote(ballot, 3).await;
        }
        assert!(matches!(member.vote(ballot, choice).await, Verdict::Accepted { .. }));
    }
    projector
        .until(|p| p.view::<BallotView>("ballot/1").is_some_and(|b| b.returned == 28))
        .await
        .unwrap();
    let live: Vec<_> = projector
        .view::<BallotView>("ballot/1")
        .unwrap()
        .tally
        .unwrap()
        .iter()
        .map(|c| c.votes)
        .collect();
    assert_eq!(live, [20, 7, 1, 0], "the changed vote counts once");

    done(&mut chair, Command::CloseBallot { ballot }).await;
    chair
        .until(|c| c.view::<BallotView>("ballot/1").is_some_and(|b| b.result.is_some()))
        .await
        .unwrap();
    assert_eq!(
        projector.view::<BallotView>("ballot/1").unwrap().result,
        None,
        "nobody but the chair knows before the announcement"
    );
    assert_eq!(
        chair.view::<ConsoleView>("console").unwrap().next,
        Next::AnnounceBallot { ballot }
    );
    done(&mut chair, Command::AnnounceBallot { ballot }).await;
    let shown = until_ballot(&mut projector, ballot, BallotState::Announced).await;
    let result = shown.result.unwrap();
    let percents: Vec<_> = result.counts.iter().map(|c| c.percent.clone()).collect();
    assert_eq!(percents, ["71.43", "25", "3.57", "0"]);
    assert_eq!(
        (result.grade.as_str(), result.majority, result.returned),
        ("satisfied", 15, 28)
    );
    let public: serde_json::Value =
        pingyi::rehearsal::get(&hall.host, &format!("/api/public/{}", hall.demo.appraisal), None)
            .await
            .unwrap();
    assert_eq!(public["ballot/1"]["result"]["grade"], "satisfied");
    assert!(
        public.get("ballot/2").is_none() && public.get("sitting").is_none(),
        "nothing but the announced is public"
    );
}

#[tokio::test]
async fn turnout_only_shows_no_distribution_before_the_announcement() {
    let hall = Hall::open_named().await;
    let (mut chair, mut projector) = (hall.chair().await, hall.projector().await);
    let mut voters = Vec::new();
    for person in 1..=15 {
        let mut member = hall.member(person).await;
        member.check_in().await;
        voters.push(member);
    }
    done(
        &mut chair,
        Command::SetTallyDisplay {
            ballot: BallotId(1),
            display: TallyDisplay::TurnoutOnly,
        },
    )
    .await;
    let ballot = open_first_ballot(&mut chair).await;
    assert_eq!(
        refused(
            &mut chair,
            Command::SetTallyDisplay {
                ballot,
                display: TallyDisplay::Live
            }
        )
        .await,
        Refusal::BallotState {
            state: BallotState::Open
        },
        "what the hall was told before it voted stays"
    );
    voters[0].vote(ballot, 2).await;
    projector
        .until(|p| p.view::<BallotView>("ballot/1").is_some_and(|b| b.returned == 1))
        .await
        .unwrap();
    assert_eq!(projector.view::<BallotView>("ballot/1").unwrap().tally, None);
    assert_eq!(chair.view::<BallotView>("ballot/1").unwrap().tally, None);
    assert!(
        voters[0]
            .phone
            .own::<MyBallotView>("my_ballot/1")
            .is_none_or(|b| b.entitled)
    );
}

#[tokio::test]
async fn a_voided_round_is_kept_and_its_votes_do_not_count() {
    let hall = Hall::open_named().await;
    let mut chair = hall.chair().await;
    let mut voters = Vec::new();
    for person in 1..=15 {
        let mut member = hall.member(person).await;
        member.check_in().await;
        voters.push(member);
    }
    let ballot = open_first_ballot(&mut chair).await;
    voters[0].vote(ballot, 0).await;
    done(
        &mut chair,
        Command::VoidBallot {
            ballot,
            cause: VoidCause::Procedure,
            note: "大屏显示的述职人有误".into(),
        },
    )
    .await;
    until_ballot(&mut chair, ballot, BallotState::Prepared).await;
    let late = voters[1].vote_as(uuid::Uuid::new_v4(), ballot, 1, 0).await.unwrap();
    assert_eq!(
        late,
        Verdict::Refused {
            refusal: Refusal::OtherRound { round: 2 }
        }
    );
    let view: BallotView = chair.view("ballot/1").unwrap();
    assert_eq!(
        (
            view.round,
            view.returned,
            view.voided[0].returned,
            view.voided[0].issued
        ),
        (2, 0, 1, 15)
    );
}

#[tokio::test]
async fn a_stale_console_cannot_close_the_wrong_ballot() {
    let hall = Hall::open_named().await;
    let (mut chair, mut operator) = (hall.chair().await, hall.operator().await);
    for person in 1..=15 {
        hall.member(person).await.check_in().await;
    }
    let ballot = open_first_ballot(&mut chair).await;
    assert_eq!(
        refused(&mut operator, Command::CloseBallot { ballot }).await,
        Refusal::ConsoleNotHeld {
            held_by: ConsoleSeat::Chair
        },
        "only the seat that holds the console conducts"
    );
    let picture = Expects {
        ballot,
        round: 1,
        state: BallotState::Open,
    };
    done(
        &mut chair,
        Command::VoidBallot {
            ballot,
            cause: VoidCause::Procedure,
            note: "误操作".into(),
        },
    )
    .await;
    let stale = chair
        .command(Command::CloseBallot { ballot }, Some(picture))
        .await
        .unwrap();
    assert_eq!(
        stale,
        Verdict::Refused {
            refusal: Refusal::ScreenOutdated {
                ballot,
                round: 2,
                state: BallotState::Prepared
            }
        }
    );
    let blind = chair.command(Command::PresentBallot { ballot }, None).await.unwrap();
    assert_eq!(
        blind,
        Verdict::Refused {
            refusal: Refusal::ExpectsMissing {}
        }
    );

    done(
        &mut chair,
        Command::HandConsole {
            to: ConsoleSeat::Operator,
        },
    )
    .await;
    operator
        .until(|o| {
            o.view::<ConsoleView>("console")
                .is_some_and(|c| c.held_by == ConsoleSeat::Operator)
        })
        .await
        .unwrap();
    until_ballot(&mut operator, ballot, BallotState::Prepared).await;
    assert!(matches!(
        order(&mut operator, Command::BeginItem { item: FIRST_EVALUATION }).await,
        Verdict::Accepted { .. }
    ));
    assert_eq!(
        refused(&mut chair, Command::CloseSitting {}).await,
        Refusal::ConsoleNotHeld {
            held_by: ConsoleSeat::Operator
        }
    );
    done(&mut chair, Command::HandConsole { to: ConsoleSeat::Chair }).await;
}

#[tokio::test]
async fn an_attendee_may_ask_and_not_vote() {
    let hall = Hall::open_named().await;
    let mut chair = hall.chair().await;
    for person in 1..=15 {
        hall.member(person).await.check_in().await;
    }
    let code = hall
        .app
        .outer
        .doors
        .cards
        .code(hall.demo.appraisal, pingyi_core::ids::PersonId(29), 1);
    let key = pingyi_tests::hall::device_key(29, 0);
    let ask = pingyi::protocol::call::SignInCard {
        code,
        device_key: key.public_hex(),
        take_over: Default::default(),
    };
    let signed_in = pingyi::rehearsal::post(&hall.host, "/api/sign-in/card", None, &ask)
        .await
        .unwrap();
    let phone = hall.join(&signed_in, Default::default()).await.unwrap();
    let mut attendee = pingyi_tests::Member {
        phone,
        key,
        person: pingyi_core::ids::PersonId(29),
        signed_in,
    };
    attendee.check_in().await;
    let ballot = open_first_ballot(&mut chair).await;
    assert_eq!(
        attendee.vote(ballot, 0).await,
        Verdict::Refused {
            refusal: Refusal::NoVote {}
        }
    );
    done(
        &mut attendee.phone,
        Command::AskQuestion {
            subject: None,
            visibility: Visibility::Named,
            text: "请问……".into(),
        },
    )
    .await;
}
