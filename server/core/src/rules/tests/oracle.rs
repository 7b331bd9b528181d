//! A second opinion on grades: reads the TOML by itself and compares with plain fractions, sharing no code with what
//! is tested. It knows what the built-in profiles use, and panics on anything else.

use crate::rules::figures::{Figures, GroupFigures};
use toml::{Table, Value};

pub struct Oracle {
    table: Table,
}

struct Group {
    key: String,
    weight: u128,
    counted: bool,
}

impl Oracle {
    pub fn of(text: &str) -> Oracle {
        let table = text.parse().expect("TOML");
        Oracle { table }
    }

    fn list(&self, key: &str) -> Vec<&Table> {
        let entries = self.table.get(key).and_then(Value::as_array);
        entries.into_iter().flatten().filter_map(Value::as_table).collect()
    }

    fn word<'a>(table: &'a Table, key: &str, absent: &'a str) -> &'a str {
        table.get(key).and_then(Value::as_str).unwrap_or(absent)
    }

    fn whole(table: &Table, key: &str, absent: u128) -> u128 {
        let found = table.get(key).and_then(Value::as_integer);
        found.map_or(absent, |n| n.try_into().expect("not negative"))
    }

    /// The grade's key; empty if there is none.
    pub fn grade(&self, figures: &Figures) -> String {
        for rule in self.list("rules") {
            let when = rule["when"].as_array().expect("a list").iter();
            let mut held = when.map(|c| self.holds(c.as_table().expect("a table"), figures));
            let given = match Self::word(rule, "match", "all") {
                "all" => held.all(|h| h),
                _ => held.any(|h| h),
            };
            if given {
                return Self::word(rule, "grade", "").to_owned();
            }
        }
        Self::word(&self.table, "default_grade", "").to_owned()
    }

    fn groups(&self) -> Vec<Group> {
        let groups = self.list("groups").into_iter().map(|g| Group {
            key: Self::word(g, "key", "").to_owned(),
            weight: Self::whole(g, "weight", 1),
            counted: g.get("counted").and_then(Value::as_bool).unwrap_or(true),
        });
        let groups: Vec<_> = groups.collect();
        if groups.is_empty() {
            vec![Group {
                key: "members".into(),
                weight: 1,
                counted: true,
            }]
        } else {
            groups
        }
    }

    fn holds(&self, comparison: &Table, figures: &Figures) -> bool {
        let (num, den) = self.figure(comparison, figures);
        let fraction = Self::word(comparison, "fraction", "");
        let (n, d) = match fraction.split_once('/') {
            Some((n, d)) => (n, d),
            None => (
                fraction.trim_end_matches('%'),
                if fraction.ends_with('%') { "100" } else { "1" },
            ),
        };
        let (n, d): (u128, u128) = (n.parse().expect("a number"), d.parse().expect("a number"));
        if den == 0 {
            return false;
        }
        let (left, right) = (num * d, n * den);
        match Self::word(comparison, "op", "") {
            ">" => left > right,
            ">=" => left >= right,
            "<" => left < right,
            "<=" => left <= right,
            other => panic!("no operator {other}"),
        }
    }

    /// The compared figure as a fraction of its base; denominator 0 if a base is empty.
    fn figure(&self, comparison: &Table, figures: &Figures) -> (u128, u128) {
        let groups = self.groups();
        let wanted = comparison.get("group").and_then(Value::as_str);
        let chosen = groups.iter().zip(&figures.groups).filter(|(g, _)| match wanted {
            Some(key) => g.key == key,
            None => g.counted && g.weight > 0,
        });
        let each = chosen.map(|(g, f)| {
            (
                if wanted.is_some() { 1 } else { g.weight },
                self.of_group(comparison, f),
            )
        });
        if Self::word(&self.table, "combine", "pooled") == "pooled" {
            return each.fold((0, 0), |(n, d), (w, (gn, gd))| (n + w * gn, d + w * gd));
        }
        let mut sum = (0, 1);
        let mut weights = 0;
        for (weight, (n, d)) in each {
            sum = (sum.0 * d + weight * n * sum.1, sum.1 * d);
            weights += weight;
        }
        (sum.0, sum.1 * weights)
    }

    /// Points and marks of one group over the rows that are looked at.
    fn of_group(&self, comparison: &Table, figures: &GroupFigures) -> (u128, u128) {
        let dimensions = self.list("dimensions");
        let wanted = comparison.get("dimension").and_then(Value::as_str);
        let mut sum = (0, 0);
        for (row, votes) in figures.votes.iter().enumerate() {
            let weight = match (dimensions.get(row), wanted) {
                (Some(d), Some(key)) => u128::from(Self::word(d, "key", "") == key),
                (Some(d), None) => Self::whole(d, "weight", 1),
                (None, _) => 1,
            };
            sum.0 += weight * self.points(comparison, votes, figures.blank);
            sum.1 += weight * self.base(Self::word(comparison, "of", ""), figures, votes);
        }
        sum
    }

    fn points(&self, comparison: &Table, votes: &[u32], blank: u32) -> u128 {
        let scored = Self::word(comparison, "measure", "votes") == "score";
        let mut points = 0;
        let mut blank = u128::from(blank);
        for (option, votes) in self.list("options").into_iter().zip(votes) {
            let key = Self::word(option, "key", "");
            let each = if scored {
                Self::whole(option, "score", 0)
            } else {
                let named = comparison["options"].as_array().expect("a list");
                u128::from(named.iter().any(|o| o.as_str() == Some(key)))
            };
            let mut votes = u128::from(*votes);
            if Self::word(option, "kind", "choice") == "abstain" && Self::word(&self.table, "blank", "") == "abstain" {
                votes += std::mem::take(&mut blank);
            }
            points += each * votes;
        }
        points
    }

    /// No built-in profile takes a share of valid marks while some kind is not valid.
    fn base(&self, of: &str, figures: &GroupFigures, votes: &[u32]) -> u128 {
        let blank_out = Self::word(&self.table, "blank", "") == "not_counted";
        let returned = figures.returned - if blank_out { figures.blank } else { 0 };
        let blank_valid = Self::word(&self.table, "blank", "") == "abstain";
        let base = match of {
            "roster" => figures.roster,
            "present" => figures.present,
            "issued" => figures.issued,
            "returned" => returned,
            "valid" => votes.iter().sum::<u32>() + if blank_valid { figures.blank } else { 0 },
            other => panic!("no base {other}"),
        };
        base.into()
    }
}
