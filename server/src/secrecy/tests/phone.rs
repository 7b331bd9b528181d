//! The voter's side as the phones compute it, for tests only: everything comes from one seed.

use super::super::issuer::token_input;
use super::super::{Cast, Header, Issued};
use ed25519_dalek::{Signer as _, SigningKey};
use hkdf::Hkdf;
use rand::{CryptoRng, RngCore};
use sha2::Sha256;
use voprf::{EvaluationElement, Group as _, Proof, Ristretto255, VoprfClient};

pub struct Phone {
    pub seed: [u8; 32],
    pub vote_sk: [u8; 32],
    pub vote_pk: [u8; 32],
    pub input: Vec<u8>,
    /// What the key derivation gave for the blind, before it was made a scalar.
    pub blind_bytes: [u8; 48],
    pub blind: [u8; 32],
    header_hash: [u8; 32],
}

impl Phone {
    pub fn new(seed: [u8; 32], header: &Header) -> Phone {
        let derive = Hkdf::<Sha256>::new(Some(header.hash()), &seed);
        let (mut vote_sk, mut blind_bytes) = ([0; 32], [0; 48]);
        derive.expand(b"ballot-voter/v1|vote-key", &mut vote_sk).unwrap();
        derive.expand(b"ballot-voter/v1|blind", &mut blind_bytes).unwrap();
        let vote_pk = SigningKey::from_bytes(&vote_sk).verifying_key().to_bytes();
        let input = token_input(header.hash(), &vote_pk);
        let blind = scalar(&blind_bytes);
        Phone {
            seed,
            vote_sk,
            vote_pk,
            input,
            blind_bytes,
            blind,
            header_hash: *header.hash(),
        }
    }

    fn client(&self) -> (VoprfClient<Ristretto255>, [u8; 32]) {
        let result = VoprfClient::<Ristretto255>::blind(&self.input, &mut Fixed(self.blind)).unwrap();
        (result.state, result.message.serialize()[..].try_into().unwrap())
    }

    pub fn blinded(&self) -> [u8; 32] {
        self.client().1
    }

    /// Nothing when the proof is not one of the header's key.
    pub fn token(&self, issued: &Issued, header: &Header) -> Option<[u8; 64]> {
        let pk = Ristretto255::deserialize_elem(header.pk()).unwrap();
        let (evaluated, proof) = (
            EvaluationElement::deserialize(&issued.evaluated).ok()?,
            Proof::deserialize(&issued.proof).ok()?,
        );
        let token = self.client().0.finalize(&self.input, &evaluated, &proof, pk).ok()?;
        Some(token[..].try_into().unwrap())
    }

    pub fn cast(&self, token: [u8; 64], seq: u32, choices: &[u8]) -> Cast {
        let mut cast = Cast {
            vote_pk: self.vote_pk,
            token,
            seq,
            choices: choices.to_vec(),
            sig: [0; 64],
        };
        cast.sig = SigningKey::from_bytes(&self.vote_sk)
            .sign(&cast.message(&self.header_hash))
            .to_bytes();
        cast
    }
}

/// Gives the library the scalar that it would draw: 64 bytes that are reduced, of which the upper half is zero.
struct Fixed([u8; 32]);

impl CryptoRng for Fixed {}
impl RngCore for Fixed {
    fn next_u32(&mut self) -> u32 {
        unreachable!("a scalar is drawn as bytes")
    }

    fn next_u64(&mut self) -> u64 {
        unreachable!("a scalar is drawn as bytes")
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        assert_eq!(bytes.len(), 64);
        bytes[..32].copy_from_slice(&self.0);
        bytes[32..].fill(0);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

/// As the phones' library makes a scalar of 48 bytes, little-endian: `n mod (order - 1) + 1`. By long division, bit by
/// bit, for it is done a few times in a test.
fn scalar(bytes: &[u8; 48]) -> [u8; 32] {
    /// The order of the group less one, big-endian.
    const MODULUS: [u8; 32] = {
        let mut m = [0; 32];
        m[0] = 0x10;
        let low: [u8; 16] = [
            0x14, 0xde, 0xf9, 0xde, 0xa2, 0xf7, 0x9c, 0xd6, 0x58, 0x12, 0x63, 0x1a, 0x5c, 0xf5, 0xd3, 0xec,
        ];
        let mut i = 0;
        while i < 16 {
            m[16 + i] = low[i];
            i += 1;
        }
        m
    };
    let mut rest = [0_u8; 32];
    for byte in bytes.iter().rev() {
        for bit in (0..8).rev() {
            let mut carry = byte >> bit & 1;
            for digit in rest.iter_mut().rev() {
                (*digit, carry) = (*digit << 1 | carry, *digit >> 7);
            }
            if rest >= MODULUS {
                let mut borrow = 0_i16;
                for (digit, less) in rest.iter_mut().zip(MODULUS).rev() {
                    let value = i16::from(*digit) - i16::from(less) - borrow;
                    (*digit, borrow) = (value.rem_euclid(256) as u8, i16::from(value < 0));
                }
            }
        }
    }
    for digit in rest.iter_mut().rev() {
        let (sum, over) = digit.overflowing_add(1);
        *digit = sum;
        if !over {
            break;
        }
    }
    rest.reverse();
    rest
}

/// A proof that comes out the same in every run; never outside of tests.
pub struct Counting(pub u8);

impl CryptoRng for Counting {}
impl RngCore for Counting {
    fn next_u32(&mut self) -> u32 {
        unreachable!("a scalar is drawn as bytes")
    }

    fn next_u64(&mut self) -> u64 {
        unreachable!("a scalar is drawn as bytes")
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_add(41);
            *byte = self.0;
        }
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}
