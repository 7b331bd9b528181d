//! Bytes of a text file to characters: UTF-8, UTF-16 with a mark, else GB18030.

use encoding_rs::{Encoding, GB18030, UTF_8};

/// `None` if no encoding reads the bytes without a fault, or if what comes out is not text.
///
/// GB18030 holds GBK and GB2312, which is what Chinese Excel and WPS write as
/// "CSV"; it is tried last because almost any byte pair is valid in it.
pub(crate) fn decode_text(bytes: &[u8]) -> Option<String> {
    let text = match Encoding::for_bom(bytes) {
        Some((marked, mark_len)) => decode_with(marked, bytes.get(mark_len..)?)?,
        None => decode_with(UTF_8, bytes).or_else(|| decode_with(GB18030, bytes))?,
    };
    let binary = text
        .chars()
        .any(|c| c < ' ' && !matches!(c, '\t' | '\n' | '\r' | '\u{C}'));
    (!binary).then_some(text)
}

fn decode_with(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(|text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_chinese_offices_write() {
        let text = "姓名,类别\r\n委员㛃,组成人员";
        let (gb, _, lossy) = GB18030.encode(text);
        assert!(!lossy);
        let mut marked = vec![0xEF, 0xBB, 0xBF];
        marked.extend(text.as_bytes());
        let mut little = vec![0xFF, 0xFE];
        let mut big = vec![0xFE, 0xFF];
        for unit in text.encode_utf16() {
            little.extend(unit.to_le_bytes());
            big.extend(unit.to_be_bytes());
        }
        for bytes in [text.as_bytes(), &gb, &marked, &little, &big] {
            assert_eq!(decode_text(bytes).as_deref(), Some(text));
        }
    }

    #[test]
    fn refuses_binary_and_broken_bytes() {
        assert_eq!(decode_text(b"abc\0def"), None);
        assert_eq!(decode_text(&[0xFF, 0xFE, 0x00, 0xD8]), None);
        assert_eq!(decode_text(&[0xFF, 0xFF, 0xFF]), None);
    }
}
