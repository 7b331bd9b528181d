//! A counted ballot: its accounts, its grade, and percentages as text. A result is a record of its own.

use super::rule::majority;
use super::{Ballot, PaperCount};
use crate::rules::figures::Accounts;
use crate::rules::profile::{Base, Comparison, Measure, PercentFormat};
use crate::rules::verdict::GradeReached;
use crate::rules::wording::{Occasion, announcement};
use crate::rules::{Figures, GroupFigures, Identity, Profile, Ratio, Verdict, evaluate};

wire! {
    /// One option's count. `percent` is as the rule prints it, without the sign ("71.43", "25").
    pub struct OptionCount {
        pub key: String,
        pub label: String,
        pub votes: u32,
        pub percent: String,
    }

    /// What was counted. 应到 due, 实到 present, 发出 issued, 收回 returned, 有效 valid, 无效 invalid; of this ballot's
    /// group of voters.
    pub struct BallotResult {
        pub due: u32,
        pub present: u32,
        pub issued: u32,
        pub returned: u32,
        pub valid: u32,
        pub invalid: u32,
        /// Each option; with several items, item by item.
        pub counts: Vec<OptionCount>,
        /// Of these, what two people counted on paper. The rest is on the board of a secret round.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub paper: Option<PaperCount>,
        /// The grade's key; empty if the rule gives none.
        pub grade: String,
        pub grade_label: String,
        /// Votes of all members that the first rule asks for; 0 if it asks for none.
        pub majority: u32,
        /// The option whose share of votes gave the grade, if it was a rule on one option.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub by_majority_of: Option<String>,
        /// What the rule says of the subject, all groups of voters together, and why.
        pub verdict: Verdict,
        /// What is read out.
        pub text: String,
    }
}

impl BallotResult {
    /// Whether the votes of this group of voters may be shown: it is not so small that they would tell single votes.
    pub fn shows(&self, group: u32) -> bool {
        let group = usize::try_from(group).ok().and_then(|g| self.verdict.groups.get(g));
        group.is_none_or(|g| g.shown)
    }
}

/// One group's ballot on a subject, and its votes by device or hand, item by item.
pub struct Part<'a> {
    pub ballot: &'a Ballot,
    pub by_device: Vec<u32>,
}

impl Part<'_> {
    /// Votes with the paper's.
    fn cells(&self) -> Vec<u32> {
        let paper: Vec<u32> = self.paper().votes.into_iter().flatten().collect();
        let add = |(n, votes): (usize, &u32)| votes + paper.get(n).copied().unwrap_or(0);
        self.by_device.iter().enumerate().map(add).collect()
    }

    fn paper(&self) -> PaperCount {
        self.ballot.paper.agreed().cloned().unwrap_or_default()
    }

    /// What the rule is applied to.
    pub fn figures(&self) -> GroupFigures {
        let (ballot, paper) = (self.ballot, self.paper());
        let options = ballot.rule.options.len().max(1);
        GroupFigures {
            roster: ballot.due,
            present: ballot.present_count(),
            issued: ballot.issued_count(),
            returned: ballot.returned_count(),
            invalid: paper.invalid,
            blank: paper.blank,
            votes: self.cells().chunks(options).map(<[u32]>::to_vec).collect(),
        }
    }
}

