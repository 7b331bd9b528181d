//! Rules that cannot decide anything: comparisons with one answer, rules behind others, grades nobody can reach.
//! Only what follows from the form of the rules is found; that every grade of a built-in profile is reached is tested.

use super::fault::FaultReason as Why;
use super::profile::{Base, Comparison, GradeRule, Match, Measure, Op, Profile};

pub(super) fn faults(profile: &Profile) -> Vec<(String, Why)> {
    let mut found = Vec::new();
    // Figures that are wrong in themselves are told elsewhere; here they would only confuse.
    let readable = |r: &GradeRule| r.when.iter().all(|c| c.fraction.den > 0) && !r.when.is_empty();
    let rules = &profile.rules;
    for (n, rule) in rules.iter().enumerate().filter(|(_, r)| readable(r)) {
        for (c, comparison) in rule.when.iter().enumerate() {
            if constant(profile, comparison) {
                found.push((format!("rules[{n}].when[{c}]"), Why::Constant {}));
            }
        }
    }
    let shadow = |n: usize| {
        rules[..n]
            .iter()
            .position(|earlier| readable(earlier) && follows(&rules[n], earlier))
    };
    let mut reached: Vec<&str> = profile.default_grade.iter().map(String::as_str).collect();
    for (n, rule) in rules.iter().enumerate().filter(|(_, r)| readable(r)) {
        match shadow(n) {
            Some(by) => found.push((
                format!("rules[{n}]"),
                Why::RuleShadowed {
                    by: u32::try_from(by).unwrap_or(u32::MAX),
                },
            )),
            None => reached.push(&rule.grade),
        }
    }
    let lost = |g: &&super::profile::Grade| !reached.contains(&g.key.as_str());
    if rules.iter().all(readable) {
        let unreachable = profile.grades.iter().enumerate().filter(|(_, g)| lost(g));
        found.extend(unreachable.map(|(n, g)| (format!("grades[{n}]"), Why::UnreachableGrade { key: g.key.clone() })));
    }
    found
}

/// Votes never exceed their base, so `> 1/1` and `< 0/1` never hold, and `<= 1/1` and `>= 0/1` always do.
fn constant(profile: &Profile, c: &Comparison) -> bool {
    let apart = |key: &String| {
        let option = profile.options.iter().find(|o| o.key == *key);
        option.is_some_and(|o| !profile.valid_kinds.contains(&o.kind))
    };
    let beyond = c.of == Base::Valid && c.options.iter().any(apart);
    match (c.measure, c.op) {
        (Measure::Votes, Op::Above | Op::AtMost) => c.fraction.num == c.fraction.den && !beyond,
        (_, Op::AtLeast | Op::Below) => c.fraction.num == 0,
        (Measure::Score, Op::Above | Op::AtMost) => false,
    }
}

/// `earlier` holds whenever `rule` does.
fn follows(rule: &GradeRule, earlier: &GradeRule) -> bool {
    let from = |facts: &[Comparison]| {
        let known = |wanted: &Comparison| facts.iter().any(|fact| implies(fact, wanted));
        match earlier.matching {
            Match::All => earlier.when.iter().all(known),
            Match::Any => earlier.when.iter().any(known),
        }
    };
    match rule.matching {
        Match::All => from(&rule.when),
        Match::Any => rule.when.iter().all(|fact| from(std::slice::from_ref(fact))),
    }
}

/// `wanted` holds whenever `fact` does: more votes of fewer options, or fewer votes of more.
fn implies(fact: &Comparison, wanted: &Comparison) -> bool {
    let same = fact.measure == wanted.measure
        && fact.of == wanted.of
        && fact.group == wanted.group
        && fact.dimension == wanted.dimension;
    let within = |a: &Comparison, b: &Comparison| a.options.iter().all(|o| b.options.contains(o));
    let (given, asked) = (fact.fraction.ratio(), wanted.fraction.ratio());
    same && match (fact.op, wanted.op) {
        (Op::Above, Op::Above | Op::AtLeast) | (Op::AtLeast, Op::AtLeast) => within(fact, wanted) && given >= asked,
        (Op::AtLeast, Op::Above) => within(fact, wanted) && given > asked,
        (Op::Below, Op::Below | Op::AtMost) | (Op::AtMost, Op::AtMost) => within(wanted, fact) && given <= asked,
        (Op::AtMost, Op::Below) => within(wanted, fact) && given < asked,
        (Op::Above | Op::AtLeast, Op::Below | Op::AtMost) | (Op::Below | Op::AtMost, Op::Above | Op::AtLeast) => false,
    }
}
