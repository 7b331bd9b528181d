//! Codes that people type: Crockford's base 32, which has no I, L, O and U to mistake for 1, 0 and V.

const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUP_CHARS: usize = 4;

/// Symbols of a card code: 60 bits, beyond any guessing through a door.
pub const CODE_CHARS: usize = 12;

/// A code without dashes, in the one spelling that is compared.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code([u8; CODE_CHARS]);

impl Code {
    /// The first 60 bits.
    pub fn of(secret: &[u8; 32]) -> Self {
        let mut head = [0; 8];
        head.copy_from_slice(&secret[..8]);
        let bits = u64::from_be_bytes(head);
        let digit = |place: usize| DIGITS[((bits >> (59 - 5 * place)) & 31) as usize];
        Self(std::array::from_fn(digit))
    }

    /// As scanned or typed: case, dashes and blanks do not matter, full-width forms neither; O is 0, I and L are 1.
    pub fn typed(text: &str) -> Option<Self> {
        let mut code = [0; CODE_CHARS];
        let mut filled = 0;
        for c in text.chars().filter(|c| !c.is_whitespace() && !is_dash(*c)) {
            let digit = match half_width(c).to_ascii_uppercase() {
                'O' => b'0',
                'I' | 'L' => b'1',
                other => u8::try_from(other).ok().filter(|b| DIGITS.contains(b))?,
            };
            *code.get_mut(filled)? = digit;
            filled += 1;
        }
        (filled == CODE_CHARS).then_some(Self(code))
    }

    /// In groups of four.
    pub fn shown(&self) -> String {
        let mut text = String::with_capacity(CODE_CHARS + 2);
        for (place, digit) in self.0.iter().enumerate() {
            if place > 0 && place % GROUP_CHARS == 0 {
                text.push('-');
            }
            text.push(char::from(*digit));
        }
        text
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '_' | '—' | '–' | '－' | '‐' | '‑' | '−')
}

/// Chinese keyboards may be left in full-width mode.
pub(super) fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_shown_in_groups_and_read_back() {
        let code = Code::of(&[0xA5; 32]);
        let shown = code.shown();
        assert_eq!(shown.len(), 14);
        assert_eq!(Code::typed(&shown).map(|c| c.shown()), Some(shown));
        assert_eq!(Code::of(&[0; 32]).shown(), "0000-0000-0000");
        assert_eq!(Code::of(&[255; 32]).shown(), "ZZZZ-ZZZZ-ZZZZ");
    }

    #[test]
    fn what_people_mistype_is_understood() {
        let code = Code::typed("0123-1ABC-1XYZ").unwrap().shown();
        for typed in [
            "o123 iabc lxyz",
            " O123—LABC—IXYZ ",
            "０１２３－１ａｂｃ－１ＸＹＺ",
            "01231ABC1XYZ",
        ] {
            assert_eq!(
                Code::typed(typed).map(|c| c.shown()).as_deref(),
                Some(code.as_str()),
                "{typed}"
            );
        }
        for wrong in [
            "",
            "0123-1ABC-1XY",
            "0123-1ABC-1XYZ-0",
            "U123-1ABC-1XYZ",
            "零123-1ABC-1XYZ",
        ] {
            assert!(Code::typed(wrong).is_none(), "{wrong}");
        }
    }
}
