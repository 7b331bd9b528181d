//! Tables of codes and numbers. The program names and counts; what to do about each is said here, for every one of them.

use crate::declarations::{declaration, fields, variants};
use pingyi::limits as l;
use pingyi::protocol::{CloseCode, Problem};
use pingyi_core::limits as c;
use serde_json::{Value, json};

fn close_meaning(code: CloseCode) -> &'static str {
    match code {
        CloseCode::SlowReader => "your side read too slowly and the server's queue for it was full",
        CloseCode::GoingAway => "the server is stopping or restarting",
        CloseCode::Fault => "disk or case stopped; what had a receipt is kept. Wait longer between tries",
        CloseCode::Silent => "no hello within its time, or nothing heard from you for too long",
        CloseCode::TooBusy => {
            "this person has opened more sockets and this was the oldest; or this socket sent too many messages; or the person's commands for this case are used up; or the program is full of sockets without a bearer. Wait seconds, and close other sockets first"
        }
        CloseCode::BadMessage => {
            "not JSON of this protocol, an unknown field, a binary frame, a second hello, or a vote whose signature does not fit. A defect of the client"
        }
        CloseCode::TooLarge => "a message above the limit. A defect of the client",
        CloseCode::WrongVersion => "the server speaks another protocol version: fetch a newer client (a page reloads)",
        CloseCode::SignInRequired => {
            "no bearer, one that is out or for another audience or case, or a command on a socket that may give none: sign in again"
        }
        CloseCode::MovedToOtherDevice => {
            "a later sign-in of the same person; say so to the user, who may sign in here again with `take_over: \"move\"`"
        }
        CloseCode::CredentialReissued => {
            "the desk made a new card or took the person off the roster: forget bearer and card code, ask for the new card"
        }
        CloseCode::NoSuchAppraisal => "no such case here",
        CloseCode::WrongOrigin => {
            "kept for pages of another site; today these are refused with HTTP 403 before a socket opens"
        }
    }
}

pub fn close_codes() -> String {
    let mut out = String::from("| code | reason | come back? | meaning |\n|---|---|---|---|\n");
    for code in CloseCode::ALL {
        let back = if code.come_back() { "yes" } else { "not as you are" };
        out.push_str(&format!(
            "| {} | `{}` | {back} | {} |\n",
            code.number(),
            code.reason(),
            close_meaning(code)
        ));
    }
    out
}

macro_rules! limits {
    ($($module:ident::$name:ident $what:literal;)*) => {
        vec![$((stringify!($name), format!("{}", $module::$name), $what)),*]
    };
}

