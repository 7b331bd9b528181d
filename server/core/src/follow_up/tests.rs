//! The follow-up's orders, what they set due, and their refusals.

use super::calendar::DayKind;
use super::calendar::tests::{date, span};
use super::deadline::Term;
use super::*;
use crate::ballot::{Ballot, Rule, Secrecy, TallyDisplay};
use crate::command::Command;
use crate::ids::{BallotId, InstantMs, ItemId};
use crate::issues::OpinionText;
use crate::refusal::Refusal;
use crate::rules::profile::DeadlineUnit;
use crate::stamp::{Actor, Stamped};
use crate::subject::{ReportForm, Subject};

const DESK: Actor = Actor::Desk { account: 1 };
/// 2023-12-08 10:00 in Beijing.
const SITTING: InstantMs = 1_702_000_800_000;
const DAY_MS: InstantMs = 86_400_000;

struct Hall {
    case: Appraisal,
    orders: u128,
}

impl Hall {
    /// A sitting that announced the first of two subjects and closed.
    fn closed() -> Hall {
        let mut case = Appraisal::new(uuid::Uuid::from_u128(1));
        for n in 1..=2 {
            let subject = Subject {
                officer: String::new(),
                post: "局长".into(),
                unit: format!("单位{n}"),
                report: ReportForm::Oral,
                documents: Vec::new(),
                added_at: 0,
                recused: BTreeMap::new(),
                person: None,
            };
            case.subjects.insert(SubjectId(n), subject);
            let rule = Rule::of(&case.profile, 0);
            let mut ballot = Ballot::new(SubjectId(n), ItemId(n), rule, TallyDisplay::Live, Secrecy::Named);
            if n == 1 {
                ballot.state = BallotState::Announced;
                ballot.announced_at = SITTING;
            }
            case.ballots.insert(BallotId(n), ballot);
        }
        let approved = OpinionText {
            assessment: "总体较好".into(),
            approved_on: Some(date("2023-12-08")),
            ..OpinionText::default()
        };
        case.issues.opinions.insert(SubjectId(1), approved);
        case.sitting.state = SittingState::Closed;
        case.sitting.closed_at = SITTING;
        Hall { case, orders: 0 }
    }

    fn order(&mut self, days_later: i64, command: Command) -> Result<(), Refusal> {
        self.orders += 1;
        let stamped = Stamped {
            id: uuid::Uuid::from_u128(self.orders),
            actor: DESK,
            at: SITTING + days_later * DAY_MS,
            expects: None,
            command,
        };
        self.case.apply(&stamped).verdict.map(|_| ())
    }

    fn hand_over(&mut self, days_later: i64, on: &str) -> Result<(), Refusal> {
        let subject = SubjectId(1);
        self.order(days_later, Command::HandOverOpinions { subject, on: on.into() })
    }

    fn receive(&mut self, days_later: i64, on: &str) -> Result<(), Refusal> {
        let subject = SubjectId(1);
        self.order(days_later, Command::ReceiveOpinions { subject, on: on.into() })
    }

    /// DueMatter and last day of everything due.
    fn dues(&self) -> Vec<(DueMatter, String)> {
        let dues = self.case.dues();
        dues.iter().map(|d| (d.matter, day::write(d.due_on()))).collect()
    }
}

#[test]
fn the_seeds_three_deadlines_count_from_the_sitting_and_from_the_receipt() {
    let mut hall = Hall::closed();
    assert_eq!(hall.dues(), [(DueMatter::Results, "2023-12-15".into())]);
    hall.hand_over(8, "2023-12-14").unwrap();
    assert_eq!(hall.dues().len(), 1, "handing over starts nothing");
    hall.receive(8, "2023-12-15").unwrap();
    let seed = [
        (DueMatter::Results, "2023-12-15".to_owned()),
        (DueMatter::Plan, "2024-01-15".to_owned()),
        (DueMatter::Report, "2024-03-15".to_owned()),
    ];
    assert_eq!(hall.dues(), seed);
    assert!(hall.case.dues()[1].provisional, "no notice is imported");
    let spans = vec![span("2024-03-15", "2024-03-17", DayKind::Off)];
    hall.order(8, Command::SetCalendar { spans }).unwrap();
    assert_eq!(hall.dues()[2].1, "2024-03-18");
    assert!(!hall.case.dues()[1].provisional);
}

