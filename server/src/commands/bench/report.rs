//! What came out: scenes with their goals, as a table to read and as one JSON object.

use serde::Serialize;
use std::fmt::Write as _;

#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub machine: Machine,
    /// The day, YYYY-MM-DD.
    pub date: String,
    pub version: &'static str,
    pub phones: usize,
    pub runs: usize,
    pub scenes: Vec<Scene>,
}

/// What matters of a machine, without its name.
#[derive(Debug, Serialize)]
pub(super) struct Machine {
    pub processor: String,
    pub cores: usize,
    pub memory_gib: u64,
    pub system: String,
}

/// One line: a figure beside the limit's and the peer's of the same run.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Scene {
    pub name: String,
    pub n: usize,
    pub value: f64,
    pub unit: &'static str,
    pub limit: Option<f64>,
    pub peer: Option<f64>,
    pub ratio_to_limit: Option<f64>,
    pub ratio_to_peer: Option<f64>,
    pub goal: String,
    /// Nothing where there is no goal or what it compares with is not there.
    pub met: Option<bool>,
    pub detail: String,
}

/// What a figure, or its ratio to another, must be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Goal {
    AtLeast(f64),
    AtMost(f64),
    LimitAtLeast(f64),
    LimitAtMost(f64),
    PeerAtLeast(f64),
}

impl Scene {
    pub(super) fn new(name: &str, n: usize, value: f64, unit: &'static str) -> Scene {
        Scene {
            name: name.into(),
            n,
            value,
            unit,
            ..Scene::default()
        }
    }

    pub(super) fn beside(mut self, limit: Option<f64>, peer: Option<f64>) -> Scene {
        let ratio = |other: f64| if other > 0.0 { Some(self.value / other) } else { None };
        self.ratio_to_limit = limit.and_then(ratio);
        self.ratio_to_peer = peer.and_then(ratio);
        (self.limit, self.peer) = (limit, peer);
        self
    }

    /// All goals must hold; one that cannot be judged leaves the whole open.
    pub(super) fn goals(mut self, goals: &[Goal]) -> Scene {
        let judged = |goal: &Goal| match *goal {
            Goal::AtLeast(x) => (format!("≥ {x}"), Some(self.value >= x)),
            Goal::AtMost(x) => (format!("≤ {x}"), Some(self.value <= x)),
            Goal::LimitAtLeast(x) => (format!("≥ {x} × limit"), self.ratio_to_limit.map(|r| r >= x)),
            Goal::LimitAtMost(x) => (format!("≤ {x} × limit"), self.ratio_to_limit.map(|r| r <= x)),
            Goal::PeerAtLeast(x) => (format!("≥ {x} × peer"), self.ratio_to_peer.map(|r| r >= x)),
        };
        let (words, met): (Vec<_>, Vec<_>) = goals.iter().map(judged).unzip();
        self.goal = words.join(", ");
        self.met = if met.contains(&Some(false)) {
            Some(false)
        } else {
            met.into_iter()
                .collect::<Option<Vec<bool>>>()
                .filter(|m| !m.is_empty())
                .map(|_| true)
        };
        self
    }

    pub(super) fn detail(mut self, detail: impl Into<String>) -> Scene {
        self.detail = detail.into();
        self
    }
}

impl Report {
    /// A Markdown table: goals missed come first.
    pub(super) fn table(&self) -> String {
        let m = &self.machine;
        let mut out = format!(
            "{}, {} cores, {} GiB, {}. {}, pingyi {}, {} phones, {} runs.\n\n",
            m.processor, m.cores, m.memory_gib, m.system, self.date, self.version, self.phones, self.runs
        );
        out.push_str("| scene | n | value | bare limit | × limit | peer | × peer | goal | met | detail |\n");
        out.push_str("|---|---:|---:|---:|---:|---:|---:|---|---|---|\n");
        let mut scenes: Vec<_> = self.scenes.iter().collect();
        scenes.sort_by_key(|s| s.met != Some(false));
        for s in scenes {
            let met = match s.met {
                Some(true) => "yes",
                Some(false) => "**no**",
                None => "",
            };
            let other = |v: Option<f64>| v.map_or_else(String::new, number);
            let _ = writeln!(
                out,
                "| {} | {} | {} {} | {} | {} | {} | {} | {} | {met} | {} |",
                s.name,
                s.n,
                number(s.value),
                s.unit,
                other(s.limit),
                other(s.ratio_to_limit),
                other(s.peer),
                other(s.ratio_to_peer),
                s.goal,
                s.detail
            );
        }
        out
    }
}

/// Three figures that matter, no more.
pub(super) fn number(value: f64) -> String {
    match value.abs() {
        v if v >= 100.0 => {
            let digits = format!("{value:.0}");
            let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |d| ("-", d));
            let mut grouped = String::new();
            for (n, digit) in digits.chars().enumerate() {
                if n > 0 && (digits.len() - n).is_multiple_of(3) {
                    grouped.push(',');
                }
                grouped.push(digit);
            }
            format!("{sign}{grouped}")
        }
        v if v >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

pub(super) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len().is_multiple_of(2) {
        Some((values.get(middle.checked_sub(1)?)? + values.get(middle)?) / 2.0)
    } else {
        values.get(middle).copied()
    }
}

/// The value that so many percent do not exceed; 0 of nothing.
pub(super) fn percentile(values: &mut [u64], percent: usize) -> f64 {
    values.sort_unstable();
    let at = (values.len() * percent / 100).min(values.len().saturating_sub(1));
    values.get(at).map_or(0.0, |v| *v as f64)
}

impl Machine {
    pub(super) fn here() -> Machine {
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let cpu = read("/proc/cpuinfo");
        let model = cpu.lines().find_map(|l| l.strip_prefix("model name")?.split_once(": "));
        let memory_kib = super::process::kib_of(&read("/proc/meminfo"), "MemTotal:").unwrap_or_default();
        let kernel = read("/proc/sys/kernel/osrelease");
        let kernel: Vec<_> = kernel.trim().split(['.', '-']).take(2).collect();
        Machine {
            processor: model.map_or_else(|| std::env::consts::ARCH.into(), |(_, m)| m.trim().into()),
            cores: std::thread::available_parallelism().map_or(0, usize::from),
            memory_gib: (memory_kib / 1024.0 / 1024.0).round() as u64,
            system: format!("{} {}", std::env::consts::OS, kernel.join(".")).trim().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_met_only_when_all_of_it_could_be_judged() {
        let scene = || Scene::new("votes", 10, 60.0, "votes/s");
        let both = [Goal::AtLeast(50.0), Goal::LimitAtLeast(0.6)];
        assert_eq!(scene().beside(Some(100.0), None).goals(&both).met, Some(true));
        assert_eq!(scene().beside(Some(200.0), None).goals(&both).met, Some(false));
        assert_eq!(scene().goals(&both).met, None);
        assert_eq!(scene().goals(&[]).met, None);
        assert_eq!(
            scene().goals(&[Goal::AtMost(50.0), Goal::LimitAtLeast(0.6)]).met,
            Some(false)
        );
    }

    #[test]
    fn numbers_are_short_and_medians_lie_in_the_middle() {
        assert_eq!(
            [1234567.8, 99.96, 0.123, -1234.0].map(number),
            ["1,234,568", "100.0", "0.12", "-1,234"]
        );
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0]), Some(2.5));
        assert_eq!(median(vec![]), None);
        assert_eq!(percentile(&mut [1, 2, 3, 4], 50), 3.0);
    }
}
