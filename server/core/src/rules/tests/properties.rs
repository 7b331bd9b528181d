//! What holds for every built-in profile when all groups and items vote alike at a threshold, and when nothing is alike.

use super::examined::Examined;
use super::{evaluated, grade};
use crate::rules::built_in::BUILT_IN;
use crate::rules::figures::{Figures, GroupFigures, Identity};
use crate::rules::profile::{NoGradeRule, Profile};
use crate::rules::verdict::evaluate;
use proptest::prelude::*;

/// Profiles that give no grade, so that there is none to reach or to lower.
const NOT_GRADED: &[&str] = &["cppcc_county", "zhanyi_2019", "township_conduct"];

fn subjects() -> Vec<Examined> {
    BUILT_IN.iter().map(|(name, _)| Examined::of(name)).collect()
}

fn graded() -> impl Iterator<Item = Examined> {
    subjects()
        .into_iter()
        .filter(|s| s.profile.no_grade != NoGradeRule::NotGraded)
}

impl Examined {
    /// Every group and item voted alike; all came, all voted.
    fn alike(&self, votes: &[u32]) -> Figures {
        let people = votes.iter().sum();
        let group = GroupFigures {
            roster: people,
            present: people,
            issued: people,
            returned: people,
            invalid: 0,
            blank: 0,
            votes: vec![votes.to_vec(); self.profile.rows()],
        };
        Figures {
            groups: vec![group; self.profile.groups.len()],
        }
    }

    fn options(&self) -> usize {
        self.profile.options.len()
    }
}

#[test]
fn the_profiles_without_a_grade_are_these() {
    let names: Vec<_> = subjects()
        .iter()
        .filter(|s| s.profile.no_grade == NoGradeRule::NotGraded)
        .map(|s| s.profile.name.clone())
        .collect();
    assert_eq!(names, NOT_GRADED);
}

/// Bodies of 1 to 60: one vote below, at and above every threshold of every rule.
#[test]
fn one_vote_decides_at_every_threshold() {
    for subject in graded() {
        let rules = subject.profile.rules.clone();
        for comparison in rules.iter().flat_map(|r| &r.when).filter(|c| !c.options.is_empty()) {
            let inside = subject.profile.option(&comparison.options[0]).expect("an option");
            let others =
                (0..subject.options()).filter(|n| !comparison.options.contains(&subject.profile.options[*n].key));
            let outside: Vec<_> = others.collect();
            for people in 1..=60_u32 {
                let at = comparison.fraction.num * people / comparison.fraction.den;
                for votes_for in at.saturating_sub(1)..=(at + 1).min(people) {
                    for other in &outside {
                        let mut votes = vec![0; subject.options()];
                        votes[inside] = votes_for;
                        votes[*other] = people - votes_for;
                        assert!(subject.judge(&subject.alike(&votes)).is_some(), "all are present");
                    }
                }
            }
        }
    }
}

/// Balanced figures of a profile's layout from random numbers: bodies of up to 60, some absent, some blank or spoilt.
fn figures(profile: &Profile, raw: &mut impl Iterator<Item = u32>) -> Figures {
    let mut below = |bound: u32| raw.next().unwrap_or(0) % (bound + 1);
    let group = |_| {
        let roster = 1 + below(59);
        let least = roster / 2 + 1;
        let present = least + below(roster - least);
        let issued = present - below(present.min(3));
        let returned = issued - below(issued.min(3));
        let invalid = below(returned.min(3));
        let blank = below((returned - invalid).min(3));
        let row = |_| {
            let mut left = returned - invalid - blank;
            let mut votes: Vec<u32> = (1..profile.options.len())
                .map(|_| {
                    let taken = below(left);
                    left -= taken;
                    taken
                })
                .collect();
            let turn = below(7) as usize;
            votes.push(left);
            let turn = turn % votes.len();
            votes.rotate_left(turn);
            votes
        };
        GroupFigures {
            roster,
            present,
            issued,
            returned,
            invalid,
            blank,
            votes: (0..profile.rows()).map(row).collect(),
        }
    };
    Figures {
        groups: (0..profile.groups.len()).map(group).collect(),
    }
}

/// The identity that must fail if one figure of the first group is changed.
fn unbalance(figures: &Figures, how: usize) -> (Figures, &'static str) {
    let mut changed = figures.clone();
    let group = &mut changed.groups[0];
    let failing = match how {
        0 => {
            group.present = group.roster + 1;
            "present_over_roster"
        }
        1 => {
            group.present = group.roster / 2;
            "no_quorum"
        }
        2 => {
            group.issued = group.present + 1;
            "issued_over_present"
        }
        3 => {
            group.returned = group.issued + 1;
            "returned_over_issued"
        }
        4 => {
            group.votes[0][0] += 1;
            "marks_unlike_returned"
        }
        5 => {
            group.votes[0].push(0);
            "layout"
        }
        _ => {
            group.roster = 100_001;
            "too_large"
        }
    };
    (changed, failing)
}

fn name(identity: &Identity) -> String {
    let json = serde_json::to_value(identity).expect("an identity");
    json["identity"].as_str().expect("tagged").to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_counts_balance_and_have_the_oracles_grade(raw in proptest::collection::vec(0_u32..10_000, 200), how in 0_usize..7) {
        for subject in subjects() {
            let profile = &subject.profile;
            let figures = figures(profile, &mut raw.iter().copied());
            prop_assert_eq!(figures.balanced(profile), Ok(()));
            let verdict = evaluated(profile, &figures);
            prop_assert_eq!(grade(&verdict), subject.oracle.judge(&figures).grade, "{}: {:?}", profile.name, figures);
            let a = verdict.accounts;
            prop_assert_eq!(a.valid + a.apart + a.invalid, a.returned);
            prop_assert_eq!(a.returned + a.not_cast, a.issued);
            prop_assert!(a.roster >= a.present && a.present >= a.issued);
            for item in &verdict.dimensions {
                let marks: u32 = item.options.iter().filter(|o| o.valid).map(|o| o.votes).sum();
                prop_assert_eq!(marks, item.valid);
            }
            let held: Vec<_> = verdict.reasons.iter().map(|s| s.held).collect();
            prop_assert!(held.iter().rev().skip(1).all(|h| !h), "only the last rule tried may hold");
            let (wrong, failing) = unbalance(&figures, how);
            let refused = evaluate(profile, &wrong).expect_err(failing);
            prop_assert_eq!(name(&refused), failing);
        }
    }
}