pub fn limits() -> String {
    let rows = limits! {
        l::MESSAGE_BYTES_MAX "one message to the server; above it 4102";
        l::HELLO_WITHIN_MS "time for the hello; after it 4004";
        l::HEARTBEAT_MS "what `welcome` names today; ping this often";
        l::SILENT_AFTER_MS "nothing heard from you; then 4004";
        l::WRITE_WITHIN_MS "one write to you; then the connection is dropped without a code";
        l::SOCKETS_PER_PERSON_MAX "open sockets of one person in one case; one more closes the oldest with 4005";
        l::SOCKETS_MAX "open sockets of the program; one more gets HTTP 503 and `Retry-After`";
        l::SOCKETS_OF_STRANGERS_MAX "of these, sockets before their hello and sockets of the public; one more closes the oldest with 4005";
        l::MESSAGES_PER_S "messages on one socket in the long run, pings and repeats included; above it 4005";
        l::MESSAGES_BURST "and at once";
        l::CONNECTIONS_MAX "connections of the port; further ones wait";
        l::HEAD_WITHIN_MS "time for the head of a request, from the last answer on; after it the connection is closed";
        l::PERSON_COMMANDS_PER_S "commands of one person in the long run; above it `busy`";
        l::PERSON_COMMANDS_BURST "and at once";
        l::OFFICE_COMMANDS_PER_S "the same for a desk account or a console seat";
        l::OFFICE_COMMANDS_BURST "and at once";
        c::COMMANDS_PER_PERSON_MAX "commands of one person in one case, refused ones included; above it 4005";
        l::PUBLISH_EVERY_MS "changes are gathered this long before screens hear of them";
        l::DIFFERENCES_KEPT_MAX "differences kept for who comes back; older positions get a snapshot";
        l::SOCKET_QUEUE_FRAMES_MAX "messages waiting for one slow socket; above it 4001";
        l::SOCKET_QUEUE_BYTES_MAX "and their bytes";
        l::JSON_BODY_BYTES_MAX "body of a JSON call; above it 413 `too_large`";
        l::GUESS_TRIES_FREE "wrong PINs or passwords of one person and address before the first wait";
        l::GUESS_WAIT_FIRST_MS "that wait; each further wrong try doubles it";
        l::GUESS_WAIT_LONGEST_MS "up to this";
        l::CARD_WRONG_MAX "wrong card codes of one address in one window; above it `wait`. A right one opens all the same";
        l::CARD_WINDOW_MS "that window";
        c::NAME_CHARS_MAX "characters of a name";
        c::QUESTION_CHARS_MAX "characters of a question";
        c::NOTE_CHARS_MAX "characters of a reason or note";
        c::ISSUE_CHARS_MAX "characters of an issue";
        c::OPINION_CHARS_MAX "characters of each text of the opinions";
        c::QUESTIONS_PER_PERSON_MAX "questions one person may ask in one case";
        c::QUESTIONS_MAX "questions of one case";
        c::CLOSING_S "seconds between the chair's closing and the sealing, in which votes still count";
        c::BALLOT_LIMIT_S_MIN "shortest time limit of a ballot";
        c::BALLOT_LIMIT_S_MAX "longest";
        c::EXTENSION_S_MAX "longest single extension";
        c::ROUNDS_MAX "rounds of one ballot";
    };
    let mut out = String::from("| limit | value | what it bounds, and what happens |\n|---|---|---|\n");
    for (name, value, what) in rows {
        out.push_str(&format!("| `{name}` | {value} | {what} |\n"));
    }
    out
}

