//! Deadlines against an oracle that walks day by day and knows no date library.

use super::*;
use crate::follow_up::calendar::DayKind;
use crate::follow_up::calendar::tests::{date, notices, span};
use crate::follow_up::day;
use proptest::prelude::*;
use std::collections::BTreeMap;

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

fn plain(date: Date) -> oracle::Day {
    (
        date.year().into(),
        date.month().unsigned_abs().into(),
        date.day().unsigned_abs().into(),
    )
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
