//! Pingyi: everything that touches the world around the rules of `pingyi-core`.
//! Direction, nothing points back: core ← protocol ← conductor ← ws, http ← app ← main; journal ← conductor;
//! hub ← conductor, ws.

pub mod blobs;
pub mod body;
pub mod clock;
pub mod conductor;
pub mod documents;
pub mod doors;
pub mod http;
pub mod hub;
pub mod journal;
pub mod limits;
pub mod protocol;
pub mod sqlite_file;
pub mod vault;
