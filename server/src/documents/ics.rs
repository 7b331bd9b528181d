//! The last days of a case as a calendar (RFC 5545), for phones and office programs that subscribe to it. The same
//! record gives the same bytes: stamps are the record's time, never the clock's. Chinese, as all papers are.

use jiff::Timestamp;
use jiff::civil::Date;
use pingyi_core::Appraisal;
use pingyi_core::follow_up::DueMatter;
use pingyi_core::ids::{InstantMs, SubjectId};
use pingyi_core::limits::CLOCK_FIRST_MS;
use pingyi_core::stages::Stage;
use pingyi_core::stages::reminders::{Reminder, ReminderAbout, reminders};

/// A line holds at most so many bytes before its end (RFC 5545 §3.1).
const LINE_BYTES_MAX: usize = 75;
/// Days before the last one on which a calendar reminds.
const ALARM_DAYS: [u32; 2] = [7, 1];

/// All that has a last day, one all-day event each. What is done stays, without alarms, so that nobody looks for it.
pub fn calendar(case: &Appraisal) -> String {
    let mut out = Lines::default();
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//Pingyi//duty-report appraisal//ZH");
    out.line("CALSCALE:GREGORIAN");
    out.line("METHOD:PUBLISH");
    out.text("X-WR-CALNAME", &case.names.title);
    out.line("X-WR-TIMEZONE:Asia/Shanghai");
    out.line("REFRESH-INTERVAL;VALUE=DURATION:PT6H");
    for reminder in reminders(case) {
        event(&mut out, case, &reminder);
    }
    out.line("END:VCALENDAR");
    out.written
}

fn event(out: &mut Lines, case: &Appraisal, reminder: &Reminder) {
    // The day after the last: the end of an all-day event is not part of it.
    let Ok(after) = reminder.due_on.tomorrow() else { return };
    let what = summary(case, reminder);
    out.line("BEGIN:VEVENT");
    out.line(&format!("UID:{}@{}", uid(reminder), case.id));
    out.line(&format!("DTSTAMP:{}", stamp(case.now)));
    out.line(&format!("LAST-MODIFIED:{}", stamp(case.now)));
    out.line(&format!("SEQUENCE:{}", sequence(case.now)));
    out.line(&format!("DTSTART;VALUE=DATE:{}", compact(reminder.due_on)));
    out.line(&format!("DTEND;VALUE=DATE:{}", compact(after)));
    out.line("TRANSP:TRANSPARENT");
    let mark = if reminder.done { "（已完成）" } else { "" };
    out.text("SUMMARY", &format!("{mark}{what}"));
    out.text("DESCRIPTION", &description(case, reminder));
    if !reminder.done {
        for days in ALARM_DAYS {
            out.line("BEGIN:VALARM");
            out.line("ACTION:DISPLAY");
            out.line(&format!("TRIGGER:-P{days}D"));
            out.text("DESCRIPTION", &format!("还有{days}天：{what}"));
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

fn summary(case: &Appraisal, reminder: &Reminder) -> String {
    let what = match reminder.about {
        ReminderAbout::FollowUp { matter } => match matter {
            DueMatter::Results => "报送评议结果和评议意见".to_owned(),
            DueMatter::Plan => "报送整改方案".to_owned(),
            DueMatter::Report => "报告整改落实情况".to_owned(),
            DueMatter::FurtherReport => "再次报告整改情况".to_owned(),
        },
        ReminderAbout::Line { issue } => {
            let text = case.issues.issues.get(&issue).map_or("", |i| i.text.as_str());
            format!("完成整改：{text}")
        }
        ReminderAbout::WrittenAnswer { question } => format!("书面答复第{question}件询问"),
        ReminderAbout::StageEnd { stage } => format!("{}阶段计划结束", stage_name(stage)),
    };
    match reminder.subject.map(|s| unit(case, s)) {
        Some(unit) if !unit.is_empty() => format!("{unit}：{what}"),
        _ => what,
    }
}

fn description(case: &Appraisal, reminder: &Reminder) -> String {
    let mut lines = vec![format!("{}\n{}", case.names.body_name, case.names.title)];
    if reminder.provisional && !reminder.done {
        lines.push("该年度放假安排尚未导入，日期可能顺延。".to_owned());
    }
    lines.join("\n")
}

fn unit(case: &Appraisal, subject: SubjectId) -> &str {
    case.subjects.get(&subject).map_or("", |s| s.unit.as_str())
}

const fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Preparation => "评议准备",
        Stage::Investigation => "评议调查",
        Stage::Sitting => "评议会议",
        Stage::Rectification => "评议整改",
    }
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
