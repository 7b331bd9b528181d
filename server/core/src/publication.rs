//! What the public may see, and from when (公开). Nothing is public before its time: results come with the announcement
//! unless the office holds them; opinions and the state of rectification only once the office has set their day.

use crate::appraisal::Appraisal;
use crate::command::Command;
use crate::ids::InstantMs;
use crate::outcome::{Reply, Touched};
use crate::refusal::Refusal;
use crate::stamp::Stamped;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

wire_words! {
    /// What may be made public, each by itself.
    pub enum Part {
        /// 测评结果, as far as the rule publishes them.
        Results,
        /// 述职评议意见, once approved and handed over.
        Opinions,
        /// 整改情况
        Rectification,
    }
}

wire! {
    /// When a part is made public.
    #[derive(Copy)]
    #[serde(tag = "when", rename_all = "snake_case")]
    pub enum Timing {
        /// Not until the office says so.
        Held {},
        /// Each as soon as it is announced in the hall; results only.
        WithAnnouncement {},
        /// From this instant on.
        At { at: InstantMs },
    }

    /// Desk: when a part is made public. What is public already is taken back by `held`.
    pub struct SetPublication { pub part: Part, pub timing: Timing }

    /// System: the time of a part has come.
    pub struct Release { pub part: Part, pub at: InstantMs }
}

/// Times as set, and which of them have come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    pub timings: BTreeMap<Part, Timing>,
    /// Since when a part that waited for its time is public.
    pub since: BTreeMap<Part, InstantMs>,
}

impl Default for Publication {
    fn default() -> Self {
        Publication {
            timings: BTreeMap::from([(Part::Results, Timing::WithAnnouncement {})]),
            since: BTreeMap::new(),
        }
    }
}

impl Part {
    pub const ALL: [Part; 3] = [Part::Results, Part::Opinions, Part::Rectification];
}

impl Publication {
    pub fn timing(&self, part: Part) -> Timing {
        self.timings.get(&part).copied().unwrap_or(Timing::Held {})
    }

    /// Whether the public may see this part, where there is something of it.
    pub fn is_public(&self, part: Part) -> bool {
        match self.timing(part) {
            Timing::Held {} => false,
            Timing::WithAnnouncement {} => true,
            Timing::At { .. } => self.since.contains_key(&part),
        }
    }

    /// The parts whose time is set and has not come.
    pub fn waiting(&self) -> impl Iterator<Item = Release> + '_ {
        self.timings.iter().filter_map(|(part, timing)| match timing {
            Timing::At { at } if !self.since.contains_key(part) => Some(Release { part: *part, at: *at }),
            _ => None,
        })
    }
}

impl Appraisal {
    pub(crate) fn apply_publication(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        match &stamped.command {
            Command::SetPublication(set) => self.set_publication(set)?,
            Command::ReleasePart(release) => self.release(release)?,
            _ => return Err(Refusal::NotAllowed {}),
        }
        touched.keys(self.keys());
        Ok(Reply::Done {})
    }

    fn set_publication(&mut self, set: &SetPublication) -> Result<(), Refusal> {
        if set.timing == (Timing::WithAnnouncement {}) && set.part != Part::Results {
            // Nobody announces these in a hall.
            return Err(Refusal::NothingDue {});
        }
        self.publication.since.remove(&set.part);
        self.publication.timings.insert(set.part, set.timing);
        if let Timing::At { at } = set.timing
            && at <= self.now
        {
            self.publication.since.insert(set.part, self.now);
        }
        Ok(())
    }

    /// A release that was overtaken by another time does nothing.
    fn release(&mut self, release: &Release) -> Result<(), Refusal> {
        let due = self.publication.timing(release.part) == Timing::At { at: release.at };
        if !due || self.publication.is_public(release.part) || self.now < release.at {
            return Err(Refusal::NothingDue {});
        }
        self.publication.since.insert(release.part, self.now);
        Ok(())
    }
}
