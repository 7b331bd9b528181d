//! What waits to be written to one socket. Full means the reader is too slow: it is told to come back, never skipped.

use crate::limits::{SOCKET_QUEUE_BYTES_MAX, SOCKET_QUEUE_FRAMES_MAX};
use crate::meters;
use crate::protocol::CloseCode;
use axum::extract::ws::Utf8Bytes;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// One encoded message, shared by all sockets it goes to.
pub type Frame = Utf8Bytes;

/// The queue of one socket: pushed by anyone, drained by the socket's own task.
#[derive(Debug, Default)]
pub struct Outbox {
    inner: Mutex<Inner>,
    notify: Notify,
}

#[derive(Debug, Default)]
struct Inner {
    frames: VecDeque<Frame>,
    bytes: usize,
    closed: Option<CloseCode>,
}

impl Outbox {
    /// Queues a frame. At the bound the outbox closes as `SlowReader` and drops what it held.
    pub fn push(&self, frame: Frame) {
        let mut inner = self.lock();
        if inner.closed.is_some() {
            return;
        }
        if inner.frames.len() >= SOCKET_QUEUE_FRAMES_MAX || inner.bytes + frame.len() > SOCKET_QUEUE_BYTES_MAX {
            inner.frames.clear();
            inner.bytes = 0;
            inner.closed = Some(CloseCode::SlowReader);
            meters::SLOW_READERS.add(1);
        } else {
            meters::FRAMES.add(1);
            meters::FRAME_BYTES.add(frame.len());
            inner.bytes += frame.len();
            inner.frames.push_back(frame);
        }
        drop(inner);
        self.notify.notify_one();
    }

    /// Ends the socket after what is queued. The first reason stays.
    pub fn close(&self, code: CloseCode) {
        self.lock().closed.get_or_insert(code);
        self.notify.notify_one();
    }

    /// Waits for the next frames, or for the reason to close once nothing is left to send.
    pub async fn next(&self) -> Result<Vec<Frame>, CloseCode> {
        loop {
            {
                let mut inner = self.lock();
                if !inner.frames.is_empty() {
                    inner.bytes = 0;
                    // Giving the buffer away returns its memory: thousands of idle sockets keep none.
                    return Ok(std::mem::take(&mut inner.frames).into());
                }
                if let Some(code) = inner.closed {
                    return Err(code);
                }
            }
            self.notify.notified().await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_slow_reader_is_told_to_come_back_and_gets_no_torn_stream() {
        let outbox = Outbox::default();
        for n in 0..=SOCKET_QUEUE_FRAMES_MAX {
            outbox.push(Frame::from(n.to_string()));
        }
        assert_eq!(outbox.next().await, Err(CloseCode::SlowReader));
        outbox.push(Frame::from_static("late"));
        assert_eq!(outbox.next().await, Err(CloseCode::SlowReader));
    }

    #[tokio::test]
    async fn what_was_queued_before_the_end_is_still_sent() {
        let outbox = Outbox::default();
        outbox.push(Frame::from_static("receipt"));
        outbox.close(CloseCode::MovedToOtherDevice);
        outbox.close(CloseCode::GoingAway);
        assert_eq!(outbox.next().await, Ok(vec![Frame::from_static("receipt")]));
        assert_eq!(outbox.next().await, Err(CloseCode::MovedToOtherDevice));
    }
}
