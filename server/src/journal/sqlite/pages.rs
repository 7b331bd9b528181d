//! What is read from the journal's file. Every entry is verified against the chain before it is handed out.

use bytes::Bytes;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use uuid::Uuid;

use crate::journal::chain::{Chain, record_digest};
use crate::journal::{Digest, Entry, ReadError, Snapshot, StreamId};
use crate::limits::{JOURNAL_PAGE_BYTES_MAX, JOURNAL_PAGE_ENTRIES_MAX};

impl From<rusqlite::Error> for ReadError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed {
            reason: error.to_string(),
        }
    }
}

/// Where the stream ends by its last entry; does not verify what is before.
pub(super) fn stored_chain(conn: &Connection, stream: StreamId) -> rusqlite::Result<Chain> {
    let last = conn
        .prepare_cached("SELECT idx, link FROM entries WHERE stream = ?1 ORDER BY idx DESC LIMIT 1")?
        .query_row([stream.0.as_bytes()], |row| {
            Ok((row.get::<_, u64>(0)?, row.get::<_, [u8; 32]>(1)?))
        })
        .optional()?;
    Ok(match last {
        Some((index, link)) => Chain {
            next_index: index + 1,
            head: Digest(link),
        },
        None => Chain::start(stream),
    })
}

pub(super) fn chain(conn: &Connection, stream: StreamId) -> Result<Chain, ReadError> {
    Ok(stored_chain(conn, stream)?)
}

pub(super) fn page(
    conn: &Connection,
    stream: StreamId,
    from_index: u64,
    limit: usize,
) -> Result<Vec<Entry>, ReadError> {
    // Beyond what SQLite can number there is nothing.
    let Ok(from) = i64::try_from(from_index) else {
        return Ok(Vec::new());
    };
    let mut before = chain_before(conn, stream, from_index)?;
    let mut statement = conn.prepare_cached(
        "SELECT idx, frame, behaviour, id, data, digest, link FROM entries
         WHERE stream = ?1 AND idx >= ?2 ORDER BY idx LIMIT ?3",
    )?;
    let mut rows = statement.query(params![stream.0.as_bytes(), from, limit.min(JOURNAL_PAGE_ENTRIES_MAX)])?;
    let mut entries = Vec::new();
    let mut bytes = 0;
    while bytes < JOURNAL_PAGE_BYTES_MAX
        && let Some(row) = rows.next()?
    {
        let expected_index = from_index + entries.len() as u64;
        let broken = ReadError::Broken {
            stream,
            index: expected_index,
        };
        let chain = before.as_mut().ok_or_else(|| broken.clone())?;
        let entry = entry(row).map_err(|_| broken.clone())?;
        let sealed = chain.seal(entry.id, &entry.data);
        if (sealed.index, sealed.digest, sealed.link) != (entry.index, entry.digest, entry.link) {
            return Err(broken);
        }
        bytes += entry.data.len();
        entries.push(entry);
    }
    Ok(entries)
}

/// The chain up to `index`, exclusive; nothing where the entry before is missing.
fn chain_before(conn: &Connection, stream: StreamId, index: u64) -> Result<Option<Chain>, ReadError> {
    let Some(previous) = index.checked_sub(1) else {
        return Ok(Some(Chain::start(stream)));
    };
    let link = conn
        .prepare_cached("SELECT link FROM entries WHERE stream = ?1 AND idx = ?2")?
        .query_row(params![stream.0.as_bytes(), previous], |row| row.get::<_, [u8; 32]>(0))
        .optional()?;
    Ok(link.map(|link| Chain {
        next_index: index,
        head: Digest(link),
    }))
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        index: row.get(0)?,
        frame: row.get(1)?,
        behaviour: row.get(2)?,
        id: Uuid::from_bytes(row.get(3)?),
        data: Bytes::from(row.get::<_, Vec<u8>>(4)?),
        digest: Digest(row.get(5)?),
        link: Digest(row.get(6)?),
    })
}

/// Jumps from stream to stream over the key: does not read the entries between.
pub(super) fn streams(conn: &Connection) -> Result<Vec<StreamId>, ReadError> {
    let mut statement = conn.prepare_cached(
        "WITH RECURSIVE found(stream) AS (
             SELECT min(stream) FROM entries
             UNION ALL
             SELECT (SELECT min(stream) FROM entries WHERE stream > found.stream)
             FROM found WHERE found.stream IS NOT NULL
         )
         SELECT stream FROM found WHERE stream IS NOT NULL",
    )?;
    let ids = statement.query_map([], |row| Ok(StreamId(Uuid::from_bytes(row.get(0)?))))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn snapshot(conn: &Connection, stream: StreamId) -> Result<Option<Snapshot>, ReadError> {
    let found = conn
        .prepare_cached("SELECT idx, tag, data, digest FROM snapshots WHERE stream = ?1")?
        .query_row([stream.0.as_bytes()], |row| {
            let data = Bytes::from(row.get::<_, Vec<u8>>(2)?);
            Ok((
                Snapshot {
                    index: row.get(0)?,
                    tag: row.get(1)?,
                    data,
                },
                Digest(row.get(3)?),
            ))
        })
        .optional()?;
    Ok(found.and_then(|(snapshot, digest)| {
        let whole = record_digest(&snapshot.data) == digest;
        if !whole {
            tracing::warn!(%stream, "a damaged snapshot is ignored");
        }
        whole.then_some(snapshot)
    }))
}
