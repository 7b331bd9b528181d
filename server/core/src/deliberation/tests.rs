//! What speakers, the desk and the chair notice of a deliberation, and each refusal.

use super::*;
use crate::Reply;
use crate::command::{AgendaEntry, Command, RosterEntry, SubjectEntry};
use crate::limits::CLOCK_FIRST_MS;
use crate::roster::PersonKind;
use crate::sitting::ConsoleSeat;
use crate::stamp::{Actor, Stamped};
use crate::subject::ReportForm;
use crate::views::{Audience, DeliberationView, RemarkView, Surroundings, mine, view};
use serde_json::{Value, json};

const DESK: Actor = Actor::Desk { account: 1 };
const CHAIR: Actor = Actor::Console {
    seat: ConsoleSeat::Chair,
};
const OPENING: ItemId = ItemId(1);
const DELIBERATION: ItemId = ItemId(2);
const ATTENDEE: u32 = 4;

fn person(n: u32) -> Actor {
    Actor::Person { person: PersonId(n) }
}

struct Room {
    case: Appraisal,
    given: u128,
    at: i64,
}

impl Room {
    fn prepared() -> Room {
        let mut room = Room {
            case: Appraisal::new(uuid::Uuid::from_u128(1)),
            given: 0,
            at: CLOCK_FIRST_MS,
        };
        for n in 1..=ATTENDEE {
            let kind = if n == ATTENDEE {
                PersonKind::Attendee
            } else {
                PersonKind::Member
            };
            let person = RosterEntry {
                name: format!("人员{n}"),
                kind,
                title: String::new(),
                group: String::new(),
                seat: String::new(),
            };
            room.go(DESK, Command::AddPerson { person }).unwrap();
        }
        let subject = SubjectEntry {
            officer: String::new(),
            post: "局长".into(),
            unit: "区教育局".into(),
            report: ReportForm::Oral,
        };
        room.go(DESK, Command::AddSubject { subject }).unwrap();
        let item = |kind| AgendaEntry {
            kind,
            title: "项".into(),
            subject: None,
            subjects: Vec::new(),
        };
        let items = vec![item(ItemKind::Opening), item(ItemKind::Deliberation)];
        room.go(DESK, Command::SetAgenda { items }).unwrap();
        room.case.confirmed = room.case.profile.assumed.clone();
        room
    }

    fn deliberating() -> Room {
        let mut room = Room::prepared();
        room.go(CHAIR, Command::OpenSitting {}).unwrap();
        for n in 1..ATTENDEE {
            room.go(person(n), Command::CheckIn {}).unwrap();
        }
        room.go(CHAIR, Command::BeginItem { item: DELIBERATION }).unwrap();
        room
    }

    /// A minute after the last.
    fn go(&mut self, actor: Actor, command: Command) -> Result<Reply, Refusal> {
        self.given += 1;
        self.at += 60_000;
        let stamped = Stamped {
            id: uuid::Uuid::from_u128(self.given),
            actor,
            at: self.at,
            expects: None,
            command,
        };
        let verdict = self.case.apply(&stamped).verdict;
        assert_eq!(crate::invariants::breach(&self.case), None);
        verdict
    }

    fn list(&self, audience: Audience) -> DeliberationView {
        let mut seen = view(&self.case, &Surroundings::default(), audience);
        serde_json::from_value(seen.remove("deliberation").unwrap()).unwrap()
    }

    fn waiting(&self) -> Vec<String> {
        let list = self.list(Audience::Member);
        list.waiting.into_iter().map(|w| w.name).collect()
    }

    fn next(&self) -> Value {
        view(&self.case, &Surroundings::default(), Audience::Chair)["console"]["next"].clone()
    }

    fn remark(&self) -> RemarkView {
        let mut seen = view(&self.case, &Surroundings::default(), Audience::Desk);
        let desk = seen.remove("remark/1").unwrap();
        let own = mine(&self.case, &Surroundings::default(), PersonId(1));
        assert_eq!(own["my_remark/1"], desk, "desk and speaker read the same");
        serde_json::from_value(desk).unwrap()
    }
}

fn ask(aspect: &str) -> Command {
    Command::AskToSpeak(AskToSpeak {
        subject: Some(SubjectId(1)),
        aspect: aspect.into(),
    })
}

fn call(n: u32) -> Command {
    Command::CallSpeaker(CallSpeaker { person: PersonId(n) })
}

fn record(text: &str) -> Command {
    Command::RecordRemark(RecordRemark {
        speaker: PersonId(1),
        subject: Some(SubjectId(1)),
        aspect: "勤政廉政情况".into(),
        text: text.into(),
    })
}

fn send(text: &str) -> Command {
    Command::SendRemark(SendRemark {
        subject: None,
        aspect: String::new(),
        text: text.into(),
    })
}

