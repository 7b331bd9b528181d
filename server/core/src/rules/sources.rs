//! What a profile knows from its source and what it assumes. Assumed settings are confirmed by the office before a
//! real sitting; a setting that decides a result is never silently one or the other.

use super::fault::FaultReason as Why;
use super::profile::{NoGradeRule, Profile};
use crate::limits::PROFILE_LIST_MAX;
use serde_json::Value;

/// Settings that decide who counts and what the result is.
pub const DECIDING: &[&str] = &[
    "groups",
    "roster",
    "quorum",
    "options",
    "secrecy",
    "blank",
    "rules",
    "percent.of",
];

wire! {
    /// An assumed setting and its value: a word or number as it is, anything larger as JSON.
    pub struct AssumedSetting { pub path: String, pub value: String }
}

impl Profile {
    /// Assumed settings in the profile's order, for the office to look through.
    pub fn assumed_settings(&self) -> Vec<AssumedSetting> {
        let whole = whole(self);
        let setting = |path: &String| AssumedSetting {
            path: path.clone(),
            value: match at(&whole, path) {
                Some(Value::String(word)) => word.clone(),
                Some(value) => value.to_string(),
                None => String::new(),
            },
        };
        self.assumed.iter().map(setting).collect()
    }

    /// Assumed settings that none of the confirmed paths covers. A path covers itself and what lies below it.
    pub fn unconfirmed(&self, confirmed: &[String]) -> Vec<String> {
        let open = |path: &&String| !confirmed.iter().any(|c| lies_in(path, c));
        self.assumed.iter().filter(open).cloned().collect()
    }
}

pub(super) fn faults(profile: &Profile) -> Vec<(String, Why)> {
    let whole = whole(profile);
    let mut found = Vec::new();
    for (list, paths) in [("known", &profile.known), ("assumed", &profile.assumed)] {
        if paths.len() > PROFILE_LIST_MAX {
            let max = u32::try_from(PROFILE_LIST_MAX).unwrap_or(u32::MAX);
            found.push((list.to_owned(), Why::TooMany { max }));
        }
        for (n, path) in paths.iter().enumerate() {
            if at(&whole, path).is_none() {
                found.push((format!("{list}[{n}]"), Why::NoSuchSetting {}));
            }
        }
    }
    for (n, path) in profile.assumed.iter().enumerate() {
        if profile.known.contains(path) {
            found.push((format!("assumed[{n}]"), Why::KnownAndAssumed {}));
        }
    }
    let said = |path: &str| {
        let mut all = profile.known.iter().chain(&profile.assumed);
        all.any(|p| lies_in(path, p) || lies_in(p, path))
    };
    let graded = profile.no_grade != NoGradeRule::NotGraded;
    let silent = DECIDING
        .iter()
        .filter(|path| !said(path) && (graded || **path != "rules"));
    found.extend(silent.map(|path| ((*path).to_owned(), Why::Unsourced {})));
    found
}

/// `path` is `outer` or below it.
fn lies_in(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn whole(profile: &Profile) -> Value {
    let mut whole = serde_json::to_value(profile).unwrap_or_default();
    // Settings that may be unset are settings all the same.
    if let Value::Object(fields) = &mut whole {
        for key in ["default_grade", "ranking"] {
            fields.entry(key).or_insert(Value::Null);
        }
    }
    whole
}

/// The value at `rules[0].when[1].of`.
fn at<'a>(whole: &'a Value, path: &str) -> Option<&'a Value> {
    let mut value = whole;
    for step in path.split('.') {
        let (name, indexes) = step.split_once('[').map_or((step, ""), |(name, rest)| (name, rest));
        value = value.get(name)?;
        for index in indexes.split('[').filter(|i| !i.is_empty()) {
            value = value.get(index.strip_suffix(']')?.parse::<usize>().ok()?)?;
        }
    }
    Some(value)
}
