//! Finding people by the name they type, and the name that goes with a session.

use pingyi_core::ids::PersonId;
use pingyi_core::roster::{Person, Roster};

use super::state::Outer;
use crate::doors::Session;

/// The one person meant. Blanks and the kind of middle dot do not matter, as long as only one person fits.
pub fn person_named<'a>(roster: &'a Roster, typed: &str) -> Option<(PersonId, &'a Person)> {
    let exact = roster.people.iter().find(|(_, p)| p.name == typed.trim());
    let found = exact.or_else(|| {
        let wanted = folded(typed);
        let mut fitting = roster.people.iter().filter(|(_, p)| folded(&p.name) == wanted);
        let first = fitting.next();
        first.filter(|_| fitting.next().is_none())
    });
    found.map(|(id, person)| (*id, person))
}

fn folded(name: &str) -> String {
    let dot = |c| {
        if matches!(c, '•' | '・' | '‧' | '∙' | '⋅' | '･' | '.') {
            '·'
        } else {
            c
        }
    };
    name.chars().filter(|c| !c.is_whitespace()).map(dot).collect()
}

impl Outer {
    /// The person's or account's name; empty for a station.
    pub fn name_of(&self, session: &Session) -> String {
        let person = session.person.and_then(|person| {
            let case = self.registry.get(session.appraisal?)?;
            Some(case.look(|c| c.name_of(person).to_owned()))
        });
        let account = || {
            let account = session.account?;
            self.body.look(|b| b.accounts.get(&account).map(|a| a.name.clone()))
        };
        person.or_else(account).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pingyi_core::command::RosterEntry;
    use pingyi_core::roster::PersonKind;

    fn roster(names: &[&str]) -> Roster {
        let mut roster = Roster::default();
        for name in names {
            let entry = RosterEntry {
                name: (*name).into(),
                kind: PersonKind::Member,
                title: String::new(),
                group: String::new(),
                seat: String::new(),
            };
            roster.add(&entry, 0).unwrap();
        }
        roster
    }

    #[test]
    fn a_name_is_found_as_people_type_it() {
        let roster = roster(&["王伟", "阿依古丽·买买提", "李 娜"]);
        let found = |typed: &str| person_named(&roster, typed).map(|(id, _)| id.0);
        assert_eq!(found(" 王 伟 "), Some(1));
        assert_eq!(found("阿依古丽•买买提"), Some(2));
        assert_eq!(found("李娜"), Some(3));
        assert_eq!(found("王"), None);
        assert_eq!(found(""), None);
    }

    #[test]
    fn nobody_is_taken_for_another() {
        let roster = roster(&["王伟", "王 伟"]);
        assert_eq!(person_named(&roster, "王 伟").map(|(id, _)| id.0), Some(2));
        assert_eq!(person_named(&roster, "王  伟").map(|(id, _)| id.0), None);
    }
}
