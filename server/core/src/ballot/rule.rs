//! What a ballot needs of its locality's rule by itself, frozen when it is prepared: options, items, whose group votes.

use crate::rules::Profile;
use crate::rules::profile::{Base, ChangeRule, MarkKind, Measure, Op, PublishedDetail};
use serde::{Deserialize, Serialize};

wire! {
    /// An option on the ballot. The key is stable, the label is what the ballot paper says.
    pub struct BallotOption {
        pub key: String,
        pub label: String,
        pub kind: MarkKind,
    }

    /// One of several items (测评项) that each get a mark.
    pub struct BallotItem { pub key: String, pub label: String }
}

wire_words! {
    /// Whether board and seed of a secret round are made public. A rule that publishes grades only keeps the board in
    /// the archive, for it tells the counts.
    pub enum BoardRelease { Public, ArchiveOnly }
}

/// A ballot's rule, frozen into the ballot when it is prepared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub options: Vec<BallotOption>,
    /// Empty: one mark for the whole.
    pub items: Vec<BallotItem>,
    /// Which of the profile's electorate groups votes here.
    pub group: u32,
    pub change: ChangeRule,
    pub release: BoardRelease,
}

impl Rule {
    pub fn of(profile: &Profile, group: u32) -> Rule {
        let option = |o: &crate::rules::profile::ProfileOption| BallotOption {
            key: o.key.clone(),
            label: o.label.clone(),
            kind: o.kind,
        };
        let item = |d: &crate::rules::profile::Dimension| BallotItem {
            key: d.key.clone(),
            label: d.label.clone(),
        };
        Rule {
            options: profile.options.iter().map(option).collect(),
            items: profile.dimensions.iter().map(item).collect(),
            group,
            change: profile.change,
            release: match profile.publication.detail {
                PublishedDetail::Counts | PublishedDetail::CountsAndPercentages => BoardRelease::Public,
                PublishedDetail::GradeOnly | PublishedDetail::Percentages => BoardRelease::ArchiveOnly,
            },
        }
    }

    /// Whether anybody outside the office may learn the counts: from a board, from live bars, from paper, from names.
    pub fn publishes_counts(&self) -> bool {
        self.release == BoardRelease::Public
    }

    /// Marks on one ballot.
    pub fn rows(&self) -> usize {
        self.items.len().max(1)
    }

    /// Counts of one ballot: item by item, each option.
    pub fn cells(&self) -> usize {
        self.rows() * self.options.len()
    }

    /// Whether these are one option for each item.
    pub fn fits(&self, choices: &[u32]) -> bool {
        let known = |c: &u32| usize::try_from(*c).is_ok_and(|c| c < self.options.len());
        choices.len() == self.rows() && choices.iter().all(known)
    }
}

/// The least number of votes that the first rule on votes of all members asks for; 0 if no rule does.
pub fn majority(profile: &Profile, roster: u32) -> u32 {
    let comparisons = profile.rules.iter().flat_map(|r| &r.when);
    let mut of_all =
        comparisons.filter(|c| c.measure == Measure::Votes && c.of == Base::Roster && c.dimension.is_none());
    let Some(first) = of_all.next() else { return 0 };
    let (num, den) = (u64::from(first.fraction.num), u64::from(first.fraction.den.max(1)));
    let least = match first.op {
        Op::Above => num * u64::from(roster) / den + 1,
        Op::AtLeast => (num * u64::from(roster)).div_ceil(den),
        Op::Below | Op::AtMost => 0,
    };
    u32::try_from(least).unwrap_or(u32::MAX)
}
