//! The table of commands: an example of each that the program understands, and who may give it, found by trying.

use crate::course::{CHAIR, DESK, give, opened};
use pingyi_core::command::Command;
use pingyi_core::ids::PersonId;
use pingyi_core::stamp::Actor;
use pingyi_core::{Appraisal, Refusal};
use std::collections::BTreeSet;

/// An example as sent, and what it asks for.
const EXAMPLES: &[(&str, &str)] = &[
    (r#"{"type":"attendance.check_in/1","body":{}}"#, "I am here"),
    (
        r#"{"type":"question.ask/1","body":{"subject":1,"visibility":"named","text":"…"}}"#,
        "ask; without `subject` it goes to the sitting. Replies `question_asked`",
    ),
    (
        r#"{"type":"question.support/1","body":{"question":3}}"#,
        "I want this answered too",
    ),
    (r#"{"type":"question.unsupport/1","body":{"question":3}}"#, "no longer"),
    (
        r#"{"type":"question.withdraw/1","body":{"question":3}}"#,
        "take back my own question",
    ),
    (
        r#"{"type":"vote.cast/1","body":{"ballot":1,"round":1,"choice":0,"signature":"…"}}"#,
        "vote, or change my vote. Replies `vote_recorded`",
    ),
    (
        r#"{"type":"sitting.open/1","body":{}}"#,
        "check-in may begin; ballots are prepared",
    ),
    (r#"{"type":"sitting.close/1","body":{}}"#, "the sitting ends"),
    (
        r#"{"type":"item.begin/1","body":{"item":2}}"#,
        "this item is the current one; needs a quorum unless it is the opening",
    ),
    (
        r#"{"type":"screen.show/1","body":{"screen":{"type":"check_in"}}}"#,
        "the hall screen shows this",
    ),
    (
        r#"{"type":"question.take/1","body":{"question":3}}"#,
        "put it to the subject now; the screen shows it",
    ),
    (
        r#"{"type":"question.answer/1","body":{"question":3,"note":""}}"#,
        "answered on the spot",
    ),
    (
        r#"{"type":"question.defer/1","body":{"question":3,"due_on":"2023-12-09"}}"#,
        "to be answered in writing by this day",
    ),
    (r#"{"type":"question.skip/1","body":{"question":3}}"#, "not put"),
    (
        r#"{"type":"ballot.display/1","body":{"ballot":1,"display":"turnout_only"}}"#,
        "before opening: live bars or turnout only",
    ),
    (
        r#"{"type":"ballot.present/1","body":{"ballot":1}}"#,
        "the hall sees what will be voted on; all present members get a ballot",
    ),
    (
        r#"{"type":"ballot.open/1","body":{"ballot":1,"limit_s":120}}"#,
        "voting begins; 0 means no time limit. The chair closes, not the clock",
    ),
    (r#"{"type":"ballot.pause/1","body":{"ballot":1}}"#, "no votes for now"),
    (r#"{"type":"ballot.resume/1","body":{"ballot":1}}"#, "go on"),
    (
        r#"{"type":"ballot.extend/1","body":{"ballot":1,"seconds":60}}"#,
        "more time",
    ),
    (
        r#"{"type":"ballot.close/1","body":{"ballot":1}}"#,
        "five seconds for what is on its way, then the ballot is sealed",
    ),
    (
        r#"{"type":"ballot.announce/1","body":{"ballot":1}}"#,
        "the result is shown to everybody",
    ),
    (
        r#"{"type":"ballot.void/2","body":{"ballot":1,"cause":"system_failure","note":"…"}}"#,
        "this round does not count; the next one is prepared",
    ),
    (
        r#"{"type":"ballot.hands/1","body":{"ballot":1,"votes":[0,0,0,0],"reason":"…"}}"#,
        "the hall raised hands because devices failed",
    ),
    (
        r#"{"type":"scrutineers.appoint/1","body":{"persons":[5,6]}}"#,
        "the scrutineers of this sitting, at least two",
    ),
    (
        r#"{"type":"scrutineers.replace/1","body":{"out":5,"by":7,"reason":"…"}}"#,
        "another member in a scrutineer's place",
    ),
    (
        r#"{"type":"scrutiny.confirm/1","body":{"ballot":1,"round":1,"step":"open"}}"#,
        "a scrutineer: this step is in order",
    ),
    (
        r#"{"type":"scrutiny.object/1","body":{"ballot":1,"round":1,"step":"open","reason":"…"}}"#,
        "a scrutineer: it is not, and why",
    ),
    (
        r#"{"type":"incident.note/1","body":{"text":"…"}}"#,
        "something that the tally sheet should mention",
    ),
    (
        r#"{"type":"ballot.paper_count/1","body":{"ballot":1,"round":1,"count":{"returned":0,"blank":0,"invalid":0,"votes":[[0,0,0,0]]}}}"#,
        "what one person counted of the paper; two must agree",
    ),
    (
        r#"{"type":"person.way/1","body":{"person":5,"way":"paper"}}"#,
        "phone, paper, or the hall's tablet",
    ),
    (
        r#"{"type":"recusal.record/1","body":{"person":5,"subject":1,"reason":"…"}}"#,
        "takes no part in the ballot on this subject",
    ),
    (
        r#"{"type":"recusal.lift/1","body":{"person":5,"subject":1}}"#,
        "takes part again",
    ),
    (
        r#"{"type":"console.hand/1","body":{"to":"operator"}}"#,
        "the other seat conducts from now on",
    ),
    (
        r#"{"type":"attendance.record/1","body":{"person":5,"attendance":"left"}}"#,
        "what the hall sees of a person without a phone, or who leaves",
    ),
    (
        r#"{"type":"question.accept/1","body":{"question":3}}"#,
        "reviewed, may be shown",
    ),
    (
        r#"{"type":"question.edit/1","body":{"question":3,"text":"…"}}"#,
        "better wording; the original stays on record",
    ),
    (
        r#"{"type":"question.route/1","body":{"question":3,"subject":2}}"#,
        "to which subject it goes; none means to the sitting",
    ),
    (
        r#"{"type":"question.reject/1","body":{"question":3,"reason":"…"}}"#,
        "not put; its asker reads the reason",
    ),
    (
        r#"{"type":"question.merge/1","body":{"from":4,"into":3}}"#,
        "the same matter asked twice",
    ),
    (
        r#"{"type":"case.describe/1","body":{"title":"…","body_name":"…","session_name":"","held_on":"2023-11-24"}}"#,
        "names of the case",
    ),
    (
        r#"{"type":"roster.import/1","body":{"people":[{"name":"…","kind":"member","title":"","group":"","seat":""}]}}"#,
        "the whole roster, before the sitting. PINs come by the upload call only",
    ),
    (
        r#"{"type":"person.add/1","body":{"person":{"name":"…","kind":"attendee","title":"","group":"","seat":""}}}"#,
        "one more person. Replies `person_added`",
    ),
    (
        r#"{"type":"person.correct/1","body":{"person":5,"entry":{"name":"…","kind":"member","title":"","group":"","seat":""}}}"#,
        "what the roster says of a person",
    ),
    (
        r#"{"type":"person.remove/1","body":{"person":5}}"#,
        "off the roster, before the sitting",
    ),
    (
        r#"{"type":"credential.reissue/1","body":{"person":5}}"#,
        "a new card; the old one and the signed-in phone are out at once",
    ),
    (
        r#"{"type":"subject.add/1","body":{"subject":{"officer":"","post":"局长","unit":"…","report":"oral"}}}"#,
        "a subject. Replies `subject_added`",
    ),
    (
        r#"{"type":"subject.change/1","body":{"subject":1,"entry":{"officer":"","post":"局长","unit":"…","report":"written"}}}"#,
        "what is said of a subject",
    ),
    (
        r#"{"type":"subject.remove/1","body":{"subject":1}}"#,
        "one that is not used yet",
    ),
    (
        r#"{"type":"subject.attach/1","body":{"subject":1,"digest":"…","kind":"pdf","file_name":"…","size_bytes":1}}"#,
        "a report that was uploaded before",
    ),
    (
        r#"{"type":"subject.detach/1","body":{"subject":1,"digest":"…"}}"#,
        "not this report",
    ),
    (
        r#"{"type":"agenda.set/1","body":{"items":[{"kind":"report","title":"…","subject":1}]}}"#,
        "the agenda, before the sitting",
    ),
    (
        r#"{"type":"profile.adopt/1","body":{"profile":{…},"confirmed":["options"]}}"#,
        "the locality's rule, and which of its assumed settings the office has checked",
    ),
    (
        r#"{"type":"vote.cast/2","body":{"ballot":1,"round":1,"choices":[0,2],"signature":"…"}}"#,
        "a named vote on several items, one choice each, signed over the text with them",
    ),
    (
        r#"{"type":"settings.change/1","body":{"question_review":"first","tally_display":"live","written_answer_days":15,"ballot_limit_s":120,"secrecy":"secret"}}"#,
        "review, tally, days for a written answer, a ballot's time, secret or named",
    ),
    (
        r#"{"type":"follow_up.term/1","body":{"matter":"plan","term":{"amount":1,"unit":"months","roll":"next_working_day"}}}"#,
        "how long a matter of the follow-up may take",
    ),
    (
        r#"{"type":"follow_up.calendar/1","body":{"spans":[{"first":"2023-09-29","last":"2023-10-06","kind":"off","name":"…"}]}}"#,
        "public holidays and worked weekend days, instead of those before; usually by the calendar call",
    ),
    (
        r#"{"type":"follow_up.hand_over/1","body":{"subject":1,"on":"2023-12-08"}}"#,
        "the opinions went to the subject; an empty day takes it back",
    ),
    (
        r#"{"type":"follow_up.receive/1","body":{"subject":1,"on":"2023-12-08"}}"#,
        "the subject signed for them: its periods count from here; an empty day takes it back",
    ),
    (
        r#"{"type":"follow_up.extend/1","body":{"matter":"plan","subject":1,"until":"2024-01-19","reason":"…"}}"#,
        "a later last day; an empty one takes it back. `subject` is left out for `results`",
    ),
    (
        r#"{"type":"follow_up.complete/1","body":{"matter":"plan","subject":1,"on":"2023-12-20"}}"#,
        "handed in or sent; an empty day takes it back",
    ),
    (
        r#"{"type":"token.take/1","body":{"ballot":1,"round":1,"blinded":"…","signature":"…"}}"#,
        "a token for a secret round; given by the token call",
    ),
    (
        r#"{"type":"ballot.key/1","body":{"ballot":1,"round":1,"header":"…","header_hash":"…"}}"#,
        "a secret round's key is made",
    ),
    (
        r#"{"type":"ballot.seal_box/2","body":{"ballot":1,"round":1,"digest":"…","returned":0}}"#,
        "a secret round's box is frozen",
    ),
    (
        r#"{"type":"ballot.count_box/1","body":{"ballot":1,"round":1,"counts":[0,0,0,0]}}"#,
        "what an announced secret round's box holds",
    ),
    (
        r#"{"type":"ballot.release/1","body":{"ballot":1,"round":1,"board":"…"}}"#,
        "board and seed are public",
    ),
    (
        r#"{"type":"ballot.destroyed/1","body":{"ballot":1,"round":1}}"#,
        "a voided secret round's box and seed are gone",
    ),
    (
        r#"{"type":"device.bind/1","body":{"person":5,"device_key":"…"}}"#,
        "given by the sign-in calls",
    ),
    (
        r#"{"type":"ballot.seal/1","body":{"ballot":1,"round":1}}"#,
        "the five seconds are over",
    ),
    (
        r#"{"type":"ballot.result/1","body":{"ballot":1,"round":1,"result":{"due":1,"present":1,"issued":1,"returned":1,"valid":1,"invalid":0,"counts":[],"grade":"satisfied","grade_label":"满意","majority":1,"verdict":{…},"text":"…"}}}"#,
        "the count as it was sealed",
    ),
    (
        r#"{"type":"record.set_aside/1","body":{"index":1,"reason":"…"}}"#,
        "replay passes a record",
    ),
];

const ACTORS: [(&str, Actor); 5] = [
    ("person", Actor::Person { person: PersonId(1) }),
    ("console", CHAIR),
    ("desk", DESK),
    ("program", Actor::Door {}),
    ("program", Actor::System {}),
];

fn may(case: &Appraisal, actor: Actor, command: &Command) -> bool {
    give(&mut case.clone(), actor, command.clone(), None) != Err(Refusal::NotAllowed {})
}

/// The example with what the page leaves out: a rule, and a verdict by it.
fn written_out(example: &str) -> String {
    let profile = pingyi_core::rules::built_in::usual();
    let figures = pingyi_core::rules::Figures::single(1, 1, 1, 1, 0, &[1, 0, 0, 0]);
    let verdict = pingyi_core::rules::evaluate(&profile, &figures).expect("it balances");
    let verdict = serde_json::to_string(&verdict).expect("JSON");
    example
        .replace(
            r#""profile":{…}"#,
            &format!(r#""profile":{}"#, profile.canonical_json()),
        )
        .replace(r#""verdict":{…}"#, &format!(r#""verdict":{verdict}"#))
}

pub fn table() -> String {
    let case = opened();
    let mut out = String::from("| who | example | `expects` | |\n|---|---|---|---|\n");
    let mut shown = BTreeSet::new();
    for (example, meaning) in EXAMPLES
        .iter()
        .chain(crate::whole_case::EXAMPLES)
        .chain(crate::investigation::EXAMPLES)
    {
        let command: Command = serde_json::from_str(&written_out(example)).unwrap_or_else(|e| panic!("{example}: {e}"));
        let name = serde_json::to_value(&command).expect("JSON")["type"]
            .as_str()
            .expect("a type")
            .to_owned();
        let who: Vec<_> = ACTORS
            .iter()
            .filter(|(_, actor)| may(&case, *actor, &command))
            .map(|(who, _)| *who)
            .collect();
        assert!(!who.is_empty(), "nobody may give {name}");
        let needs = give(&mut case.clone(), CHAIR, command, None) == Err(Refusal::ExpectsMissing {});
        out.push_str(&format!(
            "| {} | `{example}` | {} | {meaning} |\n",
            who.join(", "),
            if needs { "yes" } else { "" }
        ));
        shown.insert(name);
    }
    let all = crate::declarations::declaration(&pingyi::protocol::typescript::declarations(), "Command");
    let known: BTreeSet<_> = all
        .split("\"type\": \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|n| n.contains('/'))
        .map(str::to_owned)
        .collect();
    assert_eq!(shown, known, "the page shows every command");
    out
}
