//! From a question in the hall to the officer's signature, and each refusal on the way.

use super::*;
use crate::appraisal::Appraisal;
use crate::ballot::{Ballot, BallotState, Rule, Secrecy, TallyDisplay};
use crate::command::{Command, SubjectEntry};
use crate::follow_up::day;
use crate::ids::{BallotId, InstantMs, ItemId, PersonId};
use crate::inquiry::{Question, QuestionState, Visibility};
use crate::outcome::{Key, Reply};
use crate::refusal::{Refusal, TextField};
use crate::roster::{PersonKind, RosterEntry};
use crate::stamp::{Actor, Stamped};
use crate::subject::ReportForm;
use crate::views::{MySubjectView, Surroundings, mine};
use std::collections::BTreeSet;

const DESK: Actor = Actor::Desk { account: 1 };
/// 2023-12-08 10:00 in Beijing.
const SITTING: InstantMs = 1_702_000_800_000;
const DAY_MS: InstantMs = 86_400_000;
const ONE: SubjectId = SubjectId(1);
const TWO: SubjectId = SubjectId(2);
const OFFICER: PersonId = PersonId(2);

struct Office {
    case: Appraisal,
    orders: u128,
}

impl Office {
    /// Two subjects with announced results; an attendee is the first one's officer. Question 1 was answered in the
    /// hall, question 2 written to the chair alone.
    fn after_the_sitting() -> Office {
        let mut office = Office {
            case: Appraisal::new(uuid::Uuid::from_u128(1)),
            orders: 0,
        };
        for (name, kind) in [("委员", PersonKind::Member), ("局长", PersonKind::Attendee)] {
            let person = RosterEntry {
                name: name.into(),
                kind,
                title: String::new(),
                group: String::new(),
                seat: String::new(),
            };
            office.desk(0, Command::AddPerson { person }).unwrap();
        }
        for (n, unit) in [(1, "区教育局"), (2, "区工信局")] {
            let subject = SubjectEntry {
                officer: String::new(),
                post: "局长".into(),
                unit: unit.into(),
                report: ReportForm::Oral,
            };
            office.desk(0, Command::AddSubject { subject }).unwrap();
            let rule = Rule::of(&office.case.profile, 0);
            let mut ballot = Ballot::new(SubjectId(n), ItemId(n), rule, TallyDisplay::Live, Secrecy::Named);
            (ballot.state, ballot.announced_at) = (BallotState::Announced, SITTING);
            office.case.ballots.insert(BallotId(n), ballot);
        }
        let person = Some(OFFICER);
        office.desk(0, Command::SetOfficer { subject: ONE, person }).unwrap();
        for (n, visibility) in [(1, Visibility::Named), (2, Visibility::ChairOnly)] {
            office
                .case
                .inquiry
                .questions
                .insert(QuestionId(n), question(visibility));
        }
        office
    }

    fn give(&mut self, actor: Actor, days_later: i64, command: Command) -> Result<Reply, Refusal> {
        self.orders += 1;
        let stamped = Stamped {
            id: uuid::Uuid::from_u128(self.orders),
            actor,
            at: SITTING + days_later * DAY_MS,
            expects: None,
            command,
        };
        self.case.apply(&stamped).verdict
    }

    fn desk(&mut self, days_later: i64, command: Command) -> Result<Reply, Refusal> {
        self.give(DESK, days_later, command)
    }

    fn add(&mut self, entry: IssueEntry) -> Result<Reply, Refusal> {
        self.desk(1, Command::AddIssue(AddIssue { entry }))
    }

    fn merge(&mut self, from: u32, into: u32) -> Result<Reply, Refusal> {
        let (from, into) = (IssueId(from), IssueId(into));
        self.desk(1, Command::MergeIssue(MergeIssue { from, into }))
    }

    fn drop_issue(&mut self, issue: u32, reason: &str) -> Result<Reply, Refusal> {
        let (issue, reason) = (IssueId(issue), reason.into());
        self.desk(1, Command::DropIssue(DropIssue { issue, reason }))
    }

    fn restore(&mut self, issue: u32) -> Result<Reply, Refusal> {
        let issue = IssueId(issue);
        self.desk(1, Command::RestoreIssue(RestoreIssue { issue }))
    }

    fn categories(&mut self, entries: &[(&str, &str)]) -> Result<Reply, Refusal> {
        let entry = |(name, was): &(&str, &str)| CategoryEntry {
            name: (*name).into(),
            was: (*was).into(),
        };
        let categories = entries.iter().map(entry).collect();
        self.desk(1, Command::SetCategories(SetCategories { categories }))
    }

