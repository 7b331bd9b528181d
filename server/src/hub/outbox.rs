//! What waits to be written to one socket. Full means the reader is too slow: it is told to come back, never skipped.
//! Whoever holds the outbox may write what waits, for a line never lets anybody wait; only a line that takes no more is
//! left to the socket's own task.

use super::{Carrier, Frame};
use crate::limits::{SOCKET_QUEUE_BYTES_MAX, SOCKET_QUEUE_FRAMES_MAX};
use crate::meters;
use crate::protocol::CloseCode;
use std::collections::VecDeque;
use std::fmt::Debug;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// Frames that are written together; a larger one goes by itself.
const WRITTEN_TOGETHER_BYTES: usize = 16 * 1024;
/// A larger queue gives its memory back once it is empty: thousands of idle sockets keep next to none.
const FRAMES_KEPT_ROOM_FOR: usize = 4;

/// The other end of an outbox.
pub trait Line: Debug + Send + Sync {
    /// Takes what it can without waiting; `WouldBlock` if that is nothing.
    fn try_write(&self, bytes: &[u8]) -> io::Result<usize>;

    /// Ready when it may take more.
    fn poll_writable(&self, cx: &mut Context<'_>) -> Poll<()>;
}

/// Why a socket's task has to end it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Told to by somebody; what is queued goes first.
    Closed(CloseCode),
    /// The line is broken.
    Gone,
}

/// The queue of one socket: pushed and written by anyone, ended by the socket's own task.
#[derive(Debug)]
pub struct Outbox {
    line: Arc<dyn Line>,
    carrier: Arc<Carrier>,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    frames: VecDeque<Frame>,
    bytes: usize,
    /// Of the first frame, what the line has taken already.
    taken: usize,
    /// Bytes of all frames that the line has taken.
    taken_ever: u64,
    state: State,
    closed: Option<CloseCode>,
    /// Of the socket's task.
    waker: Option<Waker>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Quiet,
    /// In the carrier's list.
    Listed,
    /// The line takes no more for now; the socket's task waits for it.
    Stuck,
    Gone,
}

impl Outbox {
    pub fn new(line: Arc<dyn Line>, carrier: Arc<Carrier>) -> Outbox {
        Outbox {
            line,
            carrier,
            inner: Mutex::default(),
        }
    }

    /// Queues a frame. At the bound the outbox closes as `SlowReader` and drops what it held.
    pub fn push(self: &Arc<Self>, frame: Frame) {
        let mut inner = self.lock();
        if inner.closed.is_some() || inner.state == State::Gone {
            return;
        }
        if inner.frames.len() >= SOCKET_QUEUE_FRAMES_MAX && inner.state == State::Listed {
            // Nobody has come to write it: that is no fault of the reader. It stays in the carrier's list.
            inner.write(&*self.line, &mut Vec::new());
            if inner.state != State::Gone {
                inner.state = State::Listed;
            }
        }
        if inner.frames.len() >= SOCKET_QUEUE_FRAMES_MAX || inner.bytes + frame.len() > SOCKET_QUEUE_BYTES_MAX {
            inner.drop_unbegun();
            meters::SLOW_READERS.add(1);
            return end(inner, CloseCode::SlowReader);
        }
        meters::FRAMES.add(1);
        meters::FRAME_BYTES.add(frame.len());
        inner.bytes += frame.len();
        inner.frames.push_back(frame);
        if inner.state == State::Quiet {
            inner.state = State::Listed;
            drop(inner);
            self.carrier.list(self.clone());
        }
    }

    /// Ends the socket after what is queued. The first reason stays.
    pub fn close(&self, code: CloseCode) {
        end(self.lock(), code);
    }

    /// Queues the very last frame, of a socket that ends.
    pub fn push_last(&self, frame: Frame) {
        let mut inner = self.lock();
        inner.closed.get_or_insert(CloseCode::GoingAway);
        inner.frames.push_back(frame);
    }

    /// Writes what the line takes. `scratch` is room to put frames together.
    pub fn write(&self, scratch: &mut Vec<u8>) {
        let mut inner = self.lock();
        inner.write(&*self.line, scratch);
        if matches!(inner.state, State::Stuck | State::Gone) {
            wake(inner);
        }
    }

