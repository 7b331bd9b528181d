//! A built-in profile beside its oracle: one count is judged by both, and everything they say must agree.

use super::built_in;
use super::oracle::Oracle;
use crate::rules::built_in::BUILT_IN;
use crate::rules::figures::{Figures, Identity};
use crate::rules::profile::Profile;
use crate::rules::verdict::{GradeReached, Verdict, evaluate};
use std::collections::BTreeSet;

pub struct Examined {
    pub profile: Profile,
    pub oracle: Oracle,
}

/// What a count comes to.
pub struct Judgement {
    /// 0 is the best grade; none if the profile gives none.
    pub place: Option<usize>,
    /// Every comparison tried.
    pub held: Vec<bool>,
}

impl Examined {
    pub fn of(name: &str) -> Examined {
        let (_, text) = BUILT_IN.iter().find(|(n, _)| *n == name).expect("built in");
        Examined {
            profile: built_in(name),
            oracle: Oracle::of(text),
        }
    }

    /// Judges figures that balance but for their quorum; nothing comes of a body without one.
    pub fn judge(&self, figures: &Figures) -> Option<Judgement> {
        let at = || format!("{}: {figures:?}", self.profile.name);
        let quorate = self.oracle.quorate(figures);
        let verdict = match evaluate(&self.profile, figures) {
            Ok(verdict) => verdict,
            Err(identity) => {
                assert!(
                    !quorate && matches!(identity, Identity::NoQuorum { .. }),
                    "{identity} {}",
                    at()
                );
                return None;
            }
        };
        assert!(quorate, "no quorum, and a verdict: {}", at());
        let judged = self.oracle.judge(figures);
        let tried = verdict.reasons.iter().flat_map(|step| &step.tried);
        let held: Vec<_> = tried.map(|t| t.held).collect();
        assert_eq!(held, judged.held, "{}", at());
        let grade = match &verdict.grade {
            GradeReached::Grade { key, .. } => key.as_str(),
            GradeReached::NoGrade { .. } => "",
        };
        assert_eq!(grade, judged.grade, "{}", at());
        self.accounts_balance(&verdict, &at);
        self.standing_agrees(&verdict, figures, &at);
        let place = self.profile.grades.iter().position(|g| g.key == grade);
        assert_eq!(place.is_none(), self.profile.grades.is_empty(), "{}", at());
        Some(Judgement { place, held })
    }

    fn accounts_balance(&self, verdict: &Verdict, at: &dyn Fn() -> String) {
        let a = verdict.accounts;
        assert!(a.roster >= a.present && a.present >= a.issued, "{}", at());
        assert_eq!(a.valid + a.apart + a.invalid, a.returned, "{}", at());
        assert_eq!(a.returned + a.not_cast, a.issued, "{}", at());
        for item in &verdict.dimensions {
            let marks: u32 = item.options.iter().filter(|o| o.valid).map(|o| o.votes).sum();
            assert_eq!(marks, item.valid, "{}", at());
            assert_eq!(item.valid, a.valid, "{}", at());
        }
    }

    fn standing_agrees(&self, verdict: &Verdict, figures: &Figures, at: &dyn Fn() -> String) {
        let expected = self.oracle.standing(figures);
        assert_eq!(verdict.standing.len(), expected.len(), "{}", at());
        for (found, (num, den)) in verdict.standing.iter().zip(expected) {
            let text = found.to_string();
            let (n, d) = text.split_once('/').unwrap_or((&text, "1"));
            let (n, d): (u128, u128) = (n.parse().expect("a number"), d.parse().expect("a number"));
            assert_eq!(n * den.max(1), num * d, "{text} for {num}/{den}, {}", at());
        }
    }

    /// These are the places of all grades: none is out of reach.
    pub fn all_reached(&self, places: &BTreeSet<usize>) {
        let all: BTreeSet<_> = (0..self.profile.grades.len()).collect();
        assert_eq!(*places, all, "{}", self.profile.name);
    }
}
