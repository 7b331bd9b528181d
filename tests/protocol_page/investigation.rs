//! The same for the investigation and the deliberation.

use crate::course::{DESK, Row};
use pingyi_core::command::Command;
use pingyi_core::deliberation::{AskToSpeak, RecordRemark};
use pingyi_core::ids::{GroupId, PersonId, SubjectId};
use pingyi_core::investigation::{ActivityEntry, ActivityKind, FileReport, RecordActivity, RecordHearing, SetGroup};
use pingyi_core::stamp::Actor;
use pingyi_core::subject::{Document, DocumentKind};
use pingyi_core::views::{DeliberationView, GroupView, RemarkView};

/// Examples as sent, and what they ask for.
pub const EXAMPLES: &[(&str, &str)] = &[
    (
        r#"{"type":"investigation.group/1","body":{"name":"第一评议工作组","leader":2,"members":[3],"subjects":[1]}}"#,
        "a group; with `group` in that one's place. Replies `group_added`",
    ),
    (
        r#"{"type":"investigation.group_remove/1","body":{"group":1}}"#,
        "one that has done nothing yet",
    ),
    (
        r#"{"type":"investigation.activity/1","body":{"group":1,"entry":{"kind":"forum","on":"2023-11-06","place":"…","with":"…","people":12,"summary":"…"}}}"#,
        "desk, or the group's people: what the group did; with `activity` a correction of that number",
    ),
    (
        r#"{"type":"investigation.activity_remove/1","body":{"group":1,"activity":1,"reason":"…"}}"#,
        "it does not count; it stays with the reason",
    ),
    (
        r#"{"type":"investigation.report/1","body":{"group":1,"document":{"digest":"…","kind":"docx","file_name":"调查报告.docx","size_bytes":1},"summary":"…","signed":[2,3]}}"#,
        "desk, or the group's people: the report, uploaded before",
    ),
    (
        r#"{"type":"investigation.withdraw/1","body":{"group":1,"reason":"…"}}"#,
        "takes the standing report back; once heard only the desk",
    ),
    (
        r#"{"type":"investigation.hearing/1","body":{"group":1,"on":"2023-11-20","note":""}}"#,
        "the council heard it: members see it from now on; an empty day takes it back",
    ),
    (
        r#"{"type":"deliberation.set/1","body":{"aspects":["…"],"first_minutes":10,"later_minutes":5}}"#,
        "aspects before the sitting, minutes of a first and a later speech; 0 is no limit",
    ),
    (
        r#"{"type":"remark.record/1","body":{"speaker":2,"subject":1,"aspect":"…","text":"…"}}"#,
        "what somebody said; waits for the speaker. Replies `remark_added`",
    ),
    (
        r#"{"type":"remark.send/1","body":{"subject":1,"aspect":"","text":"…"}}"#,
        "my remark in my words. Replies `remark_added`",
    ),
    (
        r#"{"type":"remark.correct/1","body":{"remark":1,"aspect":"","text":"…"}}"#,
        "another wording; waits for the speaker",
    ),
    (
        r#"{"type":"remark.confirm/1","body":{"remark":1,"wording":1}}"#,
        "the speaker stands by the wording of this number; from the desk: signed on paper",
    ),
    (
        r#"{"type":"remark.dispute/1","body":{"remark":1,"wording":1,"note":"…"}}"#,
        "the speaker asks for another wording",
    ),
    (
        r#"{"type":"remark.remove/1","body":{"remark":1,"reason":"…"}}"#,
        "before it is confirmed; it stays with the reason",
    ),
    (
        r#"{"type":"speech.ask/1","body":{"subject":1,"aspect":""}}"#,
        "I want to speak",
    ),
    (r#"{"type":"speech.withdraw/1","body":{}}"#, "no longer"),
    (
        r#"{"type":"speech.call/1","body":{"person":2}}"#,
        "this person speaks now, on the list or not; whoever spoke has finished",
    ),
    (r#"{"type":"speech.end/1","body":{}}"#, "the speech is over"),
];

pub const SHARED: &[Row] = rows! {
    "group/N" GroupView, "desk whole; others from the council's hearing on, the heard report alone";
    "deliberation" DeliberationView, "aspects, who speaks, who waits; `waiting` not for the projector, `spoken` for chair and desk";
    "remark/N" RemarkView, "remarks of the deliberation with their story";
};

pub const OWN: &[Row] = rows! {
    "my_group/N" GroupView, "the group's people: all of it";
    "my_remark/N" RemarkView, "each remark of this person";
};

/// A group with the first member, its activity, its report, the hearing.
pub fn before() -> Vec<(Actor, Command)> {
    let (group, on) = (GroupId(1), String::from("2024-01-01"));
    let orders = vec![
        Command::SetGroup(SetGroup {
            group: None,
            name: "第一评议工作组".into(),
            leader: PersonId(1),
            members: vec![PersonId(2)],
            subjects: vec![SubjectId(1)],
        }),
        Command::RecordActivity(RecordActivity {
            group,
            activity: None,
            entry: ActivityEntry {
                kind: ActivityKind::Forum,
                on: on.clone(),
                place: "区教育局".into(),
                with: "教师代表".into(),
                people: 12,
                summary: "大班额问题较突出。".into(),
            },
        }),
        Command::FileReport(FileReport {
            group,
            document: Document {
                digest: "1".repeat(64),
                kind: DocumentKind::Docx,
                file_name: "调查报告.docx".into(),
                size_bytes: 1,
            },
            summary: "总体情况较好。".into(),
            signed: vec![PersonId(1), PersonId(2)],
        }),
        Command::RecordHearing(RecordHearing {
            group,
            on,
            note: String::new(),
        }),
    ];
    orders.into_iter().map(|command| (DESK, command)).collect()
}

/// Orders while the sitting is open.
pub fn during() -> Vec<(Actor, Command)> {
    let speaker = PersonId(1);
    let ask = Command::AskToSpeak(AskToSpeak {
        subject: Some(SubjectId(1)),
        aspect: String::new(),
    });
    let said = Command::RecordRemark(RecordRemark {
        speaker,
        subject: Some(SubjectId(1)),
        aspect: "依法履行职责情况".into(),
        text: "建议加快新校建设。".into(),
    });
    vec![(Actor::Person { person: speaker }, ask), (DESK, said)]
}
