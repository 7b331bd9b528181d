//! A second opinion on counts: reads the TOML by itself and compares with plain whole numbers, sharing no code with what
//! is tested. It knows what the built-in profiles use, and panics on anything else.

use crate::rules::figures::{Figures, GroupFigures};
use toml::{Table, Value};

pub struct Oracle {
    options: Vec<Choice>,
    /// Weight and whether it counts, of each group.
    groups: Vec<(u128, bool)>,
    averaged: bool,
    summed: bool,
    blank: String,
    rules: Vec<Rule>,
    ranked: Vec<Asked>,
    default_grade: String,
    quorum: Threshold,
}

struct Choice {
    key: String,
    abstain: bool,
    score: u128,
}

struct Rule {
    grade: String,
    any: bool,
    when: Vec<(Asked, Threshold)>,
}

struct Threshold {
    op: String,
    num: u128,
    den: u128,
}

/// What is asked of a count.
struct Asked {
    scored: bool,
    /// Points a vote for each option gives.
    each: Vec<u128>,
    of: String,
    group: Option<usize>,
    /// How often each row is looked at.
    rows: Vec<u128>,
}

/// What a count comes to.
pub struct Judged<'a> {
    /// The grade's key; empty if there is none.
    pub grade: &'a str,
    /// Every comparison of the rules tried, in their order.
    pub held: Vec<bool>,
}

fn list<'a>(table: &'a Table, key: &str) -> Vec<&'a Table> {
    let entries = table.get(key).and_then(Value::as_array);
    entries.into_iter().flatten().filter_map(Value::as_table).collect()
}

fn word<'a>(table: &'a Table, key: &str, absent: &'a str) -> &'a str {
    table.get(key).and_then(Value::as_str).unwrap_or(absent)
}

fn whole(table: &Table, key: &str, absent: u128) -> u128 {
    let found = table.get(key).and_then(Value::as_integer);
    found.map_or(absent, |n| n.try_into().expect("not negative"))
}

impl Threshold {
    fn of(table: &Table) -> Threshold {
        let fraction = word(table, "fraction", "");
        let (num, den) = match (fraction.split_once('/'), fraction.strip_suffix('%')) {
            (Some(parts), _) => parts,
            (None, Some(percent)) => (percent, "100"),
            (None, None) => (fraction, "1"),
        };
        Threshold {
            op: word(table, "op", "").to_owned(),
            num: num.parse().expect("a number"),
            den: den.parse().expect("a number"),
        }
    }

    /// `num`/`den` is on this side of the threshold; nothing is of an empty base.
    fn holds(&self, (num, den): (u128, u128)) -> bool {
        let (left, right) = (num * self.den, self.num * den);
        den > 0
            && match self.op.as_str() {
                ">" => left > right,
                ">=" => left >= right,
                "<" => left < right,
                "<=" => left <= right,
                other => panic!("no operator {other}"),
            }
    }
}

impl Asked {
    fn of(table: &Table, asked: &Table, options: &[Choice]) -> Asked {
        let scored = word(asked, "measure", "votes") == "score";
        let named = |key: &str| {
            let mut options = asked["options"].as_array().expect("a list").iter();
            options.any(|o| o.as_str() == Some(key))
        };
        let points = |o: &Choice| if scored { o.score } else { u128::from(named(&o.key)) };
        let row = |d: &&Table| match asked.get("dimension").and_then(Value::as_str) {
            Some(key) => u128::from(word(d, "key", "") == key),
            None => whole(d, "weight", 1),
        };
        let rows: Vec<_> = list(table, "dimensions").iter().map(row).collect();
        let group = asked.get("group").and_then(Value::as_str);
        Asked {
            scored,
            each: options.iter().map(points).collect(),
            of: word(asked, "of", "").to_owned(),
            group: group.map(|key| {
                let mut groups = list(table, "groups").into_iter();
                groups.position(|g| word(g, "key", "") == key).expect("a group")
            }),
            rows: if rows.is_empty() { vec![1] } else { rows },
        }
    }
}

impl Oracle {
    pub fn of(text: &str) -> Oracle {
        let table: Table = text.parse().expect("TOML");
        let choice = |o: &Table| Choice {
            key: word(o, "key", "").to_owned(),
            abstain: word(o, "kind", "choice") == "abstain",
            score: whole(o, "score", 0),
        };
        let options: Vec<_> = list(&table, "options").into_iter().map(choice).collect();
        let rule = |rule: &Table| Rule {
            grade: word(rule, "grade", "").to_owned(),
            any: word(rule, "match", "all") == "any",
            when: list(rule, "when")
                .into_iter()
                .map(|c| (Asked::of(&table, c, &options), Threshold::of(c)))
                .collect(),
        };
        let group = |g: &Table| {
            let counted = g.get("counted").and_then(Value::as_bool);
            (whole(g, "weight", 1), counted.unwrap_or(true))
        };
        let mut groups: Vec<_> = list(&table, "groups").into_iter().map(group).collect();
        if groups.is_empty() {
            groups.push((1, true));
        }
        let ranking = table.get("ranking").and_then(Value::as_table);
        let ranked = ranking.map(|r| list(r, "by")).unwrap_or_default();
        Oracle {
            rules: list(&table, "rules").into_iter().map(rule).collect(),
            ranked: ranked.into_iter().map(|q| Asked::of(&table, q, &options)).collect(),
            groups,
            averaged: word(&table, "combine", "pooled") == "weighted_shares",
            summed: word(&table, "aggregate", "weighted_mean") == "sum",
            blank: word(&table, "blank", "").to_owned(),
            default_grade: word(&table, "default_grade", "").to_owned(),
            quorum: Threshold::of(table["quorum"].as_table().expect("a quorum")),
            options,
        }
    }

