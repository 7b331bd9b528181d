//! Tests of the rules: built-in profiles, golden results, properties, and mistakes in files.

mod every_account;
mod every_count;
mod every_count_together;
mod examined;
mod golden;
mod groups;
mod mistakes;
mod mistakes_of_meaning;
mod oracle;
mod properties;

use super::built_in::{BUILT_IN, profile};
use super::*;

/// A built-in profile, which is never faulty.
fn built_in(name: &str) -> Profile {
    match profile(name).expect("the name is built in") {
        Ok(profile) => profile,
        Err(faults) => panic!("{name}: {}", shown(&faults)),
    }
}

fn shown(faults: &[ProfileFault]) -> String {
    faults.iter().map(|f| format!("\n  {f}")).collect()
}

#[test]
fn every_built_in_profile_is_sound_and_bears_its_files_name() {
    for (name, _) in BUILT_IN {
        assert_eq!(built_in(name).name, *name);
    }
}

#[test]
fn a_profile_written_to_a_file_is_read_back_unchanged() {
    for (name, _) in BUILT_IN {
        let profile = built_in(name);
        let text = profile.to_toml();
        match Profile::from_toml(&text) {
            Ok(read) => assert_eq!(read, profile, "{name}"),
            Err(faults) => panic!("{name}: {}\n{text}", shown(&faults)),
        }
    }
    let mut odd = built_in("four_grades");
    odd.source.note = "“引号”、\"直引号\"、反斜线\\，\n第二行 #".into();
    odd.percent.trim_zeros = false;
    assert_eq!(odd.faults(), []);
    assert_eq!(Profile::from_toml(&odd.to_toml()).as_ref(), Ok(&odd));
}

/// The verdict of figures that balance.
fn evaluated(profile: &Profile, figures: &Figures) -> Verdict {
    evaluate(profile, figures).unwrap_or_else(|identity| panic!("{}: {identity}", profile.name))
}

/// The grade's key; empty without one.
fn grade(verdict: &Verdict) -> &str {
    match &verdict.grade {
        verdict::GradeReached::Grade { key, .. } => key,
        verdict::GradeReached::NoGrade { .. } => "",
    }
}

/// Percentages of the first item.
fn percents(verdict: &Verdict) -> Vec<&str> {
    verdict.dimensions[0]
        .options
        .iter()
        .map(|o| o.percent.as_str())
        .collect()
}

/// Every way to write `sum` as `parts` whole numbers.
fn compositions(sum: u32, parts: usize, each: &mut dyn FnMut(&[u32])) {
    fn fill(so_far: &mut Vec<u32>, left: u32, parts: usize, each: &mut dyn FnMut(&[u32])) {
        if so_far.len() + 1 == parts {
            so_far.push(left);
            each(so_far);
            so_far.pop();
            return;
        }
        for n in 0..=left {
            so_far.push(n);
            fill(so_far, left - n, parts, each);
            so_far.pop();
        }
    }
    fill(&mut Vec::with_capacity(parts), sum, parts, each);
}

#[test]
fn a_frozen_profile_comes_back_as_it_was() {
    for (name, _) in BUILT_IN {
        let profile = built_in(name);
        let json = profile.canonical_json();
        let back: Profile = serde_json::from_str(&json).expect("its own JSON");
        assert_eq!(back, profile);
        assert_eq!(back.canonical_json(), json, "canonical");
        assert_eq!(back.faults(), [], "{name}");
        let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert!(no_float(&value), "{name}");
    }
}

fn no_float(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Number(n) => n.is_u64(),
        serde_json::Value::Array(list) => list.iter().all(no_float),
        serde_json::Value::Object(fields) => fields.values().all(no_float),
        _ => true,
    }
}

#[test]
fn assumed_settings_are_shown_with_their_values_and_confirmed_by_path() {
    let profile = built_in("dawu_2005");
    let settings = profile.assumed_settings();
    let value = |path: &str| settings.iter().find(|s| s.path == path).map(|s| s.value.as_str());
    assert_eq!(value("rules[0].when[0].op"), Some(">="));
    assert_eq!(value("percent.decimals"), Some("2"));
    assert_eq!(value("roster"), Some(r#"{"base":"in_office"}"#));
    let all = profile.assumed.clone();
    assert_eq!(profile.unconfirmed(&[]), all);
    assert_eq!(profile.unconfirmed(&all), [""; 0]);
    let some = ["rules[0]", "rules[1].when", "groups", "roster", "quorum", "blan"].map(str::to_owned);
    assert_eq!(
        profile.unconfirmed(&some),
        ["blank", "percent.decimals"],
        "a path covers what lies below it"
    );
}

#[test]
fn every_profile_names_its_source_and_what_it_assumes() {
    for (name, _) in BUILT_IN {
        let profile = built_in(name);
        assert!(!profile.source.note.is_empty(), "{name} says nothing of its source");
        assert!(
            !profile.assumed.is_empty(),
            "{name}: none of these rules was seen whole"
        );
    }
}
