//! Who wished, when, and which wish it is: given by the conductor, never taken here.

use crate::ballot::BallotState;
use crate::command::Command;
use crate::ids::{BallotId, CommandId, InstantMs, PersonId};
use crate::sitting::ConsoleSeat;

wire! {
    /// Who gives a command. A bearer is tied to one of these at sign-in.
    #[derive(Copy, PartialOrd, Ord, Hash)]
    #[serde(tag = "role", rename_all = "snake_case")]
    pub enum Actor {
        /// The conductor itself: timers, recorded results.
        System {},
        /// The sign-in desk of the program: it binds devices.
        Door {},
        /// A named account of the general office (办公室).
        Desk { account: u32 },
        /// The presiding chair's console or the operator's beside it.
        Console { seat: ConsoleSeat },
        /// A member or attendee on the roster.
        Person { person: PersonId },
    }

    /// What the sender saw when deciding. If the case has moved on, the command is refused as `ScreenOutdated`.
    #[derive(Copy)]
    pub struct Expects {
        pub ballot: BallotId,
        pub round: u32,
        pub state: BallotState,
    }
}

/// A command with all that `apply` may know of the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamped {
    pub id: CommandId,
    pub actor: Actor,
    /// The conductor's clock; `apply` uses max(last, at), so time never runs back.
    pub at: InstantMs,
    pub expects: Option<Expects>,
    pub command: Command,
}
