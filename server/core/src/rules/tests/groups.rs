//! Several groups, items and scores: weights, what is hidden, exactness at the bounds, ranking.

use super::{built_in, evaluated, grade, shown};
use crate::rules::figures::{Figures, GroupFigures};
use crate::rules::profile::{Combine, ElectorateGroup, Ranking, TieRule};
use crate::rules::{Profile, Ratio, rank};

fn group(votes: &[u32]) -> GroupFigures {
    let people = votes.iter().sum();
    let mut figures = Figures::single(people, people, people, people, 0, votes);
    figures.groups.remove(0)
}

fn of(groups: &[&[u32]]) -> Figures {
    Figures {
        groups: groups.iter().map(|votes| group(votes)).collect(),
    }
}

#[test]
fn shares_are_weighted_and_votes_are_pooled() {
    let mut profile = built_in("weighted_groups");
    // 60% × 18/20 + 40% × 100/200 = 74%.
    let figures = of(&[&[18, 2, 0], &[100, 60, 40]]);
    let verdict = evaluated(&profile, &figures);
    assert_eq!(verdict.dimensions[0].options[0].percent, "74");
    assert_eq!(verdict.reasons[0].tried[0].left, "37/50");
    assert_eq!(grade(&verdict), "satisfied");
    profile.combine = Combine::Pooled;
    profile.groups[0].weight = 1;
    profile.groups[1].weight = 1;
    let verdict = evaluated(&profile, &figures);
    assert_eq!(verdict.dimensions[0].options[0].percent, "53.64", "118 of 220");
    let tried = &verdict.reasons[0].tried[0];
    assert_eq!(
        (tried.left.as_str(), tried.right.as_str(), tried.base.as_str()),
        ("118", "440/3", "220")
    );
    assert_eq!(grade(&verdict), "basically_satisfied");
}

#[test]
fn a_group_that_nobody_came_from_has_no_share() {
    let verdict = evaluated(&built_in("weighted_groups"), &of(&[&[20, 0, 0], &[0, 0, 0]]));
    assert_eq!(grade(&verdict), "dissatisfied", "no comparison holds on an empty base");
    assert_eq!(verdict.dimensions[0].options[0].percent, "0");
}

#[test]
fn groups_shown_apart_move_no_grade() {
    let profile = built_in("shangqiu_groups");
    let verdict = evaluated(&profile, &of(&[&[20, 0, 0], &[0, 0, 50], &[0, 0, 400], &[0, 0, 4]]));
    assert_eq!((grade(&verdict), verdict.accounts.returned), ("satisfied", 20));
    let shown: Vec<_> = verdict
        .groups
        .iter()
        .map(|g| (g.shown, g.dimensions.len(), g.returned))
        .collect();
    assert_eq!(
        shown,
        [(true, 1, 20), (true, 1, 50), (true, 1, 400), (false, 0, 4)],
        "four papers tell too much"
    );
}

#[test]
fn a_hidden_group_cannot_be_found_by_subtraction() {
    let mut profile = built_in("weighted_groups");
    let extra = ElectorateGroup {
        key: "public".into(),
        label: "公众".into(),
        weight: 0,
        counted: true,
        shown_from: 5,
    };
    profile.groups.push(extra);
    let shown = |figures: &Figures| {
        evaluated(&profile, figures)
            .groups
            .iter()
            .map(|g| g.shown)
            .collect::<Vec<_>>()
    };
    assert_eq!(shown(&of(&[&[20, 0, 0], &[30, 0, 0], &[40, 0, 0]])), [true, true, true]);
    assert_eq!(
        shown(&of(&[&[20, 0, 0], &[30, 0, 0], &[3, 1, 0]])),
        [false, true, false],
        "the next smallest hides it"
    );
    assert_eq!(
        shown(&of(&[&[2, 0, 0], &[30, 0, 0], &[1, 1, 0]])),
        [false, false, false],
        "four are still too few"
    );
    profile.rules[0].when[0].group = Some("public".into());
    let verdict = evaluated(&profile, &of(&[&[20, 0, 0], &[30, 0, 0], &[3, 1, 0]]));
    let tried = &verdict.reasons[0].tried[0];
    assert_eq!(
        (tried.left.as_str(), tried.right.as_str()),
        ("", ""),
        "nor read off the reasons"
    );
}

