//! Many phones on one thread: connects, joins, says and hears, and takes the time of each. Every wait has an end.

use super::BenchError;
use super::dialect::{Dialect, Heard};
use super::outward;
use super::phone::{Heards, Phone, State, flush};
use super::wire::{self, Kind};
use mio::{Events, Interest, Poll, Token};
use std::io::{ErrorKind, Read};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// Read at once from one socket; also what one thread needs for all of them.
const SCRATCH_BYTES: usize = 256 * 1024;
/// Frames said between two looks at what came back.
const SAID_BETWEEN_LOOKS: usize = 32;
/// A page that is silent for three beats is taken for gone.
const BEAT_EVERY: Duration = Duration::from_millis(crate::limits::HEARTBEAT_MS as u64);

#[derive(Debug)]
pub(super) struct Crowd {
    poll: Poll,
    events: Events,
    at: SocketAddr,
    dialect: Dialect,
    phones: Vec<Phone>,
    scratch: Vec<u8>,
    pub heard: Heards,
    /// Only changes that hold this text count.
    pub change_with: &'static [u8],
    /// What a phone's state must hold after joining.
    pub joined_with: &'static [u8],
    /// For screens that have no stream of their own.
    pub joins_by_snapshot: bool,
    /// When something was last told to all.
    pub tapped_at: Instant,
    beat_at: Instant,
}

impl Crowd {
    /// One phone a hello; an empty one says nothing.
    pub(super) fn new(at: SocketAddr, dialect: Dialect, hellos: Vec<Vec<u8>>) -> Result<Crowd, BenchError> {
        Ok(Crowd {
            poll: Poll::new()?,
            events: Events::with_capacity(1024),
            at,
            dialect,
            phones: hellos.into_iter().map(Phone::new).collect(),
            scratch: vec![0; SCRATCH_BYTES],
            heard: Heards::new(),
            change_with: b"",
            joined_with: b"",
            joins_by_snapshot: false,
            tapped_at: Instant::now(),
            beat_at: Instant::now(),
        })
    }

    pub(super) fn len(&self) -> usize {
        self.phones.len()
    }

    pub(super) fn forget(&mut self) {
        self.heard = Heards::new();
        self.phones.iter_mut().for_each(|p| p.changes = 0);
    }

    /// Connects everybody, `window` at a time, and waits until the state is on every phone.
    pub(super) fn join_all(&mut self, window: usize, within: Duration) -> Result<Duration, BenchError> {
        self.forget();
        let began = Instant::now();
        let (mut next, all) = (0, self.phones.len());
        while self.heard.joined < all {
            while next < all && next - self.heard.joined < window {
                self.connect(next)?;
                next += 1;
                if next.is_multiple_of(SAID_BETWEEN_LOOKS) {
                    self.look(Duration::ZERO)?;
                }
            }
            self.look(Duration::from_millis(20))?;
            if began.elapsed() > within || self.heard.lost > 0 {
                return Err(self.late("joined", self.heard.joined, all));
            }
        }
        Ok(self.heard.last_at - began)
    }

    pub(super) fn leave_all(&mut self) {
        for phone in &mut self.phones {
            phone.stream = None;
            phone.state = State::Away;
            phone.part = Vec::new();
            phone.unsent = Vec::new();
        }
    }

    /// This phone reads nothing any more, and its connection stays.
    pub(super) fn stall(&mut self, phone: usize) {
        self.phones[phone].stalled = true;
    }

    pub(super) fn say(&mut self, phone: usize, frame: &[u8]) -> Result<(), BenchError> {
        let phone = &mut self.phones[phone];
        phone.since = Instant::now();
        phone.unsent.extend_from_slice(frame);
        flush(phone)
    }

