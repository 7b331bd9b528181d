//! The calendar of public holidays (法定节假日) and of weekend days that are worked instead (调休). What it does not
//! mention is an ordinary week: Monday to Friday are worked. Its days come from the State Council's yearly notice.

use super::day;
use crate::limits::{CALENDAR_DAYS_MAX, CALENDAR_SPAN_DAYS_MAX, LABEL_CHARS_MAX};
use crate::refusal::{Counted, Refusal, TextField};
use crate::text;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

wire_words! {
    /// What the notice makes of a day.
    pub enum DayKind {
        /// 放假
        Off,
        /// 调休上班: a Saturday or Sunday that is worked.
        Work,
    }
}

wire! {
    /// Days in a row, the last one included, both YYYY-MM-DD: 2023-09-29 to 2023-10-06, off, 中秋节、国庆节.
    pub struct CalendarSpan {
        pub first: String,
        pub last: String,
        pub kind: DayKind,
        pub name: String,
    }

    /// How many days of a year the calendar holds. A year that is not here is counted by weekends alone.
    #[derive(Copy)]
    pub struct CalendarYear { pub year: u32, pub off: u32, pub work: u32 }
}

/// A day that is not what its weekday makes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    pub kind: DayKind,
    pub name: String,
}

/// Holidays and worked weekend days by date; empty until the desk imports one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    days: BTreeMap<Date, Marked>,
}

/// From this day of December on, a day off belongs to the next year's notice.
const NEW_YEAR_FIRST_DAY: i8 = 20;

/// The days of a span; none where it is no span.
fn days_of(span: &CalendarSpan) -> Vec<Date> {
    let (Ok(first), Ok(last)) = (day::read(&span.first), day::read(&span.last)) else {
        return Vec::new();
    };
    let days = first.series(jiff::Span::new().days(1)).take_while(|d| *d <= last);
    days.take(usize::try_from(CALENDAR_SPAN_DAYS_MAX).unwrap_or(0))
        .collect()
}

impl Calendar {
    /// # Errors
    /// A span that is no span, is longer than a holiday can be, or makes a day both off and worked.
    pub fn of(spans: &[CalendarSpan]) -> Result<Calendar, Refusal> {
        let mut calendar = Calendar::default();
        for span in spans {
            calendar.mark(span)?;
        }
        Ok(calendar)
    }

    fn mark(&mut self, span: &CalendarSpan) -> Result<(), Refusal> {
        let (first, last) = (day::read(&span.first)?, day::read(&span.last)?);
        let name = text::optional_line(TextField::Note, &span.name, LABEL_CHARS_MAX)?;
        let days = (last - first).get_days();
        if !(0..CALENDAR_SPAN_DAYS_MAX).contains(&days) {
            return Err(Refusal::OutOfRange {
                min: 1,
                max: CALENDAR_SPAN_DAYS_MAX.unsigned_abs(),
            });
        }
        for date in first.series(jiff::Span::new().days(1)).take_while(|d| *d <= last) {
            let marked = Marked {
                kind: span.kind,
                name: name.clone(),
            };
            let before = self.days.insert(date, marked);
            if before.is_some_and(|b| b.kind != span.kind) {
                return Err(Refusal::DayTwice { day: day::write(date) });
            }
            if self.days.len() > CALENDAR_DAYS_MAX {
                return Err(Refusal::TooMany {
                    of: Counted::CalendarDays,
                    max: u32::try_from(CALENDAR_DAYS_MAX).unwrap_or(u32::MAX),
                });
            }
        }
        Ok(())
    }

    /// This calendar with a new notice: years of the notice are as it says, all others stay. New Year's days in December
    /// come with the notice of the year that they begin, and say nothing of the rest of theirs.
    pub fn with(&self, notice: &[CalendarSpan]) -> Vec<CalendarSpan> {
        let said: BTreeSet<Date> = notice.iter().flat_map(days_of).collect();
        let eve = |d: &Date| d.month() == 12 && d.day() >= NEW_YEAR_FIRST_DAY;
        let years: BTreeSet<i16> = said.iter().filter(|d| !eve(d)).map(|d| d.year()).collect();
        let kept = self.days.iter();
        let kept = kept.filter(|(day, _)| (eve(day) || !years.contains(&day.year())) && !said.contains(day));
        let mut spans: Vec<(Date, Date, &Marked)> = Vec::new();
        for (day, marked) in kept {
            match spans.last_mut() {
                Some((first, last, of))
                    if *of == marked
                        && last.tomorrow().ok() == Some(*day)
                        && (*day - *first).get_days() < CALENDAR_SPAN_DAYS_MAX =>
                {
                    *last = *day;
                }
                _ => spans.push((*day, *day, marked)),
            }
        }
        let written = spans.into_iter().map(|(first, last, marked)| CalendarSpan {
            first: day::write(first),
            last: day::write(last),
            kind: marked.kind,
            name: marked.name.clone(),
        });
        written.chain(notice.iter().cloned()).collect()
    }

    /// Whether people work on this day.
    pub fn works(&self, date: Date) -> bool {
        match self.days.get(&date) {
            Some(marked) => marked.kind == DayKind::Work,
            None => !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday),
        }
    }

    /// The first worked day from `date` on, `date` included; none at the end of the calendar that dates have.
    pub fn working_day_from(&self, date: Date) -> Option<Date> {
        let mut date = date;
        while !self.works(date) {
            date = date.tomorrow().ok()?;
        }
        Some(date)
    }

    /// Whether the notice of that day's year has been imported.
    pub fn covers(&self, date: Date) -> bool {
        self.days.keys().any(|d| d.year() == date.year())
    }

    pub fn years(&self) -> Vec<CalendarYear> {
        let mut years: BTreeMap<i16, CalendarYear> = BTreeMap::new();
        for (date, marked) in &self.days {
            let year = years.entry(date.year()).or_insert(CalendarYear {
                year: date.year().unsigned_abs().into(),
                off: 0,
                work: 0,
            });
            match marked.kind {
                DayKind::Off => year.off += 1,
                DayKind::Work => year.work += 1,
            }
        }
        years.into_values().collect()
    }
}

#[cfg(test)]
pub(super) mod tests;
