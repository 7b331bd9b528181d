//! The harness: a hall on a free port, phones and stations that join it as any other would, and the built program as a
//! process of its own where one must be killed.

pub mod folder;
pub mod hall;
pub mod program;
pub mod secret;
pub mod sheet;

pub use hall::{Hall, Member};
pub use program::Program;
