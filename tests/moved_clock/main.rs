//! The program as `pingyi serve` runs it, on a clock that starts at a given instant, goes on as the machine's does, and
//! leaps as many days as a line on standard input says. For stories of months; the product itself has no such door.
//!
//! `moved-clock DATA-FOLDER ADDRESS START-MS`: the first line printed is the set-up link; each leap is answered by its day.

use pingyi::app::{App, listen};
use pingyi::clock::Clock;
use pingyi_core::follow_up::day;
use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

const DAY_MS: i64 = 86_400_000;
/// How coarsely the moved clock ticks; nothing in the program asks for more than tenths of a second.
const TICK: Duration = Duration::from_millis(5);

/// The hand of the program's clock, and where it would stand had the program not run.
struct Moved {
    began: Instant,
    hand: Arc<AtomicI64>,
    start_ms: AtomicI64,
}

impl Moved {
    /// Two threads may set the hand at once: it never goes back.
    fn tick(&self) {
        let gone_ms = i64::try_from(self.began.elapsed().as_millis()).unwrap_or(i64::MAX);
        let start_ms = self.start_ms.load(Ordering::SeqCst);
        self.hand.fetch_max(start_ms.saturating_add(gone_ms), Ordering::SeqCst);
    }

    fn leap(&self, days: i64) -> String {
        self.start_ms.fetch_add(days * DAY_MS, Ordering::SeqCst);
        self.tick();
        let day = day::BEIJING.day_of(self.hand.load(Ordering::SeqCst));
        day.map_or_else(String::new, day::write)
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt()
        .with_env_filter("warn")
        .with_writer(std::io::stderr)
        .init();
    let mut given = std::env::args().skip(1);
    let (Some(data), Some(address), Some(start_ms)) = (given.next().map(PathBuf::from), given.next(), given.next())
    else {
        return Err("moved-clock DATA-FOLDER ADDRESS START-MS".into());
    };
    let start_ms = start_ms.parse()?;
    let (clock, hand) = Clock::manual(start_ms);
    let moved = Arc::new(Moved {
        began: Instant::now(),
        hand,
        start_ms: AtomicI64::new(start_ms),
    });
    let port = address.rsplit(':').next().and_then(|p| p.parse().ok());
    let port: u16 = port.ok_or("the address ends in a port")?;
    let listener = listen(([127, 0, 0, 1], port).into())?;
    let app = App::open(&data, port, Some(&address), clock).await?;
    println!("{address}/desk#setup={}", app.outer.doors.links.new_setup()?);
    tokio::spawn(go_on(moved.clone()));
    let serving = tokio::spawn(app.clone().serve(listener, std::future::pending()));
    let mut lines = orders();
    // Whoever started this ends it by closing the line.
    while let Some(line) = lines.recv().await {
        let day = moved.leap(line.trim().parse()?);
        for case in app.outer.registry.all() {
            case.wake().await;
        }
        println!("{day}");
    }
    serving.abort();
    Ok(())
}

/// What is written on standard input, line by line.
fn orders() -> mpsc::Receiver<String> {
    let (send, lines) = mpsc::channel(1);
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            if send.blocking_send(line).is_err() {
                return;
            }
        }
    });
    lines
}

/// The clock ticks on between leaps: a ballot closes by itself, codes change, limits on guessing run out.
async fn go_on(moved: Arc<Moved>) {
    loop {
        moved.tick();
        tokio::time::sleep(TICK).await;
    }
}
