//! A simulated member's secret vote: everything comes from one seed and the round's header, as on a phone. Tokens are
//! asked for with a sign-in, casts are sent over a connection of their own without any.

use super::call::{self, CallError};
use super::phone::DeviceKey;
use crate::protocol::call::{CastReceipt, SecretCast, TakeToken, Token};
use crate::secrecy::encoding::{from_b64, to_b64};
use crate::secrecy::issuer::token_input;
use crate::secrecy::{Cast, Header, HeaderFault, receipt_holds};
use ed25519_dalek::{Signer as _, SigningKey};
use hkdf::Hkdf;
use rand::{CryptoRng, RngCore};
use sha2::Sha256;
use uuid::Uuid;
use voprf::{EvaluationElement, Group as _, Proof, Ristretto255, VoprfClient};

/// Why a secret vote did not come about.
#[derive(Debug, thiserror::Error)]
pub enum VoteError {
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Header(#[from] HeaderFault),
    #[error("the answer names another header than the hall's")]
    OtherHeader,
    #[error("the token was not made with the key of the header")]
    Proof,
    #[error("there is no token yet")]
    NoToken,
    #[error("the receipt is not one for this vote")]
    Receipt,
}

/// One member's paper in one secret round.
pub struct SecretVoter {
    header: Header,
    vote_sk: SigningKey,
    input: Vec<u8>,
    client: VoprfClient<Ristretto255>,
    blinded: [u8; 32],
    token: Option<[u8; 64]>,
}

impl SecretVoter {
    /// The same seed gives the same key, element and token in the same round, and others in every other.
    pub fn new(seed: [u8; 32], header_text: &str) -> Result<SecretVoter, VoteError> {
        let header = Header::parse(header_text)?;
        let derive = Hkdf::<Sha256>::new(Some(header.hash()), &seed);
        let (mut vote_sk, mut blind) = ([0; 32], [0; 64]);
        // Both lengths are far below what the derivation can give.
        let _ = derive.expand(b"ballot-voter/v1|vote-key", &mut vote_sk);
        // A blind need only be the phone's own: how many bytes it is reduced from is nobody else's concern.
        let _ = derive.expand(b"ballot-voter/v1|blind", &mut blind);
        let vote_sk = SigningKey::from_bytes(&vote_sk);
        let input = token_input(header.hash(), vote_sk.verifying_key().as_bytes());
        let blinding = VoprfClient::<Ristretto255>::blind(&input, &mut Derived(blind)).map_err(|_| VoteError::Proof)?;
        let blinded = blinding.message.serialize()[..]
            .try_into()
            .map_err(|_| VoteError::Proof)?;
        Ok(SecretVoter {
            header,
            vote_sk,
            input,
            client: blinding.state,
            blinded,
            token: None,
        })
    }

    pub fn header(&self) -> &Header {
        &self.header
    }

    pub fn vote_pk(&self) -> [u8; 32] {
        self.vote_sk.verifying_key().to_bytes()
    }

    /// The element of the token request, base64url.
    pub fn blinded(&self) -> String {
        to_b64(&self.blinded)
    }

    pub fn has_token(&self) -> bool {
        self.token.is_some()
    }

    /// The signed request for a token.
    pub fn request(&self, device: &DeviceKey, id: Uuid) -> TakeToken {
        let round = self.header.round();
        let blinded = self.blinded();
        let signature = device.sign_token(round.appraisal, id, round.ballot, round.number, &blinded);
        TakeToken {
            id,
            round: round.number,
            blinded,
            signature,
        }
    }

    /// Checks the proof and unblinds.
    pub fn take(&mut self, answer: &Token) -> Result<(), VoteError> {
        if answer.header != self.header.text() {
            return Err(VoteError::OtherHeader);
        }
        self.token = Some(self.unblind(answer).ok_or(VoteError::Proof)?);
        Ok(())
    }

    fn unblind(&self, answer: &Token) -> Option<[u8; 64]> {
        let (evaluated, proof): ([u8; 32], [u8; 64]) = (from_b64(&answer.evaluated)?, from_b64(&answer.proof)?);
        let pk = Ristretto255::deserialize_elem(self.header.pk()).ok()?;
        let (evaluated, proof) = (
            EvaluationElement::deserialize(&evaluated).ok()?,
            Proof::deserialize(&proof).ok()?,
        );
        self.client.finalize(&self.input, &evaluated, &proof, pk).ok()?[..]
            .try_into()
            .ok()
    }

    /// Asks for the token with a sign-in.
    pub async fn fetch(&mut self, host: &str, bearer: &str, device: &DeviceKey) -> Result<(), VoteError> {
        let round = self.header.round();
        let path = format!("/api/appraisals/{}/ballots/{}/token", round.appraisal, round.ballot);
        let answer: Token = call::post(host, &path, Some(bearer), &self.request(device, Uuid::new_v4())).await?;
        self.take(&answer)
    }

    /// A signed vote. `choice` counts options from 1; a higher `seq` replaces a lower one.
    pub fn cast(&self, choice: u8, seq: u32) -> Result<SecretCast, VoteError> {
        let line = self.line(choice, seq)?;
        let round = self.header.round();
        Ok(SecretCast {
            appraisal: round.appraisal,
            ballot: round.ballot.0,
            round: round.number,
            vote_pk: to_b64(&line.vote_pk),
            token: to_b64(&line.token),
            seq,
            sig: to_b64(&line.sig),
            choices: line.choices,
        })
    }

    /// The line that the vote must be on the board.
    pub fn line(&self, choice: u8, seq: u32) -> Result<Cast, VoteError> {
        let token = self.token.ok_or(VoteError::NoToken)?;
        let mut line = Cast {
            vote_pk: self.vote_pk(),
            token,
            seq,
            choices: vec![choice],
            sig: [0; 64],
        };
        line.sig = self.vote_sk.sign(&line.message(self.header.hash())).to_bytes();
        Ok(line)
    }

    /// Sends a vote without any sign-in and checks the receipt.
    pub async fn vote(&self, host: &str, choice: u8, seq: u32) -> Result<(), VoteError> {
        let answer: CastReceipt = call::post(host, "/api/cast", None, &self.cast(choice, seq)?).await?;
        let receipt: [u8; 64] = from_b64(&answer.receipt).ok_or(VoteError::Receipt)?;
        let holds = receipt_holds(&self.header, &self.line(choice, seq)?, &receipt);
        if holds { Ok(()) } else { Err(VoteError::Receipt) }
    }
}

/// Gives the library the bytes it would draw a blind from.
struct Derived([u8; 64]);

impl CryptoRng for Derived {}
impl RngCore for Derived {
    fn next_u32(&mut self) -> u32 {
        rand_core_of_bytes(self)
    }

    fn next_u64(&mut self) -> u64 {
        u64::from(rand_core_of_bytes(self))
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        for (to, from) in bytes.iter_mut().zip(self.0.iter().cycle()) {
            *to = *from;
        }
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

fn rand_core_of_bytes(from: &mut Derived) -> u32 {
    let mut bytes = [0; 4];
    from.fill_bytes(&mut bytes);
    u32::from_le_bytes(bytes)
}
