//! How many commands each sender has given: a script must not fill the record.

use super::Appraisal;
use crate::limits::{COMMANDS_PER_OFFICE_MAX, COMMANDS_PER_PERSON_MAX};
use crate::stamp::Actor;

impl Appraisal {
    /// Whether this actor has used up its commands; checked before a command is journalled.
    pub fn exhausted(&self, actor: Actor) -> bool {
        match actor {
            Actor::System {} | Actor::Door {} => false,
            Actor::Person { person } => self
                .roster
                .people
                .get(&person)
                .is_none_or(|p| p.commands >= COMMANDS_PER_PERSON_MAX),
            Actor::Desk { .. } | Actor::Console { .. } => self
                .office_commands
                .get(&office(actor))
                .is_some_and(|n| *n >= COMMANDS_PER_OFFICE_MAX),
        }
    }

    pub(super) fn count_command(&mut self, actor: Actor) {
        match actor {
            Actor::System {} | Actor::Door {} => {}
            Actor::Person { person } => {
                if let Some(p) = self.roster.people.get_mut(&person) {
                    p.commands += 1;
                }
            }
            Actor::Desk { .. } | Actor::Console { .. } => *self.office_commands.entry(office(actor)).or_default() += 1,
        }
    }
}

fn office(actor: Actor) -> String {
    match actor {
        Actor::Desk { account } => format!("desk/{account}"),
        Actor::Console {
            seat: crate::sitting::ConsoleSeat::Chair,
        } => "console/chair".into(),
        Actor::Console {
            seat: crate::sitting::ConsoleSeat::Operator,
        } => "console/operator".into(),
        Actor::System {} | Actor::Door {} | Actor::Person { .. } => "other".into(),
    }
}
