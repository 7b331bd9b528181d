//! One socket's end of the connection: reads into a scratch that all share, writes through the outbox, waits for both at
//! once. Keeps no buffer while nothing is on its way.

use super::framing::{Bad, Flow, Reader, Said};
use crate::hub::{Carrier, End, Frame, Line, Opcode, Outbox};
use crate::limits::{MESSAGE_BYTES_MAX, WRITE_WITHIN_MS};
use crate::protocol::CloseCode;
use std::future::poll_fn;
use std::io;
use std::mem::MaybeUninit;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::time::{Instant, Sleep, sleep_until, timeout};

/// A message of a page fits in; a longer one is put together of several readings.
const SCRATCH_BYTES: usize = 4 * 1024;
/// Time for the page to hang up after it was told to.
const HANG_UP_WITHIN: Duration = Duration::from_secs(2);
const WRITE_WITHIN: Duration = Duration::from_millis(WRITE_WITHIN_MS);

/// A connection fresh from its upgrade.
pub(super) struct Connection {
    pub stream: TcpStream,
    /// What was read of it already.
    pub came: Vec<u8>,
}

/// Why a socket ends: with a code to be told, or because the page has left.
pub(super) type Ended = Option<CloseCode>;

pub(super) struct Wire {
    read: OwnedReadHalf,
    pub outbox: Arc<Outbox>,
    reader: Reader,
    /// Read before there was a reader.
    came: Vec<u8>,
}

/// What a socket hears, besides what the standard answers by itself.
pub(super) enum Heard<'a> {
    Text(&'a str),
    /// Anything else. It counts as a message.
    Other,
}

/// How long the page may take.
#[derive(Clone, Copy)]
pub(super) enum Patience {
    /// For all it has to say: bytes that trickle in gain no time.
    InAll(Duration),
    /// From one sign of life to the next.
    Silence(Duration),
}

impl Wire {
    pub fn new(connection: Connection, carrier: &Arc<Carrier>) -> Wire {
        let (read, write) = connection.stream.into_split();
        Wire {
            read,
            outbox: Arc::new(Outbox::new(Arc::new(TcpLine(write)), carrier.clone())),
            reader: Reader::new(MESSAGE_BYTES_MAX),
            came: connection.came,
        }
    }

    /// Reads and writes until `hear` ends it or pauses, or either side goes. `Ok` only after a pause.
    pub async fn carry(
        &mut self,
        patience: Patience,
        mut hear: impl FnMut(Heard<'_>) -> Result<Flow, Ended>,
    ) -> Result<(), Ended> {
        let (Patience::InAll(within) | Patience::Silence(within)) = patience;
        let mut until = Instant::now() + within;
        let mut late = pin!(sleep_until(until));
        let mut came = std::mem::take(&mut self.came);
        if self.take(&mut came, &mut hear)? == Flow::Pause {
            return Ok(());
        }
        drop(came);
        let mut stuck_after = None;
        poll_fn(|cx| {
            if let Poll::Ready(end) = self.outbox.poll_end(cx) {
                return Poll::Ready(Err(match end {
                    End::Closed(code) => Some(code),
                    End::Gone => None,
                }));
            }
            let stuck_now = self.outbox.stuck_after();
            if stuck_now != stuck_after {
                stuck_after = stuck_now;
                let written_until = stuck_now.map(|_| Instant::now() + WRITE_WITHIN);
                late.as_mut().reset(written_until.unwrap_or(until));
            }
            loop {
                match self.poll_take(cx, &mut hear) {
                    Poll::Ready(Ok(Flow::GoOn)) if matches!(patience, Patience::Silence(_)) => {
                        until = Instant::now() + within;
                    }
                    Poll::Ready(Ok(Flow::GoOn)) => {}
                    Poll::Ready(Ok(Flow::Pause)) => return Poll::Ready(Ok(())),
                    Poll::Ready(Err(end)) => return Poll::Ready(Err(end)),
                    Poll::Pending => break,
                }
            }
            self.poll_late(cx, late.as_mut(), until).map(Err)
        })
        .await
    }

    /// Ready when the page was silent, or took nothing, for too long. The timer is not moved at each message but looked
    /// at when it is over.
    fn poll_late(&self, cx: &mut Context<'_>, mut late: Pin<&mut Sleep>, silent_at: Instant) -> Poll<Ended> {
        while late.as_mut().poll(cx).is_ready() {
            if self.outbox.stuck_after().is_some() {
                return Poll::Ready(None);
            }
            if Instant::now() >= silent_at {
                return Poll::Ready(Some(CloseCode::Silent));
            }
            late.as_mut().reset(silent_at);
        }
        Poll::Pending
    }

    fn poll_take(
        &mut self,
        cx: &mut Context<'_>,
        hear: &mut impl FnMut(Heard<'_>) -> Result<Flow, Ended>,
    ) -> Poll<Result<Flow, Ended>> {
        let mut scratch = [MaybeUninit::uninit(); SCRATCH_BYTES];
        let mut scratch = ReadBuf::uninit(&mut scratch);
        match Pin::new(&mut self.read).poll_read(cx, &mut scratch) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Err(_)) => Poll::Ready(Err(None)),
            Poll::Ready(Ok(())) if scratch.filled().is_empty() => Poll::Ready(Err(None)),
            Poll::Ready(Ok(())) => Poll::Ready(self.take(scratch.filled_mut(), hear)),
        }
    }

    fn take(
        &mut self,
        came: &mut [u8],
        hear: &mut impl FnMut(Heard<'_>) -> Result<Flow, Ended>,
    ) -> Result<Flow, Ended> {
        let (outbox, mut flow) = (&self.outbox, Flow::GoOn);
        self.reader.take(came, |said| {
            flow = match said {
                Said::Text(text) => hear(Heard::Text(text))?,
                Said::Ping(bytes) => {
                    outbox.push(Frame::new(Opcode::Pong, bytes));
                    hear(Heard::Other)?
                }
                Said::Pong | Said::Part => hear(Heard::Other)?,
                Said::Close => return Err(None),
            };
            Ok(flow)
        })?;
        Ok(flow)
    }

    /// Says why, and waits a moment for the page to hang up: bytes that nobody reads would take the reason with them.
    pub async fn end(mut self, code: CloseCode) {
        let reason = [&code.number().to_be_bytes(), code.reason().as_bytes()].concat();
        self.outbox.push_last(Frame::new(Opcode::Close, &reason));
        if timeout(WRITE_WITHIN, self.outbox.written()).await.is_err() {
            return;
        }
        let hung_up = poll_fn(|cx| {
            loop {
                match self.poll_take(cx, &mut |_| Ok(Flow::GoOn)) {
                    Poll::Ready(Err(None)) => return Poll::Ready(()),
                    // After what could not be read the rest of it comes, and means nothing.
                    Poll::Ready(_) => {}
                    Poll::Pending => return Poll::Pending,
                }
            }
        });
        let _ = timeout(HANG_UP_WITHIN, hung_up).await;
    }
}

impl From<Bad> for Ended {
    fn from(bad: Bad) -> Ended {
        Some(match bad {
            Bad::Frame => CloseCode::BadMessage,
            Bad::TooLarge => CloseCode::TooLarge,
        })
    }
}

/// A phone's connection, written to without waiting.
#[derive(Debug)]
struct TcpLine(OwnedWriteHalf);

impl Line for TcpLine {
    fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        self.0.try_write(bytes)
    }

    fn poll_writable(&self, cx: &mut Context<'_>) -> Poll<()> {
        // A broken line says so at the next write.
        self.0.as_ref().poll_write_ready(cx).map(drop)
    }
}