fn correct(text: &str) -> Command {
    Command::CorrectRemark(CorrectRemark {
        remark: RemarkId(1),
        subject: None,
        aspect: String::new(),
        text: text.into(),
    })
}

fn confirm(wording: u32) -> Command {
    Command::ConfirmRemark(ConfirmRemark {
        remark: RemarkId(1),
        wording,
    })
}

fn dispute(wording: u32) -> Command {
    Command::DisputeRemark(DisputeRemark {
        remark: RemarkId(1),
        wording,
        note: "不是我的原意".into(),
    })
}

fn remove() -> Command {
    Command::RemoveRemark(RemoveRemark {
        remark: RemarkId(1),
        reason: "重复记录".into(),
    })
}

#[test]
fn a_recorded_remark_counts_once_its_speaker_has_confirmed_the_wording() {
    let mut room = Room::deliberating();
    room.go(DESK, record("建议加快建校")).unwrap();
    assert_eq!(room.case.deliberation.confirmed().count(), 0);
    assert_eq!(room.go(person(2), confirm(1)), Err(Refusal::NotYourRemark {}));
    assert_eq!(room.go(person(2), dispute(1)), Err(Refusal::NotYourRemark {}));
    room.go(person(1), dispute(1)).unwrap();
    assert_eq!(room.remark().note, "不是我的原意");
    room.go(DESK, correct("建议两年内建成新校")).unwrap();
    let seen = room.remark();
    assert_eq!(
        (seen.text.as_str(), seen.original.as_deref()),
        ("建议两年内建成新校", Some("建议加快建校"))
    );
    assert_eq!(
        room.go(person(1), confirm(1)),
        Err(Refusal::RemarkChanged {}),
        "of a wording not read"
    );
    room.go(person(1), confirm(2)).unwrap();
    assert_eq!(room.remark().confirmed_on, Some(ConfirmedOn::Phone));
    assert_eq!(room.case.deliberation.confirmed().count(), 1);
    for order in [remove(), confirm(2)] {
        assert_eq!(room.go(DESK, order), Err(Refusal::RemarkConfirmed {}));
    }
    assert_eq!(room.go(person(1), dispute(2)), Err(Refusal::RemarkConfirmed {}));
}

#[test]
fn own_words_count_as_sent_until_the_desk_has_others() {
    let mut room = Room::deliberating();
    assert_eq!(
        room.go(person(1), send("大班额要解决")),
        Ok(Reply::RemarkAdded { remark: RemarkId(1) })
    );
    assert_eq!(room.remark().state, RemarkState::Confirmed);
    room.go(DESK, correct("大班额问题要限期解决")).unwrap();
    let seen = room.remark();
    assert_eq!(
        (seen.state, seen.original.as_deref()),
        (RemarkState::Waiting, Some("大班额要解决"))
    );
    assert_eq!(room.case.deliberation.confirmed().count(), 0);
    // Signed on the printed record: the phone has no battery.
    room.go(DESK, confirm(2)).unwrap();
    assert_eq!(room.remark().confirmed_on, Some(ConfirmedOn::Paper));
    let others = mine(&room.case, &Surroundings::default(), PersonId(2));
    assert!(others.keys().all(|k| !k.starts_with("my_remark")));
}

#[test]
fn a_removed_remark_stays_with_its_reason() {
    let mut room = Room::deliberating();
    room.go(DESK, record("误录")).unwrap();
    room.go(DESK, remove()).unwrap();
    assert_eq!(
        (room.remark().state, room.remark().note.as_str()),
        (RemarkState::Removed, "重复记录")
    );
    for order in [correct("x"), confirm(1), remove()] {
        assert_eq!(room.go(DESK, order), Err(Refusal::NoSuchRemark {}));
    }
}

#[test]
fn remarks_wait_for_the_sitting_and_name_what_there_is() {
    let mut room = Room::prepared();
    assert_eq!(room.go(DESK, record("早")), Err(Refusal::SittingNotOpen {}));
    let mut room = Room::deliberating();
    let with = |speaker: u32, aspect: &str| {
        Command::RecordRemark(RecordRemark {
            speaker: PersonId(speaker),
            subject: None,
            aspect: aspect.into(),
            text: "x".into(),
        })
    };
    assert_eq!(room.go(DESK, with(1, "别的方面")), Err(Refusal::NoSuchAspect {}));
    assert_eq!(room.go(DESK, with(9, "")), Err(Refusal::NoSuchPerson {}));
    assert_eq!(room.go(person(1), with(1, "")), Err(Refusal::NotAllowed {}));
    room.go(CHAIR, Command::CloseSitting {}).unwrap();
    room.go(person(1), send("会后补充")).unwrap();
}