    /// For the socket's task: goes on writing to a line that was stuck, and is ready when the socket must end.
    pub fn poll_end(&self, cx: &mut Context<'_>) -> Poll<End> {
        let mut inner = self.lock();
        inner.woken_by(cx.waker());
        if self.poll_written(&mut inner, cx).is_ready() && inner.state == State::Gone {
            return Poll::Ready(End::Gone);
        }
        inner
            .closed
            .map_or(Poll::Pending, |code| Poll::Ready(End::Closed(code)))
    }

    /// Waits until all is written or the line is gone.
    pub async fn written(&self) {
        std::future::poll_fn(|cx| {
            let mut inner = self.lock();
            inner.woken_by(cx.waker());
            inner.write(&*self.line, &mut Vec::new());
            self.poll_written(&mut inner, cx)
        })
        .await;
    }

    fn poll_written(&self, inner: &mut Inner, cx: &mut Context<'_>) -> Poll<()> {
        while inner.state == State::Stuck {
            if self.line.poll_writable(cx).is_pending() {
                return Poll::Pending;
            }
            inner.write(&*self.line, &mut Vec::new());
        }
        Poll::Ready(())
    }

    /// While the line takes no more: how much it has taken so far. Another figure is a line that moves, if slowly.
    pub fn stuck_after(&self) -> Option<u64> {
        let inner = self.lock();
        (inner.state == State::Stuck).then_some(inner.taken_ever)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn end(mut inner: MutexGuard<'_, Inner>, code: CloseCode) {
    inner.closed.get_or_insert(code);
    wake(inner);
}

fn wake(inner: MutexGuard<'_, Inner>) {
    let waker = inner.waker.clone();
    drop(inner);
    if let Some(waker) = waker {
        waker.wake();
    }
}

impl Inner {
    fn write(&mut self, line: &dyn Line, scratch: &mut Vec<u8>) {
        while self.state != State::Gone {
            let Some(first) = self.frames.front() else {
                self.state = State::Quiet;
                if self.frames.capacity() > FRAMES_KEPT_ROOM_FOR {
                    self.frames = VecDeque::new();
                }
                return;
            };
            let begun = first.wire().get(self.taken..).unwrap_or_default();
            let written = if self.frames.len() == 1 || begun.len() >= WRITTEN_TOGETHER_BYTES {
                line.try_write(begun)
            } else {
                scratch.clear();
                scratch.extend_from_slice(begun);
                for frame in self.frames.iter().skip(1) {
                    if scratch.len() + frame.wire().len() > WRITTEN_TOGETHER_BYTES {
                        break;
                    }
                    scratch.extend_from_slice(frame.wire());
                }
                line.try_write(scratch)
            };
            meters::WRITES.add(1);
            match written {
                Ok(taken @ 1..) => self.taken_by_line(taken),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.state = State::Stuck;
                    return;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Ok(0) | Err(_) => {
                    self.state = State::Gone;
                    self.frames = VecDeque::new();
                }
            }
        }
    }

    fn taken_by_line(&mut self, bytes: usize) {
        self.taken += bytes;
        self.taken_ever += bytes as u64;
        while let Some(first) = self.frames.front() {
            if self.taken < first.wire().len() {
                break;
            }
            self.taken -= first.wire().len();
            self.bytes = self.bytes.saturating_sub(first.len());
            self.frames.pop_front();
        }
    }

    /// A frame that is half written stays: the close after it must be understood.
    fn drop_unbegun(&mut self) {
        self.frames.truncate(usize::from(self.taken > 0));
        self.bytes = self.frames.iter().map(Frame::len).sum();
    }

    fn woken_by(&mut self, waker: &Waker) {
        if !self.waker.as_ref().is_some_and(|known| known.will_wake(waker)) {
            self.waker = Some(waker.clone());
        }
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! An outbox whose line is a sheet of paper.

    use super::*;

    /// Takes so many bytes and then no more.
    #[derive(Debug)]
    pub struct Paper {
        pub room: Mutex<usize>,
        pub written: Mutex<Vec<u8>>,
        pub writes: Mutex<usize>,
    }

    impl Line for Paper {
        fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
            let mut room = self.room.lock().unwrap();
            if *room == 0 {
                return Err(io::ErrorKind::WouldBlock.into());
            }
            let taken = bytes.len().min(*room);
            *room -= taken;
            self.written.lock().unwrap().extend(&bytes[..taken]);
            *self.writes.lock().unwrap() += 1;
            Ok(taken)
        }

        fn poll_writable(&self, _: &mut Context<'_>) -> Poll<()> {
            if *self.room.lock().unwrap() > 0 {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        }
    }

    impl Outbox {
        pub fn on_paper(room: usize) -> (Arc<Outbox>, Arc<Paper>) {
            let paper = Arc::new(Paper {
                room: Mutex::new(room),
                written: Mutex::default(),
                writes: Mutex::default(),
            });
            (Arc::new(Outbox::new(paper.clone(), Arc::default())), paper)
        }

        /// Waits for the next frames, or for the reason to close once nothing is left.
        pub async fn next(&self) -> Result<Vec<Frame>, CloseCode> {
            std::future::poll_fn(|cx| {
                let mut inner = self.lock();
                inner.woken_by(cx.waker());
                let frames: Vec<_> = std::mem::take(&mut inner.frames).into();
                inner.bytes = 0;
                inner.state = State::Quiet;
                match (frames.is_empty(), inner.closed) {
                    (false, _) => Poll::Ready(Ok(frames)),
                    (true, Some(code)) => Poll::Ready(Err(code)),
                    (true, None) => Poll::Pending,
                }
            })
            .await
        }
    }

    /// Nothing is written; `next` reads what is queued.
    impl Default for Outbox {
        fn default() -> Outbox {
            let paper = Paper {
                room: Mutex::new(0),
                written: Mutex::default(),
                writes: Mutex::default(),
            };
            Outbox::new(Arc::new(paper), Arc::default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    #[tokio::test]
    async fn a_slow_reader_is_told_to_come_back_and_gets_no_torn_stream() {
        // The line takes half of the first frame.
        let (outbox, paper) = Outbox::on_paper(3);
        outbox.push(Frame::from("first"));
        outbox.write(&mut Vec::new());
        for n in 0..SOCKET_QUEUE_FRAMES_MAX {
            outbox.push(Frame::from(n.to_string().as_str()));
        }
        let ended = std::future::poll_fn(|cx| outbox.poll_end(cx)).await;
        assert_eq!(ended, End::Closed(CloseCode::SlowReader));
        outbox.push(Frame::from("late"));
        outbox.push_last(Frame::from("last"));
        *paper.room.lock().unwrap() = 1000;
        outbox.written().await;
        let whole = [Frame::from("first"), Frame::from("last")];
        assert_eq!(
            *paper.written.lock().unwrap(),
            whole.map(|f| f.wire().to_vec()).concat()
        );
    }

    #[test]
    fn what_nobody_has_written_yet_makes_no_slow_reader() {
        let (outbox, paper) = Outbox::on_paper(1_000_000);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        // The carrier has no turn within this.
        runtime.block_on(async { (0..1000).for_each(|_| outbox.push(Frame::from("receipt"))) });
        assert!(paper.written.lock().unwrap().len() >= 900 * Frame::from("receipt").wire().len());
        assert_eq!(outbox.lock().closed, None);
        assert_eq!(outbox.carrier.waiting(), 1, "listed once");
    }

    #[tokio::test]
    async fn what_was_queued_before_the_end_is_still_sent() {
        let (outbox, paper) = Outbox::on_paper(2);
        outbox.push(Frame::from("receipt"));
        outbox.close(CloseCode::MovedToOtherDevice);
        outbox.close(CloseCode::GoingAway);
        let ended = std::future::poll_fn(|cx| outbox.poll_end(cx)).await;
        assert_eq!(ended, End::Closed(CloseCode::MovedToOtherDevice));
        assert!(outbox.written().now_or_never().is_none(), "the line takes no more");
        *paper.room.lock().unwrap() = 1000;
        outbox.written().await;
        assert_eq!(*paper.written.lock().unwrap(), Frame::from("receipt").wire());
    }

    #[tokio::test]
    async fn what_waits_together_is_written_together_and_in_its_order() {
        let (outbox, paper) = Outbox::on_paper(1_000_000);
        let frames: Vec<_> = [10, 200, 20_000, 3, 70_000, 5]
            .map(|n| Frame::from("x".repeat(n).as_str()))
            .into();
        frames.iter().for_each(|frame| outbox.push(frame.clone()));
        outbox.written().await;
        let sent: Vec<u8> = frames.iter().flat_map(|f| f.wire().to_vec()).collect();
        assert_eq!(*paper.written.lock().unwrap(), sent);
        assert_eq!(*paper.writes.lock().unwrap(), 5, "the two that fit go together");
    }
}
