//! The signed-in device behind a person's wish, and whether it signed what it sent. Accepts exactly what
//! `VerifyingKey::verify_strict` accepts, for two thirds of its time.

use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
use std::sync::{Arc, OnceLock};

#[derive(Clone, Debug)]
pub struct Device {
    pub generation: u32,
    /// What the device's votes must be signed with.
    pub key: Arc<DeviceKey>,
}

impl Device {
    pub fn new(generation: u32, key: [u8; 32]) -> Device {
        Device {
            generation,
            key: Arc::new(DeviceKey {
                bytes: key,
                ready: OnceLock::new(),
            }),
        }
    }
}

/// An Ed25519 public key. Made ready at the first signature: most sockets of an hour sign nothing.
#[derive(Debug)]
pub struct DeviceKey {
    bytes: [u8; 32],
    ready: OnceLock<Option<VerifyingKey>>,
}

impl DeviceKey {
    /// `signature` is 128 hex digits.
    pub(super) fn has_signed(&self, text: &str, signature: &str) -> bool {
        let ready = || VerifyingKey::from_bytes(&self.bytes).ok().filter(|key| !key.is_weak());
        let (Some(key), Some(signature)) = (self.ready.get_or_init(ready), hex_64(signature)) else {
            return false;
        };
        let signature = Signature::from_bytes(&signature);
        // The strict check unpacks R to see whether it is of small order. But a signature only verifies if R is, byte for
        // byte, what the key and the text come to, packed: then it is of small order only as one of these.
        !SMALL_ORDER.contains(signature.r_bytes()) && key.verify(text.as_bytes(), &signature).is_ok()
    }
}

/// The eight points of small order, packed.
static SMALL_ORDER: [[u8; 32]; 8] = [
    small(0x00, 0x00),
    small(0x00, 0x80),
    small(0x01, 0x00),
    MINUS_ONE,
    EIGHTH,
    signed(EIGHTH),
    OTHER_EIGHTH,
    signed(OTHER_EIGHTH),
];
const MINUS_ONE: [u8; 32] = {
    let mut bytes = [0xFF; 32];
    bytes[0] = 0xEC;
    bytes[31] = 0x7F;
    bytes
};
const EIGHTH: [u8; 32] = [
    0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0, 0xD5, 0xDF, 0xAC,
    0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05,
];
const OTHER_EIGHTH: [u8; 32] = [
    0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67, 0x0F, 0x2A, 0x20, 0x53,
    0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A,
];

const fn small(first: u8, last: u8) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[0] = first;
    bytes[31] = last;
    bytes
}

const fn signed(mut bytes: [u8; 32]) -> [u8; 32] {
    bytes[31] |= 0x80;
    bytes
}

fn hex_64(text: &str) -> Option<[u8; 64]> {
    let digits: &[u8; 128] = text.as_bytes().try_into().ok()?;
    let mut bytes = [0; 64];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |at: usize| char::from(pair[at]).to_digit(16).and_then(|d| u8::try_from(d).ok());
        *byte = digit(0)? << 4 | digit(1)?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrecy::encoding::to_hex;
    use curve25519_dalek::constants::EIGHT_TORSION;
    use curve25519_dalek::edwards::EdwardsPoint;
    use curve25519_dalek::scalar::Scalar;
    use curve25519_dalek::traits::Identity as _;
    use ed25519_dalek::{Signer as _, SigningKey};
    use proptest::prelude::*;
    use sha2::{Digest as _, Sha512};
    use std::collections::BTreeSet;

    const TEXT: &str = "vote";

    fn both(key: [u8; 32], signature: [u8; 64]) -> [bool; 2] {
        let strict = VerifyingKey::from_bytes(&key).is_ok_and(|k| {
            k.verify_strict(TEXT.as_bytes(), &Signature::from_bytes(&signature))
                .is_ok()
        });
        [strict, Device::new(1, key).key.has_signed(TEXT, &to_hex(&signature))]
    }

    /// A signature with this R, as only the holder of the key can make one.
    fn signed_with(key: &SigningKey, r: EdwardsPoint, r_scalar: Scalar) -> [u8; 64] {
        let (packed, public) = (r.compress().to_bytes(), key.verifying_key().to_bytes());
        let digest: [u8; 64] = Sha512::digest([&packed[..], &public, TEXT.as_bytes()].concat()).into();
        let s = r_scalar + Scalar::from_bytes_mod_order_wide(&digest) * key.to_scalar();
        let mut signature = [0; 64];
        signature[..32].copy_from_slice(&packed);
        signature[32..].copy_from_slice(s.as_bytes());
        signature
    }

    #[test]
    fn the_points_of_small_order_are_all_there_and_no_other() {
        let packed: BTreeSet<_> = EIGHT_TORSION.iter().map(|point| point.compress().to_bytes()).collect();
        assert_eq!(BTreeSet::from(SMALL_ORDER), packed);
    }

    #[test]
    fn what_the_strict_check_refuses_beyond_the_usual_one_is_refused() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let public = key.verifying_key();
        let of_small_order = signed_with(&key, EdwardsPoint::identity(), Scalar::ZERO);
        assert!(
            public
                .verify(TEXT.as_bytes(), &Signature::from_bytes(&of_small_order))
                .is_ok(),
            "the usual check takes it"
        );
        assert_eq!(both(public.to_bytes(), of_small_order), [false, false]);
        for point in SMALL_ORDER {
            let mut signature = key.sign(TEXT.as_bytes()).to_bytes();
            assert_eq!(both(point, signature), [false, false], "a key of small order");
            signature[..32].copy_from_slice(&point);
            assert_eq!(both(public.to_bytes(), signature), [false, false]);
        }
        for torsion in EIGHT_TORSION.iter().skip(1) {
            let r = Scalar::from(5_u8);
            let shifted = signed_with(&key, EdwardsPoint::mul_base(&r) + torsion, r);
            assert_eq!(both(public.to_bytes(), shifted), [false, false], "R beside its point");
        }
    }

    proptest! {
        #[test]
        fn both_checks_agree(seed in any::<[u8; 32]>(), at in 0_usize..64, flip in any::<u8>(), in_key in any::<bool>()) {
            let key = SigningKey::from_bytes(&seed);
            let (mut public, mut signature) = (key.verifying_key().to_bytes(), key.sign(TEXT.as_bytes()).to_bytes());
            prop_assert_eq!(both(public, signature), [true, true]);
            if in_key { public[at % 32] ^= flip } else { signature[at] ^= flip }
            let [strict, ours] = both(public, signature);
            prop_assert_eq!(strict, ours);
            prop_assert_eq!(ours, flip == 0);
        }
    }

    #[test]
    fn a_signature_is_128_hex_digits() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let device = Device::new(1, key.verifying_key().to_bytes());
        let good = to_hex(&key.sign(TEXT.as_bytes()).to_bytes());
        assert!(device.key.has_signed(TEXT, &good) && device.key.has_signed(TEXT, &good.to_uppercase()));
        for bad in [&good[1..], &format!("{good}0"), &good.replace('a', "+"), "评"] {
            assert!(!device.key.has_signed(TEXT, bad) || *bad == good);
        }
        assert!(!device.key.has_signed("another text", &good));
    }
}