#[test]
fn a_first_speech_has_ten_minutes_and_a_second_five() {
    let mut room = Room::deliberating();
    room.go(person(1), ask("")).unwrap();
    room.go(person(2), ask("勤政廉政情况")).unwrap();
    assert_eq!(room.go(person(1), ask("")), Err(Refusal::AlreadyOnList {}));
    assert_eq!(room.next(), json!({ "type": "call_speaker", "person": 1 }));
    room.go(CHAIR, call(2)).unwrap();
    let speaking = room.list(Audience::Projector).speaking.unwrap();
    assert_eq!(
        (speaking.name.as_str(), speaking.limit_s, speaking.began_at),
        ("人员2", 600, room.at)
    );
    assert_eq!(room.waiting(), ["人员1"]);
    assert!(room.list(Audience::Projector).waiting.is_empty());
    assert_eq!(room.next(), json!({ "type": "end_speech" }));
    assert_eq!(room.go(CHAIR, call(2)), Err(Refusal::SpeakingAlready {}));
    room.go(CHAIR, call(1)).unwrap();
    assert_eq!(
        room.list(Audience::Chair).spoken[0].ended_at,
        room.at,
        "the next one ends the last"
    );
    room.go(CHAIR, call(2)).unwrap();
    assert_eq!(room.list(Audience::Member).speaking.unwrap().limit_s, 300);
    room.go(CHAIR, Command::EndSpeech {}).unwrap();
    assert_eq!(room.list(Audience::Member).speaking, None);
    assert_eq!(room.go(CHAIR, Command::EndSpeech {}), Err(Refusal::NobodySpeaking {}));
    let names: Vec<_> = room.list(Audience::Chair).spoken.into_iter().map(|s| s.name).collect();
    assert_eq!(names, ["人员2", "人员1", "人员2"]);
}

#[test]
fn an_attendee_speaks_by_the_chairs_leave_and_the_item_ends_the_speech() {
    let mut room = Room::deliberating();
    assert_eq!(room.go(DESK, call(ATTENDEE)), Err(Refusal::NotAllowed {}));
    room.go(CHAIR, call(ATTENDEE)).unwrap();
    assert_eq!(room.list(Audience::Chair).speaking.unwrap().name, "人员4");
    room.go(CHAIR, Command::BeginItem { item: OPENING }).unwrap();
    assert_eq!(room.list(Audience::Chair).speaking, None);
    assert_eq!(room.go(CHAIR, call(1)), Err(Refusal::NoDeliberation {}));
    room.go(person(1), ask("")).unwrap();
    room.go(CHAIR, Command::CloseSitting {}).unwrap();
    assert!(room.waiting().is_empty(), "nobody waits for another sitting");
}

#[test]
fn who_asked_may_withdraw_and_who_asked_before_the_sitting_waits() {
    let mut room = Room::prepared();
    room.go(person(1), ask("")).unwrap();
    room.go(person(2), ask("")).unwrap();
    assert_eq!(room.waiting(), ["人员1", "人员2"]);
    room.go(person(1), Command::WithdrawSpeech {}).unwrap();
    assert_eq!(
        room.go(person(1), Command::WithdrawSpeech {}),
        Err(Refusal::NotOnList {})
    );
    assert_eq!(room.waiting(), ["人员2"]);
    assert_eq!(room.go(person(1), ask("没有的方面")), Err(Refusal::NoSuchAspect {}));
    // One who is off the roster again keeps nobody waiting.
    room.go(DESK, Command::RemovePerson { person: PersonId(2) }).unwrap();
    assert!(room.waiting().is_empty());
    assert_eq!(room.case.next_speaker(), None);
}

#[test]
fn aspects_are_set_before_the_sitting_and_minutes_at_any_time() {
    let mut room = Room::prepared();
    let set = |aspects: &[&str], first_minutes| {
        Command::SetDeliberation(SetDeliberation {
            aspects: aspects.iter().map(ToString::to_string).collect(),
            first_minutes,
            later_minutes: 0,
        })
    };
    assert_eq!(room.list(Audience::Desk).aspects.len(), 4, "the seed's four");
    assert_eq!(room.go(DESK, set(&["作风", "作风"], 8)), Err(Refusal::AspectTwice {}));
    assert_eq!(
        room.go(DESK, set(&[], 121)),
        Err(Refusal::OutOfRange { min: 0, max: 120 })
    );
    room.go(DESK, set(&["作风"], 8)).unwrap();
    room.go(CHAIR, Command::OpenSitting {}).unwrap();
    assert_eq!(room.go(DESK, set(&["实绩"], 8)), Err(Refusal::SittingAlreadyOpen {}));
    room.go(DESK, set(&["作风"], 3)).unwrap();
    let list = room.list(Audience::Desk);
    assert_eq!(
        (list.aspects[0].as_str(), list.first_minutes, list.later_minutes),
        ("作风", 3, 0)
    );
}
