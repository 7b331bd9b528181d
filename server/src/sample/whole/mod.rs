//! What lies around the sample's sitting, for a demonstration: an investigation before it, and last year's whole case
//! up to its rectification. A script of orders with their days; it never does anything itself.

mod after;
mod before;
mod earlier;
mod holidays;
mod later_sittings;
mod survey;
mod topics;

pub use before::{before_the_sitting, first_day};
pub use earlier::earlier_case;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use pingyi_core::command::Command;
use pingyi_core::follow_up::day;
use pingyi_core::ids::{InstantMs, ItemId, PersonId, QuestionnaireId, SubjectId};
use pingyi_core::questionnaire::Given;
use pingyi_core::stages::lots::LotCall;
use pingyi_core::subject::{Document, DocumentKind};
use sha2::{Digest as _, Sha256};

/// Last year's subject whose further report is late.
pub const LATE: SubjectId = SubjectId(3);

/// Who gives an order of the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Desk,
    Chair,
    /// On a phone of the own.
    Person(PersonId),
}

/// One thing that somebody does.
#[derive(Clone, Debug)]
pub enum Act {
    Order(Who, Command),
    /// The desk calls a lot, and in the hall this is called out.
    Lot(LotCall, &'static str),
    /// The questionnaire is answered by so many people, each from a device of its own.
    Answers(QuestionnaireId, Vec<Vec<Given>>),
    /// The evaluation on the agenda: how often each option is chosen, in the order of the options. Those who checked in
    /// vote, in secret.
    Evaluation(ItemId, Vec<(SubjectId, Vec<u32>)>),
    /// The subject's officer signs for the opinions.
    Receipt(SubjectId),
}

/// What happens on one day, from this hour on.
#[derive(Clone, Debug)]
pub struct Scene {
    pub days_ago: i32,
    pub hour: i8,
    pub acts: Vec<Act>,
}

/// The case's days, counted back from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    today: Date,
}

impl Days {
    /// # Panics
    /// Never for an instant that a clock gives.
    pub fn of(now: InstantMs) -> Days {
        Days {
            today: day::BEIJING.day_of(now).unwrap_or(Date::constant(2026, 1, 1)),
        }
    }

    pub fn ago(self, days: i32) -> Date {
        let span = jiff::Span::new().days(days);
        self.today.saturating_sub(span)
    }

    /// YYYY-MM-DD.
    pub fn written(self, days_ago: i32) -> String {
        day::write(self.ago(days_ago))
    }

    /// That hour of the day in China.
    pub fn at(self, days_ago: i32, hour: i8) -> InstantMs {
        let moment = self.ago(days_ago).at(hour, 0, 0, 0);
        let at = Offset::constant(8).to_timestamp(moment);
        at.map_or(0, Timestamp::as_millisecond)
    }
}

/// A text of the sample that a case names by its digest.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    pub file_name: &'static str,
    pub text: &'static str,
}

impl Text {
    pub fn document(self) -> Document {
        let digest = Sha256::digest(self.text.as_bytes());
        Document {
            digest: digest.iter().map(|b| format!("{b:02x}")).collect(),
            kind: DocumentKind::Md,
            file_name: self.file_name.into(),
            size_bytes: u32::try_from(self.text.len()).unwrap_or(u32::MAX),
        }
    }
}

/// All texts, to be stored before the script is played.
pub fn texts() -> impl Iterator<Item = Text> {
    let of_topics = topics::THIS_YEAR.iter().chain(&topics::LAST_YEAR);
    let of_topics = of_topics.flat_map(|t| t.duty_report.into_iter().chain([t.investigation]));
    of_topics.chain(after::EVIDENCE)
}

fn desk(command: Command) -> Act {
    Act::Order(Who::Desk, command)
}

fn chair(command: Command) -> Act {
    Act::Order(Who::Chair, command)
}

fn person(person: PersonId, command: Command) -> Act {
    Act::Order(Who::Person(person), command)
}