    /// Every phone with a frame says it at once; all receipts are waited for. The answer is from the first word to the
    /// last receipt.
    pub(super) fn storm(&mut self, frames: &[Vec<u8>], within: Duration) -> Result<Duration, BenchError> {
        self.forget();
        let began = Instant::now();
        self.say_all(frames)?;
        self.until("receipts", frames.len(), within, |h| h.receipts)?;
        Ok(self.heard.last_at - began)
    }

    /// The saying alone.
    pub(super) fn say_all(&mut self, frames: &[Vec<u8>]) -> Result<(), BenchError> {
        for (n, frame) in frames.iter().enumerate() {
            self.say(n, frame)?;
            if n % SAID_BETWEEN_LOOKS == SAID_BETWEEN_LOOKS - 1 {
                self.look(Duration::ZERO)?;
            }
        }
        Ok(())
    }

    pub(super) fn until(
        &mut self,
        what: &'static str,
        of: usize,
        within: Duration,
        done: impl Fn(&Heards) -> usize,
    ) -> Result<(), BenchError> {
        let began = Instant::now();
        while done(&self.heard) < of {
            self.beat_if_due()?;
            self.look(Duration::from_millis(20))?;
            if began.elapsed() > within || self.heard.refused > 0 || self.heard.lost > 0 {
                return Err(self.late(what, done(&self.heard), of));
            }
        }
        Ok(())
    }

    /// Waits until nobody has heard anything for a while.
    pub(super) fn settle(&mut self, quiet: Duration, within: Duration) -> Result<(), BenchError> {
        let began = Instant::now();
        loop {
            self.beat_if_due()?;
            let before = self.heard.frames;
            self.listen(quiet)?;
            if self.heard.frames == before || began.elapsed() > within {
                return Ok(());
            }
        }
    }

