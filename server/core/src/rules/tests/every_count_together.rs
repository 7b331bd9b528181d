//! Every count of up to 60 where several groups or items decide together: the oracle's grade, every grade reached, and a
//! better vote never lowers it.

use super::every_count::BODY_MAX;
use super::examined::{Examined, Judgement};
use super::{Figures, GroupFigures, compositions};
use std::cell::RefCell;
use std::collections::BTreeSet;

// `songyang_items`: every comparison looks at one item and the papers returned. So every count of each item is judged
// with the other item at each outcome of its own comparisons: won, lost, neither, the first two by one vote.
//
// `weighted_groups`: the first rule looks at both groups' shares of 满意, the second at both shares of 满意 and 基本满意,
// and the evaluator reduces a share before anything else. So each rule is judged at every pair of shares that groups of
// up to 60 papers each can have, the papers themselves a different multiple each time; and, since the two rules look at
// the same votes, every count of either group once more, whole, while the other group's count changes each time.

/// All of a group returned a paper; of the choice named, `lost` papers are blank or invalid instead.
fn group(rows: &[[u32; 3]], (choice, lost): (usize, u32)) -> GroupFigures {
    let papers = rows[0].iter().sum::<u32>();
    let row = |row: &[u32; 3]| {
        let mut row = *row;
        row[choice] -= lost;
        row.to_vec()
    };
    GroupFigures {
        roster: papers,
        present: papers,
        issued: papers,
        returned: papers,
        invalid: lost / 2,
        blank: lost - lost / 2,
        votes: rows.iter().map(row).collect(),
    }
}

/// 满意, 基本满意, 不满意 of the other item, with as many papers.
fn outcomes(papers: u32) -> Vec<[u32; 3]> {
    let (half, most) = (papers / 2, (papers / 2 + 1).min(papers));
    vec![
        [most, 0, papers - most],
        [0, papers - most, most],
        [half, papers - 2 * half, half],
        [0, papers, 0],
    ]
}

#[test]
fn songyang_items() {
    let examined = Examined::of("songyang_items");
    let mut reached = BTreeSet::new();
    for papers in 1..=BODY_MAX {
        for other in outcomes(papers) {
            for turned in [false, true] {
                let side = papers as usize + 1;
                let mut places = vec![usize::MAX; side * side];
                compositions(papers, 3, &mut |votes| {
                    let this = [votes[0], votes[1], votes[2]];
                    let rows = if turned { [other, this] } else { [this, other] };
                    let lost = if papers % 3 == 0 { this[1].min(other[1]) } else { 0 };
                    let figures = Figures {
                        groups: vec![group(&rows, (1, lost))],
                    };
                    let judged = examined.judge(&figures).expect("all are present");
                    let place = judged.place.expect("a grade");
                    reached.insert(place);
                    places[votes[0] as usize * side + votes[2] as usize] = place;
                });
                let place = |best: usize, worst: usize| places[best * side + worst];
                for best in 0..side {
                    for worst in 0..side - best {
                        if worst > 0 {
                            assert!(
                                place(best, worst - 1) <= place(best, worst),
                                "{papers}: {best}, {worst} up"
                            );
                        }
                        if best + worst < papers as usize {
                            assert!(
                                place(best + 1, worst) <= place(best, worst),
                                "{papers}: {best} up, {worst}"
                            );
                        }
                    }
                }
            }
        }
    }
    examined.all_reached(&reached);
}

/// Every share of 1 to 60 papers, reduced, the smallest first.
fn shares() -> Vec<(u32, u32)> {
    let all = (1..=BODY_MAX).flat_map(|papers| (0..=papers).map(move |votes| (votes, papers)));
    let mut all: Vec<_> = all.collect();
    // Below 60 papers no two different shares are nearer than one in 3,600.
    all.sort_by_key(|(votes, papers)| (votes * 1_000_000 / papers, *papers));
    all.dedup_by(|next, kept| next.0 * kept.1 == kept.0 * next.1);
    all
}

/// What each rule says of two shares.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Said(bool, bool);

/// Two shares, as votes for the first choice and then, if that ends at the first rule, for the second.
fn said(examined: &Examined, turn: usize, pair: [(u32, u32); 2], reached: &mut BTreeSet<usize>) -> Said {
    let count = |choice: usize, (votes, papers): (u32, u32)| {
        let times = 1 + turn as u32 % (BODY_MAX / papers);
        let mut row = [0, 0, papers * times];
        row[choice] = votes * times;
        row[2] -= votes * times;
        group(&[row], (2, [0, row[2]][turn % 2]))
    };
    let mut judged = |choice: usize| -> Judgement {
        let groups = pair.map(|share| count(choice, share)).to_vec();
        let judged = examined.judge(&Figures { groups }).expect("all are present");
        reached.extend(judged.place);
        judged
    };
    match judged(0).held[..] {
        [true] => match judged(1).held[..] {
            [false, second] => Said(true, second),
            _ => panic!("no vote for the first choice, and its rule held: {pair:?}"),
        },
        [false, second] => Said(false, second),
        _ => panic!("two rules of one comparison"),
    }
}

#[test]
fn weighted_groups() {
    let shares = shares();
    // Half of the rows on each core.
    let half = |odd: usize| {
        let (examined, mut reached) = (Examined::of("weighted_groups"), BTreeSet::new());
        let rows = shares.iter().enumerate().filter(|(n, _)| n % 2 == odd);
        let row = |(n, first): (usize, &(u32, u32))| {
            let each = shares.iter().enumerate();
            each.map(|(m, second)| said(&examined, n / 2 + m, [*first, *second], &mut reached))
                .collect::<Vec<_>>()
        };
        let rows: Vec<_> = rows.map(row).collect();
        (rows, reached)
    };
    let [(even, mut reached), (odd, more)] = std::thread::scope(|scope| {
        let odd = scope.spawn(|| half(1));
        [half(0), odd.join().expect("no panic")]
    });
    reached.extend(more);
    Examined::of("weighted_groups").all_reached(&reached);
    let said = |n: usize| if n.is_multiple_of(2) { &even[n / 2] } else { &odd[n / 2] };
    let no_less = |a: Said, b: Said| a.0 <= b.0 && a.1 <= b.1;
    for n in 0..shares.len() {
        for m in 0..shares.len() {
            let right = m + 1 == shares.len() || no_less(said(n)[m], said(n)[m + 1]);
            let down = n + 1 == shares.len() || no_less(said(n)[m], said(n + 1)[m]);
            assert!(
                right && down,
                "a larger share is worse: beside {:?} and {:?}",
                shares[n],
                shares[m]
            );
        }
    }
}

#[test]
fn every_count_of_either_of_two_weighted_groups() {
    let examined = Examined::of("weighted_groups");
    let all = RefCell::new(Vec::new());
    for papers in 0..=BODY_MAX {
        compositions(papers, 3, &mut |votes| {
            all.borrow_mut().push([votes[0], votes[1], votes[2]])
        });
    }
    let all = all.into_inner();
    for (n, count) in all.iter().enumerate() {
        // A step prime to the length visits every count.
        let other = all[n * 7_919 % all.len()];
        for pair in [[*count, other], [other, *count]] {
            let groups: Vec<_> = pair.iter().map(|row| group(&[*row], (2, [0, row[2]][n % 2]))).collect();
            let judged = examined.judge(&Figures { groups });
            assert_eq!(judged.is_some(), pair[0] != [0, 0, 0], "{pair:?}");
        }
    }
}