#[test]
fn days_of_the_follow_up_come_in_their_order() {
    let mut hall = Hall::closed();
    let other = Command::HandOverOpinions {
        subject: SubjectId(2),
        on: "2023-12-08".into(),
    };
    assert_eq!(hall.order(0, other), Err(Refusal::ResultNotAnnounced {}));
    assert_eq!(hall.receive(3, "2023-12-11"), Err(Refusal::OpinionsNotHandedOver {}));
    let first = "2023-12-08".to_owned();
    assert_eq!(hall.hand_over(3, "2023-12-07"), Err(Refusal::DayTooEarly { first }));
    let last = "2023-12-11".to_owned();
    assert_eq!(hall.hand_over(3, "2023-12-12"), Err(Refusal::DayTooLate { last }));
    hall.hand_over(3, "2023-12-11").unwrap();
    let first = "2023-12-11".to_owned();
    assert_eq!(hall.receive(3, "2023-12-10"), Err(Refusal::DayTooEarly { first }));
    hall.receive(3, "2023-12-11").unwrap();
    assert_eq!(hall.hand_over(3, ""), Err(Refusal::OpinionsReceived {}));
    hall.receive(3, "").unwrap();
    assert_eq!(
        hall.dues().len(),
        1,
        "a receipt recorded by mistake is taken back with its deadlines"
    );
}

#[test]
fn an_extension_is_later_and_has_a_reason_and_a_handed_in_plan_is_done() {
    let mut hall = Hall::closed();
    hall.hand_over(3, "2023-12-11").unwrap();
    hall.receive(3, "2023-12-11").unwrap();
    let extend = |until: &str, reason: &str| Command::ExtendDeadline {
        matter: DueMatter::Plan,
        subject: Some(SubjectId(1)),
        until: until.into(),
        reason: reason.into(),
    };
    assert_eq!(hall.dues()[1].1, "2024-01-11");
    let first = "2024-01-12".to_owned();
    assert_eq!(
        hall.order(4, extend("2024-01-11", "主任会议同意")),
        Err(Refusal::DayTooEarly { first })
    );
    assert!(matches!(
        hall.order(4, extend("2024-01-19", " ")),
        Err(Refusal::TextMissing { .. })
    ));
    hall.order(4, extend("2024-01-19", "主任会议同意")).unwrap();
    assert_eq!(hall.dues()[1].1, "2024-01-19");
    hall.order(4, extend("", "")).unwrap();
    assert_eq!(hall.dues()[1].1, "2024-01-11");
    let complete = Command::CompleteMatter {
        matter: DueMatter::Plan,
        subject: Some(SubjectId(1)),
        on: "2023-12-20".into(),
    };
    hall.order(12, complete).unwrap();
    assert_eq!(hall.case.dues()[1].done_on, Some(date("2023-12-20")));
    assert_eq!(hall.case.dues()[2].done_on, None);
}

#[test]
fn an_extension_makes_no_day_earlier_and_excuses_nothing_afterwards() {
    let mut hall = Hall::closed();
    hall.hand_over(3, "2023-12-11").unwrap();
    hall.receive(3, "2023-12-11").unwrap();
    let plan = |until: &str| Command::ExtendDeadline {
        matter: DueMatter::Plan,
        subject: Some(SubjectId(1)),
        until: until.into(),
        reason: "主任会议同意".into(),
    };
    hall.order(4, plan("2024-01-15")).unwrap();
    let spans = vec![span("2024-01-11", "2024-01-17", DayKind::Off)];
    hall.order(4, Command::SetCalendar { spans }).unwrap();
    assert_eq!(
        hall.dues()[1].1,
        "2024-01-18",
        "the holiday gives more than the council did"
    );
    let shown = crate::views::render(
        &hall.case,
        &crate::views::Surroundings::default(),
        crate::views::Audience::Desk,
        crate::outcome::Key::FollowUp,
    );
    assert_eq!(shown.unwrap()["dues"][1]["extended_because"], "");

    hall.order(
        60,
        Command::CompleteMatter {
            matter: DueMatter::Plan,
            subject: Some(SubjectId(1)),
            on: "2024-02-01".into(),
        },
    )
    .unwrap();
    assert_eq!(
        hall.order(61, plan("2024-02-10")),
        Err(Refusal::NothingDue {}),
        "what came in late stays late"
    );
}

