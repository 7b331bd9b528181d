//! The rule of a ballot: its options and how a grade follows from the counts. Majorities are compared as integers.

use serde::{Deserialize, Serialize};

wire_words! {
    /// How an option counts.
    pub enum OptionKind { Choice, Abstain }
}

wire! {
    /// An option on the ballot. The key is stable, the label is what the ballot paper says.
    pub struct BallotOption {
        pub key: String,
        pub label: String,
        pub kind: OptionKind,
    }

    /// A grade and when it is reached: more than `num`/`den` of all members chose `option`.
    pub struct GradeStep {
        pub grade: String,
        pub option: u32,
        pub num: u32,
        pub den: u32,
    }
}

/// A ballot's rule, frozen into the ballot when it is prepared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub options: Vec<BallotOption>,
    /// Tried in order; the first that holds gives the grade.
    pub steps: Vec<GradeStep>,
    pub default_grade: String,
}

impl Rule {
    /// 满意/基本满意/不满意/弃权; 满意 by more than half of all members, 不满意 likewise, else 基本满意.
    pub fn satisfaction() -> Rule {
        let option = |key: &str, label: &str, kind| BallotOption {
            key: key.into(),
            label: label.into(),
            kind,
        };
        let step = |grade: &str, option| GradeStep {
            grade: grade.into(),
            option,
            num: 1,
            den: 2,
        };
        Rule {
            options: vec![
                option("satisfied", "满意", OptionKind::Choice),
                option("basically_satisfied", "基本满意", OptionKind::Choice),
                option("dissatisfied", "不满意", OptionKind::Choice),
                option("abstain", "弃权", OptionKind::Abstain),
            ],
            steps: vec![step("satisfied", 0), step("dissatisfied", 2)],
            default_grade: "basically_satisfied".into(),
        }
    }

    /// The grade's option key, and the step that gave it (none for the default).
    pub fn grade(&self, counts: &[u32], all_members: u32) -> (&str, Option<&GradeStep>) {
        let holds = |s: &&GradeStep| {
            let votes = usize::try_from(s.option)
                .ok()
                .and_then(|o| counts.get(o))
                .copied()
                .unwrap_or(0);
            more_than(votes, s.num, s.den, all_members)
        };
        match self.steps.iter().find(holds) {
            Some(step) => (&step.grade, Some(step)),
            None => (&self.default_grade, None),
        }
    }
}

/// `votes` is more than `num`/`den` of `base` (过半数: exactly half is not enough).
pub fn more_than(votes: u32, num: u32, den: u32, base: u32) -> bool {
    u64::from(votes) * u64::from(den) > u64::from(num) * u64::from(base)
}

/// The least number of votes that is more than `num`/`den` of `base`.
pub fn least_more_than(num: u32, den: u32, base: u32) -> u32 {
    let least = u64::from(num) * u64::from(base) / u64::from(den.max(1)) + 1;
    u32::try_from(least).unwrap_or(u32::MAX)
}
