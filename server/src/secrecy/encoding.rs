//! How bytes are spelled in the texts of the secret ballot: base64url without padding, digests in lower-case hex.
//! One spelling for one value: a second one would be a second ballot paper to whoever compares texts.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::fmt::Write as _;

pub fn to_b64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Exactly `N` bytes in their only spelling; the length is looked at before anything is decoded.
pub fn from_b64<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != (N * 4).div_ceil(3) {
        return None;
    }
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

pub fn to_hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

pub fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let nibble = |c: u8| match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    };
    if text.len() != N * 2 {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
    }
    Some(bytes)
}

/// For `#[serde(with = "b64")]` on arrays.
pub(super) mod b64 {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub fn serialize<S: Serializer, const N: usize>(bytes: &[u8; N], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&super::to_b64(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>, const N: usize>(from: D) -> Result<[u8; N], D::Error> {
        let text = String::deserialize(from)?;
        super::from_b64(&text).ok_or_else(|| D::Error::custom(format_args!("not {N} bytes in base64url")))
    }
}

#[cfg(test)]
mod tests {
    use super::{from_b64, from_hex, to_b64, to_hex};

    #[test]
    fn a_value_has_one_spelling() {
        let bytes: [u8; 32] = std::array::from_fn(|i| i as u8 ^ 0xa5);
        let text = to_b64(&bytes);
        assert_eq!(from_b64(&text), Some(bytes));
        assert_eq!(from_b64::<32>(&format!("{text}=")), None, "padding");
        assert_eq!(from_b64::<31>(&text), None, "another length");
        // 32 bytes leave two bits over; set, they would be a second spelling.
        assert_eq!(from_b64::<32>(&with_a_spare_bit_set(&text)), None, "spare bits");
        assert_eq!(from_hex(&to_hex(&bytes)), Some(bytes));
        assert_eq!(from_hex::<32>(&to_hex(&bytes).to_uppercase()), None, "upper case");
    }

    /// The last symbol moved to the next of the alphabet.
    fn with_a_spare_bit_set(text: &str) -> String {
        const SYMBOLS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let (head, last) = text.split_at(text.len() - 1);
        let at = SYMBOLS.find(last).unwrap();
        assert_eq!(at % 4, 0, "the encoder leaves spare bits unset");
        format!("{head}{}", &SYMBOLS[at + 1..at + 2])
    }
}