#[test]
fn the_receipt_stands_once_something_was_filed_after_it() {
    let mut hall = Hall::closed();
    hall.hand_over(3, "2023-12-11").unwrap();
    hall.receive(3, "2023-12-11").unwrap();
    let report = |on: &str| {
        Command::FileRectification(crate::ledger::FilingEntry {
            subject: SubjectId(1),
            on: on.into(),
            summary: "见附件".into(),
            document: None,
        })
    };
    hall.receive(4, "2023-12-12").expect("nothing has come of it yet");
    hall.order(6, report("2023-12-14")).unwrap();
    assert_eq!(hall.receive(7, "2023-12-15"), Err(Refusal::FiledSince {}));
    assert_eq!(hall.receive(7, ""), Err(Refusal::FiledSince {}));
    let give_back = crate::ledger::ReturnFiling {
        subject: SubjectId(1),
        matter: DueMatter::Report,
        reason: "签收日期登记有误".into(),
    };
    hall.order(7, Command::ReturnFiling(give_back)).unwrap();
    hall.receive(7, "2023-12-15").unwrap();
    hall.order(
        7,
        Command::CompleteMatter {
            matter: DueMatter::Plan,
            subject: Some(SubjectId(1)),
            on: "2023-12-15".into(),
        },
    )
    .unwrap();
    assert_eq!(hall.receive(7, ""), Err(Refusal::FiledSince {}));
}

#[test]
fn a_locality_sets_other_periods() {
    let mut hall = Hall::closed();
    let term = Term::of(10, DeadlineUnit::WorkingDays);
    let matter = DueMatter::Results;
    hall.order(0, Command::SetTerm { matter, term }).unwrap();
    assert_eq!(hall.dues()[0].1, "2023-12-22");
    let term = Term::of(0, DeadlineUnit::Days);
    let refused = hall.order(0, Command::SetTerm { matter, term });
    assert_eq!(refused, Err(Refusal::OutOfRange { min: 1, max: 1_000 }));
}

/// A plan is due in two months and a report in 90 days by this rule, which says nothing of the results.
fn other_rule() -> Profile {
    let mut profile = crate::rules::built_in::usual();
    profile.deadlines.retain(|d| d.item != DeadlineItem::ResultsToParty);
    for d in &mut profile.deadlines {
        match d.item {
            DeadlineItem::RectificationPlan => (d.amount, d.source) = (2, "某县办法第十条".into()),
            DeadlineItem::RectificationReport => (d.amount, d.unit) = (90, DeadlineUnit::Days),
            _ => {}
        }
    }
    profile
}

#[test]
fn the_adopted_rules_deadlines_are_the_terms_until_the_office_changes_one() {
    let mut hall = Hall {
        case: Appraisal::new(uuid::Uuid::from_u128(1)),
        orders: 0,
    };
    let adopt = |confirmed: &[&str]| Command::AdoptProfile {
        profile: Box::new(other_rule()),
        confirmed: confirmed.iter().map(|c| (*c).to_owned()).collect(),
    };
    let shown = |hall: &Hall| {
        let around = crate::views::Surroundings::default();
        let key = crate::outcome::Key::FollowUp;
        let view = crate::views::render(&hall.case, &around, crate::views::Audience::Desk, key).unwrap();
        let term = |t: &serde_json::Value| {
            let term = &t["term"];
            let named_in = t["named_in"].as_str().unwrap();
            format!("{} {} {} {named_in}", term["amount"], term["unit"], t["source"]).replace('"', "")
        };
        view["terms"].as_array().unwrap().iter().map(term).collect::<Vec<_>>()
    };
    let [results, plan, report] = ["7 days program ", "1 months program ", "3 months program "];
    assert_eq!(shown(&hall), [results, plan, report]);
    hall.order(0, adopt(&[])).unwrap();
    let source = "六盘水某区述职评议办法；浙江省监督条例第四十四条";
    let by_rule = format!("90 days rule {source}");
    assert_eq!(
        shown(&hall),
        [results, "2 months rule 某县办法第十条", by_rule.as_str()]
    );
    let (matter, term) = (DueMatter::Plan, Term::of(20, DeadlineUnit::WorkingDays));
    hall.order(0, Command::SetTerm { matter, term }).unwrap();
    hall.order(0, adopt(&["groups"])).unwrap();
    assert_eq!(
        shown(&hall)[1],
        "20 working_days office ",
        "one more confirmed setting of the same rule changes no term"
    );
    let usual = Command::AdoptProfile {
        profile: Box::new(crate::rules::built_in::usual()),
        confirmed: Vec::new(),
    };
    hall.order(0, usual).unwrap();
    assert!(
        shown(&hall).iter().all(|t| t.contains(" rule ")),
        "another rule, other terms"
    );
}

#[test]
fn the_state_survives_its_snapshot() {
    let mut hall = Hall::closed();
    let spans = vec![span("2024-02-10", "2024-02-17", DayKind::Off)];
    hall.order(0, Command::SetCalendar { spans }).unwrap();
    hall.hand_over(3, "2023-12-11").unwrap();
    hall.receive(3, "2023-12-11").unwrap();
    let text = serde_json::to_string(&hall.case).unwrap();
    assert_eq!(serde_json::from_str::<Appraisal>(&text).unwrap(), hall.case);
}