const REFUSALS: &[(&str, &str)] = &[
    (
        "not_allowed",
        "this role may not do this at all; also a command id that somebody else used",
    ),
    ("console_not_held", "only the seat that holds the console conducts"),
    (
        "screen_outdated",
        "the ballot is in another round or state than `expects` said: look again, decide anew",
    ),
    ("expects_missing", "the command needs `expects`"),
    ("text_missing", "the text is empty"),
    ("text_too_long", "too many characters"),
    (
        "text_hidden",
        "control, bidirectional or zero-width characters; a question or reason may have line breaks",
    ),
    ("day_unreadable", "not a day as YYYY-MM-DD"),
    ("day_too_early", "the event of this day cannot have been before `first`"),
    ("day_too_late", "what has happened did not happen after `last`"),
    ("day_twice", "the calendar makes this day both off and worked"),
    ("too_many", "a list is at its bound"),
    ("out_of_range", "outside the range allowed"),
    ("no_such_person", "not on the roster"),
    ("no_such_subject", "no such subject, or an item lacks its subject"),
    ("no_such_item", "no such agenda item"),
    ("no_such_question", "no such question"),
    ("no_such_ballot", "no such ballot"),
    ("no_such_document", "no such document, or a malformed digest"),
    ("no_such_questionnaire", "no such questionnaire"),
    (
        "questionnaire_state",
        "only a draft is written, opened or removed; only an open one is closed",
    ),
    (
        "questionnaire_empty",
        "opening needs a question, and a subject it is about",
    ),
    ("choice_twice", "two choices of one question read the same"),
    ("name_taken", "two people of one name cannot be told apart at the door"),
    ("subject_in_use", "the agenda, a ballot or a question names it"),
    ("roster_frozen", "only before the sitting opens"),
    ("ballot_running", "not while a ballot is being held"),
    ("sitting_not_open", "the sitting has not opened yet"),
    ("sitting_already_open", "it has opened already"),
    ("sitting_closed", "the sitting is over"),
    ("not_ready", "what the sitting still lacks"),
    ("clock_implausible", "the server's clock is plainly wrong"),
    ("no_quorum", "more than half of all members must be present"),
    (
        "not_checked_in",
        "this member has no ballot: not present when it was presented, and not checked in since",
    ),
    ("already_checked_in", "nothing to do; show the person as checked in"),
    ("no_vote", "attendees ask and do not vote"),
    ("ballot_not_open", "not open yet"),
    ("ballot_paused", "paused; vote again under a new id when it is open"),
    ("ballot_closed", "sealed or announced; the vote does not count"),
    ("ballot_state", "the order does not fit the ballot's state"),
    ("other_round", "the ballot is in this round now; show it anew"),
    ("no_such_option", "`choice` is no index of the ballot's options"),
    ("other_ballot_running", "one sheet at a time"),
    ("subject_twice", "the agenda evaluates a subject in two items"),
    (
        "appraised_already",
        "this subject's result is announced; its rectification is measured by a rule of its own",
    ),
    (
        "board_not_released",
        "the announced board is on its way to the public; void in a moment",
    ),
    ("sheet_not_sealed", "another ballot of the sheet is still being sealed"),
    ("result_not_recorded", "not counted yet; try again in a moment"),
    (
        "accounts_do_not_balance",
        "the identity that fails, with its figures and the remedy; nothing can be announced",
    ),
    (
        "cause_not_allowed",
        "the rule allows no further round for this cause once the round is sealed",
    ),
    (
        "cause_not_there",
        "the record shows otherwise: a grade was reached, no tie, no more returned than issued",
    ),
    (
        "rounds_used_up",
        "the rule allows this many rounds; the matter goes to the council",
    ),
    ("secrecy_by_rule", "whether votes are named is set by the adopted rule"),
    (
        "profile_faulty",
        "the rule breaks its own form; the call that reads a rule file says where",
    ),
    ("result_not_announced", "the follow-up begins with an announced result"),
    (
        "opinions_not_handed_over",
        "the opinions are handed over before they are received",
    ),
    ("opinions_received", "take the receipt back first"),
    ("opinions_not_received", "the ledger begins with the receipt"),
    (
        "no_such_issue",
        "none of this number; for the ledger: not approved or not received",
    ),
    (
        "line_closed",
        "closed (销号): reopened before anything is written into it",
    ),
    ("line_open", "only a closed line is reopened"),
    ("line_not_done", "closing takes `done` or `long_term`"),
    (
        "evidence_checked",
        "it lay there at a check: only the desk takes it back",
    ),
    (
        "line_not_checked",
        "closing takes a last check that is `sound`, later than any reopening",
    ),
    (
        "plan_filed",
        "the officer's last day stands; the desk may grant another",
    ),
    ("plan_incomplete", "so many lines lack measure, owner or last day"),
    ("nothing_filed", "no plan or report is on the table"),
    ("filing_accepted", "accepted already"),
    (
        "receipt_signed",
        "the officer signed for the opinions; the desk does not change that day",
    ),
    ("already_received", "the receipt is recorded; nothing to sign"),
    (
        "filed_since",
        "a plan or report was filed since the receipt, or a round ordered: its day stands",
    ),
    ("not_officer", "only this subject's officer"),
    ("no_such_category", "not in the list of categories"),
    ("category_twice", "two categories of one name"),
    ("category_in_use", "a live issue is in it"),
    ("source_missing", "an issue names at least one source"),
    (
        "other_subject",
        "issues of two subjects are not merged, nor does one that speaks for others move",
    ),
    ("issue_settled", "merged or dropped already; restore it first"),
    ("opinions_not_drafted", "write the assessment first"),
    (
        "opinions_approved",
        "approved text and issues stand; take the approval back first",
    ),
    ("opinions_not_approved", "the council approves before the hand-over"),
    ("opinions_handed_over", "take the hand-over back first"),
    ("recused", "this member takes no part in the ballot on this subject"),
    ("on_paper", "this member was handed a paper in this round"),
    (
        "already_voted",
        "the vote is recorded: no change where the first press counts, no paper after a device",
    ),
    ("paper_issued", "back on the phone from the next ballot"),
    (
        "paper_not_due",
        "paper is counted after the close, before the announcement",
    ),
    ("paper_not_agreed", "two who count must enter the same figures"),
    (
        "paper_does_not_add_up",
        "options, blank and invalid are not the returned",
    ),
    (
        "scrutineers_pending",
        "each appointed scrutineer confirms this step first",
    ),
    ("scrutineers_too_few", "appoint at least so many"),
    ("not_eligible", "a scrutineer is a member present who is not appraised"),
    (
        "officer_is_member",
        "the officer of a subject attends and does not vote",
    ),
    ("not_scrutineer", "only a scrutineer may"),
    (
        "question_settled",
        "answered, deferred, skipped, rejected, merged or withdrawn already",
    ),
    ("question_not_shown", "not shown to members"),
    ("own_question", "nobody supports their own question"),
    ("not_your_question", "only its asker withdraws it"),
    ("merge_into_itself", "`from` and `into` are the same"),
    ("merge_chain", "that question was merged itself; use this one"),
    ("question_private", "a question for the chair only stays with the chair"),
    ("no_such_group", "no such investigation group"),
    ("group_in_use", "the group has done something already"),
    (
        "group_has_questionnaire",
        "a questionnaire is this group's: a draft is removed or given to another first",
    ),
    (
        "not_in_group",
        "only the group's own people and the office; signers are the group's",
    ),
    (
        "officer_in_group",
        "this officer's own office is what the group investigates",
    ),
    ("no_such_activity", "no such activity, or it was taken back"),
    ("signatures_missing", "a report is signed"),
    ("report_not_filed", "no report stands"),
    ("report_heard", "the council has heard it; the office takes it back"),
    ("no_such_aspect", "not one of the aspects"),
    ("aspect_twice", "the list names an aspect twice"),
    ("no_such_remark", "no such remark, or it was removed"),
    ("not_your_remark", "only its speaker confirms or disputes it"),
    ("remark_confirmed", "the speaker stands by it already"),
    ("remark_not_confirmed", "its speaker has yet to stand by it"),
    ("remark_changed", "there is another wording by now: show it first"),
    ("no_deliberation", "no item of deliberation is current"),
    ("already_on_list", "waiting to speak already"),
    ("not_on_list", "not waiting to speak"),
    ("speaking_already", "it is this person's turn already"),
    ("nobody_speaking", "nobody's turn to end"),
    (
        "key_not_ready",
        "the secret round's key is being made; try again in a moment",
    ),
    (
        "token_taken",
        "a token was given to this member for another element: ask the office",
    ),
    ("secret_ballot", "send the vote as a secret cast, not over this socket"),
    ("named_ballot", "a named ballot has no tokens"),
    ("stale_device", "not sent today"),
    ("stage_order", "stages follow each other; the case is in this one"),
    ("stage_not_ready", "what the stage still lacks"),
    ("case_closed", "read only until it is reopened"),
    (
        "still_open",
        "close with a reason, or settle this first; `sitting` is never closed over",
    ),
    ("no_such_lot", "no lot of this number"),
    ("lot_state", "the lot is at another step; one lot at a time"),
    ("seed_differs", "not the seed that was committed to"),
    ("nothing_due", "a duty of the program came twice; harmless"),
];

