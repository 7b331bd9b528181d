//! One round that the office has open: its header, key and box, and what screens may know of the box.

use super::{OfficeFault, OnFatal};
use crate::ballot_box::{BallotBox, BoxError, Keep, Put};
use crate::limits::BOX_SIGHT_STEP_MIN;
use crate::secrecy::{BallotKey, Cast, CastFault, CastText, Header, HeaderFault, Question, Round};
use pingyi_core::rules::profile::ChangeRule;
use pingyi_core::views::BoxSight;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Why a cast was not taken. Nothing of it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CastRefused {
    Wrong(CastFault),
    /// A later cast of the same key is in the box.
    Older,
    /// The first press counts, and an earlier cast of the same key is in the box.
    Taken,
    /// The same sequence number with another content.
    OtherContent,
    /// The ballot is closed.
    Closed,
    Busy,
    Fault,
}

impl From<CastFault> for CastRefused {
    fn from(fault: CastFault) -> Self {
        CastRefused::Wrong(fault)
    }
}

pub(super) struct OpenRound {
    pub header: Header,
    pub key: BallotKey,
    pub slips: BallotBox,
    seen: Mutex<Seen>,
}

/// The choices in the box, in memory only, and the last step shown.
struct Seen {
    /// By vote key: the highest sequence number and its choices.
    choices: HashMap<[u8; 32], (u32, Vec<u8>)>,
    shown: BoxSight,
    /// Casts found at opening. What was shown before a restart is not known here, so the next step counts from these.
    found: u32,
}

/// The header of a round: the same for the same seed, so that a crash between making and recording it is harmless.
pub(super) fn header(
    round: Round,
    seed: &[u8; 32],
    subject: String,
    options: Vec<String>,
    dimensions: u8,
    receipt_pk: [u8; 32],
) -> Result<Header, HeaderFault> {
    let pk = BallotKey::from_seed(seed, round).public();
    Header::new(
        round,
        Question {
            subject,
            options,
            dimensions,
        },
        pk,
        receipt_pk,
    )
}

impl OpenRound {
    /// Opens the box. Blocks on the disk.
    pub fn open(data: &Path, header: Header, seed: &[u8; 32], on_fatal: OnFatal) -> Result<OpenRound, OfficeFault> {
        let round = header.round();
        let key = BallotKey::from_seed(seed, round);
        if key.public() != *header.pk() {
            return Err(OfficeFault::NoKey);
        }
        let slips = BallotBox::open(data, round, on_fatal).map_err(|e| OfficeFault::Failed(e.to_string()))?;
        let cells = header.question().options.len() * usize::from(header.question().dimensions);
        let shown = BoxSight {
            round: round.number,
            returned: 0,
            counts: vec![0; cells],
        };
        let choices = slips.choices_at_open();
        let found = u32::try_from(choices.len()).unwrap_or(u32::MAX);
        Ok(OpenRound {
            header,
            key,
            slips,
            seen: Mutex::new(Seen { choices, shown, found }),
        })
    }

    /// Sizes first, then the token, then the signature. A blank slip is not offered in this hall.
    pub fn read(&self, text: CastText<'_>) -> Result<Cast, CastRefused> {
        let cast = Cast::read(text, &self.header)?;
        if cast.choices.contains(&0) {
            return Err(CastFault::NoSuchOption.into());
        }
        cast.check(&self.header, &self.key)?;
        Ok(cast)
    }

    pub async fn put(&self, cast: Cast, change: ChangeRule) -> Result<(), CastRefused> {
        let (key, seq, choices) = (cast.vote_pk, cast.seq, cast.choices.clone());
        let keep = match change {
            ChangeRule::UntilClose => Keep::Last,
            ChangeRule::FirstPressCounts => Keep::First,
        };
        let put = self.slips.put(cast, keep).await.map_err(|error| match error {
            BoxError::Older => CastRefused::Older,
            BoxError::Taken => CastRefused::Taken,
            BoxError::OtherContent => CastRefused::OtherContent,
            BoxError::Frozen | BoxError::Closed => CastRefused::Closed,
            BoxError::Full { .. } | BoxError::Busy => CastRefused::Busy,
            BoxError::Failed { .. } => CastRefused::Fault,
        })?;
        if put != Put::Same {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            // Two of one key may be answered in either order; the box keeps the higher, and so does this.
            let kept = seen.choices.entry(key).or_insert_with(|| (seq, choices.clone()));
            if seq >= kept.0 {
                *kept = (seq, choices);
            }
        }
        Ok(())
    }

    /// Of a sealed box: all of it, for nothing more comes in.
    pub fn show_all(&self) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let Seen { choices, shown, .. } = &mut *seen;
        show(choices, self.header.question().options.len(), shown);
    }

    /// The last step; a new one only when enough casts have come that none can be told from it.
    pub fn sight(&self) -> BoxSight {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let returned = u32::try_from(seen.choices.len()).unwrap_or(u32::MAX);
        if returned >= seen.shown.returned.max(seen.found) + BOX_SIGHT_STEP_MIN {
            let Seen { choices, shown, .. } = &mut *seen;
            show(choices, self.header.question().options.len(), shown);
        }
        seen.shown.clone()
    }
}

fn show(choices: &HashMap<[u8; 32], (u32, Vec<u8>)>, options: usize, shown: &mut BoxSight) {
    shown.returned = u32::try_from(choices.len()).unwrap_or(u32::MAX);
    shown.counts.iter_mut().for_each(|n| *n = 0);
    for (_, marks) in choices.values() {
        for (row, mark) in marks.iter().enumerate() {
            let option = usize::from(*mark).checked_sub(1).filter(|o| *o < options);
            if let Some(n) = option.and_then(|o| shown.counts.get_mut(row * options + o)) {
                *n += 1;
            }
        }
    }
}
