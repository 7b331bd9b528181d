//! The last days of a case as a calendar (RFC 5545), for phones and office programs that subscribe to it. The same
//! record gives the same bytes: stamps are the record's time, never the clock's.

use super::ics_words::FeedLanguage;
use jiff::Timestamp;
use jiff::civil::Date;
use pingyi_core::Appraisal;
use pingyi_core::follow_up::DueMatter;
use pingyi_core::ids::{InstantMs, SubjectId};
use pingyi_core::limits::CLOCK_FIRST_MS;
use pingyi_core::stages::reminders::{Reminder, ReminderAbout, reminders};

/// A line holds at most so many bytes before its end (RFC 5545 §3.1).
const LINE_BYTES_MAX: usize = 75;
/// Days before the last one on which a calendar reminds.
const ALARM_DAYS: [u32; 2] = [7, 1];

/// All that has a last day, one all-day event each. What is done stays, without alarms, so that nobody looks for it.
pub fn calendar(case: &Appraisal, language: FeedLanguage) -> String {
    let mut out = Lines::default();
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line(&format!("PRODID:-//Pingyi//duty-report appraisal//{}", language.tag()));
    out.line("CALSCALE:GREGORIAN");
    out.line("METHOD:PUBLISH");
    out.text("X-WR-CALNAME", &case.names.title);
    out.line("X-WR-TIMEZONE:Asia/Shanghai");
    out.line("REFRESH-INTERVAL;VALUE=DURATION:PT6H");
    for reminder in reminders(case) {
        event(&mut out, case, &reminder, language);
    }
    out.line("END:VCALENDAR");
    out.written
}

fn event(out: &mut Lines, case: &Appraisal, reminder: &Reminder, language: FeedLanguage) {
    // The day after the last: the end of an all-day event is not part of it.
    let Ok(after) = reminder.due_on.tomorrow() else { return };
    let what = summary(case, reminder, language);
    out.line("BEGIN:VEVENT");
    out.line(&format!("UID:{}@{}", uid(reminder), case.id));
    out.line(&format!("DTSTAMP:{}", stamp(case.now)));
    out.line(&format!("LAST-MODIFIED:{}", stamp(case.now)));
    out.line(&format!("SEQUENCE:{}", sequence(case.now)));
    out.line(&format!("DTSTART;VALUE=DATE:{}", compact(reminder.due_on)));
    out.line(&format!("DTEND;VALUE=DATE:{}", compact(after)));
    out.line("TRANSP:TRANSPARENT");
    let mark = if reminder.done { language.done() } else { "" };
    out.text("SUMMARY", &format!("{mark}{what}"));
    out.text("DESCRIPTION", &description(case, reminder, language));
    if !reminder.done {
        for days in ALARM_DAYS {
            out.line("BEGIN:VALARM");
            out.line("ACTION:DISPLAY");
            out.line(&format!("TRIGGER:-P{days}D"));
            out.text("DESCRIPTION", &language.days_left(days, &what));
            out.line("END:VALARM");
        }
    }
    out.line("END:VEVENT");
}

/// The same matter keeps its name whatever day it moves to; one event a round of rectification would pile up old ones.
fn uid(reminder: &Reminder) -> String {
    let subject = reminder.subject.map_or(0, |s| s.0);
    match reminder.about {
        ReminderAbout::FollowUp { matter } => format!("{}-{subject}", matter_key(matter)),
        ReminderAbout::Line { issue } => format!("line-{issue}"),
        ReminderAbout::WrittenAnswer { question } => format!("answer-{question}"),
        ReminderAbout::StageEnd { stage } => format!("stage-{}", stage as u32),
    }
}

const fn matter_key(matter: DueMatter) -> &'static str {
    match matter {
        DueMatter::Results => "results",
        DueMatter::Plan => "plan",
        DueMatter::Report => "report",
        DueMatter::FurtherReport => "further-report",
    }
}

fn summary(case: &Appraisal, reminder: &Reminder, language: FeedLanguage) -> String {
    let issue = match reminder.about {
        ReminderAbout::Line { issue } => case.issues.issues.get(&issue).map_or("", |i| i.text.as_str()),
        _ => "",
    };
    let what = language.what(reminder.about, issue);
    match reminder.subject.map(|s| unit(case, s)) {
        Some(unit) if !unit.is_empty() => language.of_unit(unit, &what),
        _ => what,
    }
}

fn description(case: &Appraisal, reminder: &Reminder, language: FeedLanguage) -> String {
    let mut lines = vec![format!("{}\n{}", case.names.body_name, case.names.title)];
    if reminder.provisional && !reminder.done {
        lines.push(language.provisional().to_owned());
    }
    lines.join("\n")
}

fn unit(case: &Appraisal, subject: SubjectId) -> &str {
    case.subjects.get(&subject).map_or("", |s| s.unit.as_str())
}

fn stamp(at: InstantMs) -> String {
    let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Seconds of the record's time: grows with every change, and with it what a subscriber takes as the newer one.
fn sequence(at: InstantMs) -> i64 {
    ((at - CLOCK_FIRST_MS) / 1_000).clamp(0, i64::from(i32::MAX))
}

fn compact(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// Content lines, folded, each ended by CRLF.
#[derive(Default)]
struct Lines {
    written: String,
}

impl Lines {
    /// Folds by bytes, never inside a character.
    fn line(&mut self, line: &str) {
        let mut room = LINE_BYTES_MAX;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.written.push_str("\r\n ");
                // The blank that marks the fold is part of the line.
                room = LINE_BYTES_MAX - 1;
            }
            self.written.push(c);
            room -= c.len_utf8();
        }
        self.written.push_str("\r\n");
    }

    fn text(&mut self, name: &str, value: &str) {
        let mut line = format!("{name}:");
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => line.extend(['\\', c]),
                '\n' => line.push_str("\\n"),
                c if c.is_control() => {}
                c => line.push(c),
            }
        }
        self.line(&line);
    }
}

#[cfg(test)]
#[path = "ics_tests.rs"]
mod tests;
