//! Single fields of a roster row: a name, a kind, a PIN.

use super::{RosterKind, RowFaultCode};
use crate::documents::grid::Cell;
use crate::documents::plain::{has_forbidden, is_han, tidy, visible};
use crate::documents::{ROSTER_NAME_MAX_CHARS, ROSTER_PIN_MAX_DIGITS, ROSTER_PIN_MIN_DIGITS};

/// Digits of a telephone number that serve as PIN.
const PHONE_TAIL_DIGITS: usize = 4;
/// A mobile number has 11; the shortest landline without area code 7; E.164 allows 15.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
const MOBILE_DIGITS: usize = 11;

const MEMBER_WORDS: [&str; 10] = [
    "组成人员",
    "常委会组成人员",
    "常务委员会组成人员",
    "委员",
    "常委会委员",
    "常委",
    "主任",
    "副主任",
    "秘书长",
    "member",
];
const ATTENDEE_WORDS: [&str; 7] = [
    "列席人员",
    "列席",
    "列席代表",
    "代表",
    "人大代表",
    "列席人大代表",
    "attendee",
];

pub(super) fn read_kind(text: &str) -> Option<RosterKind> {
    let word: String = tidy(&visible(text))
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    if MEMBER_WORDS.contains(&word.as_str()) {
        Some(RosterKind::Member)
    } else if ATTENDEE_WORDS.contains(&word.as_str()) {
        Some(RosterKind::Attendee)
    } else {
        None
    }
}

/// A name made uniform: no blanks between Han characters, one kind of middle
/// dot, full-width brackets round a mark such as （大）.
pub(super) fn read_name(cell: &Cell) -> Result<String, RowFaultCode> {
    let text = checked_text(cell)?;
    if text.is_empty() {
        return Err(RowFaultCode::MissingName);
    }
    let name = uniform_name(&text);
    if name.chars().count() > ROSTER_NAME_MAX_CHARS {
        return Err(RowFaultCode::NameTooLong);
    }
    Ok(name)
}

/// Compared instead of the raw text, so that a note is given only for what a reader would see.
pub(super) fn uniform_name(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut name = String::with_capacity(text.len());
    for (at, &c) in chars.iter().enumerate() {
        let before = chars[..at].iter().rev().copied().find(|c| *c != ' ');
        let after = chars[at + 1..].iter().copied().find(|c| *c != ' ');
        let among_han = before.is_some_and(sits_close) && after.is_some_and(sits_close);
        match c {
            ' ' if among_han => {}
            '•' | '・' | '･' | '‧' | '∙' | '⋅' | '．' | '·' => name.push('·'),
            '.' if among_han => name.push('·'),
            '(' if before.is_some_and(is_han) => name.push('（'),
            ')' if before.is_some_and(is_han) => name.push('）'),
            _ => name.push(c),
        }
    }
    name
}

fn sits_close(c: char) -> bool {
    is_han(c)
        || matches!(
            c,
            '·' | '•' | '・' | '･' | '‧' | '∙' | '⋅' | '．' | '.' | '(' | ')' | '（' | '）'
        )
}

pub(super) fn read_text(cell: &Cell, max_chars: usize) -> Result<String, RowFaultCode> {
    let text = checked_text(cell)?;
    if text.chars().count() > max_chars {
        return Err(RowFaultCode::TextTooLong);
    }
    Ok(text)
}

/// `１排 2座` and `1排2座` are one seat.
pub(super) fn seat_key(seat: &str) -> String {
    seat.chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

fn checked_text(cell: &Cell) -> Result<String, RowFaultCode> {
    match cell {
        Cell::Date => return Err(RowFaultCode::CellIsDate),
        Cell::Failed => return Err(RowFaultCode::CellIsError),
        Cell::Empty | Cell::Text(_) | Cell::Number(_) => {}
    }
    if has_forbidden(cell.text()) {
        return Err(RowFaultCode::ControlCharacters);
    }
    if cell.text().contains('\u{FFFD}') {
        return Err(RowFaultCode::UnreadableCharacter);
    }
    Ok(tidy(cell.text()))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PinSource {
    PinColumn,
    PhoneColumn,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum PinRead {
    Absent,
    AsWritten(String),
    Padded(String),
    TailOfPhone(String),
}

pub(super) fn read_pin(cell: &Cell, source: PinSource) -> Result<PinRead, RowFaultCode> {
    match cell {
        Cell::Date => return Err(RowFaultCode::CellIsDate),
        Cell::Failed => return Err(RowFaultCode::CellIsError),
        Cell::Empty | Cell::Text(_) | Cell::Number(_) => {}
    }
    // Numbers copied from a telephone's contacts come wrapped in direction marks.
    let text = tidy(&visible(cell.text()));
    if text.is_empty() {
        return Ok(PinRead::Absent);
    }
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '－' | '—' | '(' | ')' | '（' | '）'))
        .collect();
    let negative = matches!(cell, Cell::Number(_)) && text.starts_with('-');
    let international = plain.strip_prefix("+86").or_else(|| plain.strip_prefix("0086"));
    let digits = international.unwrap_or(&plain);
    if negative || digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(RowFaultCode::BadPin);
    }
    let is_phone = match source {
        PinSource::PhoneColumn => PHONE_DIGITS.contains(&digits.len()),
        PinSource::PinColumn => (MOBILE_DIGITS..=*PHONE_DIGITS.end()).contains(&digits.len()),
    };
    if is_phone {
        return Ok(PinRead::TailOfPhone(
            digits[digits.len() - PHONE_TAIL_DIGITS..].to_owned(),
        ));
    }
    if (ROSTER_PIN_MIN_DIGITS..=ROSTER_PIN_MAX_DIGITS).contains(&digits.len()) {
        return Ok(PinRead::AsWritten(digits.to_owned()));
    }
    let lost_zeros =
        source == PinSource::PinColumn && matches!(cell, Cell::Number(_)) && digits.len() < ROSTER_PIN_MIN_DIGITS;
    if lost_zeros {
        return Ok(PinRead::Padded(format!("{digits:0>ROSTER_PIN_MIN_DIGITS$}")));
    }
    Err(RowFaultCode::BadPin)
}

