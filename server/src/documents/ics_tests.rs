//! The feed, read by another program's parser, and held against what RFC 5545 asks of bytes.

use super::FeedLanguage;
use ical::parser::ical::component::IcalEvent;
use pingyi_core::Appraisal;
use pingyi_core::command::{Command, SubjectEntry};
use pingyi_core::follow_up::day;
use pingyi_core::ids::{IssueId, SubjectId};
use pingyi_core::issues::{Issue, OpinionText};
use pingyi_core::ledger::Line;
use pingyi_core::stages::{PlanEntry, Stage, StageDays, StageStep};
use pingyi_core::stamp::{Actor, Stamped};
use pingyi_core::subject::ReportForm;
use uuid::Uuid;

/// 2024-02-28T01:00:00Z.
const NOW: i64 = 1_709_082_000_000;

fn order(case: &mut Appraisal, n: u128, command: Command) {
    let stamped = Stamped {
        id: Uuid::from_u128(n),
        actor: Actor::Desk { account: 1 },
        at: NOW,
        expects: None,
        command,
    };
    case.apply(&stamped).verdict.unwrap();
}

/// Two planned stages, the first over, and a line of the ledger whose text a calendar must not stumble over.
fn case() -> Appraisal {
    let mut case = Appraisal::new(Uuid::from_u128(7));
    let describe = Command::DescribeCase {
        title: "2024年述职评议".into(),
        body_name: "某区人大常委会".into(),
        session_name: String::new(),
        held_on: String::new(),
    };
    let subject = SubjectEntry {
        officer: String::new(),
        post: "局长".into(),
        unit: "区教育局".into(),
        report: ReportForm::Oral,
    };
    let days = |stage, first: &str, last: &str| StageDays {
        stage,
        first: first.into(),
        last: last.into(),
    };
    let plan = PlanEntry {
        stages: vec![
            days(Stage::Preparation, "2024-02-01", "2024-02-28"),
            days(Stage::Investigation, "2024-02-28", "2024-02-29"),
        ],
        guidance: String::new(),
        leadership: String::new(),
        demands: String::new(),
    };
    order(&mut case, 1, describe);
    order(&mut case, 2, Command::AddSubject { subject });
    order(&mut case, 3, Command::SetPlan(plan));
    let stage = Stage::Investigation;
    order(&mut case, 4, Command::EnterStage(StageStep { stage }));
    let day = |text: &str| Some(day::read(text).unwrap());
    let (id, subject) = (IssueId(1), SubjectId(1));
    let issue = Issue {
        subject,
        category: "民生热点".into(),
        text: "城区小学大班额仍未消除，3所学校超过56人；一\\二;三,四\n第二段：家长反映强烈，要求在秋季开学前全部解决"
            .into(),
        sources: Vec::new(),
        merged_into: None,
        dropped_because: String::new(),
    };
    case.issues.issues.insert(id, issue);
    let opinions = OpinionText {
        approved_on: day("2024-02-01"),
        issues: vec![id],
        ..OpinionText::default()
    };
    case.issues.opinions.insert(subject, opinions);
    let line = Line {
        due_on: day("2024-12-31"),
        ..Line::default()
    };
    case.ledger.lines.insert(id, line);
    case
}

fn calendar(case: &Appraisal) -> String {
    super::calendar(case, FeedLanguage::Chinese)
}

fn events(text: &str) -> Vec<IcalEvent> {
    let mut calendars = ical::IcalParser::new(text.as_bytes());
    let calendar = calendars.next().expect("a calendar").expect("a calendar that parses");
    assert!(calendars.next().is_none());
    calendar.events
}

fn value<'a>(event: &'a IcalEvent, name: &str) -> &'a str {
    let found = event.properties.iter().find(|p| p.name == name);
    found.and_then(|p| p.value.as_deref()).unwrap_or_default()
}

