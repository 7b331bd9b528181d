//! What may be written into a case. Invisible characters could make a name or question look like another, so they
//! are refused, not repaired: nothing that a person typed is changed behind their back but the outer white space.

use crate::refusal::{Refusal, TextField};

/// Trimmed text of 1 to `max` characters on one line.
pub fn line(field: TextField, text: &str, max: usize) -> Result<String, Refusal> {
    checked(field, text, max, false)
}

/// Like `line`, or empty.
pub fn optional_line(field: TextField, text: &str, max: usize) -> Result<String, Refusal> {
    if text.trim().is_empty() {
        Ok(String::new())
    } else {
        line(field, text, max)
    }
}

/// Trimmed text of 1 to `max` characters that may have several lines.
pub fn paragraph(field: TextField, text: &str, max: usize) -> Result<String, Refusal> {
    checked(field, text, max, true)
}

/// Like `paragraph`, or empty.
pub fn optional_paragraph(field: TextField, text: &str, max: usize) -> Result<String, Refusal> {
    if text.trim().is_empty() {
        Ok(String::new())
    } else {
        paragraph(field, text, max)
    }
}

fn checked(field: TextField, text: &str, max: usize, lines: bool) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::TextMissing { field });
    }
    if text.chars().count() > max {
        return Err(Refusal::TextTooLong {
            field,
            chars_max: u32::try_from(max).unwrap_or(u32::MAX),
        });
    }
    let hidden = |c: char| (c.is_control() && !(lines && c == '\n')) || turns_or_hides(c);
    if text.chars().any(hidden) {
        return Err(Refusal::TextHidden { field });
    }
    Ok(text.to_owned())
}

/// Bidirectional controls, zero-width spaces and soft hyphens, byte-order mark, line separators, annotations, tags, and
/// what is no character at all, which no XML of a paper could hold.
fn turns_or_hides(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Lower-case hexadecimal of a fixed length.
pub fn hex(text: &str, length: usize) -> Result<String, Refusal> {
    if text.len() == length && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
        Ok(text.to_owned())
    } else {
        Err(Refusal::NoSuchDocument {})
    }
}

/// A calendar day as `YYYY-MM-DD`; only its form and ranges are checked here.
pub fn day(text: &str) -> Result<String, Refusal> {
    let b = text.as_bytes();
    let digits = |r: std::ops::Range<usize>| {
        text.get(r)
            .filter(|t| t.bytes().all(|c| c.is_ascii_digit()))
            .and_then(|t| t.parse::<u32>().ok())
    };
    let form = b.len() == 10 && b[4] == b'-' && b[7] == b'-';
    match (form, digits(0..4), digits(5..7), digits(8..10)) {
        (true, Some(y), Some(m), Some(d))
            if (1990..=2200).contains(&y) && (1..=12).contains(&m) && d >= 1 && d <= days_in(y, m) =>
        {
            Ok(text.to_owned())
        }
        _ => Err(Refusal::DayUnreadable {}),
    }
}

fn days_in(year: u32, month: u32) -> u32 {
    let leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_may_have_lines_but_nothing_invisible() {
        assert_eq!(
            paragraph(TextField::Question, " 为什么\n还有大班额？ ", 500).unwrap(),
            "为什么\n还有大班额？"
        );
        for bad in [
            "a\u{202E}b",
            "a\u{0}b",
            "a\u{200B}b",
            "a\tb",
            // What no XML may hold would make every paper with that name unreadable.
            "a\u{FFFF}b",
            "a\u{FFFE}b",
            "a\u{AD}b",
            "a\u{180E}b",
            "a\u{FFF9}b",
            "a\u{E0041}b",
        ] {
            assert_eq!(
                paragraph(TextField::Question, bad, 500),
                Err(Refusal::TextHidden {
                    field: TextField::Question
                })
            );
        }
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(line(TextField::Name, &"员".repeat(40), 40).is_ok());
        assert_eq!(
            line(TextField::Name, &"员".repeat(41), 40),
            Err(Refusal::TextTooLong {
                field: TextField::Name,
                chars_max: 40
            })
        );
    }

    #[test]
    fn days_know_leap_years() {
        assert!(day("2024-02-29").is_ok());
        for bad in [
            "2023-02-29",
            "2023-13-01",
            "2023-1-1",
            "23-01-01",
            "2023-04-31",
            "２０２３-01-01",
        ] {
            assert_eq!(day(bad), Err(Refusal::DayUnreadable {}), "{bad}");
        }
    }
}
