//! What one phone costs in a small, a large and a very large hall. Nothing may grow with the square of the hall: the fit
//! of the whole time against the number of phones is printed.

use super::super::contender::{Name, Running};
use super::super::hall::Hall;
use super::super::pass::{Figure, Figures, pass};
use super::super::report::{Goal, Scene, median, number};
use super::super::{BenchError, Stage};
use pingyi_core::ballot::Secrecy;
use std::collections::BTreeMap;

const HALLS: [usize; 3] = [500, 3_000, 10_000];
/// A phone in the largest hall may cost so much of what it costs in the smallest.
const RATIO_MAX: f64 = 1.3;

/// One figure and how to read it as microseconds a phone in a hall of so many.
struct Cost {
    name: &'static str,
    of: Figure,
    us_a_phone: fn(f64, f64) -> f64,
    goals: &'static [Goal],
}

const GOAL: &[Goal] = &[Goal::AtMost(RATIO_MAX)];
const COSTS: [Cost; 6] = [
    Cost {
        name: "joining",
        of: Figure::JoinsPerS,
        us_a_phone: |per_s, _| 1e6 / per_s,
        goals: GOAL,
    },
    Cost {
        name: "joining, server CPU",
        of: Figure::JoinCpuUs,
        us_a_phone: |us, _| us,
        goals: &[],
    },
    Cost {
        name: "one change to all",
        of: Figure::ChangeMs,
        us_a_phone: |ms, phones| ms * 1e3 / phones,
        goals: GOAL,
    },
    Cost {
        name: "one change to all, server CPU",
        of: Figure::ChangeCpuUs,
        us_a_phone: |us, _| us,
        goals: &[],
    },
    Cost {
        name: "voting",
        of: Figure::VotesPerS,
        us_a_phone: |per_s, _| 1e6 / per_s,
        goals: GOAL,
    },
    Cost {
        name: "voting, server CPU",
        of: Figure::VoteCpuUs,
        us_a_phone: |us, _| us,
        goals: &[],
    },
];

pub(in super::super) fn play(stage: &Stage<'_>) -> Result<Vec<Scene>, BenchError> {
    let runs = stage.settings.runs;
    stage.bar.set_length(u64::from(runs) * HALLS.len() as u64);
    let mut halls = Vec::new();
    for phones in HALLS {
        let mut hall = Hall::prepare(phones, Secrecy::Named)?;
        let process = hall.serve()?;
        hall.sign_in(&process)?;
        drop(process);
        Running::start(Name::Pingyi, &stage.baselines, &hall, hall.case.devices.len())?.convene()?;
        halls.push((phones, hall));
    }
    let mut all: BTreeMap<(Figure, usize), Vec<f64>> = BTreeMap::new();
    // Halls take turns, so that what the machine does meanwhile falls on each alike.
    for _ in 0..runs {
        for (phones, hall) in &halls {
            let figures: Figures = pass(Name::Pingyi, &stage.baselines, hall, *phones)?;
            for (figure, value) in figures {
                all.entry((figure, *phones)).or_default().push(value);
            }
            stage.bar.inc(1);
        }
    }
    let of = |cost: &Cost| {
        let point = |phones: usize| {
            let value = median(all.get(&(cost.of, phones))?.clone())?;
            let phones = phones as f64;
            Some((phones, (cost.us_a_phone)(value, phones)))
        };
        HALLS.into_iter().filter_map(point).collect::<Vec<_>>()
    };
    Ok(COSTS.iter().filter_map(|cost| scene(cost, &of(cost))).collect())
}

fn scene(cost: &Cost, points: &[(f64, f64)]) -> Option<Scene> {
    let ((_, small), (most, large)) = (*points.first()?, *points.last()?);
    let each: Vec<_> = points
        .iter()
        .map(|(phones, us)| format!("{} µs at {}", number(*us), number(*phones)))
        .collect();
    let detail = format!("{}; grows with phones ^ {}", each.join(", "), number(exponent(points)?));
    let name = format!("cost by phones, {}", cost.name);
    let scene = Scene::new(&name, most as usize, large / small, "× a phone at 500");
    Some(scene.goals(cost.goals).detail(detail))
}

/// Of the whole time against the number of phones, by least squares over the logarithms: 1 is proportional.
fn exponent(points: &[(f64, f64)]) -> Option<f64> {
    let logs = points.iter().map(|(phones, us)| (phones.ln(), (phones * us).ln()));
    super::long::slope(logs)
}

#[cfg(test)]
mod tests {
    use super::exponent;

    #[test]
    fn the_exponent_tells_proportional_from_quadratic() {
        let of = |each: fn(f64) -> f64| exponent(&[500.0, 3_000.0, 10_000.0].map(|n| (n, each(n)))).unwrap();
        assert!((of(|_| 40.0) - 1.0).abs() < 1e-9);
        assert!((of(|n| n / 10.0) - 2.0).abs() < 1e-9);
    }
}