    /// Hears what comes in this time.
    pub(super) fn listen(&mut self, time: Duration) -> Result<(), BenchError> {
        let until = Instant::now() + time;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            self.look(left)?;
        }
    }

    fn beat_if_due(&mut self) -> Result<(), BenchError> {
        if self.dialect == Dialect::Pingyi && self.beat_at.elapsed() > BEAT_EVERY {
            self.beat_at = Instant::now();
            let ping = wire::text("{\"type\":\"ping\",\"nonce\":1}");
            for n in 0..self.phones.len() {
                if self.phones[n].state == State::Joined {
                    self.say(n, &ping)?;
                }
            }
        }
        Ok(())
    }

    fn late(&self, what: &'static str, done: usize, of: usize) -> BenchError {
        BenchError::Late {
            what,
            done,
            of,
            lost: self.heard.lost,
            refusal: self.heard.first_refusal.clone(),
        }
    }

    fn connect(&mut self, n: usize) -> Result<(), BenchError> {
        let mut stream = outward::connect(self.at, n, self.phones.len())?;
        let _ = stream.set_nodelay(true);
        let both = Interest::READABLE | Interest::WRITABLE;
        self.poll.registry().register(&mut stream, Token(n), both)?;
        let phone = &mut self.phones[n];
        phone.stream = Some(stream);
        phone.state = State::Connecting;
        phone.since = Instant::now();
        Ok(())
    }

    /// One round of what the system has to tell.
    fn look(&mut self, wait: Duration) -> Result<(), BenchError> {
        if let Err(error) = self.poll.poll(&mut self.events, Some(wait))
            && error.kind() != ErrorKind::Interrupted
        {
            return Err(error.into());
        }
        let told: Vec<(usize, bool)> = self.events.iter().map(|e| (e.token().0, e.is_writable())).collect();
        for (n, writable) in told {
            if writable {
                self.writable(n)?;
            }
            if !self.phones[n].stalled {
                self.read(n)?;
            }
        }
        Ok(())
    }

    fn writable(&mut self, n: usize) -> Result<(), BenchError> {
        let request = (self.phones[n].state == State::Connecting)
            .then(|| wire::upgrade(self.dialect.path(), &self.at.to_string()));
        let phone = &mut self.phones[n];
        if let Some(request) = request {
            let failed = phone.stream.as_ref().is_none_or(|s| s.peer_addr().is_err());
            if failed {
                return Ok(());
            }
            phone.state = State::Upgrading;
            phone.unsent.extend_from_slice(&request);
        }
        flush(phone)
    }

    fn read(&mut self, n: usize) -> Result<(), BenchError> {
        let mut scratch = std::mem::take(&mut self.scratch);
        let ended = loop {
            let Some(stream) = self.phones[n].stream.as_mut() else {
                break false;
            };
            match stream.read(&mut scratch) {
                Ok(0) => break true,
                Ok(read) => {
                    self.heard.bytes += read as u64;
                    if !self.take_in(n, &scratch[..read])? {
                        break true;
                    }
                    if read < scratch.len() {
                        break false;
                    }
                }
                Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::NotConnected) => break false,
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(_) => break true,
            }
        };
        self.scratch = scratch;
        if ended {
            self.heard.lost += 1;
            self.phones[n].stream = None;
            self.phones[n].state = State::Away;
        }
        Ok(())
    }

    /// False when the server has hung up.
    fn take_in(&mut self, n: usize, bytes: &[u8]) -> Result<bool, BenchError> {
        let mut part = std::mem::take(&mut self.phones[n].part);
        let whole = if part.is_empty() {
            bytes
        } else {
            part.extend_from_slice(bytes);
            part.as_slice()
        };
        let mut at = 0;
        if self.phones[n].state == State::Upgrading {
            let Some(end) = wire::find(whole, b"\r\n\r\n") else {
                self.phones[n].part = whole.to_vec();
                return Ok(true);
            };
            if !whole.starts_with(b"HTTP/1.1 101") {
                return Ok(false);
            }
            at = end + 4;
            let phone = &mut self.phones[n];
            phone.state = State::Greeted;
            phone.unsent.extend_from_slice(&phone.hello);
            flush(phone)?;
        }
        while let Some((kind, payload, end)) = wire::first(&whole[at..]) {
            at += end;
            self.heard.frames += 1;
            match kind {
                Kind::Text => self.hear(n, payload)?,
                Kind::Close => return Ok(false),
                Kind::Other => {}
            }
        }
        self.phones[n].part = whole[at..].to_vec();
        Ok(true)
    }

    fn hear(&mut self, n: usize, frame: &[u8]) -> Result<(), BenchError> {
        let (heard, now) = (self.dialect.hear(frame), Instant::now());
        let phone = &mut self.phones[n];
        let mut counts = |waited: bool| {
            self.heard.last_at = now;
            if waited {
                let us = now.duration_since(phone.since).as_micros();
                self.heard.waits_us.push(u64::try_from(us).unwrap_or(u64::MAX));
            }
        };
        match heard {
            Heard::Answer(text) => return self.say(n, &wire::text(text)),
            Heard::Joined | Heard::Snapshot
                if phone.state == State::Greeted && (heard == Heard::Joined || self.joins_by_snapshot) =>
            {
                counts(true);
                phone.state = State::Joined;
                self.heard.joined += 1;
                self.heard.as_expected += usize::from(wire::find(frame, self.joined_with).is_some());
            }
            Heard::Receipt => {
                counts(true);
                self.heard.receipts += 1;
            }
            Heard::Change if self.change_with.is_empty() || wire::find(frame, self.change_with).is_some() => {
                counts(false);
                phone.changes += 1;
                if phone.changes == 1 {
                    self.heard.reached += 1;
                    let us = now.duration_since(self.tapped_at).as_micros();
                    self.heard.taps_us.push(u64::try_from(us).unwrap_or(u64::MAX));
                }
            }
            Heard::Refused => {
                self.heard.refused += 1;
                if self.heard.refused == 1 {
                    self.heard.first_refusal = String::from_utf8_lossy(frame).into_owned();
                }
            }
            Heard::Joined | Heard::Snapshot | Heard::Change | Heard::Other => {}
        }
        Ok(())
    }
}
