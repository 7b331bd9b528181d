//! Carries bytes it cannot read to the screens of one audience: positions, missing differences, bounded queues.
//! It knows nothing of voting, and nothing of the journal.

mod carrier;
mod channel;
mod frame;
mod outbox;

pub use carrier::Carrier;
pub use channel::{Channel, Subscriber};
pub use frame::{Frame, Opcode};
pub use outbox::{End, Line, Outbox};
