//! Tokens and casts of a secret ballot with the same checks and commits as the program's, and nothing around them: one
//! round, one key, no member, no case.

use super::store::{Answer, Store, Vote};
use bytes::Bytes;
use ed25519_dalek::{Signature, VerifyingKey};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::header::AUTHORIZATION;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use pingyi::ballot_box::{BallotBox, Keep};
use pingyi::protocol::call::{CastReceipt, SecretCast, TakeToken, Token};
use pingyi::secrecy::encoding::{from_b64, from_hex, to_b64};
use pingyi::secrecy::{BallotKey, Cast, CastText, Header, Question, ReceiptKey, Round, is_element};
use pingyi_core::command::token_text;
use pingyi_core::ids::BallotId;
use serde::Serialize;
use std::convert::Infallible;
use std::io::Error;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use uuid::Uuid;

const SEED: [u8; 32] = [9; 32];
const ROUND: Round = Round {
    appraisal: Uuid::nil(),
    ballot: BallotId(1),
    number: 1,
};

pub struct Calls {
    header: Header,
    key: BallotKey,
    receipts: ReceiptKey,
    slips: BallotBox,
    tokens: Store,
    taken: AtomicI64,
}

impl Calls {
    pub fn new(store: &Path) -> std::io::Result<Calls> {
        let receipts = ReceiptKey::from_seed(&SEED);
        let key = BallotKey::from_seed(&SEED, ROUND);
        let question = Question {
            subject: "limit".into(),
            options: ["a", "b", "c", "d"].map(str::to_owned).to_vec(),
            dimensions: 1,
        };
        let fatal = |reason: &str| {
            eprintln!("bench-limit: {reason}");
            std::process::exit(1);
        };
        Ok(Calls {
            header: Header::new(ROUND, question, key.public(), receipts.public()).map_err(Error::other)?,
            key,
            receipts,
            slips: BallotBox::open(store.parent().unwrap_or(store), ROUND, Arc::new(fatal)).map_err(Error::other)?,
            tokens: Store::open(&store.with_extension("tokens.db"))?,
            taken: AtomicI64::new(0),
        })
    }

    pub async fn serve(self: Arc<Self>, stream: TcpStream) {
        let answering = service_fn(move |request| {
            let calls = self.clone();
            async move { Ok::<_, Infallible>(calls.answer(request).await) }
        });
        // A caller that hangs up is no fault.
        let _ = http1::Builder::new()
            .serve_connection(TokioIo::new(stream), answering)
            .await;
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let path = request.uri().path().to_owned();
        let login = request.headers().get(AUTHORIZATION).and_then(|v| v.to_str().ok());
        let key = login.and_then(|l| from_hex::<32>(l.strip_prefix("Bearer ")?));
        let body = request
            .into_body()
            .collect()
            .await
            .map(|b| b.to_bytes())
            .unwrap_or_default();
        let text = match path.as_str() {
            "/header" => Some(self.header.text().to_owned()),
            "/token" => self.token(key, &body).await.as_ref().map(json),
            "/cast" => self.cast(&body).await.as_ref().map(json),
            _ => None,
        };
        let status = if text.is_some() { 200 } else { 400 };
        let mut response = Response::new(Full::from(text.unwrap_or_default()));
        *response.status_mut() = status.try_into().unwrap_or_default();
        response
    }

    /// Signature and element are checked, the taking is on the disk, the element is evaluated.
    async fn token(&self, key: Option<[u8; 32]>, body: &[u8]) -> Option<Token> {
        let ask: TakeToken = serde_json::from_slice(body).ok()?;
        let text = token_text(&ROUND.appraisal, &ask.id, ROUND.ballot, ask.round, &ask.blinded);
        let signature = Signature::from_bytes(&from_hex::<64>(&ask.signature)?);
        let key = VerifyingKey::from_bytes(&key?).ok()?;
        key.verify_strict(text.as_bytes(), &signature).ok()?;
        if !is_element(&ask.blinded) {
            return None;
        }
        let (call, durable) = oneshot::channel();
        self.tokens.put(Vote {
            round: 1,
            member: self.taken.fetch_add(1, Ordering::Relaxed),
            choice: 0,
            answer: Answer::Call(call),
        });
        durable.await.ok()?;
        let issued = self.key.evaluate(&from_b64::<32>(&ask.blinded)?).ok()?;
        Some(Token {
            evaluated: to_b64(&issued.evaluated),
            proof: to_b64(&issued.proof),
            header: self.header.text().to_owned(),
        })
    }

    /// Token and signature are checked, the slip is in a box like the program's, the receipt is signed.
    async fn cast(&self, body: &[u8]) -> Option<CastReceipt> {
        let sent: SecretCast = serde_json::from_slice(body).ok()?;
        let text = CastText {
            vote_pk: &sent.vote_pk,
            token: &sent.token,
            seq: sent.seq,
            choices: &sent.choices,
            sig: &sent.sig,
        };
        let cast = Cast::read(text, &self.header).ok()?;
        cast.check(&self.header, &self.key).ok()?;
        let receipt = self.receipts.receipt(&self.header, &cast);
        self.slips.put(cast, Keep::Last).await.ok()?;
        Some(CastReceipt {
            receipt: to_b64(&receipt),
        })
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
