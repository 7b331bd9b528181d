//! The rules of a duty-report appraisal (述职评议), as one deterministic state machine.
//! `Appraisal::apply(stamped command)` is the only way to change it; `views` say what each audience may see;
//! `duties` say what must happen because of the state. No I/O, no clock, no randomness, no async.

#[macro_use]
mod wire;
pub mod appraisal;
pub mod ballot;
pub mod body;
pub mod command;
pub mod deliberation;
pub mod duties;
pub mod follow_up;
pub mod ids;
pub mod inquiry;
pub mod invariants;
pub mod investigation;
pub mod issues;
pub mod ledger;
pub mod limits;
pub mod minutes;
pub mod outcome;
pub mod papers;
pub mod publication;
pub mod questionnaire;
pub mod refusal;
pub mod roster;
pub mod rules;
pub mod scrutiny;
pub mod signed;
pub mod sitting;
pub mod stages;
pub mod stamp;
pub mod subject;
pub mod text;
#[cfg(feature = "typescript")]
pub mod typescript;
pub mod views;

pub use appraisal::Appraisal;
pub use command::Command;
pub use outcome::{Outcome, Reply};
pub use refusal::Refusal;
pub use stamp::{Actor, Stamped};

/// The behaviour version of these rules. It is written into every journal frame; raise it whenever the same
/// command on the same state would have another outcome, and keep the old decision reachable by its number.
pub const BEHAVIOUR: u32 = 1;

/// Names the source of these rules; part of a snapshot's tag.
pub const RULES_HASH: &str = env!("PINGYI_RULES_HASH");
