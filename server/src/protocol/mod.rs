//! The wire: what sockets and calls carry, positions, close codes. TypeScript is generated from these types and
//! committed; a test holds the two together. Stored records are another promise and live in the journal.

#[macro_use]
pub mod call;
pub mod client_message;
pub mod close_code;
pub mod position;
pub mod problem;
pub mod server_message;
pub mod survey;
#[cfg(feature = "typescript")]
pub mod typescript;

pub use client_message::ClientMessage;
pub use close_code::CloseCode;
pub use position::Position;
pub use problem::Problem;
pub use server_message::{ServerMessage, Verdict};

/// Raised when an older page could not understand a newer server; the page then reloads itself.
pub const PROTOCOL: u32 = 1;
