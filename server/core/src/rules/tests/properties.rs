//! What holds for every built-in profile: accounts balance, the grade is the oracle's, every grade is reached, a
//! better vote never lowers the grade, and one vote decides at every threshold.

use super::oracle::Oracle;
use super::{built_in, compositions, evaluated, grade};
use crate::rules::built_in::BUILT_IN;
use crate::rules::figures::{Figures, GroupFigures, Identity};
use crate::rules::profile::{MarkKind, NoGradeRule, Profile};
use crate::rules::verdict::evaluate;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Profiles that give no grade, so that there is none to reach or to lower.
const NOT_GRADED: &[&str] = &["cppcc_county", "zhanyi_2019", "township_conduct"];

struct Subject {
    profile: Profile,
    oracle: Oracle,
}

fn subjects() -> Vec<Subject> {
    let subject = |(name, text): &(&str, &str)| Subject {
        profile: built_in(name),
        oracle: Oracle::of(text),
    };
    BUILT_IN.iter().map(subject).collect()
}

fn graded() -> impl Iterator<Item = Subject> {
    subjects()
        .into_iter()
        .filter(|s| s.profile.no_grade != NoGradeRule::NotGraded)
}

impl Subject {
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

    fn grade(&self, figures: &Figures) -> String {
        let verdict = evaluated(&self.profile, figures);
        let found = grade(&verdict).to_owned();
        assert_eq!(found, self.oracle.grade(figures), "{}: {figures:?}", self.profile.name);
        found
    }

    /// 0 is the best grade.
    fn place(&self, figures: &Figures) -> usize {
        let key = self.grade(figures);
        let place = self.profile.grades.iter().position(|g| g.key == key);
        place.expect("a built-in profile that grades always gives a grade")
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

/// Every count of every small body: the oracle's grade, and together all grades.
#[test]
fn every_grade_is_the_oracles_and_none_is_out_of_reach() {
    for subject in graded() {
        let people_max = if subject.options() > 3 { 7 } else { 11 };
        let mut reached = BTreeSet::new();
        for people in 1..=people_max {
            compositions(people, subject.options(), &mut |votes| {
                reached.insert(subject.grade(&subject.alike(votes)));
            });
        }
        let all: BTreeSet<_> = subject.profile.grades.iter().map(|g| g.key.clone()).collect();
        assert_eq!(reached, all, "{}", subject.profile.name);
    }
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
                        subject.grade(&subject.alike(&votes));
                    }
                }
            }
        }
    }
}

/// Moving one vote to a choice that the profile lists earlier never lowers the grade. Every graded profile lists its
/// choices best first; abstentions and 不了解 have no place in that order.
#[test]
fn a_better_vote_never_lowers_the_grade() {
    for subject in graded() {
        let choices: Vec<_> = (0..subject.options())
            .filter(|n| subject.profile.options[*n].kind == MarkKind::Choice)
            .collect();
        compositions(
            if subject.options() > 3 { 6 } else { 9 },
            subject.options(),
            &mut |votes| {
                let before = subject.place(&subject.alike(votes));
                for (n, worse) in choices.iter().enumerate().skip(1).filter(|(_, w)| votes[**w] > 0) {
                    let mut moved = votes.to_vec();
                    moved[*worse] -= 1;
                    moved[choices[n - 1]] += 1;
                    let after = subject.place(&subject.alike(&moved));
                    assert!(after <= before, "{}: {votes:?} -> {moved:?}", subject.profile.name);
                }
            },
        );
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
            prop_assert_eq!(grade(&verdict), subject.oracle.grade(&figures), "{}: {:?}", profile.name, figures);
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
