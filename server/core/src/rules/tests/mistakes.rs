//! One mistake at a time in a sound file, of form, bounds and electorate: where it is said to be, and why.

use super::shown;
use crate::rules::fault::FaultReason as Why;
use crate::rules::profile::Base;
use crate::rules::{Profile, ProfileFault};

/// A sound file in which each mistake is made by changing one text.
pub const SOUND: &str = r#"version = 1
name = "trial"
title = "试用规则"
matter = "appraisal"
secrecy = "secret"
blank = "invalid"
default_grade = "fair"
known = ["groups", "quorum"]
assumed = ["roster", "options", "secrecy", "blank", "rules", "percent"]

[source]
rule = "试用"

[[groups]]
key = "members"
label = "组成人员"
weight = 1

[[groups]]
key = "deputies"
label = "代表"
weight = 1
shown_from = 5

[quorum]
op = ">"
fraction = "1/2"

[[options]]
key = "good"
label = "好"
score = 10

[[options]]
key = "bad"
label = "差"

[[grades]]
key = "fine"
label = "优"

[[grades]]
key = "fair"
label = "中"

[[rules]]
grade = "fine"
when = [{ options = ["good"], op = ">", fraction = "1/2", of = "roster" }]

[[consequences]]
grade = "fair"
kind = "talk"

[[deadlines]]
item = "rectification_plan"
anchor = "opinions_received"
amount = 1
unit = "months"

[percent]
of = "returned"

[wording]
announcement = "{options}：{grade}"
"#;

pub fn faults(text: &str) -> Vec<ProfileFault> {
    Profile::from_toml(text).err().unwrap_or_default()
}

/// The line of SOUND (from 1) in which `text` first stands.
pub fn line_of(text: &str, part: &str) -> Option<u32> {
    let at = text.find(part).expect("the text is there");
    u32::try_from(text[..at].matches('\n').count() + 1).ok()
}

/// Changes `from` into `to`; the one fault must be at `path`, in the line of `at` within the changed file.
pub fn one(from: &str, to: &str, path: &str, at: &str, reason: Why) {
    assert!(SOUND.contains(from), "{from:?} is not in the sound file");
    let text = SOUND.replacen(from, to, 1);
    let found = faults(&text);
    let wanted = (line_of(&text, at), path, &reason);
    let told: Vec<_> = found.iter().map(|f| (f.line, f.path.as_str(), &f.reason)).collect();
    assert_eq!(told, [wanted], "{from:?} -> {to:?}:{}", shown(&found));
    assert!(found[0].column.is_some());
}

pub fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn the_file_is_sound_before_a_mistake_is_made() {
    assert_eq!(faults(SOUND), []);
}

#[test]
fn mistakes_of_form_are_found_where_they_are() {
    let key_twice = "title = \"试用规则\"\ntitle = \"又一\"\n";
    one(
        "title = \"试用规则\"\n",
        key_twice,
        "",
        "title = \"又一\"",
        Why::KeyTwice {},
    );
    let known = ["key", "label", "kind", "score"].map(text).to_vec();
    one(
        "score = 10",
        "points = 10",
        "options[0].points",
        "points",
        Why::UnknownKey { known },
    );
    let (wanted, found) = (text("a whole number"), text("string"));
    one(
        "amount = 1",
        "amount = \"1\"",
        "deadlines[0].amount",
        "amount",
        Why::WrongType { wanted, found },
    );
    let (wanted, found) = (text("a whole number"), text("float"));
    one(
        "score = 10",
        "score = 9.5",
        "options[0].score",
        "score",
        Why::WrongType { wanted, found },
    );
    let (wanted, found) = (text("a whole number"), text("integer"));
    one(
        "score = 10",
        "score = -1",
        "options[0].score",
        "score",
        Why::WrongType { wanted, found },
    );
    let (wanted, found) = (text("a list"), text("string"));
    one(
        "known = [\"groups\", \"quorum\"]",
        "known = \"groups\"",
        "known",
        "known",
        Why::WrongType { wanted, found },
    );
    one(
        "anchor = \"opinions_received\"\n",
        "",
        "deadlines[0].anchor",
        "[[deadlines]]",
        Why::Missing {},
    );
    one("title = \"试用规则\"\n", "", "title", "version", Why::Missing {});
    let known = ["days", "working_days", "months"].map(text).to_vec();
    let found = text("weeks");
    one(
        "\"months\"",
        "\"weeks\"",
        "deadlines[0].unit",
        "unit",
        Why::UnknownWord { found, known },
    );
    let known = [">", ">=", "<", "<="].map(text).to_vec();
    let found = text("=");
    one(
        "op = \">\", ",
        "op = \"=\", ",
        "rules[0].when[0].op",
        "op = \"=\"",
        Why::UnknownWord { found, known },
    );
    for found in ["half", "1/2/3", "0.5", "-1/2", "1/"].map(text) {
        let to = format!("\"{found}\", of");
        one(
            "\"1/2\", of",
            &to,
            "rules[0].when[0].fraction",
            "when =",
            Why::NotAFraction { found },
        );
    }
}