    fn draft(&mut self, assessment: &str) -> Result<Reply, Refusal> {
        let draft = DraftOpinions {
            subject: ONE,
            assessment: assessment.into(),
            advice: "一、完善机制\n二、加强培训".into(),
            demands: "一个月内报送整改方案".into(),
            number: String::new(),
        };
        self.desk(2, Command::DraftOpinions(draft))
    }

    fn approve(&mut self, days_later: i64, on: &str) -> Result<Reply, Refusal> {
        let approve = ApproveOpinions {
            subject: ONE,
            on: on.into(),
            note: "第三十次主任会议".into(),
        };
        self.desk(days_later, Command::ApproveOpinions(approve))
    }

    fn hand_over(&mut self, days_later: i64, on: &str) -> Result<Reply, Refusal> {
        let (subject, on) = (ONE, on.into());
        self.desk(days_later, Command::HandOverOpinions { subject, on })
    }

    fn receive(&mut self, days_later: i64, on: &str) -> Result<Reply, Refusal> {
        let (subject, on) = (ONE, on.into());
        self.desk(days_later, Command::ReceiveOpinions { subject, on })
    }

    fn sign(&mut self, person: PersonId, subject: SubjectId, days_later: i64) -> Result<Reply, Refusal> {
        let sign = SignOpinions {
            subject,
            signature: String::new(),
        };
        self.give(Actor::Person { person }, days_later, Command::SignOpinions(sign))
    }

    fn own_page(&self) -> MySubjectView {
        let view = mine(&self.case, &Surroundings::default(), OFFICER);
        serde_json::from_value(view["my_subject/1"].clone()).unwrap()
    }
}

fn question(visibility: Visibility) -> Question {
    Question {
        asker: PersonId(1),
        also_asked_by: BTreeSet::new(),
        subject: Some(ONE),
        visibility,
        text: "大班额何时消除？".into(),
        original: None,
        supporters: BTreeSet::new(),
        state: QuestionState::Answered,
        asked_at: 0,
        settled_at: 0,
        reason: String::new(),
        note: String::new(),
        due_on: String::new(),
        merged_into: None,
        merged: BTreeSet::new(),
    }
}

fn entry(subject: SubjectId, category: &str, text: &str) -> IssueEntry {
    IssueEntry {
        subject,
        category: category.into(),
        text: text.into(),
        sources: vec![asked(1)],
    }
}

fn asked(n: u32) -> Source {
    Source::Question {
        question: QuestionId(n),
    }
}

fn told(text: &str) -> Source {
    Source::Other { text: text.into() }
}

fn numbers(issues: &[IssueId]) -> Vec<u32> {
    issues.iter().map(|i| i.0).collect()
}

#[test]
fn issues_stand_in_the_document_by_category_and_merged_or_dropped_ones_do_not() {
    let mut office = Office::after_the_sitting();
    for (category, text) in [
        ("民生热点", "大班额"),
        ("依法行政水平", "执法不严"),
        ("民生热点", "班额过大"),
    ] {
        office.add(entry(ONE, category, text)).unwrap();
    }
    office.add(entry(TWO, "工作作风", "走访少")).unwrap();
    assert_eq!(numbers(&office.case.issues.in_order(ONE)), [2, 1, 3]);
    office.merge(3, 1).unwrap();
    assert_eq!(numbers(&office.case.issues.in_order(ONE)), [2, 1]);
    office.drop_issue(2, "已办结").unwrap();
    assert_eq!(numbers(&office.case.issues.in_order(ONE)), [1]);
    office.restore(2).unwrap();
    office.restore(3).unwrap();
    assert_eq!(numbers(&office.case.issues.in_order(ONE)), [2, 1, 3]);
}

#[test]
fn a_merged_issues_sources_count_for_the_one_that_speaks_for_it() {
    let mut office = Office::after_the_sitting();
    for source in [asked(1), told("群众来信"), told("执法检查")] {
        let sources = vec![asked(1), source];
        office
            .add(IssueEntry {
                sources,
                ..entry(ONE, "民生热点", "大班额")
            })
            .unwrap();
    }
    office.merge(3, 2).unwrap();
    office.merge(2, 1).unwrap();
    let issues = &office.case.issues;
    assert_eq!(
        issues.sources(IssueId(1)),
        [&asked(1), &told("群众来信"), &told("执法检查")]
    );
    assert_eq!(numbers(&issues.merged_into(IssueId(1))), [2, 3]);
    office.restore(2).unwrap();
    assert_eq!(
        numbers(&office.case.issues.merged_into(IssueId(2))),
        [3],
        "it comes back as it was"
    );
}

