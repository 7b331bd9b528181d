//! Days as the record writes them, and the body's day of an instant. The body's zone is fixed: China keeps UTC+8 all
//! year, and a deadline must not move because a machine knows another zone.

use crate::ids::InstantMs;
use crate::refusal::Refusal;
use crate::text;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

/// A body's own time, a fixed distance from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(Offset);

/// 北京时间.
pub const BEIJING: Zone = Zone(Offset::constant(8));

impl Zone {
    /// The day on which the instant lies.
    pub fn day_of(self, at: InstantMs) -> Option<Date> {
        Some(self.0.to_datetime(Timestamp::from_millisecond(at).ok()?).date())
    }

    /// Hour and minute of the instant.
    pub fn time_of(self, at: InstantMs) -> Option<(i8, i8)> {
        let time = self.0.to_datetime(Timestamp::from_millisecond(at).ok()?);
        Some((time.hour(), time.minute()))
    }

    /// 24:00 of the day: a period ends there (民法典 203), and the next day begins.
    pub fn end_of(self, date: Date) -> Option<InstantMs> {
        let midnight = date.tomorrow().ok()?.at(0, 0, 0, 0);
        Some(self.0.to_timestamp(midnight).ok()?.as_millisecond())
    }
}

/// A day as YYYY-MM-DD.
pub fn read(text: &str) -> Result<Date, Refusal> {
    text::day(text)?.parse().map_err(|_| Refusal::DayUnreadable {})
}

pub fn write(date: Date) -> String {
    date.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::follow_up::calendar::tests::date;

    /// 2023-12-08T15:59:59.999Z is the last millisecond of 8 December in Beijing.
    #[test]
    fn a_day_is_the_bodys_and_ends_at_24() {
        let end = BEIJING.end_of(date("2023-12-08")).unwrap();
        assert_eq!(end, 1_702_051_200_000);
        assert_eq!(BEIJING.day_of(end - 1), Some(date("2023-12-08")));
        assert_eq!(BEIJING.day_of(end), Some(date("2023-12-09")));
    }
}