/// The largest of everything, with bases that have no common factor: one vote of half a million is seen.
#[test]
fn arithmetic_is_exact_at_the_bounds() {
    let mut text = crate::rules::built_in::BUILT_IN
        .iter()
        .find(|(name, _)| *name == "township_conduct")
        .map(|(_, text)| (*text).to_owned())
        .expect("built in");
    let groups: String = (0..5)
        .map(|n| format!("[[groups]]\nkey = \"g{n}\"\nlabel = \"组\"\nweight = {}\n\n", 100 - n))
        .collect();
    let items: String = (0..5)
        .map(|n| {
            format!(
                "[[dimensions]]\nkey = \"more{n}\"\nlabel = \"项\"\nweight = {}\n\n",
                97 + n % 3
            )
        })
        .collect();
    text = text
        .replace("[[groups]]\nkey = \"voters\"\nlabel = \"评议人员\"\n\n", &groups)
        .replacen("[[options]]", &format!("{items}[[options]]"), 1)
        .replace("score = 20", "score = 1000")
        .replace(
            "no_grade = \"not_graded\"",
            "combine = \"weighted_shares\"\ndefault_grade = \"less\"",
        )
        .replace("aggregate = \"sum\"", "aggregate = \"weighted_mean\"");
    text.push_str("[[grades]]\nkey = \"all\"\nlabel = \"满分\"\n\n[[grades]]\nkey = \"less\"\nlabel = \"不到\"\n\n");
    text.push_str("[[rules]]\ngrade = \"all\"\nwhen = [{ measure = \"score\", op = \">=\", fraction = \"1000\", of = \"valid\" }]\n");
    text = text.replace("assumed = [", "assumed = [\"rules\", ");
    let profile = Profile::from_toml(&text).unwrap_or_else(|faults| panic!("{}", shown(&faults)));
    let mut figures = Figures {
        groups: [99_989, 99_991, 99_971, 99_961, 99_929]
            .iter()
            .map(|people| {
                let mut group = group(&[*people, 0, 0]);
                group.votes = vec![vec![*people, 0, 0]; 10];
                group
            })
            .collect(),
    };
    let verdict = evaluated(&profile, &figures);
    assert_eq!((grade(&verdict), verdict.score.as_deref()), ("all", Some("1000")));
    figures.groups[4].votes[9] = vec![99_928, 1, 0];
    let verdict = evaluated(&profile, &figures);
    assert_eq!(
        (grade(&verdict), verdict.score.as_deref()),
        ("less", Some("1000")),
        "rounded it looks full"
    );
    assert!(verdict.standing[0] < Ratio::of(1_000, 1));
}

#[test]
fn scores_are_summed_or_averaged() {
    let sum = built_in("township_conduct");
    let mut figures = of(&[&[200, 100, 100]]);
    figures.groups[0].votes = vec![vec![200, 100, 100]; 5];
    // (200 × 20 + 100 × 17 + 100 × 14) / 400 = 17.75 an item.
    assert_eq!(evaluated(&sum, &figures).score.as_deref(), Some("88.75"));
    let mean = built_in("shangluo_named");
    let verdict = evaluated(&mean, &of(&[&[10, 10, 0, 0, 5]]));
    assert_eq!(
        (verdict.score.as_deref(), grade(&verdict)),
        (Some("72"), "basically_satisfied")
    );
    let verdict = evaluated(&mean, &of(&[&[0, 20, 0, 0, 0]]));
    assert_eq!(
        (grade(&verdict), verdict.reasons[0].tried[0].left.as_str()),
        ("satisfied", "80")
    );
}

#[test]
fn equal_standing_shares_a_place_or_is_voted_again() {
    let profile = built_in("cppcc_county");
    let verdict = |satisfied| evaluated(&profile, &of(&[&[satisfied, 40 - satisfied, 0, 0]]));
    let verdicts = [
        ("甲", verdict(30)),
        ("乙", verdict(38)),
        ("丙", verdict(30)),
        ("丁", verdict(12)),
    ];
    let mut ranking = profile.ranking.clone().expect("政协 ranks");
    let places = |ranking: &Ranking| {
        let places = rank(ranking, &verdicts).into_iter();
        places
            .map(|p| (p.subject, p.place, p.tied, p.second_vote))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        places(&ranking),
        [
            ("乙", 1, false, false),
            ("甲", 2, true, false),
            ("丙", 2, true, false),
            ("丁", 4, false, false)
        ]
    );
    ranking.ties = TieRule::SecondVote;
    assert_eq!(places(&ranking)[1..3], [("甲", 2, true, true), ("丙", 2, true, true)]);
}

#[test]
fn the_second_measure_decides_between_equal_firsts() {
    let profile = built_in("shangluo_named");
    let ranking = profile.ranking.as_ref().expect("it ranks");
    // Both score 80.
    let even = evaluated(&profile, &of(&[&[0, 20, 0, 0, 0]]));
    let split = evaluated(&profile, &of(&[&[10, 0, 10, 0, 0]]));
    let places = rank(ranking, &[("even", even), ("split", split)]);
    assert_eq!(
        places.iter().map(|p| (p.subject, p.place)).collect::<Vec<_>>(),
        [("split", 1), ("even", 2)]
    );
}

#[test]
fn ratios_are_ordered_and_printed_exactly() {
    for (a, b) in (0..12_u128).flat_map(|a| (1..12_u128).map(move |b| (a, b))) {
        for (c, d) in (0..12_u128).flat_map(|c| (1..12_u128).map(move |d| (c, d))) {
            assert_eq!(
                Ratio::of(a, b).cmp(&Ratio::of(c, d)),
                (a * d).cmp(&(c * b)),
                "{a}/{b} {c}/{d}"
            );
        }
    }
    let large = u128::MAX / 3;
    assert!(
        Ratio::of(large, large - 1) < Ratio::of(large - 1, large - 2),
        "no product overflows"
    );
    let text = |num, den, decimals, trim| Ratio::of(num, den).decimal(decimals, trim);
    assert_eq!(
        [text(1, 8, 2, true), text(1, 8, 2, false), text(1, 4, 2, false)],
        ["0.13", "0.13", "0.25"]
    );
    assert_eq!(
        [text(1, 2, 0, true), text(999, 1_000, 2, false), text(1, 40, 4, false)],
        ["1", "1.00", "0.0250"]
    );
    let json = serde_json::to_string(&Ratio::of(6, 4)).expect("a text");
    assert_eq!(json, "\"3/2\"");
    assert_eq!(serde_json::from_str::<Ratio>(&json).expect("a ratio"), Ratio::of(3, 2));
    assert!(serde_json::from_str::<Ratio>("\"1/0\"").is_err());
}