/// Codes with their fields, as a union of the wire has them.
fn codes(all: &str, name: &str) -> Vec<(String, Vec<String>)> {
    let declaration = declaration(all, name);
    let (_, value) = declaration.split_once(" = ").expect("a declaration");
    let code_of = |variant: &String| {
        let inner = variant.trim_start_matches('{').trim_end_matches('}');
        let mut fields = fields(inner).into_iter().map(|(_, field)| field);
        let code = fields
            .next()
            .expect("a code")
            .split('"')
            .nth(3)
            .expect("a code")
            .to_owned();
        (code, fields.collect())
    };
    variants(value).iter().map(code_of).collect()
}

fn field_list(fields: &[String]) -> String {
    fields.iter().map(|f| format!("`{f}`")).collect::<Vec<_>>().join(", ")
}

pub fn refusals(all: &str) -> String {
    let mut out = String::from("| code | fields | meaning |\n|---|---|---|\n");
    let codes = codes(all, "Refusal");
    for (code, fields) in &codes {
        let meaning = REFUSALS
            .iter()
            .find(|(c, _)| c == code)
            .unwrap_or_else(|| panic!("refusal {code} has no meaning on the page"))
            .1;
        out.push_str(&format!("| `{code}` | {} | {meaning} |\n", field_list(fields)));
    }
    assert_eq!(codes.len(), REFUSALS.len(), "the page names a refusal that is gone");
    out
}

