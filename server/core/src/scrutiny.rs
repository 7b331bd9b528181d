//! Scrutineers (监票人): members present who watch the count. They confirm steps of a ballot where the rule asks for it,
//! and may object; incidents are noted. A scrutineer whose phone died is replaced, on the record.

use crate::ids::{BallotId, InstantMs, PersonId};
use crate::limits::INCIDENTS_MAX;
use crate::refusal::{Counted, Refusal};
use crate::sitting::ConsoleSeat;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

wire_words! {
    /// A step of a ballot that scrutineers confirm: opening, closing, and unsealing the result.
    pub enum Step { Open, Close, Unseal }
    /// What scrutineers do in this hall: nobody is appointed, they watch and sign, or both must also confirm each step.
    pub enum ScrutinyRule { None, Watch, Confirm }
}

wire! {
    /// Who noted something.
    #[serde(tag = "type", rename_all = "snake_case")]
    pub enum NotedBy { Scrutineer { name: String }, Console { seat: ConsoleSeat }, Desk {} }

    /// Something the tally sheet should mention.
    pub struct Incident {
        pub at: InstantMs,
        pub by: NotedBy,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub ballot: Option<BallotId>,
        pub text: String,
    }
}

/// The scrutineers of a sitting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scrutiny {
    pub appointed: BTreeSet<PersonId>,
    pub incidents: VecDeque<Incident>,
}

/// Who has confirmed what of one round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed(pub BTreeMap<Step, BTreeSet<PersonId>>);

impl Scrutiny {
    pub fn note(&mut self, incident: Incident) -> Result<(), Refusal> {
        if self.incidents.len() >= INCIDENTS_MAX {
            return Err(Refusal::TooMany {
                of: Counted::Incidents,
                max: u32::try_from(INCIDENTS_MAX).unwrap_or(u32::MAX),
            });
        }
        self.incidents.push_back(incident);
        Ok(())
    }
}

impl Confirmed {
    pub fn by(&self, step: Step) -> impl Iterator<Item = PersonId> + '_ {
        self.0.get(&step).into_iter().flatten().copied()
    }

    pub fn confirm(&mut self, step: Step, person: PersonId) {
        self.0.entry(step).or_default().insert(person);
    }

    pub fn withdraw(&mut self, step: Step, person: PersonId) {
        if let Some(by) = self.0.get_mut(&step) {
            by.remove(&person);
        }
    }

    /// Refuses unless every appointed scrutineer has confirmed.
    pub fn need(&self, step: Step, appointed: &BTreeSet<PersonId>) -> Result<(), Refusal> {
        let confirmed = appointed.iter().filter(|p| self.by(step).any(|by| by == **p)).count();
        if confirmed == appointed.len() {
            return Ok(());
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Err(Refusal::ScrutineersPending {
            step,
            confirmed: count(confirmed),
            needed: count(appointed.len()),
        })
    }
}
