//! Who belongs to the body and who attends: people, their presence, the generations of their cards and devices.
//! Secrets (PINs, card codes) are not here; the vault keeps their verifiers.

use crate::ids::{InstantMs, PersonId};
use crate::limits::{LABEL_CHARS_MAX, NAME_CHARS_MAX, PERSONS_MAX};
use crate::refusal::{Counted, Refusal, TextField};
use crate::text;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

wire_words! {
    /// 组成人员 vote and count for the quorum; 列席人员 may ask, not vote.
    pub enum PersonKind { Member, Attendee }
    /// 实到 is counted from `Present`. `Excused`: on leave (请假), known beforehand.
    pub enum Attendance { Absent, Present, Left, Excused }
    /// How a member votes: on the own phone, on paper, or at the hall's tablet (投票终端).
    pub enum Way { Phone, Paper, Booth }
}

wire! {
    /// One row of a roster as the desk imports it. PINs go to the vault and never come here.
    pub struct RosterEntry {
        pub name: String,
        pub kind: PersonKind,
        pub title: String,
        pub group: String,
        pub seat: String,
    }
}

/// A person on the roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
    pub kind: PersonKind,
    pub title: String,
    pub group: String,
    pub seat: String,
    pub attendance: Attendance,
    pub attendance_at: InstantMs,
    /// From the next ballot that is presented.
    pub way: Way,
    /// Raised by the desk: the card with an older number opens nothing.
    pub card_generation: u32,
    /// Raised by every sign-in on another device; 0 means none has signed in yet.
    pub device_generation: u32,
    /// The signing key of the valid device, hex; empty before the first sign-in.
    pub device_key: String,
    /// Commands given so far, refused ones included.
    pub commands: u32,
}

/// The people of a case. `due` (应到) is the number of members: the base of quorum and grades.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    pub people: BTreeMap<PersonId, Person>,
    next: u32,
}

impl Roster {
    pub fn get(&self, id: PersonId) -> Result<&Person, Refusal> {
        self.people.get(&id).ok_or(Refusal::NoSuchPerson {})
    }

    pub fn get_mut(&mut self, id: PersonId) -> Result<&mut Person, Refusal> {
        self.people.get_mut(&id).ok_or(Refusal::NoSuchPerson {})
    }

    pub fn members(&self) -> impl Iterator<Item = (PersonId, &Person)> {
        self.people
            .iter()
            .filter(|(_, p)| p.kind == PersonKind::Member)
            .map(|(id, p)| (*id, p))
    }

    /// 应到: all members of the body, present or not.
    pub fn due(&self) -> u32 {
        count(self.members())
    }

    /// 实到: members present now.
    pub fn present(&self) -> u32 {
        count(self.members().filter(|(_, p)| p.attendance == Attendance::Present))
    }

    pub fn attendees_present(&self) -> u32 {
        count(
            self.people
                .values()
                .filter(|p| p.kind == PersonKind::Attendee && p.attendance == Attendance::Present),
        )
    }

    /// The least number of members present that is more than half of all (地方组织法 art. 51).
    pub fn quorum(&self) -> u32 {
        self.due() / 2 + 1
    }

    /// Replaces the whole roster. Someone of the same name keeps number, card and device: a corrected file must not
    /// make printed cards worthless. Returns the people who are gone.
    pub fn replace(&mut self, rows: &[RosterEntry], at: InstantMs) -> Result<Vec<PersonId>, Refusal> {
        if rows.len() > PERSONS_MAX {
            return Err(too_many());
        }
        let mut names = BTreeSet::new();
        let mut checked = Vec::with_capacity(rows.len());
        for row in rows {
            let row = check(row)?;
            if !names.insert(row.name.clone()) {
                return Err(Refusal::NameTaken { name: row.name });
            }
            checked.push(row);
        }
        let mut old: BTreeMap<String, PersonId> = self.people.iter().map(|(id, p)| (p.name.clone(), *id)).collect();
        let mut people = BTreeMap::new();
        for row in checked {
            match old
                .remove(&row.name)
                .and_then(|id| self.people.remove(&id).map(|p| (id, p)))
            {
                Some((id, mut person)) => {
                    describe(&mut person, row);
                    people.insert(id, person);
                }
                None => {
                    people.insert(self.number(), fresh(row, at));
                }
            }
        }
        let gone = std::mem::replace(&mut self.people, people).into_keys().collect();
        Ok(gone)
    }

    pub fn add(&mut self, row: &RosterEntry, at: InstantMs) -> Result<PersonId, Refusal> {
        if self.people.len() >= PERSONS_MAX {
            return Err(too_many());
        }
        let row = check(row)?;
        self.name_free(&row.name, None)?;
        let id = self.number();
        self.people.insert(id, fresh(row, at));
        Ok(id)
    }

    pub fn correct(&mut self, id: PersonId, row: &RosterEntry) -> Result<(), Refusal> {
        self.get(id)?;
        let row = check(row)?;
        self.name_free(&row.name, Some(id))?;
        describe(self.get_mut(id)?, row);
        Ok(())
    }

    fn name_free(&self, name: &str, but: Option<PersonId>) -> Result<(), Refusal> {
        let taken = self.people.iter().any(|(id, p)| p.name == name && Some(*id) != but);
        if taken {
            Err(Refusal::NameTaken { name: name.to_owned() })
        } else {
            Ok(())
        }
    }

    fn number(&mut self) -> PersonId {
        self.next += 1;
        PersonId(self.next)
    }
}

fn count<T>(it: impl Iterator<Item = T>) -> u32 {
    u32::try_from(it.count()).unwrap_or(u32::MAX)
}

fn too_many() -> Refusal {
    Refusal::TooMany {
        of: Counted::Persons,
        max: u32::try_from(PERSONS_MAX).unwrap_or(u32::MAX),
    }
}

fn check(row: &RosterEntry) -> Result<RosterEntry, Refusal> {
    Ok(RosterEntry {
        name: text::line(TextField::Name, &row.name, NAME_CHARS_MAX)?,
        kind: row.kind,
        title: text::optional_line(TextField::Title, &row.title, LABEL_CHARS_MAX)?,
        group: text::optional_line(TextField::Group, &row.group, LABEL_CHARS_MAX)?,
        seat: text::optional_line(TextField::Seat, &row.seat, LABEL_CHARS_MAX)?,
    })
}

fn fresh(row: RosterEntry, at: InstantMs) -> Person {
    Person {
        name: row.name,
        kind: row.kind,
        title: row.title,
        group: row.group,
        seat: row.seat,
        attendance: Attendance::Absent,
        attendance_at: at,
        way: Way::Phone,
        card_generation: 1,
        device_generation: 0,
        device_key: String::new(),
        commands: 0,
    }
}

fn describe(person: &mut Person, row: RosterEntry) {
    person.name = row.name;
    person.kind = row.kind;
    person.title = row.title;
    person.group = row.group;
    person.seat = row.seat;
}
