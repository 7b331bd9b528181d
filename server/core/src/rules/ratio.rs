//! Exact fractions. A profile's fraction is small and kept as written; a count's ratio is reduced and 128 bits wide.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

wire! {
    /// As the rule says it: `1/2`, or `80%` as 80/100. `den` is at least 1.
    #[derive(Copy)]
    #[serde(deny_unknown_fields)]
    pub struct Fraction { pub num: u32, pub den: u32 }
}

impl Fraction {
    /// `1/2`, `80%`, `85` (a score).
    pub fn parse(text: &str) -> Option<Fraction> {
        let whole = |t: &str| {
            t.bytes()
                .all(|b| b.is_ascii_digit())
                .then(|| t.parse::<u32>().ok())
                .flatten()
        };
        let (num, den) = match (text.split_once('/'), text.strip_suffix('%')) {
            (Some((num, den)), _) => (whole(num.trim())?, whole(den.trim())?),
            (None, Some(percent)) => (whole(percent.trim())?, 100),
            (None, None) => (whole(text.trim())?, 1),
        };
        Some(Fraction { num, den })
    }

    pub fn ratio(self) -> Ratio {
        Ratio::of(self.num.into(), self.den.into())
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.den {
            100 => write!(f, "{}%", self.num),
            1 => write!(f, "{}", self.num),
            _ => write!(f, "{}/{}", self.num, self.den),
        }
    }
}

/// A reduced fraction, zero or positive. The bounds of a profile and its figures keep every product of an evaluation
/// below 10^36 (five groups of 100,000 papers, weights to 100, ten items, scores to 1,000); 128 bits hold 3·10^38.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Ratio {
    num: u128,
    den: u128,
}

impl Ratio {
    pub const ZERO: Ratio = Ratio { num: 0, den: 1 };

    /// `den` 0 counts as 1: who divides by an empty base asks first.
    pub fn of(num: u128, den: u128) -> Ratio {
        let (mut a, mut b) = (num, den.max(1));
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let common = a.max(1);
        Ratio {
            num: num / common,
            den: den.max(1) / common,
        }
    }

    pub fn plus(self, other: Ratio) -> Ratio {
        let left = self.num.saturating_mul(other.den);
        let right = other.num.saturating_mul(self.den);
        Ratio::of(left.saturating_add(right), self.den.saturating_mul(other.den))
    }

    pub fn times(self, other: Ratio) -> Ratio {
        Ratio::of(self.num.saturating_mul(other.num), self.den.saturating_mul(other.den))
    }

    /// Divided; by 0 as by 1.
    pub fn over(self, other: Ratio) -> Ratio {
        self.times(Ratio::of(other.den, other.num))
    }

    /// The value with `decimals` decimals, rounded half up.
    pub fn decimal(self, decimals: u32, trim_zeros: bool) -> String {
        let scale = 10_u128.saturating_pow(decimals);
        // The whole part apart, so that the products stay small.
        let (whole, rest) = (self.num / self.den, self.num % self.den);
        let scaled = rest.saturating_mul(2 * scale).saturating_add(self.den) / self.den.saturating_mul(2);
        let (whole, part) = (whole + scaled / scale, scaled % scale);
        if decimals == 0 {
            return whole.to_string();
        }
        let width = decimals as usize;
        let text = format!("{whole}.{part:0width$}");
        if trim_zeros {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text
        }
    }
}

impl Ord for Ratio {
    /// By whole parts, then by what is left turned upside down: exact, and no product can overflow.
    fn cmp(&self, other: &Ratio) -> Ordering {
        let (mut left, mut right, mut turned) = ((self.num, self.den), (other.num, other.den), false);
        loop {
            let order = (left.0 / left.1).cmp(&(right.0 / right.1));
            let rest = (left.0 % left.1, right.0 % right.1);
            let order = match (order, rest) {
                (Ordering::Equal, (0, 0)) => return Ordering::Equal,
                (Ordering::Equal, (0, _)) => Ordering::Less,
                (Ordering::Equal, (_, 0)) => Ordering::Greater,
                (Ordering::Equal, _) => {
                    (left, right, turned) = ((left.1, rest.0), (right.1, rest.1), !turned);
                    continue;
                }
                (decided, _) => decided,
            };
            return if turned { order.reverse() } else { order };
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.den {
            1 => write!(f, "{}", self.num),
            den => write!(f, "{}/{den}", self.num),
        }
    }
}

impl From<Ratio> for String {
    fn from(ratio: Ratio) -> String {
        ratio.to_string()
    }
}

/// A text that is no fraction `n` or `n/d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a fraction")]
pub struct NotAFraction;

impl TryFrom<String> for Ratio {
    type Error = NotAFraction;

    fn try_from(text: String) -> Result<Ratio, NotAFraction> {
        let (num, den) = text.split_once('/').unwrap_or((&text, "1"));
        match (num.parse(), den.parse()) {
            (Ok(num), Ok(den)) if den != 0 => Ok(Ratio::of(num, den)),
            _ => Err(NotAFraction),
        }
    }
}
