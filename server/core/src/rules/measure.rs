//! A profile's quantities taken from balanced figures, exactly.

use super::figures::{Figures, GroupFigures};
use super::profile::{Aggregate, Base, Combine, Measure, Profile, Quantity};
use super::ratio::Ratio;

/// `left` is compared with a fraction of `base`. Votes that are added have their base; shares and scores have base 1.
#[derive(Clone, Copy)]
pub(super) struct Measured {
    pub left: Ratio,
    pub base: Ratio,
    /// Nothing to take a share of: no comparison holds.
    pub empty: bool,
}

impl Measured {
    pub fn share(self) -> Ratio {
        if self.empty {
            Ratio::ZERO
        } else {
            self.left.over(self.base)
        }
    }
}

/// Balanced figures and the profile they were counted under.
#[derive(Clone, Copy)]
pub(super) struct Count<'a> {
    pub profile: &'a Profile,
    pub figures: &'a Figures,
}

impl Count<'_> {
    pub fn quantity(&self, quantity: &Quantity) -> Measured {
        let groups = self.groups(quantity);
        match (quantity.measure, self.profile.combine) {
            (Measure::Votes, Combine::Pooled) => self.pooled(quantity, &groups),
            (Measure::Score, Combine::Pooled) => {
                let pooled = self.pooled(quantity, &groups);
                Measured {
                    left: pooled.share().times(self.scale(quantity)),
                    base: Ratio::of(1, 1),
                    empty: pooled.empty,
                }
            }
            (_, Combine::WeightedShares) => self.averaged(quantity, &groups),
        }
    }

    /// Votes (or score points) of all groups, each times its weight, and the base likewise.
    fn pooled(&self, quantity: &Quantity, groups: &[(usize, u32)]) -> Measured {
        let (mut points, mut marks) = (0, 0);
        for &(n, weight) in groups {
            for (row, times) in self.rows(quantity) {
                let each = u128::from(weight) * u128::from(times);
                points += each * self.points(quantity, n, row);
                marks += each * u128::from(self.base(n, row, quantity.of));
            }
        }
        let rows = self.rows(quantity).iter().map(|(_, times)| u128::from(*times)).sum();
        Measured {
            left: Ratio::of(points, rows),
            base: Ratio::of(marks, rows),
            empty: marks == 0,
        }
    }

    /// The mean of the groups' shares (or mean scores) by weight. A profile's check sees to it that all rows of a
    /// group have one base here, so that no product of bases outgrows 128 bits.
    fn averaged(&self, quantity: &Quantity, groups: &[(usize, u32)]) -> Measured {
        let rows = self.rows(quantity);
        let (mut sum, mut weights, mut empty) = (Ratio::ZERO, 0, groups.is_empty());
        for &(n, weight) in groups {
            let base = rows.first().map_or(0, |(row, _)| self.base(n, *row, quantity.of));
            empty |= base == 0;
            let points = rows
                .iter()
                .map(|(row, times)| u128::from(*times) * self.points(quantity, n, *row));
            sum = sum.plus(Ratio::of(u128::from(weight) * points.sum::<u128>(), base.into()));
            weights += u128::from(weight);
        }
        let times: u128 = rows.iter().map(|(_, times)| u128::from(*times)).sum();
        let mean = sum.over(Ratio::of(weights * times, 1));
        let left = match quantity.measure {
            Measure::Votes => mean,
            Measure::Score => mean.times(self.scale(quantity)),
        };
        Measured {
            left,
            base: Ratio::of(1, 1),
            empty,
        }
    }

    /// A sum of items' scores is their mean times the weights.
    fn scale(&self, quantity: &Quantity) -> Ratio {
        match self.profile.aggregate {
            Aggregate::WeightedMean => Ratio::of(1, 1),
            Aggregate::Sum => Ratio::of(self.rows(quantity).iter().map(|(_, times)| u128::from(*times)).sum(), 1),
        }
    }

    fn groups(&self, quantity: &Quantity) -> Vec<(usize, u32)> {
        let groups = self.profile.groups.iter().enumerate();
        match &quantity.group {
            Some(key) => groups.filter(|(_, g)| g.key == *key).map(|(n, _)| (n, 1)).collect(),
            None => groups
                .filter(|(_, g)| g.counted && g.weight > 0)
                .map(|(n, g)| (n, g.weight))
                .collect(),
        }
    }

    /// The rows a quantity looks at, each with its weight.
    fn rows(&self, quantity: &Quantity) -> Vec<(usize, u32)> {
        let dimensions = self.profile.dimensions.iter().enumerate();
        match &quantity.dimension {
            _ if self.profile.dimensions.is_empty() => vec![(0, 1)],
            Some(key) => dimensions.filter(|(_, d)| d.key == *key).map(|(n, _)| (n, 1)).collect(),
            None => dimensions.map(|(n, d)| (n, d.weight)).collect(),
        }
    }

    fn group(&self, n: usize) -> Option<&GroupFigures> {
        self.figures.groups.get(n)
    }

    fn points(&self, quantity: &Quantity, n: usize, row: usize) -> u128 {
        let Some(group) = self.group(n) else { return 0 };
        let of = |(column, option): (usize, &super::profile::ProfileOption)| {
            let each = match quantity.measure {
                Measure::Votes => u32::from(quantity.options.contains(&option.key)),
                Measure::Score => option.score,
            };
            u128::from(each) * u128::from(group.votes_for(self.profile, row, column))
        };
        self.profile.options.iter().enumerate().map(of).sum()
    }

    fn base(&self, n: usize, row: usize, of: Base) -> u32 {
        let Some(group) = self.group(n) else { return 0 };
        let accounts = group.accounts(self.profile, n);
        match of {
            Base::Roster => accounts.roster,
            Base::Present => accounts.present,
            Base::Issued => accounts.issued,
            Base::Returned => accounts.returned,
            Base::Valid => group.valid_of(self.profile, row),
        }
    }
}
