//! The edge of plain requests.
pub mod assets;
