//! Sockets and what waits for each: one encoded message is shared by all it goes to.

use super::store::{Answer, Store, Vote};
use futures_util::{SinkExt as _, StreamExt as _};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

/// What a phone gets when it joins.
const SNAPSHOT_BYTES: usize = 5 * 1024;
/// What everybody is told at once.
const CHANGE_BYTES: usize = 300;

#[derive(Default)]
pub struct Outbox {
    waiting: Mutex<Vec<Utf8Bytes>>,
    notify: Notify,
}

impl Outbox {
    pub fn push(&self, text: Utf8Bytes) {
        locked(&self.waiting).push(text);
        self.notify.notify_one();
    }

    async fn next(&self) -> Vec<Utf8Bytes> {
        loop {
            let waiting = std::mem::take(&mut *locked(&self.waiting));
            if !waiting.is_empty() {
                return waiting;
            }
            self.notify.notified().await;
        }
    }
}

pub struct Hub {
    sockets: Mutex<BTreeMap<u64, Arc<Outbox>>>,
    next: AtomicU64,
    store: Store,
    snapshot: Utf8Bytes,
    change: Utf8Bytes,
}

impl Hub {
    pub fn new(store: &Path) -> std::io::Result<Arc<Hub>> {
        Ok(Arc::new(Hub {
            sockets: Mutex::default(),
            next: AtomicU64::new(0),
            store: Store::open(store)?,
            snapshot: padded("{\"t\":\"s\"", SNAPSHOT_BYTES),
            change: padded("{\"t\":\"b\"", CHANGE_BYTES),
        }))
    }

    pub fn join(&self, outbox: Arc<Outbox>) -> u64 {
        outbox.push(self.snapshot.clone());
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        locked(&self.sockets).insert(number, outbox);
        number
    }

    pub fn leave(&self, number: u64) {
        locked(&self.sockets).remove(&number);
    }

    fn heard(&self, text: &str, outbox: &Arc<Outbox>, number: u64) {
        match text.as_bytes().get(6) {
            Some(b'v') => {
                let number_at = |key: &str| {
                    let (_, rest) = text.split_once(key)?;
                    rest.split([',', '}']).next()?.parse::<i64>().ok()
                };
                let (round, choice) = (number_at("\"q\":"), number_at("\"c\":"));
                self.store.put(Vote {
                    round: round.unwrap_or_default(),
                    member: number.cast_signed(),
                    choice: choice.unwrap_or_default(),
                    answer: Answer::Socket(outbox.clone()),
                });
            }
            Some(b'B') => locked(&self.sockets).values().for_each(|o| o.push(self.change.clone())),
            _ => {}
        }
    }
}

/// Reads and writes until one side ends.
pub async fn carry(socket: &mut WebSocketStream<TcpStream>, hub: &Hub, outbox: &Arc<Outbox>, number: u64) {
    loop {
        tokio::select! {
            texts = outbox.next() => {
                for text in texts {
                    if socket.send(Message::Text(text)).await.is_err() {
                        return;
                    }
                }
            }
            heard = socket.next() => match heard {
                Some(Ok(Message::Text(text))) => hub.heard(&text, outbox, number),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => {}
            },
        }
    }
}

fn padded(head: &str, bytes: usize) -> Utf8Bytes {
    let pad = "a".repeat(bytes.saturating_sub(head.len() + 8));
    format!("{head},\"p\":\"{pad}\"}}").into()
}

pub fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
