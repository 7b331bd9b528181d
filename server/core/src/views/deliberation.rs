//! The deliberation: who speaks and who waits, for the whole hall; remarks for the desk and for their own speakers.

use crate::appraisal::Appraisal;
use crate::deliberation::{ConfirmedOn, Remark, RemarkSource, RemarkState, Speech, SpeechState};
use crate::ids::{InstantMs, PersonId, RemarkId, SubjectId};
use crate::roster::PersonKind;

wire! {
    /// Whose turn it is. Time runs on the reader's clock; over the limit it is shown and nothing else happens.
    pub struct SpeakingView {
        pub person: PersonId,
        pub name: String,
        pub title: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub subject: Option<SubjectId>,
        pub aspect: String,
        pub began_at: InstantMs,
        /// 0: no limit.
        pub limit_s: u32,
    }

    /// Who asked to speak.
    pub struct WaitingView {
        pub person: PersonId,
        pub name: String,
        pub title: String,
        pub kind: PersonKind,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub subject: Option<SubjectId>,
        pub aspect: String,
        pub asked_at: InstantMs,
        /// Speeches to the current item so far.
        pub earlier: u32,
    }

    /// A speech that is over.
    pub struct SpokenView { pub name: String, pub began_at: InstantMs, pub ended_at: InstantMs, pub limit_s: u32 }

    /// Key `deliberation`. All but the public.
    pub struct DeliberationView {
        pub aspects: Vec<String>,
        pub first_minutes: u32,
        pub later_minutes: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub speaking: Option<SpeakingView>,
        /// In the order of asking. Not for the projector.
        pub waiting: Vec<WaitingView>,
        /// The latest, oldest first. Chair and desk.
        pub spoken: Vec<SpokenView>,
    }

    /// Key `remark/N`: desk. Own stream, key `my_remark/N`: the speaker.
    pub struct RemarkView {
        pub id: RemarkId,
        pub speaker: PersonId,
        pub name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub subject: Option<SubjectId>,
        /// Empty: to none in particular.
        pub aspect: String,
        pub text: String,
        /// The speaker's earlier wording, once the desk has another.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub original: Option<String>,
        /// Counts the wordings; confirming names the one that was read.
        pub wording: u32,
        pub source: RemarkSource,
        pub state: RemarkState,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub confirmed_on: Option<ConfirmedOn>,
        /// The speaker's wish while disputed, the office's reason once removed.
        pub note: String,
        pub at: InstantMs,
        pub settled_at: InstantMs,
    }
}

/// How much of the list an audience sees.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    Speaker,
    List,
    Whole,
}

/// Speeches shown as held.
const SPOKEN_SHOWN: usize = 60;

pub fn deliberation(case: &Appraisal, sight: Sight) -> DeliberationView {
    let d = &case.deliberation;
    let waiting = d.waiting().filter(|_| sight != Sight::Speaker);
    let spoken: Vec<_> = d.speeches.iter().filter(|s| s.state == SpeechState::Spoken).collect();
    let mut spoken: Vec<_> = spoken.into_iter().map(|s| over(case, s)).collect();
    spoken.sort_by_key(|s| s.began_at);
    let first = match sight {
        Sight::Whole => spoken.len().saturating_sub(SPOKEN_SHOWN),
        Sight::Speaker | Sight::List => spoken.len(),
    };
    DeliberationView {
        aspects: d.aspects.clone(),
        first_minutes: d.first_minutes,
        later_minutes: d.later_minutes,
        speaking: d.speaking().map(|s| speaking(case, s)),
        waiting: waiting.filter_map(|s| wait(case, s)).collect(),
        spoken: spoken.split_off(first),
    }
}

fn speaking(case: &Appraisal, s: &Speech) -> SpeakingView {
    let person = case.roster.people.get(&s.person);
    SpeakingView {
        person: s.person,
        name: case.name_of(s.person).to_owned(),
        title: person.map_or_else(String::new, |p| p.title.clone()),
        subject: s.subject,
        aspect: s.aspect.clone(),
        began_at: s.began_at,
        limit_s: s.limit_s,
    }
}

/// None for one who is off the roster again.
fn wait(case: &Appraisal, s: &Speech) -> Option<WaitingView> {
    let person = case.roster.people.get(&s.person)?;
    Some(WaitingView {
        person: s.person,
        name: person.name.clone(),
        title: person.title.clone(),
        kind: person.kind,
        subject: s.subject,
        aspect: s.aspect.clone(),
        asked_at: s.asked_at,
        earlier: case
            .deliberating()
            .map_or(0, |item| case.deliberation.spoken(s.person, Some(item))),
    })
}

fn over(case: &Appraisal, s: &Speech) -> SpokenView {
    SpokenView {
        name: case.name_of(s.person).to_owned(),
        began_at: s.began_at,
        ended_at: s.ended_at,
        limit_s: s.limit_s,
    }
}

pub fn remark(case: &Appraisal, id: RemarkId, r: &Remark) -> RemarkView {
    RemarkView {
        id,
        speaker: r.speaker,
        name: case.name_of(r.speaker).to_owned(),
        subject: r.subject,
        aspect: r.aspect.clone(),
        text: r.text.clone(),
        original: r.original.clone(),
        wording: r.wording,
        source: r.source,
        state: r.state,
        confirmed_on: r.confirmed_on,
        note: r.note.clone(),
        at: r.at,
        settled_at: r.settled_at,
    }
}
