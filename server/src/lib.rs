//! Pingyi: everything that touches the world around the rules of `pingyi-core`.
//! Direction, nothing points back: core ← protocol ← conductor ← ws, http ← app ← commands ← main;
//! journal ← conductor ← case_file ← commands; secrecy ← ballot_box ← ballot_office; answer_box ← answer_office ← ballot_office; hub ← conductor, ws. The hub and the journal do not know each other.

pub mod answer_box;
pub mod answer_office;
pub mod app;
pub mod ballot_box;
pub mod ballot_office;
pub mod blobs;
pub mod body;
pub mod case_file;
pub mod clock;
pub mod commands;
pub mod conductor;
pub mod documents;
pub mod doors;
pub mod http;
pub mod hub;
pub mod journal;
pub mod limits;
pub mod meters;
pub mod papers;
pub mod protocol;
pub mod rehearsal;
pub mod sample;
pub mod secrecy;
pub mod settings;
pub mod sqlite_file;
pub mod vault;
pub mod ws;
