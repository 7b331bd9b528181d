//! A profile applied to balanced figures: percentages, grade, why, and what follows from it.

use super::figures::{Accounts, Figures, Identity};
use super::measure::{Count, Measured};
use super::profile::*;
use super::ratio::{Fraction, Ratio};

wire! {
    /// What a count comes to. Texts of figures are exact fractions (`20`, `27/2`); percentages are rounded.
    #[cfg_attr(feature = "typescript", ts(rename = "RuleVerdict"))]
    pub struct Verdict {
        /// The profile's name.
        pub profile: String,
        /// Of all counted groups together.
        pub accounts: Accounts,
        /// One entry an item; one with an empty key if there are none.
        pub dimensions: Vec<DimensionResult>,
        pub groups: Vec<GroupResult>,
        /// The score, if the options have scores.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub score: Option<String>,
        pub grade: GradeReached,
        /// Every rule tried, up to the one that held.
        pub reasons: Vec<Step>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub consequence: Option<Consequence>,
        /// What the ranking goes by, as exact fractions; empty without a ranking.
        #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
        pub standing: Vec<Ratio>,
    }

    #[serde(tag = "reached", rename_all = "snake_case")]
    pub enum GradeReached {
        /// `by_rule` counts from 0; none if it is the default grade.
        Grade {
            key: String,
            label: String,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "typescript", ts(optional))]
            by_rule: Option<u32>,
        },
        NoGrade { rule: NoGradeRule },
    }

    /// The options of one item.
    pub struct DimensionResult {
        pub key: String,
        pub label: String,
        /// Marks of valid kinds.
        pub valid: u32,
        pub options: Vec<OptionResult>,
    }

    /// `percent` has the profile's base and decimals, without the sign; 0 of an empty base.
    pub struct OptionResult {
        pub key: String,
        pub label: String,
        pub kind: MarkKind,
        pub votes: u32,
        pub percent: String,
        /// The option's kind is one of the valid ones.
        pub valid: bool,
    }

    /// One group. Turnout is always shown; `dimensions` is empty if the group's votes are hidden.
    pub struct GroupResult {
        pub key: String,
        pub label: String,
        pub counted: bool,
        pub shown: bool,
        pub roster: u32,
        pub present: u32,
        pub issued: u32,
        pub returned: u32,
        pub dimensions: Vec<DimensionResult>,
    }

    /// One rule, tried.
    #[cfg_attr(feature = "typescript", ts(rename = "RuleStep"))]
    pub struct Step {
        pub grade: String,
        #[serde(rename = "match")]
        pub matching: Match,
        pub tried: Vec<Tried>,
        pub held: bool,
    }

    /// One comparison: `left` `op` `right`, where `right` is `fraction` × `base`. All exact. The figures of a hidden
    /// group are empty texts.
    pub struct Tried {
        pub quantity: Quantity,
        pub left: String,
        pub op: Op,
        pub right: String,
        pub fraction: Fraction,
        pub base: String,
        pub held: bool,
    }
}

/// Applies the profile. Figures that do not balance have no verdict.
pub fn evaluate(profile: &Profile, figures: &Figures) -> Result<Verdict, Identity> {
    figures.balanced(profile)?;
    let count = Count { profile, figures };
    let shown = shown(profile, figures);
    let (grade, reasons) = count.grade(&shown);
    let consequence = match &grade {
        GradeReached::Grade { key, .. } => profile.consequences.iter().find(|c| c.grade == *key).cloned(),
        GradeReached::NoGrade { .. } => None,
    };
    let ranked = profile.ranking.iter().flat_map(|r| &r.by);
    Ok(Verdict {
        profile: profile.name.clone(),
        accounts: count.accounts(),
        dimensions: count.dimensions(None),
        groups: count.group_results(&shown),
        score: count.score(),
        grade,
        reasons,
        consequence,
        standing: ranked.map(|q| count.quantity(q).share()).collect(),
    })
}

