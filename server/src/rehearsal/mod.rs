//! Simulated phones over real sockets: a living hall for the demo, a rehearsal before a sitting, and the phones of the
//! tests. They speak the protocol as any other phone and know nothing of the program's inside.

pub mod call;
pub mod crowd;
mod habit;
pub mod phone;
pub mod secret;

pub use call::{CallError, get, post, send};
pub use phone::{DeviceKey, Hello, Memory, Phone, PhoneError};
pub use secret::{SecretVoter, VoteError};
