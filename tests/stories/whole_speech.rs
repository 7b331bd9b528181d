//! The seed's whole speech, from the groups' investigation to the ballot on rectification that is satisfied: every row
//! of it is an order that somebody gives over a socket, the clock moved from stage to stage.

use pingyi::clock::Clock;
use pingyi::protocol::call::{SignInCard, SignedIn, TakeOver};
use pingyi::rehearsal::{Memory, Phone, post};
use pingyi::sample::Sample;
use pingyi_core::Reply;
use pingyi_core::ballot::{BallotState, Secrecy};
use pingyi_core::command::Command;
use pingyi_core::follow_up::day;
use pingyi_core::ids::{BallotId, ItemId, PersonId};
use pingyi_core::rules::{Profile, built_in};
use pingyi_core::signed::receipt_text;
use pingyi_core::views::{BallotView, FollowUpView, PublicRectificationView, SittingView};
use pingyi_tests::hall::{device_key, done, refused, until_ballot};
use pingyi_tests::{Hall, Member};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use uuid::Uuid;

const START_MS: i64 = 1_795_482_000_000;
const DAY_MS: i64 = 86_400_000;
/// The first attendee on the sample's roster speaks for the education bureau.
const OFFICER: PersonId = PersonId(29);

fn order(name: &str, body: Value) -> Command {
    serde_json::from_value(json!({ "type": name, "body": body })).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// The hall and its hand on the clock.
struct Course {
    hall: Hall,
    hand: Arc<AtomicI64>,
}

impl Course {
    fn now(&self) -> i64 {
        self.hand.load(Ordering::SeqCst)
    }

    fn today(&self) -> String {
        day::write(day::BEIJING.day_of(self.now()).unwrap())
    }

    /// The day after so many days, as the office would write it.
    fn in_days(&self, days: i64) -> String {
        day::write(day::BEIJING.day_of(self.now() + days * DAY_MS).unwrap())
    }

    async fn pass_ms(&self, ms: i64) {
        self.hand.fetch_add(ms, Ordering::SeqCst);
        let case = self.hall.app.outer.registry.get(self.hall.demo.appraisal).unwrap();
        case.wake().await;
    }

    async fn officer(&self) -> Member {
        let key = device_key(OFFICER.0, 0);
        let doors = &self.hall.app.outer.doors;
        let case = self.hall.app.outer.registry.get(self.hall.demo.appraisal).unwrap();
        let generation = case.look(|c| c.roster.people[&OFFICER].card_generation);
        let ask = SignInCard {
            code: doors.cards.code(self.hall.demo.appraisal, OFFICER, generation),
            device_key: key.public_hex(),
            take_over: TakeOver::Ask,
        };
        let signed_in: SignedIn = post(&self.hall.host, "/api/sign-in/card", None, &ask)
            .await
            .expect("the card opens");
        let phone = self
            .hall
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

    /// Holds the ballot in front: everybody votes, the office's clock passes the closing, the chair announces.
    async fn hold(&self, chair: &mut Phone, voters: &mut [Member], ballot: BallotId, choice: impl Fn(usize) -> u32) {
        done(chair, Command::PresentBallot { ballot }).await;
        until_ballot(chair, ballot, BallotState::Presented).await;
        done(chair, Command::OpenBallot { ballot, limit_s: 0 }).await;
        until_ballot(chair, ballot, BallotState::Open).await;
        for (n, voter) in voters.iter_mut().enumerate() {
            until_ballot(&mut voter.phone, ballot, BallotState::Open).await;
            voter.vote(ballot, choice(n)).await;
        }
        done(chair, Command::CloseBallot { ballot }).await;
        self.pass_ms(5_000).await;
        until_ballot(chair, ballot, BallotState::Sealed).await;
        done(chair, Command::AnnounceBallot { ballot }).await;
        until_ballot(chair, ballot, BallotState::Announced).await;
    }

    /// A later sitting on the first subject's rectification, at its evaluation.
    async fn meet_again(
        &self,
        desk: &mut Phone,
        chair: &mut Phone,
        voters: &mut [Member],
        (number, name): (u32, &str),
    ) -> BallotId {
        done(
            desk,
            order(
                "sitting.convene/1",
                json!({ "session_name": name, "held_on": self.today() }),
            ),
        )
        .await;
        let rule = built_in::profile("seed_rectification").unwrap().unwrap();
        let confirmed = rule.assumed.clone();
        let profile = Box::new(Profile {
            secrecy: Secrecy::Named,
            ..rule
        });
        done(desk, Command::AdoptProfile { profile, confirmed }).await;
        let items = json!([{ "kind": "evaluation", "title": "整改情况满意度测评", "subject": 1 }]);
        done(desk, order("agenda.set/1", json!({ "items": items }))).await;
        done(chair, Command::OpenSitting {}).await;
        for voter in voters.iter_mut() {
            voter.phone.until(|p| open(p, number)).await.unwrap();
            done(&mut voter.phone, Command::CheckIn {}).await;
        }
        let item = first_item(chair, number).await;
        done(chair, Command::BeginItem { item }).await;
        let subject = |p: &Phone| p.view::<Value>("subject/1").and_then(|s| s["ballot"].as_u64());
        let named = |p: &Phone| {
            p.view::<Value>(&format!("ballot/{}", subject(p).unwrap_or(0)))
                .is_some_and(|b| b["sitting"] == number)
        };
        chair.until(named).await.unwrap();
        BallotId(u32::try_from(subject(chair).expect("a ballot")).unwrap())
    }
}

/// This sitting is open on the screen: until then it may still show the one before.
fn open(phone: &Phone, number: u32) -> bool {
    phone
        .view::<Value>("sitting")
        .is_some_and(|s| s["state"] == "open" && s["number"] == number)
}

async fn first_item(chair: &mut Phone, number: u32) -> ItemId {
    chair.until(|p| open(p, number)).await.unwrap();
    let agenda: Value = chair.view("agenda").unwrap();
    ItemId(u32::try_from(agenda["items"][0]["id"].as_u64().unwrap()).unwrap())
}

async fn follow_up(desk: &mut Phone, holds: impl Fn(&FollowUpView) -> bool) -> FollowUpView {
    let seen = |p: &Phone| p.view::<FollowUpView>("follow_up").is_some_and(|f| holds(&f));
    desk.until(seen).await.expect("the desk hears of it");
    desk.view("follow_up").unwrap()
}

#[tokio::test]
async fn the_speech_from_the_investigation_to_the_rectification_that_is_satisfied() {
    let (clock, hand) = Clock::manual(START_MS);
    let named = Sample {
        secrecy: Secrecy::Named,
        ..Sample::default()
    };
    let hall = Hall::with_clock(clock, named).await;
    let course = Course { hall, hand };
    let (mut desk, mut chair) = (course.hall.desk().await, course.hall.chair().await);
    let mut voters = Vec::new();
    for person in 1..=16 {
        let mut member = course.hall.member(person).await;
        member.check_in().await;
        voters.push(member);
    }

    // 会前成立评议工作组，座谈会、个别访谈；主任会议听取汇报。
    done(
        &mut desk,
        order("subject.officer/1", json!({ "subject": 1, "person": OFFICER })),
    )
    .await;
    let group = json!({ "name": "第一评议工作组", "leader": 2, "members": [6, 7], "subjects": [1] });
    done(&mut desk, order("investigation.group/1", group)).await;
    let entry = json!({ "kind": "forum", "on": course.today(), "place": "区第一小学", "with": "教师代表", "people": 12, "summary": "班额偏大" });
    done(
        &mut desk,
        order("investigation.activity/1", json!({ "group": 1, "entry": entry })),
    )
    .await;

    // 现场询问，记入问题清单；审议发言由本人确认。
    let ask = json!({ "subject": 1, "visibility": "named", "text": "大班额何时消除？" });
    let Reply::QuestionAsked { question } = done(&mut voters[5].phone, order("question.ask/1", ask)).await else {
        panic!("a question")
    };
    done(&mut desk, Command::AcceptQuestion { question }).await;
    done(&mut chair, Command::BeginItem { item: ItemId(4) }).await;
    done(&mut chair, Command::TakeQuestion { question }).await;
    done(
        &mut chair,
        Command::AnswerQuestion {
            question,
            note: "三年内消除".into(),
        },
    )
    .await;
    let remark = json!({ "speaker": 3, "subject": 1, "aspect": "依法履行职责情况", "text": "教育资源配置不尽合理" });
    done(&mut desk, order("remark.record/1", remark)).await;
    done(
        &mut voters[2].phone,
        order("remark.confirm/1", json!({ "remark": 1, "wording": 1 })),
    )
    .await;

    // 民主测评：16 人满意，超过全体组成人员半数。
    done(&mut chair, Command::BeginItem { item: ItemId(8) }).await;
    course.hold(&mut chair, &mut voters, BallotId(1), |_| 0).await;
    done(&mut chair, Command::CloseSitting {}).await;

    // 会后：分单位、分类别梳理，形成评议意见，主任会议审议后交评议对象。
    let approve = json!({ "subject": 1, "on": course.today(), "note": "第三十次主任会议" });
    let hand_over = json!({ "subject": 1, "on": course.today() });
    refused(&mut desk, order("follow_up.hand_over/1", hand_over.clone())).await;
    for (text, source) in [
        ("大班额尚未消除", json!({ "from": "question", "question": question })),
        ("教育资源配置不尽合理", json!({ "from": "remark", "remark": 1 })),
    ] {
        let entry = json!({ "subject": 1, "category": "民生热点", "text": text, "sources": [source] });
        done(&mut desk, order("issue.add/1", json!({ "entry": entry }))).await;
    }
    let draft = json!({ "subject": 1, "assessment": "总体较好", "advice": "加快学位建设", "demands": "按期整改", "number": "" });
    done(&mut desk, order("opinions.draft/1", draft)).await;
    done(&mut desk, order("opinions.approve/1", approve)).await;
    done(&mut desk, order("follow_up.hand_over/1", hand_over)).await;

    // 评议对象签收：一个月内报整改方案，三个月内报告。
    let mut officer = course.officer().await;
    let id = Uuid::new_v4();
    let text = receipt_text(&course.hall.demo.appraisal, &id, pingyi_core::ids::SubjectId(1));
    let sign = order(
        "opinions.sign/1",
        json!({ "subject": 1, "signature": officer.key.sign(&text) }),
    );
    officer.phone.give(id, sign, None).await.unwrap();
    officer.phone.receipt(id).await.unwrap();
    let due = follow_up(&mut desk, |f| f.dues.len() == 3).await;
    assert!(due.opinions[0].received_on == course.today());

    // 问题台账、整改方案、检查、销号。
    let promised = course.in_days(60);
    for issue in [1, 2] {
        let entry = json!({ "cause": "学位不足", "measure": "新建两所学校", "target": "班额达标", "owner": "副局长", "due_on": promised, "state": "underway" });
        done(
            &mut officer.phone,
            order("ledger.line/1", json!({ "issue": issue, "entry": entry })),
        )
        .await;
    }
    course.pass_ms(20 * DAY_MS).await;
    let filing = |summary: &str| json!({ "subject": 1, "on": "", "summary": summary });
    done(&mut officer.phone, order("ledger.plan/1", filing("整改方案"))).await;
    course.pass_ms(50 * DAY_MS).await;
    for (finding, note) in [("fake", "现场并未开工"), ("sound", "已经建成")] {
        let check = json!({ "issue": 1, "on": course.today(), "by": "教科文卫工委", "finding": finding, "note": note });
        done(&mut desk, order("ledger.check/1", check)).await;
    }
    let entry = json!({ "cause": "学位不足", "measure": "新建两所学校", "target": "班额达标", "owner": "副局长", "due_on": promised, "state": "done" });
    done(
        &mut officer.phone,
        order("ledger.line/1", json!({ "issue": 1, "entry": entry })),
    )
    .await;
    done(&mut officer.phone, order("ledger.report/1", filing("整改情况报告"))).await;
    let done_on = |f: &FollowUpView| {
        f.dues
            .iter()
            .filter(|d| d.subject.is_some())
            .all(|d| !d.done_on.is_empty())
    };
    follow_up(&mut desk, done_on).await;

    // 过半数不满意：责成继续整改，限期再次报告；再次测评。
    let second = course
        .meet_again(&mut desk, &mut chair, &mut voters, (2, "第十五次会议"))
        .await;
    course
        .hold(&mut chair, &mut voters, second, |n| if n < 15 { 2 } else { 0 })
        .await;
    done(&mut chair, Command::CloseSitting {}).await;
    follow_up(&mut desk, |f| f.opinions[0].to_order).await;
    let again =
        json!({ "subject": 1, "on": course.today(), "until": course.in_days(30), "note": "主任会议责成继续整改" });
    done(&mut desk, order("rectification.order/1", again)).await;
    course.pass_ms(25 * DAY_MS).await;
    let third = course
        .meet_again(&mut desk, &mut chair, &mut voters, (3, "第十八次会议"))
        .await;
    course
        .hold(&mut chair, &mut voters, third, |n| if n < 14 { 2 } else { 0 })
        .await;
    done(&mut chair, Command::CloseSitting {}).await;
    let end = follow_up(&mut desk, |f| f.opinions[0].results.len() == 3).await;
    let grades: Vec<_> = end.opinions[0].results.iter().map(|r| r.grade.label.as_str()).collect();
    assert_eq!(grades, ["满意", "责成继续整改", "整改情况予以认可"]);
    assert!(!end.opinions[0].to_order);

    // 网站公开：到时间之前什么也没有。
    let publish = |at: i64| json!({ "part": "opinions", "timing": { "when": "at", "at": at } });
    let public = async || -> Value {
        let path = format!("/api/public/{}", course.hall.demo.appraisal);
        pingyi::rehearsal::get(&course.hall.host, &path, None).await.unwrap()
    };
    done(&mut desk, order("publication.set/1", publish(course.now() + DAY_MS))).await;
    assert!(public().await["published/1"]["opinions"].is_null());
    course.pass_ms(DAY_MS).await;
    let told = |p: &Phone| {
        p.view::<Value>("publication")
            .is_some_and(|v| v["parts"][1]["public"] == true)
    };
    desk.until(told).await.unwrap();
    let shown: PublicRectificationView = serde_json::from_value(public().await["published/1"].clone()).unwrap();
    assert_eq!(shown.opinions.unwrap().issues.len(), 2);
    assert_eq!(shown.results.len(), 3);
    let sitting: SittingView = desk.view("sitting").unwrap();
    assert_eq!((sitting.number, sitting.past.len()), (3, 2));
    let first: BallotView = desk.view("ballot/1").unwrap();
    assert_eq!(first.result.unwrap().counts[0].votes, 16);
}