impl BallotResult {
    /// Counts the parts of one subject's evaluation by the rule, and gives the result of the part at `own`. All parts
    /// are sealed and their paper is agreed.
    pub fn of(
        profile: &Profile,
        occasion: &Occasion<'_>,
        parts: &[Part<'_>],
        own: usize,
    ) -> Result<Option<BallotResult>, Identity> {
        let figures = Figures {
            groups: parts.iter().map(Part::figures).collect(),
        };
        let verdict = evaluate(profile, &figures)?;
        let (Some(part), Some(group)) = (parts.get(own), figures.groups.get(own)) else {
            return Ok(None);
        };
        let (grade, grade_label) = match &verdict.grade {
            GradeReached::Grade { key, label, .. } => (key.clone(), label.clone()),
            GradeReached::NoGrade { .. } => (String::new(), String::new()),
        };
        let accounts = group.accounts(profile, own);
        let cells = part.cells();
        Ok(Some(BallotResult {
            due: accounts.roster,
            present: accounts.present,
            issued: accounts.issued,
            returned: group.returned,
            valid: accounts.returned - accounts.invalid,
            invalid: accounts.invalid,
            counts: option_counts(
                part.ballot,
                &cells,
                base(&accounts, profile.percent.of),
                profile.percent,
            ),
            paper: part.ballot.paper.agreed().cloned(),
            grade,
            grade_label,
            majority: majority(profile, accounts.roster),
            by_majority_of: by_one_option(profile, &verdict),
            text: announcement(profile, &verdict, occasion),
            verdict,
        }))
    }

    /// 应到 ≥ 实到 ≥ 发出 ≥ 收回, 有效 + 无效 = 收回, options of each item sum to 有效; else the identity that fails.
    /// What the rule itself asks for is checked when it is applied; this is for who reads a recorded result.
    pub fn balanced(&self) -> Result<(), &'static str> {
        let rows = self.verdict.dimensions.len().max(1);
        let options = (self.counts.len() / rows).max(1);
        let row_sum = |row: &[OptionCount]| row.iter().map(|c| u64::from(c.votes)).sum::<u64>();
        let (valid, accounted) = (u64::from(self.valid), u64::from(self.valid) + u64::from(self.invalid));
        // Blank slips are invalid, abstentions, or not counted, as the rule says.
        let blank = self.paper.as_ref().map_or(0, |p| u64::from(p.blank));
        let returned = u64::from(self.returned);
        let rules = [
            (self.due >= self.present, "due >= present"),
            (self.issued <= self.present, "issued <= present"),
            (self.returned <= self.issued, "returned <= issued"),
            (
                accounted == returned || accounted + blank == returned,
                "valid + invalid = returned",
            ),
            (
                self.counts
                    .chunks(options)
                    .all(|row| row_sum(row) == valid || row_sum(row) + blank == valid),
                "options = valid",
            ),
        ];
        rules
            .iter()
            .find(|(holds, _)| !holds)
            .map_or(Ok(()), |(_, name)| Err(name))
    }

    /// Votes and ballots returned without paper: what phones, tablets or hands gave. None if the paper is more than the
    /// whole.
    pub fn without_paper(&self) -> Option<(Vec<u32>, u32)> {
        let paper = self.paper.clone().unwrap_or_default();
        let cells: Vec<u32> = paper.votes.iter().flatten().copied().collect();
        let less = |(n, c): (usize, &OptionCount)| c.votes.checked_sub(cells.get(n).copied().unwrap_or(0));
        let votes: Option<Vec<u32>> = self.counts.iter().enumerate().map(less).collect();
        Some((votes?, self.returned.checked_sub(paper.returned)?))
    }
}

fn base(accounts: &Accounts, of: Base) -> u32 {
    match of {
        Base::Roster => accounts.roster,
        Base::Present => accounts.present,
        Base::Issued => accounts.issued,
        Base::Returned => accounts.returned,
        Base::Valid => accounts.valid,
    }
}

/// The option of the rule that held, if it looks at the votes for one.
fn by_one_option(profile: &Profile, verdict: &Verdict) -> Option<String> {
    let GradeReached::Grade {
        by_rule: Some(rule), ..
    } = verdict.grade
    else {
        return None;
    };
    let rule = profile.rules.get(usize::try_from(rule).ok()?)?;
    match rule.when.as_slice() {
        [
            Comparison {
                measure: Measure::Votes,
                options,
                ..
            },
        ] if options.len() == 1 => options.first().cloned(),
        _ => None,
    }
}

/// The options with their votes, item by item, and percentages of `base`.
pub fn option_counts(ballot: &Ballot, cells: &[u32], base: u32, format: PercentFormat) -> Vec<OptionCount> {
    let options = ballot.rule.options.iter().cycle();
    let count = |(o, n): (&super::BallotOption, &u32)| OptionCount {
        key: o.key.clone(),
        label: o.label.clone(),
        votes: *n,
        percent: percent(*n, base, format),
    };
    options.zip(cells).map(count).collect()
}

/// `part` of `base` in percent, rounded half up; "0" for an empty base.
/// 沾益区 2019 公告第60号 prints 71.43%, 25%, 3.57% for 20, 7 and 1 of 28.
pub fn percent(part: u32, base: u32, format: PercentFormat) -> String {
    if base == 0 {
        return "0".into();
    }
    Ratio::of(u128::from(part) * 100, u128::from(base)).decimal(format.decimals, format.trim_zeros)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(part: u32, base: u32) -> String {
        let usual = crate::rules::built_in::usual().percent;
        percent(part, base, usual)
    }

    #[test]
    fn percentages_print_as_in_the_public_notice() {
        assert_eq!([p(20, 28), p(7, 28), p(1, 28)], ["71.43", "25", "3.57"]);
        assert_eq!([p(28, 28), p(0, 28), p(0, 0), p(1, 3)], ["100", "0", "0", "33.33"]);
        assert_eq!(p(1, 800), "0.13", "half is rounded up: 0.125");
        assert_eq!(p(1, 10), "10");
    }
}
