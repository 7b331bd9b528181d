//! Many HTTP calls on one thread, each over a connection of its own as phones make them, so many under way at a time.

use super::BenchError;
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

#[derive(Debug)]
pub(super) struct Answers {
    pub took: Duration,
    pub waits_us: Vec<u64>,
    /// Bodies of the answers, in the order of the requests; nothing where the status was no 200.
    pub bodies: Vec<Option<String>>,
    /// The first answer that was no 200.
    pub first_bad: Option<String>,
}

struct Call {
    stream: TcpStream,
    request: usize,
    sent: usize,
    heard: Vec<u8>,
    since: Instant,
}

/// Sends each request and reads its answer to the end.
pub(super) fn call_all(
    at: SocketAddr,
    requests: &[Vec<u8>],
    window: usize,
    within: Duration,
) -> Result<Answers, BenchError> {
    let mut poll = Poll::new()?;
    let mut events = Events::with_capacity(1024);
    let mut calls: Vec<Option<Call>> = (0..window.min(requests.len())).map(|_| None).collect();
    let mut answers = Answers {
        took: Duration::ZERO,
        waits_us: Vec::with_capacity(requests.len()),
        bodies: vec![None; requests.len()],
        first_bad: None,
    };
    let (began, mut next, mut done) = (Instant::now(), 0, 0);
    for (slot, call) in calls.iter_mut().enumerate() {
        *call = Some(begin(&poll, at, slot, next)?);
        next += 1;
    }
    while done < requests.len() {
        if let Err(error) = poll.poll(&mut events, Some(Duration::from_millis(50)))
            && error.kind() != ErrorKind::Interrupted
        {
            return Err(error.into());
        }
        for slot in events.iter().map(|e| e.token().0).collect::<Vec<_>>() {
            let Some(call) = calls[slot].as_mut() else { continue };
            if !carry_on(call, &requests[call.request]) {
                continue;
            }
            let us = call.since.elapsed().as_micros();
            answers.waits_us.push(u64::try_from(us).unwrap_or(u64::MAX));
            read_answer(&mut answers, call);
            done += 1;
            calls[slot] = None;
            if next < requests.len() {
                calls[slot] = Some(begin(&poll, at, slot, next)?);
                next += 1;
            }
        }
        if began.elapsed() > within {
            return Err(BenchError::Late {
                what: "answers",
                done,
                of: requests.len(),
                lost: 0,
                refusal: answers.first_bad.unwrap_or_default(),
            });
        }
    }
    answers.took = began.elapsed();
    Ok(answers)
}

fn begin(poll: &Poll, at: SocketAddr, slot: usize, request: usize) -> Result<Call, BenchError> {
    let mut stream = TcpStream::connect(at)?;
    let _ = stream.set_nodelay(true);
    poll.registry()
        .register(&mut stream, Token(slot), Interest::READABLE | Interest::WRITABLE)?;
    Ok(Call {
        stream,
        request,
        sent: 0,
        heard: Vec::new(),
        since: Instant::now(),
    })
}

/// True when the answer is whole, or the connection gone.
fn carry_on(call: &mut Call, request: &[u8]) -> bool {
    while call.sent < request.len() {
        match call.stream.write(&request[call.sent..]) {
            Ok(n) => call.sent += n,
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::NotConnected) => return false,
            Err(_) => return true,
        }
    }
    let mut scratch = [0; 16 * 1024];
    loop {
        match call.stream.read(&mut scratch) {
            Ok(0) => return true,
            Ok(n) => call.heard.extend_from_slice(&scratch[..n]),
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::NotConnected) => return false,
            Err(_) => return true,
        }
    }
}

fn read_answer(answers: &mut Answers, call: &Call) {
    let text = String::from_utf8_lossy(&call.heard);
    let body = text.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
    if text.starts_with("HTTP/1.1 200") {
        answers.bodies[call.request] = body;
    } else if answers.first_bad.is_none() {
        let shown = text.lines().next().unwrap_or("no answer").to_owned();
        answers.first_bad = Some(format!("{shown} {}", body.unwrap_or_default()));
    }
}
