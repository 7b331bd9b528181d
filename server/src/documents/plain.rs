//! Characters of outside text: what is invisible, what turns a line round, what
//! is a Han character; and the two ways text is made plain before it is kept or shown.

/// Characters of an offending value that a fault repeats.
const EXCERPT_MAX_CHARS: usize = 24;

/// Zero-width filling that copying from chats and web pages leaves behind.
fn is_filling(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{180E}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// Marks and overrides of writing direction. They can make one name read as another.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Line breaks and tabs count as blanks: a cell may be broken over two lines.
fn is_forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || is_direction(c) || matches!(c, '\u{FFF9}'..='\u{FFFB}')
}

pub(super) fn has_forbidden(text: &str) -> bool {
    text.chars().any(is_forbidden)
}

/// Text without controls, direction marks and zero-width filling.
pub(super) fn visible(text: &str) -> String {
    text.chars().filter(|&c| !is_forbidden(c) && !is_filling(c)).collect()
}

/// One line of text: full-width letters and digits narrowed, blanks of all
/// kinds collapsed to one space, none at the ends.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank_pending = false;
    for c in text.chars().filter(|&c| !is_filling(c)).map(narrow) {
        if c.is_whitespace() {
            blank_pending = !out.is_empty();
            continue;
        }
        if blank_pending {
            out.push(' ');
            blank_pending = false;
        }
        out.push(c);
    }
    out
}

/// Full-width letters and digits only: full-width brackets and stops are proper Chinese.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// A value as a fault repeats it: short, and safe to put into a sentence.
pub(super) fn excerpt(text: &str) -> String {
    let line = tidy(&visible(text));
    shorten(&line, EXCERPT_MAX_CHARS)
}

pub(super) fn shorten(text: &str, max_chars: usize) -> String {
    match text.char_indices().nth(max_chars) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

/// Cuts to a number of characters without a sign; later checks see it is too long.
pub(super) fn cut(text: &str, max_chars: usize) -> &str {
    match text.char_indices().nth(max_chars) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

/// Han ideographs of every plane, 〇, and the private use area, where fonts of
/// older systems keep rare characters of names.
pub(super) fn is_han(c: char) -> bool {
    matches!(c,
        '〇' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}')
        || is_private_use(c)
        || is_variation(c)
}

pub(super) fn is_private_use(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}')
}

fn is_variation(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidy_narrows_and_collapses_but_keeps_chinese_brackets() {
        assert_eq!(tidy("\u{FEFF}　第 １\n排　（Ａ座） "), "第 1 排 （A座）");
    }

    #[test]
    fn excerpt_shows_no_direction_marks_and_is_short() {
        assert_eq!(excerpt("张\u{202E}三\u{7}"), "张三");
        assert_eq!(excerpt(&"长".repeat(500)).chars().count(), EXCERPT_MAX_CHARS + 1);
    }

    #[test]
    fn rare_name_characters_are_han() {
        for c in ['㛃', '𬭩', '䶮', '〇'] {
            assert!(is_han(c), "{c}");
        }
        assert!(!is_han('a'));
        assert!(!is_han('·'));
    }
}
