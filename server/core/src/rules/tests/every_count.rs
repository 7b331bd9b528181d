//! Every count of a body of up to 60, for each built-in profile with one group that decides: the oracle's grade, and
//! every grade reached; a better vote never lowers it; one vote decides at every threshold.

use super::examined::Examined;
use super::{BUILT_IN, Figures, GroupFigures, compositions};
use crate::rules::profile::MarkKind;
use std::collections::{BTreeMap, BTreeSet};

// A count is how many of the members met each *fate*: absent, without a paper, paper not returned, invalid, blank, or
// marked so and so. There are up to 4·10^11 such counts of a profile, too many to try. But its comparisons add up, each
// over all members, a number of points and a number for the base, and look at nothing else. So a fate is, to a profile,
// the points and bases it adds (read by the oracle from the profile's text), fates that add the same are one *kind*,
// and counts with the same sums are one *class*. Every class of 0 to 60 is found, one member more at a time, and
// judged. That the evaluator too looks at nothing else is tried in each class by placing the members of a kind wholly
// into each of its fates in turn and mixed, with more and fewer members whose fate adds nothing: each class of a small
// body in all these ways, of a larger one in one of them. Groups that decide nothing meanwhile have every count of 60.

pub const BODY_MAX: u32 = 60;
/// In layers with more classes each is judged in one way, the next class in another.
const LAYER_FULL_MAX: usize = 500;
const WAYS_MAX: usize = 8;

/// What becomes of a member at a ballot.
#[derive(Clone)]
enum Fate {
    Absent,
    NoPaper,
    NotReturned,
    Invalid,
    Blank,
    /// The option marked in each row.
    Marked(Vec<usize>),
}

impl Fate {
    /// Marks first: who marks is present.
    fn all(options: usize, rows: usize) -> Vec<Fate> {
        let mut marked = vec![Vec::new()];
        for _ in 0..rows {
            let longer = |row: &Vec<usize>| {
                (0..options)
                    .map(|o| [row.as_slice(), &[o]].concat())
                    .collect::<Vec<_>>()
            };
            marked = marked.iter().flat_map(longer).collect();
        }
        let others = [
            Fate::Blank,
            Fate::Invalid,
            Fate::NotReturned,
            Fate::NoPaper,
            Fate::Absent,
        ];
        marked.into_iter().map(Fate::Marked).chain(others).collect()
    }

    fn add(&self, people: u32, group: &mut GroupFigures) {
        let reached = match self {
            Fate::Absent => 0,
            Fate::NoPaper => 1,
            Fate::NotReturned => 2,
            Fate::Invalid | Fate::Blank | Fate::Marked(_) => 3,
        };
        group.roster += people;
        let ladder = [&mut group.present, &mut group.issued, &mut group.returned];
        ladder.into_iter().take(reached).for_each(|step| *step += people);
        match self {
            Fate::Invalid => group.invalid += people,
            Fate::Blank => group.blank += people,
            Fate::Marked(options) => {
                let rows = group.votes.iter_mut().zip(options);
                rows.for_each(|(row, option)| row[*option] += people);
            }
            Fate::Absent | Fate::NoPaper | Fate::NotReturned => {}
        }
    }
}

/// Fates that add the same points and bases.
struct Kind {
    adds: Vec<u128>,
    fates: Vec<Fate>,
}

/// Counts with the same sums.
struct Class {
    /// Members of each kind: the first such count found and the last.
    people: [Vec<u32>; 2],
    place: Option<usize>,
}

type Layer = BTreeMap<Vec<u128>, Class>;

struct Walk {
    examined: Examined,
    kinds: Vec<Kind>,
    /// Fates that add nothing.
    silent: Vec<Fate>,
    /// What the groups that decide nothing voted, a different count each time.
    bystanders: Vec<Vec<u32>>,
    turn: usize,
    reached: BTreeSet<usize>,
    /// By comparison and base: the most points it did not hold with, and the least it held with.
    edges: BTreeMap<(usize, u128), (Option<u128>, Option<u128>)>,
}

fn plus(a: &[u128], b: &[u128]) -> Vec<u128> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

