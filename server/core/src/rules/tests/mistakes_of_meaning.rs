//! Mistakes in what a profile decides: rules, what follows from a grade, templates, sources, matters. And several at once.

use super::mistakes::{SOUND, faults, line_of, one, text};
use super::shown;
use crate::rules::fault::FaultReason as Why;
use crate::rules::{Barred, Matter, Profile};
use proptest::prelude::*;

/// A sound file in which each mistake is made by changing one text.
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
    for name in ["apart", "groups", "score"] {
        let other = kept_back.replacen("{options}", &format!("{{{name}}}"), 1);
        assert_eq!(faults(&other)[0].reason, Why::NotPublished { name: text(name) });
    }
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
