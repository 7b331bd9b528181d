//! Votes in SQLite: what comes while a commit is under way is the next one. Answered when it is on the disk.

use super::hub::Outbox;
use rusqlite::{Connection, params};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use tokio::sync::oneshot;

const BATCH_MAX: usize = 8192;
/// More votes than phones that are ever measured.
const WAITING_MAX: usize = 65_536;

pub struct Vote {
    pub round: i64,
    pub member: i64,
    pub choice: i64,
    pub answer: Answer,
}

/// Who is told that it is on the disk.
pub enum Answer {
    Socket(Arc<Outbox>),
    Call(oneshot::Sender<()>),
}

pub struct Store {
    votes: SyncSender<Vote>,
}

impl Store {
    pub fn open(path: &Path) -> std::io::Result<Store> {
        let conn = Connection::open(path).map_err(std::io::Error::other)?;
        conn.execute_batch(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
             CREATE TABLE votes (round INTEGER, member INTEGER, choice INTEGER, PRIMARY KEY (round, member)) WITHOUT ROWID;",
        )
        .map_err(std::io::Error::other)?;
        let (votes, coming) = sync_channel(WAITING_MAX);
        std::thread::Builder::new().name("store".into()).spawn(move || {
            if let Err(error) = write(conn, &coming) {
                eprintln!("bench-limit: {error}");
                std::process::exit(1);
            }
        })?;
        Ok(Store { votes })
    }

    pub fn put(&self, vote: Vote) {
        // The thread lives as long as the process.
        let _ = self.votes.send(vote);
    }
}

fn write(mut conn: Connection, coming: &Receiver<Vote>) -> rusqlite::Result<()> {
    while let Ok(first) = coming.recv() {
        let mut batch = vec![first];
        batch.extend(coming.try_iter().take(BATCH_MAX - 1));
        let tx = conn.transaction()?;
        {
            let mut put = tx.prepare_cached("INSERT OR REPLACE INTO votes VALUES (?1, ?2, ?3)")?;
            for vote in &batch {
                put.execute(params![vote.round, vote.member, vote.choice])?;
            }
        }
        tx.commit()?;
        for vote in batch {
            match vote.answer {
                Answer::Socket(outbox) => outbox.push(format!("{{\"t\":\"a\",\"n\":{}}}", vote.round).into()),
                // Whoever asked may have left.
                Answer::Call(call) => drop(call.send(())),
            }
        }
    }
    Ok(())
}
