//! The code on the hall's screen: who reads it sits in the hall. It changes every minute; the ones before stay good for
//! two more, so that a photo of a moment ago still opens. Codes follow from the server key: a restart keeps them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

use super::base32::half_width;
use crate::vault::Vault;

const PERIOD_MS: i64 = 60_000;
/// Earlier periods whose code is still good: 120 seconds beyond its own minute.
const PERIODS_AFTER: i64 = 2;
const CODE_DIGITS: usize = 6;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HallCode {
    /// Six digits.
    pub code: String,
    /// When the screen must show the next one. Unix time in milliseconds.
    pub expires_at: i64,
}

pub struct HallCodes {
    vault: Arc<Vault>,
    /// The codes good now, three an appraisal at most.
    good: Mutex<HashMap<(Uuid, i64), u32>>,
}

impl HallCodes {
    pub(super) fn new(vault: Arc<Vault>) -> Self {
        Self {
            vault,
            good: Mutex::default(),
        }
    }

    /// The code to show now. Cheap: call it as often as the screen is rendered.
    pub fn current(&self, appraisal: Uuid, now_ms: i64) -> HallCode {
        let period = now_ms.div_euclid(PERIOD_MS);
        let mut good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        drop_old(&mut good, period);
        // The minutes before this one too: a phone may have read them just before a restart.
        for earlier in period - PERIODS_AFTER..=period {
            if !good.contains_key(&(appraisal, earlier)) {
                let code = self.free_code(&good, appraisal, earlier);
                good.insert((appraisal, earlier), code);
            }
        }
        HallCode {
            code: shown(good[&(appraisal, period)]),
            expires_at: (period + 1) * PERIOD_MS,
        }
    }

    /// Which appraisal's screen this was read from. Blanks between the digits do not matter.
    pub fn check(&self, typed: &str, now_ms: i64) -> Option<Uuid> {
        let digits: String = typed
            .chars()
            .map(half_width)
            .filter(|c| !c.is_whitespace())
            .take(CODE_DIGITS + 1)
            .collect();
        if digits.len() != CODE_DIGITS || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let code: u32 = digits.parse().ok()?;
        let mut good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        drop_old(&mut good, now_ms.div_euclid(PERIOD_MS));
        good.iter()
            .find(|(_, c)| **c == code)
            .map(|((appraisal, _), _)| *appraisal)
    }

    /// Never one that is good for anything else at present.
    fn free_code(&self, good: &HashMap<(Uuid, i64), u32>, appraisal: Uuid, period: i64) -> u32 {
        let mut attempt: u32 = 0;
        loop {
            let parts: [&[u8]; 3] = [appraisal.as_bytes(), &period.to_be_bytes(), &attempt.to_be_bytes()];
            let bytes = self.vault.derive("hall", &parts);
            let code = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) % 10_u32.pow(CODE_DIGITS as u32);
            if !good.values().any(|taken| *taken == code) {
                return code;
            }
            attempt += 1;
        }
    }
}

/// Codes of the future go too: the clock may have been set back.
fn drop_old(good: &mut HashMap<(Uuid, i64), u32>, period: i64) {
    good.retain(|(_, of), _| (period - PERIODS_AFTER..=period).contains(of));
}

fn shown(code: u32) -> String {
    format!("{code:0width$}", width = CODE_DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doors::testing::vault;

    const A: Uuid = Uuid::from_u128(1);
    const START_MS: i64 = 1_790_000_040_000;

    #[test]
    fn a_code_is_good_for_its_minute_and_two_more() {
        let (vault, _folder) = vault();
        let codes = HallCodes::new(vault);
        let first = codes.current(A, START_MS);
        assert_eq!(first, codes.current(A, first.expires_at - 1), "one code a minute");
        let second = codes.current(A, first.expires_at);
        assert_ne!(first.code, second.code);
        assert_eq!(second.expires_at - first.expires_at, 60_000);
        assert_eq!(codes.check(&first.code, first.expires_at + 119_999), Some(A));
        assert_eq!(codes.check(&second.code, first.expires_at + 119_999), Some(A));
        assert_eq!(codes.check(&first.code, first.expires_at + 120_000), None);
    }

    #[test]
    fn blanks_and_full_width_digits_are_understood_and_nothing_else() {
        let (vault, _folder) = vault();
        let codes = HallCodes::new(vault);
        let code = codes.current(A, START_MS).code;
        let spaced = format!(" {} {} ", &code[..3], &code[3..]);
        let wide: String = code
            .chars()
            .map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap())
            .collect();
        assert_eq!(codes.check(&spaced, START_MS), Some(A));
        assert_eq!(codes.check(&wide, START_MS), Some(A));
        for wrong in ["", "12345", "+12345", &format!("{code}0"), "１２３"] {
            assert_eq!(codes.check(wrong, START_MS), None, "{wrong}");
        }
    }

    #[test]
    fn no_two_appraisals_have_one_code() {
        let (vault, _folder) = vault();
        let codes = HallCodes::new(vault);
        let mut seen = std::collections::HashSet::new();
        for n in 0..2_000 {
            let appraisal = Uuid::from_u128(n);
            let code = codes.current(appraisal, START_MS).code;
            assert!(seen.insert(code.clone()), "{code}");
        }
    }

    #[test]
    fn a_restart_keeps_the_codes() {
        let (vault, _folder) = vault();
        let before = HallCodes::new(Arc::clone(&vault)).current(A, START_MS - 60_000);
        let after = HallCodes::new(vault);
        after.current(A, START_MS);
        assert_eq!(after.check(&before.code, START_MS), Some(A));
    }
}