#[test]
fn an_issue_without_subject_category_or_source_is_refused() {
    let mut office = Office::after_the_sitting();
    assert_eq!(
        office.add(entry(SubjectId(9), "民生热点", "问题")),
        Err(Refusal::NoSuchSubject {})
    );
    assert_eq!(
        office.add(entry(ONE, "队伍建设", "问题")),
        Err(Refusal::NoSuchCategory {})
    );
    let field = TextField::Issue;
    assert_eq!(
        office.add(entry(ONE, "民生热点", " ")),
        Err(Refusal::TextMissing { field })
    );
    let mut with = |sources| {
        office.add(IssueEntry {
            sources,
            ..entry(ONE, "民生热点", "问题")
        })
    };
    assert_eq!(with(vec![]), Err(Refusal::SourceMissing {}));
    assert_eq!(with(vec![asked(7)]), Err(Refusal::NoSuchQuestion {}));
    assert_eq!(
        with(vec![asked(2)]),
        Err(Refusal::QuestionPrivate {}),
        "it was for the chair alone"
    );
    assert!(matches!(
        with(vec![asked(1); 21]),
        Err(Refusal::TooMany { max: 20, .. })
    ));
    assert!(office.case.issues.issues.is_empty());
}

#[test]
fn only_live_issues_of_one_subject_are_merged() {
    let mut office = Office::after_the_sitting();
    for subject in [ONE, ONE, TWO] {
        office.add(entry(subject, "民生热点", "问题")).unwrap();
    }
    assert_eq!(office.merge(1, 1), Err(Refusal::MergeIntoItself {}));
    assert_eq!(office.merge(1, 3), Err(Refusal::OtherSubject {}));
    assert_eq!(office.merge(1, 9), Err(Refusal::NoSuchIssue {}));
    office.merge(1, 2).unwrap();
    assert_eq!(office.merge(2, 1), Err(Refusal::IssueSettled {}), "no ring");
    assert_eq!(office.drop_issue(1, "重复"), Err(Refusal::IssueSettled {}));
    let field = TextField::Reason;
    assert_eq!(office.drop_issue(2, ""), Err(Refusal::TextMissing { field }));
    let change = Command::ChangeIssue(ChangeIssue {
        issue: IssueId(2),
        entry: entry(TWO, "民生热点", "问题"),
    });
    assert_eq!(
        office.desk(1, change),
        Err(Refusal::OtherSubject {}),
        "1 would not move with it"
    );
}

#[test]
fn categories_are_renamed_with_their_issues_and_none_in_use_goes() {
    let mut office = Office::after_the_sitting();
    office.add(entry(ONE, "民生热点", "大班额")).unwrap();
    let list = [("民生热点难点", "民生热点"), ("工作作风", "工作作风"), ("队伍建设", "")];
    office.categories(&list).unwrap();
    assert_eq!(office.case.issues.categories, ["民生热点难点", "工作作风", "队伍建设"]);
    assert_eq!(office.case.issues.issues[&IssueId(1)].category, "民生热点难点");
    let category = "民生热点难点".to_owned();
    let gone = office.categories(&[("工作作风", "工作作风")]);
    assert_eq!(gone, Err(Refusal::CategoryInUse { category }));
    let category = "工作作风".to_owned();
    let twice = office.categories(&[("工作作风", ""), ("工作作风", "")]);
    assert_eq!(twice, Err(Refusal::CategoryTwice { category }));
    assert_eq!(
        office.categories(&[("工作作风", "无此类")]),
        Err(Refusal::NoSuchCategory {})
    );
    office.drop_issue(1, "已办结").unwrap();
    office.categories(&[("工作作风", "工作作风")]).unwrap();
    assert_eq!(
        office.restore(1),
        Err(Refusal::NoSuchCategory {}),
        "change its category first"
    );
}

