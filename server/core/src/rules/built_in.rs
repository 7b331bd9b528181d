//! Profiles that come with the program: real rules as far as their sources were seen, the rest marked as assumed.

use super::fault::ProfileFault;
use super::profile::{ElectorateGroup, Profile};
use crate::ballot::Secrecy;
use crate::command::Command;

macro_rules! profiles {
    ($($name:literal),* $(,)?) => {
        /// Name and text of every built-in profile, the usual one first.
        pub const BUILT_IN: &[(&str, &str)] = &[$(($name, include_str!(concat!("profiles/", $name, ".toml")))),*];
    };
}

profiles![
    "satisfaction",
    "seed_satisfaction",
    "seed_rectification",
    "shiquan_rectification",
    "shenzhen_2011",
    "shanxi_2011",
    "dawu_2005",
    "cppcc_county",
    "zhanyi_2019",
    "shangqiu_groups",
    "weighted_groups",
    "songyang_items",
    "township_conduct",
    "four_grades",
    "shangluo_named",
    "formal_vote",
];

/// The built-in profile of this name.
pub fn profile(name: &str) -> Option<Result<Profile, Vec<ProfileFault>>> {
    let (_, text) = BUILT_IN.iter().find(|(n, _)| *n == name)?;
    Some(Profile::from_toml(text))
}

/// The profile of a case that has adopted none yet.
pub fn usual() -> Profile {
    static USUAL: std::sync::OnceLock<Profile> = std::sync::OnceLock::new();
    let read = || {
        profile("satisfaction")
            .and_then(Result::ok)
            .expect("tests hold that it is read without a fault")
    };
    USUAL.get_or_init(read).clone()
}

/// The usual profile with everything confirmed that is assumed in it, for samples and rehearsals: they have no office
/// to ask.
pub fn usual_confirmed(secrecy: Secrecy) -> Command {
    let profile = Profile { secrecy, ..usual() };
    Command::AdoptProfile {
        confirmed: profile.assumed.clone(),
        profile: Box::new(profile),
    }
}

/// Every built-in profile. Tests hold that none is faulty, and that the file's name is the profile's.
pub fn all() -> Vec<Profile> {
    BUILT_IN
        .iter()
        .filter_map(|(_, text)| Profile::from_toml(text).ok())
        .collect()
}

/// The electorate of a file that names none: 组成人员.
pub(super) fn members_only() -> ElectorateGroup {
    ElectorateGroup {
        key: "members".to_owned(),
        label: "组成人员".to_owned(),
        weight: 1,
        counted: true,
        shown_from: 0,
    }
}
