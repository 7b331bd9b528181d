//! Deadlines against an oracle that walks day by day and knows no date library; the orders and their refusals.

use super::calendar::{Calendar, CalendarSpan, DayKind};
use super::deadline::Term;
use super::*;
use crate::ballot::{Ballot, Rule, Secrecy, TallyDisplay};
use crate::command::Command;
use crate::ids::{BallotId, InstantMs, ItemId};
use crate::issues::OpinionText;
use crate::refusal::Refusal;
use crate::rules::profile::{DeadlineUnit, RollRule};
use crate::stamp::{Actor, Stamped};
use crate::subject::{ReportForm, Subject};
use proptest::prelude::*;

/// A plain calendar written for these tests alone: days are counted on from 1 January 2000, a Saturday.
mod oracle {
    use super::{DayKind, DeadlineUnit, RollRule};
    use std::collections::BTreeMap;

    pub type Day = (i32, u32, u32);

    fn days_of(year: i32, month: u32) -> u32 {
        match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            _ if year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) => 29,
            _ => 28,
        }
    }

    pub fn next((year, month, day): Day) -> Day {
        if day < days_of(year, month) {
            (year, month, day + 1)
        } else if month < 12 {
            (year, month + 1, 1)
        } else {
            (year + 1, 1, 1)
        }
    }

    /// 0 is Saturday.
    fn weekday(day: Day) -> u32 {
        let mut walked = 0;
        let mut at = (2000, 1, 1);
        while at != day {
            at = next(at);
            walked += 1;
        }
        walked % 7
    }

    pub fn works(day: Day, marks: &BTreeMap<Day, DayKind>) -> bool {
        match marks.get(&day) {
            Some(DayKind::Work) => true,
            Some(DayKind::Off) => false,
            None => weekday(day) > 1,
        }
    }

    pub fn last_day(
        event: Day,
        amount: u32,
        unit: DeadlineUnit,
        roll: RollRule,
        marks: &BTreeMap<Day, DayKind>,
    ) -> Day {
        let mut last = event;
        match unit {
            DeadlineUnit::Days => (0..amount).for_each(|_| last = next(last)),
            DeadlineUnit::WorkingDays => {
                let mut left = amount;
                while left > 0 {
                    last = next(last);
                    left -= u32::from(works(last, marks));
                }
            }
            DeadlineUnit::Months => {
                let (mut year, mut month) = (event.0, event.1);
                for _ in 0..amount {
                    (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                }
                last = (year, month, event.2.min(days_of(year, month)));
            }
        }
        while roll == RollRule::NextWorkingDay && !works(last, marks) {
            last = next(last);
        }
        last
    }
}

fn date(text: &str) -> Date {
    text.parse().expect("a day")
}

fn plain(date: Date) -> oracle::Day {
    (
        date.year().into(),
        date.month().unsigned_abs().into(),
        date.day().unsigned_abs().into(),
    )
}

fn span(first: &str, last: &str, kind: DayKind) -> CalendarSpan {
    CalendarSpan {
        first: first.into(),
        last: last.into(),
        kind,
        name: "节".into(),
    }
}

/// The State Council's notices for 2023 and 2024, the parts the vectors need.
fn notices() -> Calendar {
    use DayKind::{Off, Work};
    Calendar::of(&[
        span("2023-01-21", "2023-01-27", Off),
        span("2023-01-28", "2023-01-29", Work),
        span("2023-04-29", "2023-05-03", Off),
        span("2023-05-06", "2023-05-06", Work),
        span("2023-09-29", "2023-10-06", Off),
        span("2023-10-07", "2023-10-08", Work),
        span("2023-12-30", "2024-01-01", Off),
        span("2024-02-10", "2024-02-17", Off),
        span("2024-02-04", "2024-02-04", Work),
        span("2024-02-18", "2024-02-18", Work),
        span("2024-10-01", "2024-10-07", Off),
        span("2024-09-29", "2024-09-29", Work),
        span("2024-10-12", "2024-10-12", Work),
    ])
    .expect("a calendar")
}

#[test]
fn periods_end_as_the_civil_code_counts_them() {
    let calendar = notices();
    let last = |event: &str, amount, unit| day::write(Term::of(amount, unit).last_day(date(event), &calendar).unwrap());
    // The day of the event is not counted: a week from a Friday ends on the next Friday.
    assert_eq!(last("2023-12-08", 7, DeadlineUnit::Days), "2023-12-15");
    // Received on the last day of a month: the corresponding day, or the month's last.
    assert_eq!(
        last("2023-03-31", 1, DeadlineUnit::Months),
        "2023-05-04",
        "30 April is a holiday"
    );
    assert_eq!(last("2023-05-31", 1, DeadlineUnit::Months), "2023-06-30");
    assert_eq!(last("2023-11-30", 3, DeadlineUnit::Months), "2024-02-29");
    assert_eq!(last("2022-11-30", 3, DeadlineUnit::Months), "2023-02-28");
    assert_eq!(last("2024-02-29", 1, DeadlineUnit::Months), "2024-03-29");
    assert_eq!(last("2024-02-29", 12, DeadlineUnit::Months), "2025-02-28");
    // The last day is a holiday: the day after it, a Saturday that is worked.
    assert_eq!(last("2023-09-01", 1, DeadlineUnit::Months), "2023-10-07");
    assert_eq!(last("2024-01-10", 1, DeadlineUnit::Months), "2024-02-18");
    // A Saturday that is worked is a last day like any other; an ordinary Saturday is not.
    assert_eq!(last("2024-09-12", 1, DeadlineUnit::Months), "2024-10-12");
    assert_eq!(last("2024-07-17", 1, DeadlineUnit::Months), "2024-08-19");
    // Working days pass over the holiday and count the weekend that replaces it.
    assert_eq!(last("2023-09-28", 1, DeadlineUnit::WorkingDays), "2023-10-07");
    assert_eq!(last("2023-09-28", 3, DeadlineUnit::WorkingDays), "2023-10-09");
    assert_eq!(last("2024-09-28", 1, DeadlineUnit::WorkingDays), "2024-09-29");
}