const PROBLEMS: &[(&str, &str)] = &[
    (
        "bad_request",
        "not understood: no JSON, a missing field, a malformed `device_key`; `detail` is for developers",
    ),
    ("too_large", "the body is above this bound"),
    ("not_found", "no such call, case, document or station link"),
    ("sign_in_required", "no bearer, or one that is out"),
    (
        "not_allowed",
        "this bearer may not do this; also a page of another site",
    ),
    (
        "unknown_card",
        "no card has this code (any more): check it, or ask for a new card",
    ),
    (
        "hall_code_expired",
        "not a code of the last minutes: read the screen again",
    ),
    ("unknown_name", "not on the roster, or the name fits two people"),
    ("wrong_pin", "`tries_left` before the first wait"),
    ("no_pin", "this person has no PIN: use the seat card"),
    (
        "on_another_device",
        "signed in elsewhere: ask the person, then send again with `take_over: \"move\"`",
    ),
    (
        "wait",
        "too many wrong tries at this person, account or from this address; the desk can lift it for a PIN",
    ),
    ("wrong_password", "wrong account or password"),
    ("password_too_short", "desk: too short a password for an account"),
    ("last_account", "desk: the office's last account cannot be removed"),
    (
        "export_during_ballot",
        "desk: a ballot is held or not announced yet; the case file is given out between ballots",
    ),
    (
        "export_incomplete",
        "desk: a document of the case or the answers to a questionnaire are missing or damaged on this machine; `missing` names them",
    ),
    ("setup_done", "set-up only: there is an account already"),
    ("bad_roster_file", "desk: the file cannot be read as a roster"),
    ("bad_document", "desk: the duty report cannot be used"),
    (
        "faulty_rows",
        "desk: nothing was imported; the preview lists the faults",
    ),
    ("bad_address", "desk: not an address that a phone could open"),
    (
        "bad_template",
        "desk: a paper's template cannot be used; `faults` say why",
    ),
    (
        "bad_calendar",
        "desk: the calendar file cannot be used; `faults` say why",
    ),
    (
        "cast_refused",
        "a secret vote was not taken; `reason` says why, and nothing of it is kept",
    ),
    (
        "answer_refused",
        "an answer to a questionnaire was not taken; `reason` says why, `question` where, from 0; nothing of it is kept",
    ),
    ("refused", "a rule says no; the refusal is one of the table above"),
    ("too_many_requests", "the program is behind; send again after this time"),
    ("fault", "disk or machine; try again later"),
];

/// A problem of this code, for its HTTP status.
fn example(code: &str, fields: &[String]) -> Problem {
    let mut body = json!({ "code": code });
    for field in fields {
        let (name, kind) = field.split_once(": ").expect("a field");
        body[name] = match kind {
            "number" => json!(1),
            "string" => json!(""),
            "Refusal" => json!({ "code": "not_allowed" }),
            "CastRefusal" | "AnswerRefusal" => json!("closed"),
            "RosterFileError" | "UploadError" => json!({ "code": "empty" }),
            "Array<TemplateFault>" | "Array<CalendarFault>" => json!([]),
            other => panic!("no example of {other}"),
        };
    }
    serde_json::from_value::<Problem>(body.clone()).unwrap_or_else(|e| panic!("{}: {e}", Value::to_string(&body)))
}

pub fn problems(all: &str) -> String {
    let mut out = String::from("| code | HTTP | fields | meaning |\n|---|---|---|---|\n");
    let codes = codes(all, "Problem");
    for (code, fields) in &codes {
        let meaning = PROBLEMS
            .iter()
            .find(|(c, _)| c == code)
            .unwrap_or_else(|| panic!("problem {code} has no meaning on the page"))
            .1;
        let status = pingyi::http::status::status(&example(code, fields)).as_u16();
        out.push_str(&format!(
            "| `{code}` | {status} | {} | {meaning} |\n",
            field_list(fields)
        ));
    }
    assert_eq!(codes.len(), PROBLEMS.len(), "the page names a problem that is gone");
    out
}
