//! One screen on a socket: keeps the views as a page would, gives commands, waits for receipts.

use crate::protocol::{ClientMessage, PROTOCOL, Position, ServerMessage, Verdict};
use ed25519_dalek::{Signer, SigningKey};
use futures_util::{SinkExt, StreamExt};
use pingyi_core::command::{Command, receipt_text, token_text, vote_text};
use pingyi_core::ids::{BallotId, SubjectId};
use pingyi_core::issues::SignOpinions;
use pingyi_core::stamp::Expects;
use pingyi_core::views::Audience;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, client_async};
use uuid::Uuid;

/// The signing key a phone makes when it joins.
#[derive(Clone, Debug)]
pub struct DeviceKey(SigningKey);

impl DeviceKey {
    pub fn from_seed(seed: [u8; 32]) -> DeviceKey {
        DeviceKey(SigningKey::from_bytes(&seed))
    }

    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// 64 hex digits, as the sign-in wants it.
    pub fn public_hex(&self) -> String {
        hex(&self.public())
    }

    /// A signed named vote.
    pub fn vote(&self, appraisal: Uuid, id: Uuid, ballot: BallotId, round: u32, choice: u32) -> Command {
        let text = vote_text(&appraisal, &id, ballot, round, choice);
        let signature = self.sign(&text);
        Command::CastVote {
            ballot,
            round,
            choice,
            signature,
        }
    }

    /// A signed receipt of the opinions on this subject.
    pub fn receipt(&self, appraisal: Uuid, id: Uuid, subject: SubjectId) -> Command {
        let text = receipt_text(&appraisal, &id, subject);
        let signature = hex(&self.0.sign(text.as_bytes()).to_bytes());
        Command::SignOpinions(SignOpinions { subject, signature })
    }

    /// The signature of a token request, 128 hex digits.
    pub fn sign_token(&self, appraisal: Uuid, id: Uuid, ballot: BallotId, round: u32, blinded: &str) -> String {
        self.sign(&token_text(&appraisal, &id, ballot, round, blinded))
    }

    /// 128 hex digits.
    pub fn sign(&self, text: &str) -> String {
        hex(&self.0.sign(text.as_bytes()).to_bytes())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Who joins which stream.
#[derive(Clone, Debug)]
pub struct Hello {
    pub appraisal: Uuid,
    pub audience: Audience,
    pub bearer: Option<String>,
}

/// Why a phone cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum PhoneError {
    #[error("closed by the server: {code} {reason}")]
    Closed { code: u16, reason: String },
    #[error("the connection is gone")]
    Gone,
    #[error("a difference came over a gap: {have} then {got}")]
    Gap { have: u64, got: u64 },
    #[error("not understood: {0}")]
    NotUnderstood(String),
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error("the socket failed: {0}")]
    Socket(Box<tokio_tungstenite::tungstenite::Error>),
}

impl From<tokio_tungstenite::tungstenite::Error> for PhoneError {
    fn from(error: tokio_tungstenite::tungstenite::Error) -> Self {
        use tokio_tungstenite::tungstenite::Error as E;
        match error {
            E::ConnectionClosed | E::AlreadyClosed | E::Protocol(_) => PhoneError::Gone,
            other => PhoneError::Socket(Box::new(other)),
        }
    }
}

/// A connected screen.
#[derive(Debug)]
pub struct Phone {
    socket: WebSocketStream<TcpStream>,
    pub hello: Hello,
    /// The shared view of the audience, as last heard.
    pub views: BTreeMap<String, Value>,
    /// The own stream.
    pub mine: BTreeMap<String, Value>,
    pub position: Option<Position>,
    pub now_ms: i64,
    receipts: HashMap<Uuid, Verdict>,
}

impl Phone {
    /// Connects and says hello; with a position only what was missed comes. Reads until the view is there.
    pub async fn join(host: &str, hello: Hello, before: Memory) -> Result<Phone, PhoneError> {
        let stream = TcpStream::connect(host).await?;
        let _ = stream.set_nodelay(true);
        let (socket, _) = client_async(format!("ws://{host}/ws"), stream).await?;
        let Memory { views, position } = before;
        let mut phone = Phone {
            socket,
            hello: hello.clone(),
            views,
            mine: BTreeMap::new(),
            position,
            now_ms: 0,
            receipts: HashMap::new(),
        };
        phone
            .say(&ClientMessage::Hello {
                protocol: PROTOCOL,
                appraisal: hello.appraisal,
                audience: hello.audience,
                bearer: hello.bearer,
                position: phone.position.clone(),
            })
            .await?;
        while phone.now_ms == 0
            || phone.position.is_none()
            || (hello.audience == Audience::Member && phone.mine.is_empty())
        {
            phone.hear().await?;
        }
        Ok(phone)
    }

