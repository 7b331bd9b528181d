//! One audience's stream: numbered differences, the latest of them kept, and the sockets that listen.

use super::{Frame, Outbox};
use crate::limits::{DIFFERENCES_KEPT_BYTES_MAX, DIFFERENCES_KEPT_MAX};
use crate::meters;
use crate::protocol::Position;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A socket's number, unlike any other's in this program: a late leave never takes another with it.
pub type Subscriber = u64;

static SUBSCRIBERS: AtomicU64 = AtomicU64::new(1);

/// The stream of one audience. Publishing and joining happen under the owner's lock, so nobody sees a gap.
#[derive(Debug)]
pub struct Channel {
    epoch: Arc<str>,
    seq: u64,
    kept: VecDeque<Frame>,
    kept_bytes: usize,
    snapshot: Option<Frame>,
    subscribers: BTreeMap<Subscriber, Arc<Outbox>>,
}

impl Channel {
    pub fn new(epoch: Arc<str>) -> Channel {
        Channel {
            epoch,
            seq: 0,
            kept: VecDeque::new(),
            kept_bytes: 0,
            snapshot: None,
            subscribers: BTreeMap::new(),
        }
    }

    pub fn position(&self) -> Position {
        Position {
            epoch: self.epoch.to_string(),
            seq: self.seq,
        }
    }

    /// Sends the next difference to all; `encode` writes it for the position it gets.
    pub fn publish(&mut self, encode: impl FnOnce(&Position) -> Frame) {
        self.seq += 1;
        let frame = encode(&self.position());
        meters::SHARED_ENCODINGS.add(1);
        self.shared(&frame, self.subscribers.len());
        self.snapshot = None;
        self.kept_bytes += frame.len();
        self.kept.push_back(frame.clone());
        while self.kept.len() > DIFFERENCES_KEPT_MAX || self.kept_bytes > DIFFERENCES_KEPT_BYTES_MAX {
            self.kept_bytes -= self.kept.pop_front().map_or(0, |f| f.len());
        }
        for outbox in self.subscribers.values() {
            outbox.push(frame.clone());
        }
    }

    /// Adds a listener: it gets the differences it missed if they are still kept, else the snapshot.
    pub fn join(
        &mut self,
        outbox: Arc<Outbox>,
        position: Option<&Position>,
        snapshot: impl FnOnce(&Position) -> Frame,
    ) -> Subscriber {
        if let Some(missing) = position.and_then(|p| self.missing(p)) {
            missing.for_each(|frame| {
                self.shared(frame, 1);
                outbox.push(frame.clone());
            });
        } else {
            let here = self.position();
            let make = || {
                meters::SHARED_ENCODINGS.add(1);
                snapshot(&here)
            };
            let frame = self.snapshot.get_or_insert_with(make).clone();
            self.shared(&frame, 1);
            outbox.push(frame);
        }
        let subscriber = SUBSCRIBERS.fetch_add(1, Ordering::Relaxed);
        self.subscribers.insert(subscriber, outbox);
        subscriber
    }

    fn shared(&self, frame: &Frame, sockets: usize) {
        meters::SHARED_FRAMES.add(sockets);
        meters::SHARED_BYTES.add(frame.len() * sockets);
    }

    /// True if it was listed.
    pub fn leave(&mut self, subscriber: Subscriber) -> bool {
        self.subscribers.remove(&subscriber).is_some()
    }

    /// Closes every listener.
    pub fn close_all(&mut self, code: crate::protocol::CloseCode) {
        for outbox in std::mem::take(&mut self.subscribers).into_values() {
            outbox.close(code);
        }
    }

    /// The frames after `position`; nothing if it is of another epoch, ahead, or too old. Many missing frames cost
    /// more than a snapshot, and would fill the socket's queue.
    fn missing(&self, position: &Position) -> Option<impl Iterator<Item = &Frame>> {
        const WORTH_REPLAYING_MAX: u64 = 32;
        let behind = self.seq.checked_sub(position.seq)?;
        let kept = u64::try_from(self.kept.len()).ok()?;
        if position.epoch != *self.epoch || behind > kept.min(WORTH_REPLAYING_MAX) {
            return None;
        }
        Some(self.kept.iter().skip(usize::try_from(kept - behind).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(p: &Position) -> Frame {
        Frame::from(format!("{}", p.seq))
    }

    async fn got(outbox: &Outbox) -> Vec<String> {
        outbox
            .next()
            .await
            .unwrap()
            .into_iter()
            .map(|f| f.to_string())
            .collect()
    }

    #[tokio::test]
    async fn who_comes_back_gets_exactly_what_was_missed() {
        let mut channel = Channel::new("e".into());
        for _ in 0..5 {
            channel.publish(frame);
        }
        let back = Arc::new(Outbox::default());
        let at = |epoch: &str, seq| Position {
            epoch: epoch.into(),
            seq,
        };
        channel.join(back.clone(), Some(&at("e", 3)), |_| Frame::from("snapshot"));
        assert_eq!(got(&back).await, ["4", "5"]);

        for old in [None, Some(at("other", 5)), Some(at("e", 9))] {
            let outbox = Arc::new(Outbox::default());
            channel.join(outbox.clone(), old.as_ref(), |p| {
                Frame::from(format!("snapshot at {}", p.seq))
            });
            assert_eq!(got(&outbox).await, ["snapshot at 5"]);
        }
    }

    #[tokio::test]
    async fn who_was_away_too_long_gets_a_snapshot() {
        let mut channel = Channel::new("e".into());
        for _ in 0..DIFFERENCES_KEPT_MAX + 10 {
            channel.publish(frame);
        }
        let outbox = Arc::new(Outbox::default());
        channel.join(
            outbox.clone(),
            Some(&Position {
                epoch: "e".into(),
                seq: 3,
            }),
            |_| Frame::from("snapshot"),
        );
        assert_eq!(got(&outbox).await, ["snapshot"]);
    }
}
