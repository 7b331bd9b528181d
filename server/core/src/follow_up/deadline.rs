//! Counting of periods as 民法典 200–204 do: the day of the event is not counted (201); a period of months ends on the
//! corresponding day, or on the month's last day where there is none (202); if the last day is a holiday, the period
//! ends with the next working day; it ends at 24:00 (203). A locality may set another convention (204): unit and roll are data.

use super::calendar::Calendar;
use crate::limits::{TERM_DAYS_MAX, TERM_MONTHS_MAX};
use crate::refusal::Refusal;
use crate::rules::profile::{DeadlineUnit, RollRule};
use jiff::Span;
use jiff::civil::Date;

wire! {
    /// How long a period is.
    #[derive(Copy)]
    pub struct Term { pub amount: u32, pub unit: DeadlineUnit, pub roll: RollRule }
}

impl Term {
    pub const fn of(amount: u32, unit: DeadlineUnit) -> Term {
        Term {
            amount,
            unit,
            roll: RollRule::NextWorkingDay,
        }
    }

    /// # Errors
    /// A period of nothing, or longer than any locality sets.
    pub fn check(self) -> Result<Term, Refusal> {
        let max = match self.unit {
            DeadlineUnit::Days | DeadlineUnit::WorkingDays => TERM_DAYS_MAX,
            DeadlineUnit::Months => TERM_MONTHS_MAX,
        };
        if (1..=max).contains(&self.amount) {
            Ok(self)
        } else {
            Err(Refusal::OutOfRange { min: 1, max })
        }
    }

    /// The last day of a period that begins with an event on `event`. None beyond the years that dates have.
    pub fn last_day(self, event: Date, calendar: &Calendar) -> Option<Date> {
        let amount = i64::from(self.amount);
        let last = match self.unit {
            DeadlineUnit::Days => event.checked_add(Span::new().try_days(amount).ok()?).ok()?,
            // jiff ends a month at its last day where the corresponding one is missing.
            DeadlineUnit::Months => event.checked_add(Span::new().try_months(amount).ok()?).ok()?,
            DeadlineUnit::WorkingDays => {
                let mut last = event;
                for _ in 0..self.amount {
                    last = calendar.working_day_from(last.tomorrow().ok()?)?;
                }
                last
            }
        };
        match self.roll {
            RollRule::None => Some(last),
            RollRule::NextWorkingDay => calendar.working_day_from(last),
        }
    }
}

#[cfg(test)]
mod tests;
