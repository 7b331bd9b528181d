//! One mistake at a time in a sound file: where it is said to be, and why. Then several at once.

use super::shown;
use crate::rules::fault::FaultReason as Why;
use crate::rules::profile::Base;
use crate::rules::{Barred, Matter, Profile, ProfileFault};
use proptest::prelude::*;

/// A sound file in which each mistake is made by changing one text.
const SOUND: &str = r#"version = 1
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

fn faults(text: &str) -> Vec<ProfileFault> {
    Profile::from_toml(text).err().unwrap_or_default()
}

/// The line of SOUND (from 1) in which `text` first stands.
fn line_of(text: &str, part: &str) -> Option<u32> {
    let at = text.find(part).expect("the text is there");
    u32::try_from(text[..at].matches('\n').count() + 1).ok()
}

/// Changes `from` into `to`; the one fault must be at `path`, in the line of `at` within the changed file.
fn one(from: &str, to: &str, path: &str, at: &str, reason: Why) {
    assert!(SOUND.contains(from), "{from:?} is not in the sound file");
    let text = SOUND.replacen(from, to, 1);
    let found = faults(&text);
    let wanted = (line_of(&text, at), path, &reason);
    let told: Vec<_> = found.iter().map(|f| (f.line, f.path.as_str(), &f.reason)).collect();
    assert_eq!(told, [wanted], "{from:?} -> {to:?}:{}", shown(&found));
    assert!(found[0].column.is_some());
}

