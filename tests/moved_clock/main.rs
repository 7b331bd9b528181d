//! The program as `pingyi serve` runs it, on a clock that starts at a given instant, goes on as the machine's does, and
//! leaps as many days as a line on standard input says. For stories of months; the product itself has no such door.
//!
//! `moved-clock DATA-FOLDER ADDRESS START-MS`: the first line printed is the set-up link; each leap is answered by its day.

use pingyi::app::{App, listen};
use pingyi::clock::Clock;
use pingyi_core::follow_up::day;
use std::error::Error;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use tokio::sync::mpsc;

const DAY_MS: i64 = 86_400_000;

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
    let start_ms: i64 = start_ms.parse()?;
    let (clock, apart) = Clock::apart(start_ms - Clock::default().now_ms());
    let port = address.rsplit(':').next().and_then(|p| p.parse().ok());
    let port: u16 = port.ok_or("the address ends in a port")?;
    let listener = listen(([127, 0, 0, 1], port).into())?;
    let app = App::open(&data, port, Some(&address), clock.clone()).await?;
    println!("{address}/desk#setup={}", app.outer.doors.links.new_setup()?);
    let serving = tokio::spawn(app.clone().serve(listener, std::future::pending()));
    let mut lines = orders();
    // Whoever started this ends it by closing the line.
    while let Some(line) = lines.recv().await {
        apart.fetch_add(DAY_MS * line.trim().parse::<i64>()?, Ordering::SeqCst);
        for case in app.outer.registry.all() {
            case.wake().await;
        }
        let today = day::BEIJING.day_of(clock.now_ms());
        println!("{}", today.map_or_else(String::new, day::write));
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