impl Count<'_> {
    fn accounts(&self) -> Accounts {
        let groups = self.profile.groups.iter().zip(&self.figures.groups).enumerate();
        groups
            .filter(|(_, (group, _))| group.counted)
            .map(|(n, (_, figures))| figures.accounts(self.profile, n))
            .fold(Accounts::default(), Accounts::plus)
    }

    fn grade(&self, shown: &[bool]) -> (GradeReached, Vec<Step>) {
        let mut reasons = Vec::new();
        for (n, rule) in self.profile.rules.iter().enumerate() {
            let step = self.step(rule, shown);
            let held = step.held;
            reasons.push(step);
            if held {
                let by_rule = Some(u32::try_from(n).unwrap_or(u32::MAX));
                return (self.reached(&rule.grade, by_rule), reasons);
            }
        }
        let grade = match &self.profile.default_grade {
            Some(key) => self.reached(key, None),
            None => GradeReached::NoGrade {
                rule: self.profile.no_grade,
            },
        };
        (grade, reasons)
    }

    fn reached(&self, key: &str, by_rule: Option<u32>) -> GradeReached {
        GradeReached::Grade {
            key: key.to_owned(),
            label: self.profile.grade(key).map_or_else(String::new, |g| g.label.clone()),
            by_rule,
        }
    }

    fn step(&self, rule: &GradeRule, shown: &[bool]) -> Step {
        let tried: Vec<_> = rule.when.iter().map(|c| self.tried(c, shown)).collect();
        let held = match rule.matching {
            Match::All => tried.iter().all(|t| t.held),
            Match::Any => tried.iter().any(|t| t.held),
        };
        Step {
            grade: rule.grade.clone(),
            matching: rule.matching,
            tried,
            held,
        }
    }

    fn tried(&self, comparison: &Comparison, shown: &[bool]) -> Tried {
        let Measured { left, base, empty } = self.quantity(&comparison.quantity());
        let right = comparison.fraction.ratio().times(base);
        let groups = self.profile.groups.iter().zip(shown);
        let hidden = groups
            .filter(|(g, _)| comparison.group.as_ref() == Some(&g.key))
            .any(|(_, shown)| !shown);
        let text = |ratio: Ratio| if hidden { String::new() } else { ratio.to_string() };
        Tried {
            quantity: comparison.quantity(),
            left: text(left),
            op: comparison.op,
            right: text(right),
            fraction: comparison.fraction,
            base: text(base),
            held: !empty && comparison.op.holds(left, right),
        }
    }

    /// The score over all counted groups and items; none if no option has one.
    fn score(&self) -> Option<String> {
        let format = &self.profile.percent;
        let scored = self.profile.options.iter().any(|o| o.score > 0);
        let quantity = Quantity {
            measure: Measure::Score,
            options: Vec::new(),
            of: format.of,
            group: None,
            dimension: None,
        };
        scored.then(|| {
            self.quantity(&quantity)
                .share()
                .decimal(format.decimals, format.trim_zeros)
        })
    }

    /// Options of every item, of one group or of all counted ones.
    fn dimensions(&self, group: Option<usize>) -> Vec<DimensionResult> {
        let one = |row: usize| {
            let dimension = self.profile.dimensions.get(row);
            let options = (0..self.profile.options.len()).map(|o| self.option(group, row, o));
            DimensionResult {
                key: dimension.map_or_else(String::new, |d| d.key.clone()),
                label: dimension.map_or_else(String::new, |d| d.label.clone()),
                valid: self.summed(group, |figures| figures.valid_of(self.profile, row)),
                options: options.collect(),
            }
        };
        (0..self.profile.rows()).map(one).collect()
    }

    fn summed(&self, group: Option<usize>, of: impl Fn(&super::GroupFigures) -> u32) -> u32 {
        let groups = self.profile.groups.iter().zip(&self.figures.groups).enumerate();
        groups
            .filter(|(n, (g, _))| group.map_or(g.counted, |wanted| wanted == *n))
            .map(|(_, (_, figures))| of(figures))
            .sum()
    }

    fn option(&self, group: Option<usize>, row: usize, column: usize) -> OptionResult {
        let option = &self.profile.options[column];
        let format = &self.profile.percent;
        let quantity = Quantity {
            measure: Measure::Votes,
            options: vec![option.key.clone()],
            of: format.of,
            group: group.map(|n| self.profile.groups[n].key.clone()),
            dimension: self.profile.dimensions.get(row).map(|d| d.key.clone()),
        };
        // The share of an empty base is 0.
        let share = self.quantity(&quantity).share().times(Ratio::of(100, 1));
        OptionResult {
            key: option.key.clone(),
            label: option.label.clone(),
            kind: option.kind,
            votes: self.summed(group, |figures| figures.votes_for(self.profile, row, column)),
            percent: share.decimal(format.decimals, format.trim_zeros),
            valid: self.profile.valid_kinds.contains(&option.kind),
        }
    }

    fn group_results(&self, shown: &[bool]) -> Vec<GroupResult> {
        let groups = self
            .profile
            .groups
            .iter()
            .zip(&self.figures.groups)
            .zip(shown)
            .enumerate();
        groups
            .map(|(n, ((group, figures), shown))| {
                let accounts = figures.accounts(self.profile, n);
                GroupResult {
                    key: group.key.clone(),
                    label: group.label.clone(),
                    counted: group.counted,
                    shown: *shown,
                    roster: accounts.roster,
                    present: accounts.present,
                    issued: accounts.issued,
                    returned: accounts.returned,
                    dimensions: if *shown { self.dimensions(Some(n)) } else { Vec::new() },
                }
            })
            .collect()
    }
}

/// Which groups' votes may be shown. A counted group that is too small could be found by taking the others from the
/// total, so further counted groups, the smallest first, are hidden with it until those hidden are together large
/// enough. One alone never is, for it was hidden because it is too small.
fn shown(profile: &Profile, figures: &Figures) -> Vec<bool> {
    let returned = |n: usize| figures.groups[n].returned;
    let mut shown: Vec<bool> = (0..profile.groups.len())
        .map(|n| returned(n) >= profile.groups[n].shown_from)
        .collect();
    loop {
        let counted = |n: &usize| profile.groups[*n].counted;
        let hidden: Vec<usize> = (0..shown.len()).filter(|n| !shown[*n]).filter(counted).collect();
        let papers: u32 = hidden.iter().map(|n| returned(*n)).sum();
        let needed = hidden.iter().map(|n| profile.groups[*n].shown_from).max().unwrap_or(0);
        if papers >= needed {
            return shown;
        }
        let next = (0..shown.len())
            .filter(|n| shown[*n])
            .filter(counted)
            .min_by_key(|n| returned(*n));
        match next {
            Some(n) => shown[n] = false,
            None => return shown,
        }
    }
}