/// Enough of a PIN or telephone to find the cell, too little to use it.
pub(super) fn mask_digits(text: &str) -> String {
    const SHOWN: usize = 2;
    let total = text.chars().filter(char::is_ascii_digit).count();
    let mut seen = 0;
    text.chars()
        .map(|c| {
            if !c.is_ascii_digit() {
                return c;
            }
            seen += 1;
            if seen + SHOWN > total { c } else { '•' }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Cell {
        Cell::Text(value.to_owned())
    }

    fn name(value: &str) -> Result<String, RowFaultCode> {
        read_name(&text(value))
    }

    #[test]
    fn names_are_made_uniform() {
        for (written, kept) in [
            ("张 三", "张三"),
            ("　张　三　", "张三"),
            ("张\n三", "张三"),
            ("阿依古丽·买买提", "阿依古丽·买买提"),
            ("阿依古丽 • 买买提", "阿依古丽·买买提"),
            ("阿依古丽.买买提", "阿依古丽·买买提"),
            ("阿依古丽．买买提", "阿依古丽·买买提"),
            ("张三 (大)", "张三（大）"),
            ("委员 ０１", "委员 01"),
            ("Anna  Maria", "Anna Maria"),
            ("王㛃", "王㛃"),
            ("李 𬭩", "李𬭩"),
            ("䶮", "䶮"),
        ] {
            assert_eq!(name(written).as_deref(), Ok(kept), "{written:?}");
        }
    }

    #[test]
    fn names_that_mislead_or_lack_a_character_are_refused() {
        assert_eq!(name("张\u{202E}三"), Err(RowFaultCode::ControlCharacters));
        assert_eq!(name("张\u{0}三"), Err(RowFaultCode::ControlCharacters));
        assert_eq!(name("张\u{FFFD}"), Err(RowFaultCode::UnreadableCharacter));
        assert_eq!(name("\u{200B} 　"), Err(RowFaultCode::MissingName));
        assert_eq!(name(&"长".repeat(31)), Err(RowFaultCode::NameTooLong));
        assert_eq!(name(&"长".repeat(30)).map(|n| n.chars().count()), Ok(30));
        assert_eq!(read_name(&Cell::Failed), Err(RowFaultCode::CellIsError));
    }

    #[test]
    fn pins_and_telephones() {
        let pin = |cell, source| read_pin(&cell, source);
        let as_written = |digits: &str| Ok(PinRead::AsWritten(digits.to_owned()));
        let tail = |digits: &str| Ok(PinRead::TailOfPhone(digits.to_owned()));
        use PinSource::{PhoneColumn, PinColumn};
        assert_eq!(pin(text("0042"), PinColumn), as_written("0042"));
        assert_eq!(pin(text("００４２"), PinColumn), as_written("0042"));
        assert_eq!(pin(Cell::number(4321.0), PinColumn), as_written("4321"));
        assert_eq!(
            pin(Cell::number(42.0), PinColumn),
            Ok(PinRead::Padded("0042".to_owned()))
        );
        assert_eq!(pin(text("42"), PinColumn), Err(RowFaultCode::BadPin));
        assert_eq!(pin(text("123456789"), PinColumn), Err(RowFaultCode::BadPin));
        assert_eq!(pin(text("12a4"), PinColumn), Err(RowFaultCode::BadPin));
        assert_eq!(pin(Cell::number(-4321.0), PinColumn), Err(RowFaultCode::BadPin));
        assert_eq!(pin(Cell::number(4321.5), PinColumn), Err(RowFaultCode::BadPin));
        assert_eq!(pin(Cell::number(13_800_004_321.0), PinColumn), tail("4321"));
        assert_eq!(
            pin(text("\u{202D}+86 138-0000-0042\u{202C}"), PhoneColumn),
            tail("0042")
        );
        assert_eq!(pin(text("8224321"), PhoneColumn), tail("4321"));
        assert_eq!(pin(text("4321"), PhoneColumn), as_written("4321"));
        assert_eq!(pin(text("1.38E+10"), PhoneColumn), Err(RowFaultCode::BadPin));
        assert_eq!(pin(text(" "), PhoneColumn), Ok(PinRead::Absent));
        assert_eq!(pin(Cell::Date, PinColumn), Err(RowFaultCode::CellIsDate));
    }

    #[test]
    fn a_shown_telephone_cannot_be_used() {
        assert_eq!(mask_digits("13800004321"), "•••••••••21");
        assert_eq!(mask_digits("12a4"), "•2a4");
    }
}
