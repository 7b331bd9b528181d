//! Random orders about what lies around the sitting, for the same random courses.

use super::*;
use crate::deliberation::*;
use crate::ids::{GroupId, RemarkId};
use crate::investigation::*;
use crate::sitting::{Item, ItemState};
use crate::subject::Document;

/// The same case with a deliberation at the end of its agenda.
pub fn with_deliberation(mut case: Appraisal) -> Appraisal {
    let item = Item {
        kind: ItemKind::Deliberation,
        title: "审议".into(),
        subject: None,
        subjects: Vec::new(),
        state: ItemState::Waiting,
        began_at: 0,
    };
    case.sitting.agenda.insert(ItemId(5), item);
    case
}

pub fn around_the_sitting() -> impl Strategy<Value = (Actor, Command)> {
    prop_oneof![investigation(), deliberation()]
}

fn anybody() -> impl Strategy<Value = Actor> {
    prop_oneof![1 => Just(DESK), 2 => (1..=MEMBERS + 1).prop_map(person)]
}

fn investigation() -> impl Strategy<Value = (Actor, Command)> {
    let who = (1..=MEMBERS + 1).prop_map(PersonId);
    let group = (1..4_u32).prop_map(GroupId);
    let members = prop::collection::vec(who.clone(), 0..3);
    let day = prop_oneof![Just(String::from("2024-01-01")), Just(String::new())];
    let entry = |summary: &str| ActivityEntry {
        kind: ActivityKind::Interview,
        on: "2024-01-01".into(),
        place: String::new(),
        with: "干部".into(),
        people: 1,
        summary: summary.into(),
    };
    let document = || Document {
        digest: "b".repeat(64),
        kind: DocumentKind::Docx,
        file_name: "调查报告.docx".into(),
        size_bytes: 9,
    };
    prop_oneof![
        2 => (prop::option::of(group.clone()), who.clone(), members, 1..3_u32).prop_map(|(group, leader, members, s)| (DESK, Command::SetGroup(SetGroup { group, name: "第一组".into(), leader, members, subjects: vec![SubjectId(s)] }))),
        1 => group.clone().prop_map(|group| (DESK, Command::RemoveGroup(RemoveGroup { group }))),
        2 => (anybody(), group.clone(), prop::option::of(1..3_u32)).prop_map(move |(by, group, activity)| (by, Command::RecordActivity(RecordActivity { group, activity, entry: entry("反映作风问题") }))),
        1 => (anybody(), group.clone()).prop_map(|(by, group)| (by, Command::RemoveActivity(RemoveActivity { group, activity: 1, reason: "重复".into() }))),
        2 => (anybody(), group.clone(), prop::collection::vec(who.clone(), 0..2)).prop_map(move |(by, group, signed)| (by, Command::FileReport(FileReport { group, document: document(), summary: "总体较好".into(), signed }))),
        1 => (anybody(), group.clone()).prop_map(|(by, group)| (by, Command::WithdrawReport(WithdrawReport { group, reason: "补充".into() }))),
        2 => (group, day).prop_map(|(group, on)| (DESK, Command::RecordHearing(RecordHearing { group, on, note: "同意".into() }))),
        1 => (prop::option::of(Just(PersonId(MEMBERS + 1))), 1..3_u32).prop_map(|(person, s)| (DESK, Command::SetOfficer { subject: SubjectId(s), person })),
    ]
}

fn deliberation() -> impl Strategy<Value = (Actor, Command)> {
    let who = (1..=MEMBERS + 1).prop_map(PersonId);
    let remark = (1..4_u32).prop_map(RemarkId);
    let wording = 1..3_u32;
    let aspect = prop_oneof![Just(String::new()), Just(String::from("勤政廉政情况"))];
    prop_oneof![
        1 => (0..3_u32).prop_map(|n| (DESK, Command::SetDeliberation(SetDeliberation { aspects: vec!["勤政廉政情况".into()], first_minutes: n, later_minutes: 5 }))),
        2 => (who.clone(), aspect.clone()).prop_map(|(speaker, aspect)| (DESK, Command::RecordRemark(RecordRemark { speaker, subject: Some(SubjectId(1)), aspect, text: "建议加快".into() }))),
        1 => (1..=MEMBERS + 1).prop_map(|n| (person(n), Command::SendRemark(SendRemark { subject: None, aspect: String::new(), text: format!("意见{n}") }))),
        1 => (remark.clone(), aspect.clone(), 0..2_u32).prop_map(|(remark, aspect, n)| (DESK, Command::CorrectRemark(CorrectRemark { remark, subject: None, aspect, text: format!("建议尽快{n}") }))),
        2 => (anybody(), remark.clone(), wording.clone()).prop_map(|(by, remark, wording)| (by, Command::ConfirmRemark(ConfirmRemark { remark, wording }))),
        1 => (1..=MEMBERS, remark.clone(), wording).prop_map(|(n, remark, wording)| (person(n), Command::DisputeRemark(DisputeRemark { remark, wording, note: "不是原话".into() }))),
        1 => remark.prop_map(|remark| (DESK, Command::RemoveRemark(RemoveRemark { remark, reason: "重复".into() }))),
        2 => (1..=MEMBERS + 1, aspect).prop_map(|(n, aspect)| (person(n), Command::AskToSpeak(AskToSpeak { subject: Some(SubjectId(1)), aspect }))),
        1 => (1..=MEMBERS + 1).prop_map(|n| (person(n), Command::WithdrawSpeech {})),
        3 => who.prop_map(|person| (CHAIR, Command::CallSpeaker(CallSpeaker { person }))),
        1 => Just((CHAIR, Command::EndSpeech {})),
        1 => Just((DESK, Command::CorrectPerson { person: PersonId(1), entry: RosterEntry { name: "改名的委员".into(), kind: PersonKind::Member, title: "副主任".into(), group: String::new(), seat: String::new() } })),
    ]
}