    async fn say(&mut self, message: &ClientMessage) -> Result<(), PhoneError> {
        let text = serde_json::to_string(message).map_err(|e| PhoneError::NotUnderstood(e.to_string()))?;
        self.say_text(text).await
    }

    /// Sends any text, well-formed or not.
    pub async fn say_text(&mut self, text: String) -> Result<(), PhoneError> {
        Ok(self.socket.send(Message::text(text)).await?)
    }

    /// Waits for one message and takes it in.
    pub async fn hear(&mut self) -> Result<ServerMessage, PhoneError> {
        let text = match self.socket.next().await {
            Some(Ok(Message::Text(text))) => text,
            Some(Ok(Message::Close(Some(frame)))) => {
                return Err(PhoneError::Closed {
                    code: frame.code.into(),
                    reason: frame.reason.to_string(),
                });
            }
            Some(Ok(Message::Close(None))) | None => return Err(PhoneError::Gone),
            Some(Ok(_)) => return Box::pin(self.hear()).await,
            Some(Err(error)) => return Err(error.into()),
        };
        let message: ServerMessage =
            serde_json::from_str(&text).map_err(|e| PhoneError::NotUnderstood(format!("{e}: {text}")))?;
        self.take(&message)?;
        Ok(message)
    }

    fn take(&mut self, message: &ServerMessage) -> Result<(), PhoneError> {
        match message {
            ServerMessage::Welcome { now_ms, .. } | ServerMessage::Pong { now_ms, .. } => self.now_ms = *now_ms,
            ServerMessage::Snapshot { position, set } => {
                self.views = set.clone();
                self.position = Some(position.clone());
            }
            ServerMessage::Difference { position, set, drop } => {
                let have = self.position.as_ref().map_or(0, |p| p.seq);
                if position.seq != have + 1 {
                    return Err(PhoneError::Gap {
                        have,
                        got: position.seq,
                    });
                }
                self.views.extend(set.clone());
                drop.iter().for_each(|key| drop_key(&mut self.views, key));
                self.position = Some(position.clone());
            }
            ServerMessage::Mine { whole, set, drop } => {
                if *whole {
                    self.mine.clear();
                }
                self.mine.extend(set.clone());
                drop.iter().for_each(|key| drop_key(&mut self.mine, key));
            }
            ServerMessage::Receipt { id, outcome } => {
                self.receipts.insert(*id, outcome.clone());
            }
            ServerMessage::Busy { .. } => {}
        }
        Ok(())
    }

    /// Gives a command under an id of the caller's, without waiting.
    pub async fn give(&mut self, id: Uuid, command: Command, expects: Option<Expects>) -> Result<(), PhoneError> {
        self.say(&ClientMessage::Command { id, command, expects }).await
    }

    /// Waits for the receipt of an id. A `busy` answer is an error here: the caller asked too fast.
    pub async fn receipt(&mut self, id: Uuid) -> Result<Verdict, PhoneError> {
        loop {
            if let Some(verdict) = self.receipts.remove(&id) {
                return Ok(verdict);
            }
            if let ServerMessage::Busy { id: busy, .. } = self.hear().await?
                && busy == id
            {
                return Err(PhoneError::NotUnderstood("busy".into()));
            }
        }
    }

    /// Gives a command and waits for what became of it.
    pub async fn command(&mut self, command: Command, expects: Option<Expects>) -> Result<Verdict, PhoneError> {
        let id = Uuid::new_v4();
        self.give(id, command, expects).await?;
        self.receipt(id).await
    }

    /// Listens until the views show it.
    pub async fn until(&mut self, shown: impl Fn(&Phone) -> bool) -> Result<(), PhoneError> {
        while !shown(self) {
            self.hear().await?;
        }
        Ok(())
    }

    pub async fn ping(&mut self, nonce: u32) -> Result<(), PhoneError> {
        self.say(&ClientMessage::Ping { nonce }).await
    }

    /// A value of the shared view.
    pub fn view<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        serde_json::from_value(self.views.get(key)?.clone()).ok()
    }

    /// A value of the own stream.
    pub fn own<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        serde_json::from_value(self.mine.get(key)?.clone()).ok()
    }

    /// What a phone remembers when its connection is gone.
    pub fn memory(&self) -> Memory {
        Memory {
            views: self.views.clone(),
            position: self.position.clone(),
        }
    }
}

/// What a phone keeps over a broken connection: its views and where they stand.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    pub views: BTreeMap<String, Value>,
    pub position: Option<Position>,
}

fn drop_key(view: &mut BTreeMap<String, Value>, key: &str) {
    view.remove(key);
}
