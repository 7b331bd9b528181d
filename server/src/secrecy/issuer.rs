//! The issuing side of the tokens: one VOPRF key a round, made from a seed that is published with the board.
//! Knows nothing of members; who may have a token is decided before.

use super::Round;
use super::encoding::from_b64;
use rand::rngs::OsRng;
use rand::{CryptoRng, RngCore};
use subtle::ConstantTimeEq as _;
use voprf::{BlindedElement, Group as _, OprfServer, Ristretto255, VoprfServer};

pub const ELEMENT_BYTES: usize = 32;
pub const PROOF_BYTES: usize = 64;
pub const TOKEN_BYTES: usize = 64;

/// Not one element in its only spelling, or the identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a blinded element")]
pub struct BadElement;

/// The answer to a token request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issued {
    pub evaluated: [u8; ELEMENT_BYTES],
    /// That the key of the header was used and no other. Made anew each time, never the same twice.
    pub proof: [u8; PROOF_BYTES],
}

/// The secret key of one round. Whoever holds it can make tokens. Wiped when dropped.
pub struct BallotKey {
    prover: VoprfServer<Ristretto255>,
    /// The same key without proofs, for the rows of a published board.
    plain: OprfServer<Ristretto255>,
}

impl BallotKey {
    /// `DeriveKeyPair` of RFC 9497. The info binds a published seed to this round alone.
    pub fn from_seed(seed: &[u8; 32], round: Round) -> BallotKey {
        let info = format!("ballot-key/v1|{}|{}/{}", round.appraisal, round.ballot, round.number);
        let prover = VoprfServer::<Ristretto255>::new_from_seed(seed, info.as_bytes())
            .expect("256 hashes in a row give zero for no seed, and the info is short");
        let plain = OprfServer::<Ristretto255>::new_with_key(&prover.serialize()[..ELEMENT_BYTES])
            .expect("a derived key is a key");
        BallotKey { prover, plain }
    }

    /// What stands in the header as `pk`.
    pub fn public(&self) -> [u8; ELEMENT_BYTES] {
        array(&Ristretto255::serialize_elem(self.prover.get_public_key()))
    }

    /// Signs blindly. The same element gives the same `evaluated` with another proof.
    pub fn evaluate(&self, blinded: &[u8]) -> Result<Issued, BadElement> {
        self.evaluate_with(&mut OsRng, blinded)
    }

    pub(super) fn evaluate_with<R: RngCore + CryptoRng>(
        &self,
        random: &mut R,
        blinded: &[u8],
    ) -> Result<Issued, BadElement> {
        let result = self.prover.blind_evaluate(random, &element(blinded)?);
        Ok(Issued {
            evaluated: array(&result.message.serialize()),
            proof: array(&result.proof.serialize()),
        })
    }

    /// Whether a published row came from this key.
    pub fn made(&self, blinded: &[u8; ELEMENT_BYTES], evaluated: &[u8; ELEMENT_BYTES]) -> bool {
        element(blinded).is_ok_and(|b| self.plain.blind_evaluate(&b).serialize()[..] == evaluated[..])
    }

    /// The token that belongs to an input; see `token_input`.
    pub fn token(&self, input: &[u8]) -> [u8; TOKEN_BYTES] {
        array(
            &self
                .prover
                .evaluate(input)
                .expect("the input is short and no hash of one is the identity"),
        )
    }

    /// In constant time, for a guesser may ask as often as he likes.
    pub fn token_is_right(&self, input: &[u8], token: &[u8; TOKEN_BYTES]) -> bool {
        self.token(input).ct_eq(token).into()
    }
}

/// What a token stands for: this header and the vote's own key.
pub fn token_input(header_hash: &[u8; 32], vote_pk: &[u8; 32]) -> Vec<u8> {
    [b"ballot-token/v1|".as_slice(), header_hash, vote_pk].concat()
}

/// Whether a text is a blinded element in its only spelling. One that is not must never get on the record: the board
/// could not be made from it.
pub fn is_element(text: &str) -> bool {
    from_b64::<ELEMENT_BYTES>(text).is_some_and(|bytes| element(&bytes).is_ok())
}

/// The library reads over bytes at the end: without the length one element would have many spellings.
fn element(bytes: &[u8]) -> Result<BlindedElement<Ristretto255>, BadElement> {
    if bytes.len() != ELEMENT_BYTES {
        return Err(BadElement);
    }
    BlindedElement::deserialize(bytes).map_err(|_| BadElement)
}

fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.try_into().expect("the suite's sizes are fixed")
}