#[test]
fn another_programs_parser_reads_what_is_due() {
    let events = events(&calendar(&case()));
    let summaries: Vec<_> = events.iter().map(|e| value(e, "SUMMARY")).collect();
    assert_eq!(
        summaries,
        [
            "（已完成）评议准备阶段计划结束",
            "评议调查阶段计划结束",
            // Escaped as RFC 5545 §3.3.11 says; the parser gives the text as it stands in the line.
            "区教育局：完成整改：城区小学大班额仍未消除，3所学校超过56人；一\\\\二\\;三\\,四\\n第二段：家长反映强烈，要求在秋季开学前全部解决",
        ]
    );
    let line = &events[2];
    assert_eq!(value(line, "DTSTART"), "20241231");
    assert_eq!(
        value(line, "DTEND"),
        "20250101",
        "the end of an all-day event is the next day"
    );
    assert_eq!(value(line, "UID"), "line-1@00000000-0000-0000-0000-000000000007");
    assert_eq!(value(line, "DTSTAMP"), "20240228T010000Z");
    let triggers: Vec<_> = line
        .alarms
        .iter()
        .map(|a| a.properties.iter().find(|p| p.name == "TRIGGER"))
        .collect();
    let triggers: Vec<_> = triggers
        .into_iter()
        .map(|t| t.unwrap().value.clone().unwrap())
        .collect();
    assert_eq!(triggers, ["-P7D", "-P1D"]);
    assert!(events[0].alarms.is_empty(), "what is done reminds nobody");
    assert_eq!(value(&events[1], "DTEND"), "20240301", "after a leap day");
}

#[test]
fn no_line_is_longer_than_75_bytes_and_none_is_folded_inside_a_character() {
    let text = calendar(&case());
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    let mut folded = 0;
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{} bytes: {line}", line.len());
        assert!(!line.contains(['\r', '\n']), "a bare line end: {line:?}");
        folded += usize::from(line.starts_with(' '));
    }
    assert!(folded > 2, "the long text is folded");
    // Unfolding is taking out the line end and the one blank behind it.
    assert!(text.replace("\r\n ", "").contains("要求在秋季开学前全部解决"));
}

#[test]
fn the_same_record_gives_the_same_bytes_and_a_later_change_a_higher_sequence() {
    let mut case = case();
    let first = calendar(&case);
    assert_eq!(first, calendar(&case));
    let sequence = |text: &str| value(&events(text)[2], "SEQUENCE").parse::<u32>().unwrap();
    let uid = |text: &str| value(&events(text)[2], "UID").to_owned();
    case.now += 60_000;
    case.ledger.lines.get_mut(&IssueId(1)).unwrap().due_on = Some(day::read("2025-01-31").unwrap());
    let second = calendar(&case);
    assert!(sequence(&second) > sequence(&first));
    assert_eq!(uid(&second), uid(&first), "it is the same event on another day");
}

#[test]
fn who_asks_for_english_is_told_the_same_days_in_english() {
    let case = case();
    let (chinese, english) = (calendar(&case), super::calendar(&case, FeedLanguage::of("en-GB")));
    let told = |text: &str, name: &str| {
        events(text)
            .iter()
            .map(|e| value(e, name).to_owned())
            .collect::<Vec<_>>()
    };
    for same in ["UID", "DTSTART", "DTEND"] {
        assert_eq!(
            told(&english, same),
            told(&chinese, same),
            "it is the same event: {same}"
        );
    }
    let summaries = told(&english, "SUMMARY");
    assert_eq!(
        summaries[..2],
        [
            "(done) planned end of the preparation",
            "planned end of the investigation"
        ]
    );
    assert!(
        summaries[2].starts_with("区教育局: rectify: 城区小学"),
        "{}",
        summaries[2]
    );
    assert!(english.contains("DESCRIPTION:7 days left: ") && !english.contains("还有"));
    assert_eq!(
        FeedLanguage::of("fr"),
        FeedLanguage::Chinese,
        "what is not known is Chinese"
    );
}