fn text(text: &str) -> String {
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
            max: 366,
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

#[test]
fn rules_name_what_is_there_and_can_decide() {
    let rule = |from: &str, to: &str, path: &str, why| one(from, to, path, "when =", why);
    rule(
        "[\"good\"]",
        "[\"best\"]",
        "rules[0].when[0].options[0]",
        Why::UnknownOption { key: text("best") },
    );
    rule("[\"good\"]", "[]", "rules[0].when[0]", Why::NothingCompared {});
    rule(
        "\"1/2\", of",
        "\"3/2\", of",
        "rules[0].when[0].fraction",
        Why::AboveOne {},
    );
    rule(
        "\"1/2\", of",
        "\"1/0\", of",
        "rules[0].when[0].fraction",
        Why::ZeroDenominator {},
    );
    rule("\"1/2\", of", "\"1/1\", of", "rules[0].when[0]", Why::Constant {});
    rule(
        "\"1/2\", of",
        "\"1/2\", group = \"public\", of",
        "rules[0].when[0].group",
        Why::UnknownGroup { key: text("public") },
    );
    rule(
        "\"1/2\", of",
        "\"1/2\", dimension = \"course\", of",
        "rules[0].when[0].dimension",
        Why::UnknownDimension { key: text("course") },
    );
    rule(
        "options = [\"good\"]",
        "measure = \"score\", options = [\"good\"]",
        "rules[0].when[0]",
        Why::ScoreWithOptions {},
    );
    one(
        "when = [{ options = [\"good\"], op = \">\", fraction = \"1/2\", of = \"roster\" }]",
        "when = []",
        "rules[0].when",
        "when =",
        Why::NothingCompared {},
    );
    one(
        "grade = \"fine\"",
        "grade = \"fair\"",
        "grades[0]",
        "[[grades]]",
        Why::UnreachableGrade { key: text("fine") },
    );
    one(
        "default_grade",
        "no_grade = \"revote\"\ndefault_grade",
        "default_grade",
        "default_grade",
        Why::Unused {
            with: text("no_grade = \"default\""),
        },
    );
    let without = SOUND.replacen("default_grade = \"fair\"\n", "", 1);
    let told: Vec<_> = faults(&without).into_iter().map(|f| (f.line, f.path)).collect();
    let lost = line_of(&without, "[[grades]]\nkey = \"fair\"");
    assert_eq!(told, [(None, text("default_grade")), (lost, text("grades[1]"))]);
}

#[test]
fn what_follows_a_grade_must_follow_a_grade() {
    one(
        "grade = \"fair\"\nkind",
        "grade = \"poor\"\nkind",
        "consequences[0].grade",
        "grade = \"poor\"",
        Why::UnknownGrade { key: text("poor") },
    );
    let twice = "[[consequences]]\ngrade = \"fair\"\nkind = \"none\"\n[[deadlines]]";
    one(
        "[[deadlines]]",
        twice,
        "consequences[1].grade",
        "grade = \"fair\"\nkind = \"none\"",
        Why::DuplicateKey { key: text("fair") },
    );
    let sealed = "[publication]\nwhen = \"sealed_until\"\n[percent]";
    one(
        "[percent]",
        sealed,
        "publication.until",
        "[publication]",
        Why::NeededWith {
            with: text("when = \"sealed_until\""),
        },
    );
    let rounds = "[revote]\nrounds_max = 11\n[percent]";
    one(
        "[percent]",
        rounds,
        "revote.rounds_max",
        "rounds_max",
        Why::OutOfRange {
            found: 11,
            min: 1,
            max: 10,
        },
    );
}

#[test]
fn templates_have_only_places_that_will_be_filled() {
    let known = crate::rules::wording::ANNOUNCEMENT.iter().map(|k| text(k)).collect();
    one(
        "{grade}",
        "{level}",
        "wording.announcement",
        "announcement",
        Why::UnknownPlaceholder {
            name: text("level"),
            known,
        },
    );
    for broken in ["{grade", "grade}", "{gra{de}"] {
        one(
            "{grade}",
            broken,
            "wording.announcement",
            "announcement",
            Why::OpenBrace {},
        );
    }
    let kept_back = SOUND.replacen("[percent]", "[publication]\ndetail = \"grade_only\"\n[percent]", 1);
    assert_eq!(
        faults(&kept_back)[0].reason,
        Why::NotPublished { name: text("options") }
    );
    let name = text("result");
    one(
        "{grade}",
        "{result}",
        "wording.announcement",
        "announcement",
        Why::NothingToSay { name },
    );
    let no_score = SOUND.replacen("{grade}", "{score}", 1).replacen("score = 10\n", "", 1);
    assert_eq!(faults(&no_score)[0].reason, Why::NothingToSay { name: text("score") });
    let word = "[[wording.result_words]]\ngrade = \"passed\"\nword = \"通过\"\n";
    let added = format!("{SOUND}{word}");
    assert_eq!(faults(&added)[0].reason, Why::UnknownGrade { key: text("passed") });
    assert_eq!(faults(&added)[0].line, line_of(&added, "grade = \"passed\""));
}

#[test]
fn what_is_known_or_assumed_is_a_setting() {
    one(
        "\"quorum\"]",
        "\"quorum\", \"quorums\"]",
        "known[2]",
        "known",
        Why::NoSuchSetting {},
    );
    one(
        "\"quorum\"]",
        "\"quorum\", \"roster\"]",
        "assumed[0]",
        "assumed",
        Why::KnownAndAssumed {},
    );
    one("\"blank\", \"rules\"", "\"rules\"", "blank", "blank", Why::Unsourced {});
}

#[test]
fn removal_and_election_stay_on_paper() {
    for (word, matter, law) in [
        ("removal", Matter::Removal, "监督法"),
        ("election", Matter::Election, "选举法"),
    ] {
        let barred = matter.admit().expect_err("the law wants paper").to_string();
        assert!(barred.contains(law), "{barred}");
        let to = format!("matter = \"{word}\"");
        one(
            "matter = \"appraisal\"",
            &to,
            "matter",
            "matter",
            Why::MatterBarred { law: barred },
        );
    }
    assert_eq!(Matter::Removal.barred(), Some(Barred::Removal));
    assert_eq!(Matter::Rectification.admit(), Ok(()));
}

#[test]
fn a_rule_behind_another_is_unreachable() {
    let second = |when: &str| {
        let rule = format!("[[rules]]\ngrade = \"fair\"\nwhen = [{when}]\n\n[[consequences]]");
        SOUND.replacen("[[consequences]]", &rule, 1)
    };
    for when in [
        r#"{ options = ["good"], op = ">=", fraction = "2/3", of = "roster" }"#,
        r#"{ options = ["good"], op = ">", fraction = "1/2", of = "roster" }, { options = ["bad"], op = "<", fraction = "1/3", of = "roster" }"#,
    ] {
        let found = faults(&second(when));
        assert_eq!(found.len(), 1, "{}", shown(&found));
        assert_eq!(
            (found[0].path.as_str(), &found[0].reason),
            ("rules[1]", &Why::RuleShadowed { by: 0 })
        );
    }
    for when in [
        r#"{ options = ["good"], op = ">=", fraction = "1/2", of = "roster" }"#,
        r#"{ options = ["good"], op = ">", fraction = "1/2", of = "present" }"#,
        r#"{ options = ["good", "bad"], op = ">", fraction = "2/3", of = "roster" }"#,
        r#"{ options = ["bad"], op = "<", fraction = "1/3", of = "roster" }"#,
    ] {
        assert_eq!(faults(&second(when)), [], "{when}");
    }
}

#[test]
fn all_mistakes_are_told_at_once_in_the_order_of_the_file() {
    let form = SOUND
        .replacen("score = 10", "points = 10", 1)
        .replacen("\"months\"", "\"weeks\"", 1)
        .replacen("matter = \"appraisal\"", "matter = 3", 1);
    let lines: Vec<_> = faults(&form).iter().map(|f| f.line).collect();
    assert_eq!(lines, ["matter", "points", "unit"].map(|part| line_of(&form, part)));
    let meaning = SOUND
        .replacen("\"trial\"", "\"Trial\"", 1)
        .replacen("[\"good\"]", "[\"best\"]", 1)
        .replacen("amount = 1", "amount = 400", 1)
        .replacen("{grade}", "{level}", 1);
    let lines: Vec<_> = faults(&meaning).iter().map(|f| f.line).collect();
    assert_eq!(
        lines,
        ["name =", "when =", "amount", "announcement"].map(|part| line_of(&meaning, part))
    );
}

#[test]
fn a_profile_that_came_as_json_is_checked_alike() {
    let mut profile = Profile::from_toml(SOUND).expect("sound");
    profile.rules[0].when[0].options = vec![text("best")];
    let found = profile.faults();
    assert_eq!(found[0].line, None);
    assert_eq!(found[0].reason, Why::UnknownOption { key: text("best") });
    let json = SOUND_JSON_WITH_ONE_FIELD_MORE.replace("PROFILE", &profile.canonical_json()[1..]);
    assert!(
        serde_json::from_str::<Profile>(&json).is_err(),
        "an unknown field is refused"
    );
}

const SOUND_JSON_WITH_ONE_FIELD_MORE: &str = r#"{"extra":1,PROFILE"#;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// A file that is broken anywhere is refused or understood, and every fault is at a line the file has.
    #[test]
    fn no_file_is_too_broken_to_be_told_so(at in 0_usize..2_000, cut in 0_usize..40, put in "[\\[\\]{}\"=.,#a-c0-9\n]{0,6}") {
        let chars: Vec<char> = SOUND.chars().collect();
        let at = at % chars.len();
        let after = (at + cut).min(chars.len());
        let broken: String = chars[..at].iter().copied().chain(put.chars()).chain(chars[after..].iter().copied()).collect();
        let lines = broken.matches('\n').count() + 1;
        for fault in faults(&broken) {
            prop_assert!(fault.line.is_none_or(|l| l as usize <= lines), "{fault}");
        }
    }
}