#[test]
fn without_the_roll_a_holiday_stays_the_last_day() {
    let term = Term {
        amount: 1,
        unit: DeadlineUnit::Months,
        roll: RollRule::None,
    };
    assert_eq!(term.last_day(date("2023-09-01"), &notices()), Some(date("2023-10-01")));
}

/// 2023-12-08T15:59:59.999Z is the last millisecond of 8 December in Beijing.
#[test]
fn a_day_is_the_bodys_and_ends_at_24() {
    let end = day::BEIJING.end_of(date("2023-12-08")).unwrap();
    assert_eq!(end, 1_702_051_200_000);
    assert_eq!(day::BEIJING.day_of(end - 1), Some(date("2023-12-08")));
    assert_eq!(day::BEIJING.day_of(end), Some(date("2023-12-09")));
}

#[test]
fn a_calendar_that_contradicts_itself_is_refused() {
    let both = [
        span("2023-10-01", "2023-10-07", DayKind::Off),
        span("2023-10-07", "2023-10-08", DayKind::Work),
    ];
    assert_eq!(
        Calendar::of(&both),
        Err(Refusal::DayTwice {
            day: "2023-10-07".into()
        })
    );
    let backwards = [span("2023-10-07", "2023-10-01", DayKind::Off)];
    assert_eq!(Calendar::of(&backwards), Err(Refusal::OutOfRange { min: 1, max: 31 }));
    let endless: Vec<_> = (2000..2100)
        .map(|y| span(&format!("{y}-10-01"), &format!("{y}-10-31"), DayKind::Off))
        .collect();
    assert!(matches!(Calendar::of(&endless), Err(Refusal::TooMany { .. })));
}

/// Who imports next year's notice in November has this year's deadlines still running.
#[test]
fn a_notice_replaces_its_own_year_and_no_other() {
    use DayKind::{Off, Work};
    let years = |c: &Calendar| c.years().iter().map(|y| (y.year, y.off, y.work)).collect::<Vec<_>>();
    let next = [
        span("2024-12-28", "2025-01-01", Off),
        span("2025-01-28", "2025-02-04", Off),
        span("2025-01-26", "2025-01-26", Work),
    ];
    let both = notices().with(&next);
    let calendar = Calendar::of(&both).unwrap();
    assert_eq!(years(&calendar), [(2023, 22, 5), (2024, 16 + 4, 4), (2025, 9, 1)]);
    assert!(both.len() < 25, "days in a row stay one span");
    let mended = calendar.with(&[span("2025-01-29", "2025-02-04", Off)]);
    let mended = Calendar::of(&mended).unwrap();
    assert_eq!(years(&mended), [(2023, 22, 5), (2024, 20, 4), (2025, 7, 0)]);
    let turned = calendar.with(&[
        span("2024-12-28", "2024-12-28", Work),
        span("2025-10-01", "2025-10-07", Off),
    ]);
    assert!(
        Calendar::of(&turned).unwrap().works(date("2024-12-28")),
        "the newer word on a day holds"
    );
}

#[test]
fn a_year_without_its_notice_is_told() {
    let calendar = notices();
    assert!(calendar.covers(date("2024-03-05")) && !calendar.covers(date("2025-03-05")));
    let years: Vec<_> = calendar.years().iter().map(|y| (y.year, y.off, y.work)).collect();
    assert_eq!(years, [(2023, 7 + 5 + 8 + 2, 5), (2024, 1 + 8 + 7, 4)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_deadline_is_the_oracles(
        offset in 0_i64..9_000,
        amount in 1_u32..130,
        unit in prop_oneof![Just(DeadlineUnit::Days), Just(DeadlineUnit::WorkingDays), Just(DeadlineUnit::Months)],
        roll in prop_oneof![Just(RollRule::None), Just(RollRule::NextWorkingDay)],
        marks in prop::collection::btree_map(0_i64..200, prop_oneof![Just(DayKind::Off), Just(DayKind::Work)], 0..60),
    ) {
        let amount = if unit == DeadlineUnit::Months { amount % 36 + 1 } else { amount };
        let event = date("2001-01-01") + jiff::Span::new().days(offset);
        // Marks lie where the period ends, or they would seldom be met.
        let near = Term { amount, unit, roll: RollRule::None }.last_day(event, &Calendar::default()).unwrap();
        let days: BTreeMap<_, _> = marks.iter().map(|(n, k)| (near + jiff::Span::new().days(*n - 60), *k)).collect();
        let spans: Vec<_> = days.iter().map(|(d, k)| span(&day::write(*d), &day::write(*d), *k)).collect();
        let calendar = Calendar::of(&spans).unwrap();
        let found = Term { amount, unit, roll }.last_day(event, &calendar).unwrap();
        let days = days.iter().map(|(d, k)| (plain(*d), *k)).collect();
        prop_assert_eq!(plain(found), oracle::last_day(plain(event), amount, unit, roll, &days));
    }
}

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