#[test]
fn a_text_that_is_no_toml_says_the_line() {
    let text = SOUND.replacen("[source]", "[source", 1);
    let found = faults(&text);
    assert_eq!(found[0].line, line_of(&text, "[source"));
    assert!(matches!(found[0].reason, Why::Syntax { .. }), "{}", shown(&found));
    let large = format!("{SOUND}# {}", "长".repeat(30_000));
    assert_eq!(faults(&large)[0].reason, Why::FileTooLarge { bytes_max: 65_536 });
}

#[test]
fn keys_and_texts_keep_their_bounds() {
    one(
        "version = 1",
        "version = 2",
        "version",
        "version",
        Why::UnknownVersion { found: 2, known: 1 },
    );
    one("\"trial\"", "\"Trial\"", "name", "name", Why::BadKey { chars_max: 40 });
    one("\"试用规则\"", "\" \"", "title", "title", Why::TextMissing {});
    let long = format!("\"{}\"", "规".repeat(121));
    one(
        "\"试用规则\"",
        &long,
        "title",
        "title",
        Why::TextTooLong { chars_max: 120 },
    );
    one(
        "\"组成人员\"",
        "\"组\\u202E员\"",
        "groups[0].label",
        "label",
        Why::TextHidden {},
    );
    one(
        "key = \"bad\"",
        "key = \"good\"",
        "options[1].key",
        "key = \"good\"\nlabel = \"差\"",
        Why::DuplicateKey { key: text("good") },
    );
    one(
        "key = \"deputies\"",
        "key = \"members\"",
        "groups[1].key",
        "key = \"members\"\nlabel = \"代表\"",
        Why::DuplicateKey { key: text("members") },
    );
    let options: String = (0..7)
        .map(|n| format!("[[options]]\nkey = \"o{n}\"\nlabel = \"项\"\n\n"))
        .collect();
    one(
        "[[grades]]",
        &format!("{options}[[grades]]"),
        "options",
        "[[options]]",
        Why::TooMany { max: 8 },
    );
    let groups: String = (0..4)
        .map(|n| format!("[[groups]]\nkey = \"g{n}\"\nlabel = \"组\"\n\n"))
        .collect();
    one(
        "[quorum]",
        &format!("{groups}[quorum]"),
        "groups",
        "[[groups]]",
        Why::TooMany { max: 5 },
    );
    let items: String = (0..11)
        .map(|n| format!("[[dimensions]]\nkey = \"d{n}\"\nlabel = \"项\"\n\n"))
        .collect();
    one(
        "[quorum]",
        &format!("{items}[quorum]"),
        "dimensions",
        "[[dimensions]]",
        Why::TooMany { max: 10 },
    );
    one(
        "score = 10",
        "score = 1001",
        "options[0].score",
        "score",
        Why::OutOfRange {
            found: 1001,
            min: 0,
            max: 1000,
        },
    );
    one(
        "amount = 1",
        "amount = 0",
        "deadlines[0].amount",
        "amount",
        Why::OutOfRange {
            found: 0,
            min: 1,
            max: 36,
        },
    );
    one(
        "of = \"returned\"",
        "of = \"returned\"\ndecimals = 5",
        "percent.decimals",
        "decimals",
        Why::OutOfRange {
            found: 5,
            min: 0,
            max: 4,
        },
    );
}

