//! Days and times as papers write them: 2023年12月8日, 9时5分; the body's time.

use jiff::civil::Date;
use pingyi_core::follow_up::day;
use pingyi_core::ids::InstantMs;

/// For a day that nobody has entered: to be filled in by hand.
pub(super) const BLANK: &str = "　　　　年　　月　　日";

/// A day of the record (YYYY-MM-DD, or empty).
pub(super) fn written(text: &str) -> String {
    day::read(text).map_or_else(|_| BLANK.to_owned(), chinese)
}

pub(super) fn chinese(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// 2023.12.8, for the narrow columns of tables.
pub(super) fn short(date: Date) -> String {
    format!("{}.{}.{}", date.year(), date.month(), date.day())
}

/// 2023年12月8日9时5分; empty for an instant that has not come.
pub(super) fn moment(at: InstantMs) -> String {
    match day::BEIJING.day_of(at) {
        Some(date) if at > 0 => chinese(date) + &time(at),
        _ => String::new(),
    }
}

/// 9时5分; empty for an instant that has not come.
pub(super) fn time(at: InstantMs) -> String {
    match day::BEIJING.time_of(at) {
        Some((hour, minute)) if at > 0 => format!("{hour}时{minute}分"),
        _ => String::new(),
    }
}
