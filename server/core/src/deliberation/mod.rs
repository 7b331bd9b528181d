//! The deliberation (审议): aspects to speak to, remarks as recorded and as their speakers confirmed them, and the list
//! of who wants to speak, with time limits. Time over the limit is shown; nobody is cut off by a program.

mod orders;
#[cfg(test)]
mod tests;

use crate::appraisal::Appraisal;
use crate::ids::{InstantMs, ItemId, PersonId, RemarkId, SubjectId};
use crate::refusal::Refusal;
use crate::sitting::{ItemKind, SittingState};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

wire_words! {
    pub enum RemarkSource {
        /// 办公室记录
        Desk,
        /// The speaker's own phone.
        Phone,
    }
    pub enum RemarkState {
        /// The speaker has yet to check the wording.
        Waiting,
        /// The speaker asks for another wording.
        Disputed,
        Confirmed,
        Removed,
    }
    /// How the speaker confirmed: on the phone, or by signing the printed record.
    pub enum ConfirmedOn { Phone, Paper }
    pub enum SpeechState { Waiting, Speaking, Spoken, Withdrawn }
}

wire! {
    /// Aspects only before the sitting opens, minutes at any time; 0 minutes: no limit.
    pub struct SetDeliberation { pub aspects: Vec<String>, pub first_minutes: u32, pub later_minutes: u32 }

    /// What somebody said, as the desk recorded it. `aspect` is one of the aspects, or empty.
    pub struct RecordRemark {
        pub speaker: PersonId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub subject: Option<SubjectId>,
        pub aspect: String,
        pub text: String,
    }

    /// The speaker's own words.
    pub struct SendRemark {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub subject: Option<SubjectId>,
        pub aspect: String,
        pub text: String,
    }

    pub struct CorrectRemark {
        pub remark: RemarkId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub subject: Option<SubjectId>,
        pub aspect: String,
        pub text: String,
    }

    /// `wording` is the number of the wording that was read: what changed meanwhile is not confirmed.
    pub struct ConfirmRemark { pub remark: RemarkId, pub wording: u32 }

    pub struct DisputeRemark { pub remark: RemarkId, pub wording: u32, pub note: String }

    pub struct RemoveRemark { pub remark: RemarkId, pub reason: String }

    pub struct AskToSpeak {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub subject: Option<SubjectId>,
        pub aspect: String,
    }

    /// Anybody on the roster, on the list or not: attendees speak by the chair's leave.
    pub struct CallSpeaker { pub person: PersonId }
}

/// A remark with its story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    pub speaker: PersonId,
    pub subject: Option<SubjectId>,
    pub aspect: String,
    pub text: String,
    /// What the speaker wrote, last confirmed, or was first recorded to have said, once the desk has another wording.
    pub original: Option<String>,
    /// Counts the wordings from 1.
    pub wording: u32,
    pub source: RemarkSource,
    pub state: RemarkState,
    pub confirmed_on: Option<ConfirmedOn>,
    /// The speaker's wish, or why it was removed.
    pub note: String,
    pub at: InstantMs,
    pub settled_at: InstantMs,
}

/// A turn to speak: asked for, or given by the chair at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speech {
    pub person: PersonId,
    pub subject: Option<SubjectId>,
    pub aspect: String,
    pub state: SpeechState,
    pub asked_at: InstantMs,
    /// The agenda item in which it was held.
    pub item: Option<ItemId>,
    pub began_at: InstantMs,
    pub ended_at: InstantMs,
    /// 0: no limit.
    pub limit_s: u32,
}

/// The deliberation of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deliberation {
    pub aspects: Vec<String>,
    /// Minutes for a person's first speech on an item, and for a later one.
    pub first_minutes: u32,
    pub later_minutes: u32,
    pub remarks: BTreeMap<RemarkId, Remark>,
    /// In the order of asking.
    pub speeches: Vec<Speech>,
}

impl Default for Deliberation {
    /// The aspects of the seed's speech, and Beijing's minutes.
    fn default() -> Self {
        let aspects = [
            "贯彻法律法规情况",
            "依法履行职责情况",
            "接受人大监督情况",
            "勤政廉政情况",
        ];
        Deliberation {
            aspects: aspects.map(String::from).to_vec(),
            first_minutes: 10,
            later_minutes: 5,
            remarks: BTreeMap::new(),
            speeches: Vec::new(),
        }
    }
}

impl Deliberation {
    pub fn get(&self, id: RemarkId) -> Result<&Remark, Refusal> {
        self.remarks.get(&id).ok_or(Refusal::NoSuchRemark {})
    }

    /// Remarks whose wording their speakers stand by.
    pub fn confirmed(&self) -> impl Iterator<Item = (RemarkId, &Remark)> {
        let confirmed = self.remarks.iter().filter(|(_, r)| r.state == RemarkState::Confirmed);
        confirmed.map(|(id, r)| (*id, r))
    }

    pub fn speaking(&self) -> Option<&Speech> {
        self.speeches.iter().find(|s| s.state == SpeechState::Speaking)
    }

    pub fn waiting(&self) -> impl Iterator<Item = &Speech> {
        self.speeches.iter().filter(|s| s.state == SpeechState::Waiting)
    }

    /// How often this person has spoken to the item.
    pub fn spoken(&self, person: PersonId, item: Option<ItemId>) -> u32 {
        let theirs = self.speeches.iter().filter(|s| s.person == person && s.item == item);
        let spoken = theirs.filter(|s| matches!(s.state, SpeechState::Speaking | SpeechState::Spoken));
        u32::try_from(spoken.count()).unwrap_or(u32::MAX)
    }
}

impl Appraisal {
    /// The first on the list who is on the roster.
    pub fn next_speaker(&self) -> Option<PersonId> {
        let mut waiting = self.deliberation.waiting().map(|s| s.person);
        waiting.find(|p| self.roster.people.contains_key(p))
    }

    /// The item being deliberated now.
    pub fn deliberating(&self) -> Option<ItemId> {
        let current = self
            .sitting
            .current
            .filter(|_| self.sitting.state == SittingState::Open)?;
        let kind = self.sitting.agenda.get(&current)?.kind;
        (kind == ItemKind::Deliberation).then_some(current)
    }
}