    /// The first group has its quorum. No built-in profile counts from seats.
    pub fn quorate(&self, figures: &Figures) -> bool {
        let first = &figures.groups[0];
        self.quorum.holds((first.present.into(), first.roster.into()))
    }

    pub fn judge(&self, figures: &Figures) -> Judged<'_> {
        let mut held = Vec::new();
        for rule in &self.rules {
            let tried = rule.when.iter().map(|(asked, t)| t.holds(self.figure(asked, figures)));
            let before = held.len();
            held.extend(tried);
            let mut of_rule = held[before..].iter();
            let given = if rule.any {
                of_rule.any(|h| *h)
            } else {
                of_rule.all(|h| *h)
            };
            if given {
                let grade = &rule.grade;
                return Judged { grade, held };
            }
        }
        let grade = &self.default_grade;
        Judged { grade, held }
    }

    /// What a ranking goes by, as fractions; those of an empty base are 0 of 0.
    pub fn standing(&self, figures: &Figures) -> Vec<(u128, u128)> {
        let scaled = |asked: &Asked| {
            let (num, den) = self.figure(asked, figures);
            let times = if self.summed && asked.scored {
                asked.rows.iter().sum()
            } else {
                1
            };
            (num * times, den)
        };
        self.ranked.iter().map(scaled).collect()
    }

    /// All that the rules (or the ranking, if there are no rules) look at in a count: the points and the base of each
    /// comparison, group by group. Two counts that are alike in these have the same grade.
    pub fn reads(&self, figures: &Figures) -> Vec<u128> {
        let rules = self.rules.iter().flat_map(|r| r.when.iter().map(|(asked, _)| asked));
        let ranked = self.ranked.iter().filter(|_| self.rules.is_empty());
        let of = |asked: &Asked| -> Vec<u128> {
            let groups = self.groups_of(asked, figures);
            groups.flat_map(|(_, (points, base))| [points, base]).collect()
        };
        rules.chain(ranked).flat_map(of).collect()
    }

    /// Weight, points and base of each group that is looked at.
    fn groups_of<'a>(
        &'a self,
        asked: &'a Asked,
        figures: &'a Figures,
    ) -> impl Iterator<Item = (u128, (u128, u128))> + 'a {
        let groups = self.groups.iter().zip(&figures.groups).enumerate();
        groups.filter_map(move |(n, ((weight, counted), figures))| {
            let weight = match asked.group {
                Some(wanted) => u128::from(wanted == n),
                None => weight * u128::from(*counted),
            };
            (weight > 0).then(|| (weight, self.of_group(asked, figures)))
        })
    }

    /// The figure as a fraction of its base; denominator 0 if a base is empty.
    fn figure(&self, asked: &Asked, figures: &Figures) -> (u128, u128) {
        let each = self.groups_of(asked, figures);
        if !self.averaged {
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

    /// Points and base of one group over the rows that are looked at.
    fn of_group(&self, asked: &Asked, figures: &GroupFigures) -> (u128, u128) {
        let rows = figures.votes.iter().zip(&asked.rows);
        rows.fold((0, 0), |(points, base), (votes, times)| {
            let (p, b) = (
                self.points(asked, votes, figures.blank),
                self.base(&asked.of, figures, votes),
            );
            (points + times * p, base + times * b)
        })
    }

    fn points(&self, asked: &Asked, votes: &[u32], blank: u32) -> u128 {
        let mut points = 0;
        let mut blank = if self.blank == "abstain" { u128::from(blank) } else { 0 };
        for ((each, votes), option) in asked.each.iter().zip(votes).zip(&self.options) {
            let mut votes = u128::from(*votes);
            if option.abstain {
                votes += std::mem::take(&mut blank);
            }
            points += each * votes;
        }
        points
    }

    /// No built-in profile takes a share of valid marks while some kind is not valid.
    fn base(&self, of: &str, figures: &GroupFigures, votes: &[u32]) -> u128 {
        let blank_of = |rule: &str| if self.blank == rule { figures.blank } else { 0 };
        let base = match of {
            "roster" => figures.roster,
            "present" => figures.present,
            "issued" => figures.issued,
            "returned" => figures.returned - blank_of("not_counted"),
            "valid" => votes.iter().sum::<u32>() + blank_of("abstain"),
            other => panic!("no base {other}"),
        };
        base.into()
    }
}
