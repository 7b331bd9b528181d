//! Carries bytes it cannot read to the screens of one audience: positions, missing differences, bounded queues.
//! It knows nothing of voting, and nothing of the journal.

mod channel;
mod outbox;

pub use channel::{Channel, Subscriber};
pub use outbox::{Frame, Outbox};
