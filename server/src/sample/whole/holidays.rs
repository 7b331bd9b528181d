//! Holidays and worked weekend days of the State Council's notices for 2025 and 2026 (国办发明电〔2024〕12号,
//! 国办发明电〔2025〕7号). A later year is left to the desk: a deadline that falls into it is shown as provisional.

use pingyi_core::command::Command;
use pingyi_core::follow_up::calendar::{CalendarSpan, DayKind};

const SPANS: &[(&str, &str, DayKind, &str)] = &[
    ("2025-01-01", "2025-01-01", DayKind::Off, "元旦"),
    ("2025-01-26", "2025-01-26", DayKind::Work, "春节调休"),
    ("2025-01-28", "2025-02-04", DayKind::Off, "春节"),
    ("2025-02-08", "2025-02-08", DayKind::Work, "春节调休"),
    ("2025-04-04", "2025-04-06", DayKind::Off, "清明节"),
    ("2025-04-27", "2025-04-27", DayKind::Work, "劳动节调休"),
    ("2025-05-01", "2025-05-05", DayKind::Off, "劳动节"),
    ("2025-05-31", "2025-06-02", DayKind::Off, "端午节"),
    ("2025-09-28", "2025-09-28", DayKind::Work, "国庆节调休"),
    ("2025-10-01", "2025-10-08", DayKind::Off, "国庆节、中秋节"),
    ("2025-10-11", "2025-10-11", DayKind::Work, "国庆节调休"),
    ("2026-01-01", "2026-01-03", DayKind::Off, "元旦"),
    ("2026-01-04", "2026-01-04", DayKind::Work, "元旦调休"),
    ("2026-02-14", "2026-02-14", DayKind::Work, "春节调休"),
    ("2026-02-15", "2026-02-23", DayKind::Off, "春节"),
    ("2026-02-28", "2026-02-28", DayKind::Work, "春节调休"),
    ("2026-04-04", "2026-04-06", DayKind::Off, "清明节"),
    ("2026-05-01", "2026-05-05", DayKind::Off, "劳动节"),
    ("2026-05-09", "2026-05-09", DayKind::Work, "劳动节调休"),
    ("2026-06-19", "2026-06-21", DayKind::Off, "端午节"),
    ("2026-09-20", "2026-09-20", DayKind::Work, "国庆节调休"),
    ("2026-09-25", "2026-09-27", DayKind::Off, "中秋节"),
    ("2026-10-01", "2026-10-07", DayKind::Off, "国庆节"),
    ("2026-10-10", "2026-10-10", DayKind::Work, "国庆节调休"),
];

pub fn calendar() -> Command {
    let span = |(first, last, kind, name): &(&str, &str, DayKind, &str)| CalendarSpan {
        first: (*first).into(),
        last: (*last).into(),
        kind: *kind,
        name: (*name).into(),
    };
    Command::SetCalendar {
        spans: SPANS.iter().map(span).collect(),
    }
}
