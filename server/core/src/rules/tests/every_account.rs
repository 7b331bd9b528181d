//! The identities of 计票 over every body of up to 60, and one person or paper beyond, for every built-in profile.
//! Each identity compares two numbers, or a sum with one: every pair (every sum) is tried, the rest in order. What the
//! papers come to is tried for every way that valid, apart, blank and invalid papers add up to those returned.

use super::every_count::BODY_MAX;
use super::{BUILT_IN, Figures, GroupFigures, Identity, Profile, built_in, compositions};
use crate::rules::figures::Accounts;
use crate::rules::profile::BlankRule;

/// Groups all alike, in every row the same marks.
fn figures(
    profile: &Profile,
    [roster, present, issued, returned]: [u32; 4],
    others: [u32; 2],
    marks: &[u32],
) -> Figures {
    let group = GroupFigures {
        roster,
        present,
        issued,
        returned,
        invalid: others[0],
        blank: others[1],
        votes: vec![marks.to_vec(); profile.rows()],
    };
    Figures {
        groups: vec![group; profile.groups.len()],
    }
}

/// Votes for the first option and for the last.
fn marks(profile: &Profile, first: u32, last: u32) -> Vec<u32> {
    let mut marks = vec![0; profile.options.len()];
    marks[0] = first;
    marks[profile.options.len() - 1] = last;
    marks
}

fn failing(found: Result<(), Identity>) -> &'static str {
    match found {
        Ok(()) => "none",
        Err(Identity::PresentOverRoster { .. }) => "present over roster",
        Err(Identity::NoQuorum { .. }) => "no quorum",
        Err(Identity::IssuedOverPresent { .. }) => "issued over present",
        Err(Identity::ReturnedOverIssued { .. }) => "returned over issued",
        Err(Identity::MarksUnlikeReturned { .. }) => "marks unlike returned",
        Err(Identity::Layout { .. } | Identity::TooLarge { .. }) => "form",
    }
}

#[test]
fn every_identity_fails_exactly_when_it_should() {
    for profile in BUILT_IN.iter().map(|(name, _)| built_in(name)) {
        let fails = |attendance: [u32; 4]| {
            let [_, _, _, returned] = attendance;
            failing(figures(&profile, attendance, [0, 0], &marks(&profile, returned, 0)).balanced(&profile))
        };
        for a in 0..=BODY_MAX + 1 {
            for b in 0..=BODY_MAX + 1 {
                // Every built-in rule has the quorum of 地方组织法 51.
                let attended = if b > a {
                    "present over roster"
                } else if b * 2 > a {
                    "none"
                } else {
                    "no quorum"
                };
                assert_eq!(fails([a, b, b, b]), attended, "{}: {b} of {a} present", profile.name);
                // A body of nobody has no quorum.
                let here = a.max(1);
                let issued = if b > here { "issued over present" } else { "none" };
                let attendance = [here, here, b, b.min(here)];
                assert_eq!(fails(attendance), issued, "{}: {b} issued to {here}", profile.name);
                let returned = if b > a { "returned over issued" } else { "none" };
                let most = a.max(b).max(1);
                assert_eq!(
                    fails([most, most, a, b]),
                    returned,
                    "{}: {b} of {a} returned",
                    profile.name
                );
            }
        }
    }
}

#[test]
fn marks_blank_and_invalid_are_what_was_returned() {
    for profile in BUILT_IN.iter().map(|(name, _)| built_in(name)) {
        for papers in 0..=BODY_MAX {
            compositions(papers, 3, &mut |parts| {
                for returned in papers.saturating_sub(1)..=papers + 1 {
                    let most = papers + 2;
                    let votes = marks(&profile, parts[0], 0);
                    let figures = figures(&profile, [most, most, most, returned], [parts[1], parts[2]], &votes);
                    let wanted = if returned == papers {
                        "none"
                    } else {
                        "marks unlike returned"
                    };
                    assert_eq!(
                        failing(figures.balanced(&profile)),
                        wanted,
                        "{}: {figures:?}",
                        profile.name
                    );
                }
            });
        }
    }
}

#[test]
fn every_paper_is_valid_apart_invalid_or_not_counted() {
    let mut seen = Vec::new();
    for profile in BUILT_IN.iter().map(|(name, _)| built_in(name)) {
        let last = profile.options.last().expect("options").kind;
        let apart = !profile.valid_kinds.contains(&last) && profile.dimensions.is_empty();
        // All that the accounts of a group look at in a profile.
        let alike = (profile.blank, apart, last, profile.dimensions.is_empty());
        if seen.contains(&alike) {
            continue;
        }
        seen.push(alike);
        for papers in 0..=BODY_MAX {
            let mut turn = 0;
            compositions(papers, 4, &mut |parts| {
                turn += 1;
                let &[first, last, invalid, blank] = parts else {
                    panic!("four parts")
                };
                let issued = papers + turn % (BODY_MAX + 1 - papers);
                let counted = figures(
                    &profile,
                    [60, 60, issued, papers],
                    [invalid, blank],
                    &marks(&profile, first, last),
                );
                let (valid_blank, invalid_blank, gone) = match profile.blank {
                    BlankRule::Abstain => (blank, 0, 0),
                    BlankRule::Invalid => (0, blank, 0),
                    BlankRule::NotCounted => (0, 0, blank),
                };
                let expected = Accounts {
                    roster: 60,
                    present: 60,
                    issued,
                    returned: papers - gone,
                    valid: first + if apart { 0 } else { last + valid_blank },
                    apart: if apart { last + valid_blank } else { 0 },
                    invalid: invalid + invalid_blank,
                    not_cast: issued - papers + gone,
                };
                assert_eq!(
                    counted.groups[0].accounts(&profile, 0),
                    expected,
                    "{}: {counted:?}",
                    profile.name
                );
            });
        }
    }
    assert!(seen.len() >= 4, "{seen:?}");
}
