//! A counted ballot: its accounts, its grade, and percentages as text. A result is a record of its own.

use super::rule::least_more_than;
use super::{Ballot, PaperCount};

wire! {
    /// One option's count. `percent` is of the returned ballots, two decimals, trailing zeros trimmed ("71.43", "25").
    pub struct OptionCount {
        pub key: String,
        pub label: String,
        pub votes: u32,
        pub percent: String,
    }

    /// What was counted at sealing. 应到 due, 实到 present, 发出 issued, 收回 returned, 有效 valid, 无效 invalid.
    pub struct BallotResult {
        pub due: u32,
        pub present: u32,
        pub issued: u32,
        pub returned: u32,
        pub valid: u32,
        pub invalid: u32,
        pub counts: Vec<OptionCount>,
        /// Of these, what two people counted on paper. The rest is on the board of a secret round.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub paper: Option<PaperCount>,
        /// The grade's option key.
        pub grade: String,
        pub grade_label: String,
        /// Votes needed for more than half of all members.
        pub majority: u32,
        /// The option whose majority gave the grade; none if the default grade applies.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub by_majority_of: Option<String>,
    }
}

impl BallotResult {
    /// Counts a sealed ballot. `by_device` are the votes per option of phones and tablets, or of hands; paper is added.
    pub fn of(ballot: &Ballot, by_device: &[u32]) -> BallotResult {
        let paper = ballot.paper.agreed().cloned().unwrap_or_default();
        let on_paper = paper.votes.first().cloned().unwrap_or_default();
        let add = |(n, votes): (usize, &u32)| votes + on_paper.get(n).copied().unwrap_or(0);
        let counts: Vec<u32> = by_device.iter().enumerate().map(add).collect();
        let returned = ballot.returned_count();
        let due = ballot.due;
        let (grade, step) = ballot.rule.grade(&counts, due);
        let label = |key: &str| {
            ballot
                .rule
                .options
                .iter()
                .find(|o| o.key == key)
                .map_or_else(String::new, |o| o.label.clone())
        };
        let invalid = paper.blank + paper.invalid;
        BallotResult {
            due,
            present: ballot.present_count(),
            issued: ballot.issued_count(),
            returned,
            valid: returned.saturating_sub(invalid),
            invalid,
            counts: option_counts(ballot, &counts, returned),
            paper: ballot.paper.agreed().cloned(),
            grade: grade.to_owned(),
            grade_label: label(grade),
            majority: least_more_than(1, 2, due),
            by_majority_of: step.map(|s| s.grade.clone()),
        }
    }

    /// 应到 ≥ 实到 ≥ 发出 ≥ 收回, 有效 + 无效 = 收回, options sum to 有效; else the identity that fails.
    pub fn balanced(&self) -> Result<(), &'static str> {
        let sum: u64 = self.counts.iter().map(|c| u64::from(c.votes)).sum();
        let rules = [
            (self.due >= self.present, "due >= present"),
            (self.issued <= self.present, "issued <= present"),
            (self.returned <= self.issued, "returned <= issued"),
            (
                u64::from(self.valid) + u64::from(self.invalid) == u64::from(self.returned),
                "valid + invalid = returned",
            ),
            (sum == u64::from(self.valid), "options = valid"),
        ];
        rules
            .iter()
            .find(|(holds, _)| !holds)
            .map_or(Ok(()), |(_, name)| Err(name))
    }
    /// Votes per option and ballots returned without paper: what phones, tablets or hands gave. None if the paper is
    /// more than the whole.
    pub fn without_paper(&self) -> Option<(Vec<u32>, u32)> {
        let paper = self.paper.clone().unwrap_or_default();
        let row = paper.votes.first().cloned().unwrap_or_default();
        let less = |(n, c): (usize, &OptionCount)| c.votes.checked_sub(row.get(n).copied().unwrap_or(0));
        let votes: Option<Vec<u32>> = self.counts.iter().enumerate().map(less).collect();
        Some((votes?, self.returned.checked_sub(paper.returned)?))
    }
}

/// The options with their counts and percentages of `base`.
pub fn option_counts(ballot: &Ballot, counts: &[u32], base: u32) -> Vec<OptionCount> {
    ballot
        .rule
        .options
        .iter()
        .zip(counts)
        .map(|(o, n)| OptionCount {
            key: o.key.clone(),
            label: o.label.clone(),
            votes: *n,
            percent: percent(*n, base),
        })
        .collect()
}

/// `part` of `base` in percent, rounded half up to two decimals, trailing zeros trimmed; "0" for an empty base.
/// 沾益区 2019 公告第60号 prints 71.43%, 25%, 3.57% for 20, 7 and 1 of 28.
pub fn percent(part: u32, base: u32) -> String {
    if base == 0 {
        return "0".into();
    }
    let hundredths = (u64::from(part) * 20_000 + u64::from(base)) / (2 * u64::from(base));
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_print_as_in_the_public_notice() {
        assert_eq!(
            [percent(20, 28), percent(7, 28), percent(1, 28)],
            ["71.43", "25", "3.57"]
        );
        assert_eq!(
            [percent(28, 28), percent(0, 28), percent(0, 0), percent(1, 3)],
            ["100", "0", "0", "33.33"]
        );
        assert_eq!(percent(1, 800), "0.13", "half is rounded up: 0.125");
        assert_eq!(percent(1, 10), "10");
    }
}