#[test]
fn the_electorate_and_the_ballot_must_make_sense() {
    let zero = SOUND.replacen("weight = 1", "weight = 0", 2);
    assert_eq!(faults(&zero)[0].reason, Why::NoWeight {});
    assert_eq!(faults(&zero)[0].line, line_of(SOUND, "[[groups]]"));
    let apart = SOUND.replacen("weight = 1", "weight = 1\ncounted = false", 2);
    assert_eq!(faults(&apart)[0].reason, Why::NobodyCounts {});
    one(
        "shown_from = 5",
        "shown_from = 2",
        "groups[1].shown_from",
        "shown_from",
        Why::GroupTooSmall { min: 3 },
    );
    let with = || text("roster.base = \"quota\"");
    one(
        "[quorum]",
        "[roster]\nbase = \"quota\"\n[quorum]",
        "roster.number",
        "[roster]",
        Why::NeededWith { with: with() },
    );
    one(
        "[quorum]",
        "[roster]\nbase = \"in_office\"\nnumber = 35\n[quorum]",
        "roster.number",
        "number",
        Why::Unused { with: with() },
    );
    one(
        "\"1/2\"\n",
        "\"1/2\"\nof = \"present\"\n",
        "quorum.of",
        "of = \"present\"",
        Why::QuorumBase { of: Base::Present },
    );
    one(
        "\"1/2\"\n",
        "\"1/0\"\n",
        "quorum.fraction",
        "fraction = \"1/0\"",
        Why::ZeroDenominator {},
    );
    let no_choice = SOUND
        .replacen("label = \"好\"", "label = \"好\"\nkind = \"abstain\"", 1)
        .replacen("label = \"差\"", "label = \"差\"\nkind = \"dont_know\"", 1);
    assert_eq!(faults(&no_choice)[0].reason, Why::NoChoice {});
    assert_eq!(faults(&no_choice)[0].line, line_of(SOUND, "[[options]]"));
    one(
        "blank = \"invalid\"",
        "blank = \"abstain\"",
        "blank",
        "blank",
        Why::BlankWithoutAbstain {},
    );
    one(
        "blank =",
        "valid_kinds = [\"abstain\"]\nblank =",
        "valid_kinds",
        "valid_kinds",
        Why::ChoiceNotValid {},
    );
    let both = "criteria = [\"廉\"]\nblank =";
    let with_items = SOUND.replacen("[quorum]", "[[dimensions]]\nkey = \"d\"\nlabel = \"项\"\n[quorum]", 1);
    let text = with_items.replacen("blank =", both, 1);
    assert_eq!(
        faults(&text)[0].reason,
        Why::Unused {
            with: "dimensions".into()
        }
    );
    let weightless = SOUND.replacen(
        "[quorum]",
        "[[dimensions]]\nkey = \"d\"\nlabel = \"项\"\nweight = 0\n[quorum]",
        1,
    );
    assert_eq!(faults(&weightless)[0].reason, Why::NoWeight {});
    let uneven = with_items
        .replacen(
            "blank =",
            "combine = \"weighted_shares\"\nvalid_kinds = [\"choice\"]\nblank =",
            1,
        )
        .replacen("label = \"差\"", "label = \"差\"\nkind = \"abstain\"", 1)
        .replacen("of = \"roster\"", "of = \"valid\"", 1);
    assert_eq!(faults(&uneven)[0].reason, Why::UnevenBase {});
}