impl Walk {
    fn of(name: &str) -> Walk {
        let examined = Examined::of(name);
        let profile = &examined.profile;
        let (mut kinds, mut silent): (Vec<Kind>, _) = (Vec::new(), Vec::new());
        for fate in Fate::all(profile.options.len(), profile.rows()) {
            let mut figures = nobody(&examined);
            fate.add(1, &mut figures.groups[0]);
            let adds = examined.oracle.reads(&figures);
            match kinds.iter_mut().find(|k| k.adds == adds) {
                _ if adds.iter().all(|n| *n == 0) => silent.push(fate),
                Some(kind) => kind.fates.push(fate),
                None => kinds.push(Kind {
                    adds,
                    fates: vec![fate],
                }),
            }
        }
        let mut bystanders = Vec::new();
        if profile.groups.len() > 1 {
            for people in 0..=BODY_MAX {
                compositions(people, profile.options.len(), &mut |votes| {
                    bystanders.push(votes.to_vec())
                });
            }
        }
        Walk {
            examined,
            kinds,
            silent,
            bystanders,
            turn: 0,
            reached: BTreeSet::new(),
            edges: BTreeMap::new(),
        }
    }

    /// A number below `bound`, the same in every run.
    fn below(&mut self, bound: u32) -> u32 {
        self.turn += 1;
        let mixed = (self.turn as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33;
        u32::try_from(mixed).expect("31 bits") % bound
    }

    fn every_count(mut self) {
        let nobody = Class {
            people: [vec![0; self.kinds.len()], vec![0; self.kinds.len()]],
            place: None,
        };
        let mut layer = Layer::from([(self.kinds.first().map_or(Vec::new(), |k| vec![0; k.adds.len()]), nobody)]);
        let mut one_fewer = Vec::new();
        for people in 0..=BODY_MAX {
            let full = layer.len() <= LAYER_FULL_MAX;
            for (sums, class) in &mut layer {
                class.place = self.place(sums, class, BODY_MAX - people, full);
            }
            self.better_is_not_worse(&one_fewer, &layer);
            let next = self.one_more(&layer);
            one_fewer = layer.into_keys().collect();
            layer = next;
        }
        self.examined.all_reached(&self.reached);
        self.one_vote_decides();
    }

    /// The classes of one member more.
    fn one_more(&self, layer: &Layer) -> Layer {
        let mut next = Layer::new();
        for (sums, class) in layer {
            for (n, kind) in self.kinds.iter().enumerate() {
                let [mut first, mut last] = class.people.clone();
                first[n] += 1;
                last[n] += 1;
                let found = next.entry(plus(sums, &kind.adds)).or_insert_with(|| Class {
                    people: [first, Vec::new()],
                    place: None,
                });
                found.people[1] = last;
            }
        }
        next
    }

    /// The place of a class's grade, which is one however the members are placed.
    fn place(&mut self, sums: &[u128], class: &Class, rest: u32, full: bool) -> Option<usize> {
        let lengths = self.kinds.iter().map(|k| k.fates.len()).chain([self.silent.len()]);
        let ways = lengths.max().unwrap_or(0).min(WAYS_MAX - 1) + 1;
        let one = self.below(ways as u32) as usize;
        // In the first way all are present: there is a place if anybody's fate counts.
        let tried = if full { (0..ways).collect() } else { vec![one, 0] };
        let mut place = None;
        for way in tried {
            if !full && place.is_some() {
                break;
            }
            let figures = self.figures(class, rest, way, ways);
            assert_eq!(self.examined.oracle.reads(&figures), sums, "{figures:?}");
            let Some(judgement) = self.examined.judge(&figures) else {
                continue;
            };
            for (n, held) in judgement.held.iter().enumerate() {
                let edge = self.edges.entry((n, sums[2 * n + 1])).or_default();
                let points = sums[2 * n];
                match held {
                    true => edge.1 = Some(edge.1.map_or(points, |least| least.min(points))),
                    false => edge.0 = edge.0.max(Some(points)),
                }
            }
            if let Some(found) = judgement.place {
                assert!(place.is_none_or(|p| p == found), "{sums:?} has two grades");
                place = Some(found);
                self.reached.insert(found);
            }
        }
        place
    }

    /// One count of a class. `rest` is how many more there may be whose fate adds nothing.
    fn figures(&mut self, class: &Class, rest: u32, way: usize, ways: usize) -> Figures {
        let mut figures = nobody(&self.examined);
        let silent = match way {
            0 => 0,
            1 => rest,
            _ => self.below(rest + 1),
        };
        let kinds = std::mem::take(&mut self.kinds);
        let none = std::mem::take(&mut self.silent);
        let each = kinds
            .iter()
            .map(|k| &k.fates)
            .zip(class.people[way % 2].iter().copied());
        for (fates, people) in each.chain((silent > 0).then_some((&none, silent))) {
            let mut left = people;
            while left > 0 && way + 1 == ways && fates.len() > 1 {
                let taken = 1 + self.below(left);
                let fate = self.below(fates.len() as u32) as usize;
                fates[fate].add(taken, &mut figures.groups[0]);
                left -= taken;
            }
            if let Some(fate) = fates.get(way % fates.len().max(1)) {
                fate.add(left, &mut figures.groups[0]);
            }
        }
        (self.kinds, self.silent) = (kinds, none);
        for (n, group) in figures.groups.iter_mut().enumerate().skip(1) {
            let votes = &self.bystanders[(self.turn * n) % self.bystanders.len()];
            for (option, people) in votes.iter().enumerate() {
                Fate::Marked(vec![option]).add(*people, group);
            }
        }
        figures
    }

    /// Whoever joins a body by a mark for the better of two choices leaves it with no lower grade than by the worse.
    /// Every graded profile lists its choices best first; abstentions and 不了解 have no place in that order.
    fn better_is_not_worse(&self, one_fewer: &[Vec<u128>], layer: &Layer) {
        let options = self.examined.profile.options.iter().enumerate();
        let marks = options.filter(|(_, o)| o.kind == MarkKind::Choice).map(|(n, _)| {
            let of = |f: &Fate| matches!(f, Fate::Marked(row) if row[..] == [n]);
            let kind = self.kinds.iter().find(|k| k.fates.iter().any(of));
            &kind.expect("a choice counts in some base").adds
        });
        if self.examined.profile.grades.is_empty() {
            return;
        }
        let marks: Vec<_> = marks.collect();
        for others in one_fewer {
            let places = marks.iter().map(|adds| {
                let place = layer[&plus(others, adds)].place;
                place.expect("a grade, for somebody is present")
            });
            let places: Vec<_> = places.collect();
            assert!(
                places.is_sorted(),
                "{}: {others:?} and one more: {places:?}",
                self.examined.profile.name
            );
        }
    }

    /// Every comparison turns, at every base, between two counts next to each other: one vote apart, for votes.
    fn one_vote_decides(&self) {
        let rules = self.examined.profile.rules.iter().flat_map(|r| &r.when);
        for (n, comparison) in rules.enumerate() {
            for base in 1..=u128::from(BODY_MAX) {
                let (below, at) = self.edges[&(n, base)];
                if base == 1 && at.is_none() {
                    // The one vote of a body of one already meets the rule before.
                    continue;
                }
                let (below, at) = (below.expect("a count it fails"), at.expect("a count it holds"));
                assert!(below < at, "{comparison:?} of {base}: fails at {below}, holds at {at}");
                if !comparison.options.is_empty() {
                    assert_eq!(at - below, 1, "{comparison:?} of {base}");
                }
            }
        }
    }
}

fn nobody(examined: &Examined) -> Figures {
    let group = GroupFigures {
        roster: 0,
        present: 0,
        issued: 0,
        returned: 0,
        invalid: 0,
        blank: 0,
        votes: vec![vec![0; examined.profile.options.len()]; examined.profile.rows()],
    };
    Figures {
        groups: vec![group; examined.profile.groups.len()],
    }
}

/// Profiles whose groups or items decide together; `every_count_together` has them.
const TOGETHER: &[&str] = &["weighted_groups", "songyang_items"];

macro_rules! every_count_of {
    ($($name:ident),* $(,)?) => {
        $(#[test] fn $name() { Walk::of(stringify!($name)).every_count(); })*

        #[test]
        fn no_built_in_profile_is_left_out() {
            let mut here: Vec<_> = [$(stringify!($name)),*].iter().chain(TOGETHER).collect();
            let mut all: Vec<_> = BUILT_IN.iter().map(|(name, _)| name).collect();
            here.sort();
            all.sort();
            assert_eq!(here, all);
        }
    };
}

every_count_of![
    satisfaction,
    seed_satisfaction,
    seed_rectification,
    shiquan_rectification,
    shenzhen_2011,
    shanxi_2011,
    dawu_2005,
    cppcc_county,
    zhanyi_2019,
    shangqiu_groups,
    township_conduct,
    four_grades,
    shangluo_named,
    formal_vote,
];