#[test]
fn what_the_council_approved_stands_until_it_takes_it_back() {
    let mut office = Office::after_the_sitting();
    office.add(entry(ONE, "民生热点", "大班额")).unwrap();
    office.add(entry(ONE, "民生热点", "学位不足")).unwrap();
    assert_eq!(office.approve(3, "2023-12-11"), Err(Refusal::OpinionsNotDrafted {}));
    assert_eq!(office.hand_over(3, "2023-12-11"), Err(Refusal::OpinionsNotApproved {}));
    office.draft("总体较好").unwrap();
    let last = "2023-12-11".to_owned();
    assert_eq!(office.approve(3, "2023-12-12"), Err(Refusal::DayTooLate { last }));
    assert!(office.case.issues.standing(ONE).is_empty());
    office.approve(3, "2023-12-11").unwrap();
    assert_eq!(numbers(office.case.issues.standing(ONE)), [1, 2]);
    let refused = Err(Refusal::OpinionsApproved {});
    assert_eq!(office.draft("改写"), refused);
    assert_eq!(office.add(entry(ONE, "民生热点", "又一个")), refused);
    assert_eq!(office.merge(1, 2), refused);
    assert_eq!(office.drop_issue(1, "不提"), refused);
    assert_eq!(office.approve(4, "2023-12-12"), refused);
    assert_eq!(office.categories(&[("民生", "民生热点")]), refused);
    office.add(entry(TWO, "民生热点", "别的单位")).unwrap();
    office.approve(4, "").unwrap();
    office.drop_issue(1, "不提").unwrap();
    office.approve(4, "2023-12-12").unwrap();
    assert_eq!(numbers(office.case.issues.standing(ONE)), [2]);
    let first = "2023-12-12".to_owned();
    assert_eq!(office.hand_over(5, "2023-12-11"), Err(Refusal::DayTooEarly { first }));
    office.hand_over(5, "2023-12-13").unwrap();
    assert_eq!(office.approve(5, ""), Err(Refusal::OpinionsHandedOver {}));
    assert_eq!(office.hand_over(5, "").and(office.approve(5, "")), Ok(Reply::Done {}));
}

#[test]
fn the_officer_reads_the_opinions_once_handed_over_and_signs_once() {
    let mut office = Office::after_the_sitting();
    office.add(entry(ONE, "民生热点", "大班额")).unwrap();
    office.draft("总体较好").unwrap();
    office.approve(3, "2023-12-11").unwrap();
    let page = office.own_page();
    assert_eq!(
        (page.assessment.as_str(), page.issues.len()),
        ("", 0),
        "approved is not yet handed over"
    );
    assert_eq!(office.sign(OFFICER, ONE, 3), Err(Refusal::OpinionsNotHandedOver {}));
    office.hand_over(4, "2023-12-12").unwrap();
    let page = office.own_page();
    assert_eq!(
        (page.assessment.as_str(), page.issues[0].text.as_str()),
        ("总体较好", "大班额")
    );
    assert_eq!(office.sign(PersonId(1), ONE, 4), Err(Refusal::NotOfficer {}));
    assert_eq!(office.sign(OFFICER, TWO, 4), Err(Refusal::NotOfficer {}));
    office.sign(OFFICER, ONE, 6).unwrap();
    assert_eq!(office.own_page().received_on, "2023-12-14");
    assert!(office.own_page().signed);
    let plan = office.case.dues()[0].anchor_on;
    assert_eq!(day::write(plan), "2023-12-14", "deadlines count from the signature");
    assert_eq!(office.sign(OFFICER, ONE, 7), Err(Refusal::AlreadyReceived {}));
    assert_eq!(
        office.receive(7, ""),
        Err(Refusal::ReceiptSigned {}),
        "the desk does not undo a signature"
    );
}

#[test]
fn a_receipt_on_paper_is_the_desks_and_leaves_nothing_to_sign() {
    let mut office = Office::after_the_sitting();
    office.draft("总体较好").unwrap();
    office.approve(3, "2023-12-11").unwrap();
    office.hand_over(3, "2023-12-11").unwrap();
    office.receive(4, "2023-12-12").unwrap();
    let page = office.own_page();
    assert_eq!((page.received_on.as_str(), page.signed), ("2023-12-12", false));
    assert_eq!(office.sign(OFFICER, ONE, 4), Err(Refusal::AlreadyReceived {}));
}

#[test]
fn a_subject_with_issues_or_opinions_stays() {
    let mut office = Office::after_the_sitting();
    office.case.ballots.clear();
    office.case.inquiry.questions.clear();
    office.draft("总体较好").unwrap();
    let sources = vec![told("群众来信")];
    office
        .add(IssueEntry {
            sources,
            ..entry(TWO, "民生热点", "问题")
        })
        .unwrap();
    for subject in [ONE, TWO] {
        let refused = office.desk(2, Command::RemoveSubject { subject });
        assert_eq!(refused, Err(Refusal::SubjectInUse {}));
    }
}

#[test]
fn the_state_survives_its_snapshot() {
    let mut office = Office::after_the_sitting();
    office.add(entry(ONE, "民生热点", "大班额")).unwrap();
    office.draft("总体较好").unwrap();
    office.approve(3, "2023-12-11").unwrap();
    assert!(office.case.keys().contains(&Key::Issue(IssueId(1))));
    let text = serde_json::to_string(&office.case).unwrap();
    assert_eq!(serde_json::from_str::<Appraisal>(&text).unwrap(), office.case);
}
