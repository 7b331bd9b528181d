//! Many pages that ask for the same thing again and again, each over a connection it keeps.

use super::{BenchError, outward, wire};
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

#[derive(Debug, Default)]
pub(super) struct Polled {
    /// Answers with content.
    pub whole: usize,
    /// Answers that nothing has changed.
    pub unchanged: usize,
    pub waits_us: Vec<u64>,
    pub took: Duration,
    /// Head of the first answer with content.
    pub head: String,
}

impl Polled {
    pub(super) fn per_s(&self) -> f64 {
        (self.whole + self.unchanged) as f64 / self.took.as_secs_f64()
    }
}

struct Page {
    stream: TcpStream,
    sent: usize,
    heard: Vec<u8>,
    since: Instant,
}

/// So many pages ask with `request` for so long, each again as soon as it has its answer.
pub(super) fn poll_for(at: SocketAddr, request: &[u8], pages: usize, lasting: Duration) -> Result<Polled, BenchError> {
    let mut poll = Poll::new()?;
    let mut events = Events::with_capacity(1024);
    let mut open = Vec::with_capacity(pages);
    for n in 0..pages {
        let mut stream = outward::connect(at, n, pages)?;
        let _ = stream.set_nodelay(true);
        let both = Interest::READABLE | Interest::WRITABLE;
        poll.registry().register(&mut stream, Token(n), both)?;
        open.push(Page {
            stream,
            sent: 0,
            heard: Vec::new(),
            since: Instant::now(),
        });
    }
    let (began, mut polled) = (Instant::now(), Polled::default());
    while began.elapsed() < lasting {
        if let Err(error) = poll.poll(&mut events, Some(Duration::from_millis(50)))
            && error.kind() != ErrorKind::Interrupted
        {
            return Err(error.into());
        }
        for event in &events {
            carry_on(&mut open[event.token().0], request, &mut polled)?;
        }
    }
    polled.took = began.elapsed();
    Ok(polled)
}

/// Says and hears what the system takes and has.
fn carry_on(page: &mut Page, request: &[u8], polled: &mut Polled) -> Result<(), BenchError> {
    let mut scratch = [0; 16 * 1024];
    loop {
        while page.sent < request.len() {
            match page.stream.write(&request[page.sent..]) {
                Ok(n) => page.sent += n,
                Err(e) if is_later(&e) => return Ok(()),
                Err(e) => return Err(e.into()),
            }
        }
        match page.stream.read(&mut scratch) {
            Ok(0) => return Err(BenchError::Answer("a kept connection was hung up".into())),
            Ok(n) => page.heard.extend_from_slice(&scratch[..n]),
            Err(e) if is_later(&e) => return Ok(()),
            Err(e) => return Err(e.into()),
        }
        if let Some((status, end)) = wire::answer(&page.heard) {
            count(polled, status, &page.heard[..end])?;
            let us = page.since.elapsed().as_micros();
            polled.waits_us.push(u64::try_from(us).unwrap_or(u64::MAX));
            page.heard.clear();
            page.sent = 0;
            page.since = Instant::now();
        }
    }
}

fn count(polled: &mut Polled, status: u16, answer: &[u8]) -> Result<(), BenchError> {
    match status {
        200 => {
            polled.whole += 1;
            if polled.whole == 1 {
                let text = String::from_utf8_lossy(answer);
                polled.head = text.split("\r\n\r\n").next().unwrap_or_default().into();
            }
        }
        304 => polled.unchanged += 1,
        other => return Err(BenchError::Answer(format!("status {other}"))),
    }
    Ok(())
}

fn is_later(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::WouldBlock | ErrorKind::NotConnected | ErrorKind::Interrupted
    )
}
