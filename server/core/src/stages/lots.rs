//! Drawing lots among the subjects (抽签): who reports orally, or who is appraised at all. The program commits itself to
//! a secret seed before anybody in the hall calls out a number; then the seed is shown, and anybody can repeat the draw.

use crate::appraisal::Appraisal;
use crate::command::Command;
use crate::ids::{InstantMs, LotId, SubjectId};
use crate::limits::{LOT_CALLED_CHARS_MAX, LOTS_MAX, NOTE_CHARS_MAX};
use crate::minutes::Event;
use crate::outcome::{Key, Reply, Touched};
use crate::refusal::{Counted, Refusal, TextField};
use crate::sitting::{Screen, SittingState};
use crate::stamp::Stamped;
use crate::subject::ReportForm;
use crate::text;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

wire_words! {
    /// What the drawn ones are drawn for.
    pub enum LotPurpose {
        /// 口头述职; the other candidates report in writing.
        OralReport,
        /// 评议对象; the other candidates leave the list.
        Appraised,
    }
    /// How far a lot is.
    pub enum LotState {
        /// The program is making its seed.
        Called,
        /// The commitment is on the screen: the hall may call out a number.
        Committed,
        /// Called out; the seed is being shown.
        Revealing,
        Drawn,
        Cancelled,
    }
}

wire! {
    /// Desk: a lot among these subjects, of whom `draw` are drawn.
    pub struct LotCall { pub purpose: LotPurpose, pub candidates: Vec<SubjectId>, pub draw: u32 }

    /// Desk or console: what was called out in the hall.
    pub struct LotDraw { pub lot: LotId, pub called: String }

    /// Desk: it is not drawn, and stays on the record with the reason.
    pub struct LotCancel { pub lot: LotId, pub reason: String }

    /// System: SHA-256 of the secret seed, 64 hex digits.
    pub struct LotCommitment { pub lot: LotId, pub commitment: String }

    /// System: the seed, 64 hex digits.
    pub struct LotSeed { pub lot: LotId, pub seed: String }
}

/// A candidate as named when the lot was called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    pub subject: SubjectId,
    pub unit: String,
    pub officer: String,
}

/// One drawing of lots with all that is needed to repeat it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    pub purpose: LotPurpose,
    pub candidates: Vec<Candidate>,
    pub draw: u32,
    pub called_at: InstantMs,
    /// Each is empty until its step.
    pub commitment: String,
    pub called: String,
    pub seed: String,
    pub drawn_at: InstantMs,
    pub cancelled_because: String,
}

impl Lot {
    pub fn state(&self) -> LotState {
        match self {
            lot if !lot.cancelled_because.is_empty() => LotState::Cancelled,
            lot if !lot.seed.is_empty() => LotState::Drawn,
            lot if !lot.called.is_empty() => LotState::Revealing,
            lot if !lot.commitment.is_empty() => LotState::Committed,
            _ => LotState::Called,
        }
    }

    pub fn is_over(&self) -> bool {
        matches!(self.state(), LotState::Drawn | LotState::Cancelled)
    }

    /// Candidates with their digests in the order of the digests: the first ones are drawn. Empty until it is drawn.
    pub fn order(&self) -> Vec<(String, &Candidate)> {
        if self.state() != LotState::Drawn {
            return Vec::new();
        }
        let digest = |c: &Candidate| digest(&self.seed, &self.called, c.subject);
        let mut order: Vec<_> = self.candidates.iter().map(|c| (digest(c), c)).collect();
        order.sort_by(|a, b| (&a.0, a.1.subject).cmp(&(&b.0, b.1.subject)));
        order
    }

    /// The drawn subjects in the order drawn.
    pub fn drawn(&self) -> Vec<SubjectId> {
        let draw = usize::try_from(self.draw).unwrap_or(usize::MAX);
        self.order().into_iter().take(draw).map(|(_, c)| c.subject).collect()
    }
}

/// The text whose SHA-256 places a candidate: `pingyi-lot/1|seed|called|number`.
pub fn digest(seed: &str, called: &str, candidate: SubjectId) -> String {
    hex(&Sha256::digest(format!("pingyi-lot/1|{seed}|{called}|{candidate}")))
}

/// SHA-256 over the 32 bytes of the seed, or nothing if these are not 64 hex digits.
pub fn commitment(seed: &str) -> Option<String> {
    let seed = text::hex(seed, 64).ok()?;
    let byte = |at: usize| u8::from_str_radix(seed.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..64).step_by(2).map(byte).collect();
    Some(hex(&Sha256::digest(bytes?)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

impl Appraisal {
    pub(super) fn apply_lots(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        let reply = match &stamped.command {
            Command::CallLot(call) => self.call_lot(call, touched)?,
            Command::CommitLot(made) => {
                let commitment = text::hex(&made.commitment, 64)?;
                let lot = self.lot_mut(made.lot, LotState::Called)?;
                lot.commitment = commitment;
                Reply::Done {}
            }
            Command::DrawLot(draw) => {
                let called = text::line(TextField::Called, &draw.called, LOT_CALLED_CHARS_MAX)?;
                self.need_lot_fits(draw.lot)?;
                self.lot_mut(draw.lot, LotState::Committed)?.called = called;
                Reply::Done {}
            }
            Command::RevealLot(seed) => self.reveal(seed, touched)?,
            Command::CancelLot(cancel) => {
                let reason = text::paragraph(TextField::Reason, &cancel.reason, NOTE_CHARS_MAX)?;
                let lot = self.lot(cancel.lot)?;
                if !matches!(lot.state(), LotState::Called | LotState::Committed) {
                    return Err(Refusal::LotState { state: lot.state() });
                }
                self.lot_mut(cancel.lot, lot.state())?.cancelled_because = reason;
                Reply::Done {}
            }
            _ => return Err(Refusal::NotAllowed {}),
        };
        touched.key(Key::Lot);
        Ok(reply)
    }

    pub fn lot(&self, id: LotId) -> Result<&Lot, Refusal> {
        let at = usize::try_from(id.0).ok().and_then(|n| n.checked_sub(1));
        at.and_then(|at| self.stages.lots.get(at)).ok_or(Refusal::NoSuchLot {})
    }

    /// Lots with their numbers, which count from 1.
    pub fn lots(&self) -> impl Iterator<Item = (LotId, &Lot)> {
        (1..).map(LotId).zip(&self.stages.lots)
    }

    fn lot_mut(&mut self, id: LotId, state: LotState) -> Result<&mut Lot, Refusal> {
        let is = self.lot(id)?.state();
        if is != state {
            return Err(Refusal::LotState { state: is });
        }
        let at = usize::try_from(id.0).unwrap_or_default().saturating_sub(1);
        self.stages.lots.get_mut(at).ok_or(Refusal::NoSuchLot {})
    }

    fn call_lot(&mut self, call: &LotCall, touched: &mut Touched) -> Result<Reply, Refusal> {
        if self.stages.lots.len() >= LOTS_MAX {
            return Err(Refusal::TooMany {
                of: Counted::Lots,
                max: u32::try_from(LOTS_MAX).unwrap_or(u32::MAX),
            });
        }
        if let Some((_, lot)) = self.lots().find(|(_, lot)| !lot.is_over()) {
            return Err(Refusal::LotState { state: lot.state() });
        }
        let distinct: BTreeSet<_> = call.candidates.iter().copied().collect();
        if distinct.len() != call.candidates.len() {
            return Err(Refusal::SubjectTwice {});
        }
        let candidate = |id: &SubjectId| {
            let s = self.subject(*id)?;
            Ok(Candidate {
                subject: *id,
                unit: s.unit.clone(),
                officer: s.officer.clone(),
            })
        };
        let candidates = distinct.iter().map(candidate).collect::<Result<Vec<_>, Refusal>>()?;
        let max = u32::try_from(candidates.len()).unwrap_or(u32::MAX).saturating_sub(1);
        if !(1..=max).contains(&call.draw) {
            return Err(Refusal::OutOfRange { min: 1, max });
        }
        let lot = Lot {
            purpose: call.purpose,
            candidates,
            draw: call.draw,
            called_at: self.now,
            commitment: String::new(),
            called: String::new(),
            seed: String::new(),
            drawn_at: 0,
            cancelled_because: String::new(),
        };
        self.need_fits(&lot)?;
        self.stages.lots.push(lot);
        let lot = LotId(u32::try_from(self.stages.lots.len()).unwrap_or(u32::MAX));
        if self.running_ballot().is_none() {
            self.sitting.screen = Screen::Lot { lot };
            self.screen_touched(touched);
        }
        Ok(Reply::LotCalled { lot })
    }

    fn need_lot_fits(&self, id: LotId) -> Result<(), Refusal> {
        self.need_fits(self.lot(id)?)
    }

    /// Who reports how is settled when the sitting is over; who leaves the list must not be on its agenda.
    fn need_fits(&self, lot: &Lot) -> Result<(), Refusal> {
        if self.sitting.state == SittingState::Closed {
            return Err(Refusal::SittingClosed {});
        }
        self.need_no_ballot_running()?;
        for c in &lot.candidates {
            self.subject(c.subject)?;
            if lot.purpose == LotPurpose::Appraised && self.subject_in_use(c.subject) {
                return Err(Refusal::SubjectInUse {});
            }
        }
        Ok(())
    }

    fn reveal(&mut self, revealed: &LotSeed, touched: &mut Touched) -> Result<Reply, Refusal> {
        let now = self.now;
        let lot = self.lot_mut(revealed.lot, LotState::Revealing)?;
        if commitment(&revealed.seed).as_ref() != Some(&lot.commitment) {
            return Err(Refusal::SeedDiffers {});
        }
        (lot.seed, lot.drawn_at) = (revealed.seed.clone(), now);
        let (purpose, drawn) = (lot.purpose, lot.drawn());
        let candidates: Vec<_> = lot.candidates.iter().map(|c| c.subject).collect();
        for id in candidates {
            let is_drawn = drawn.contains(&id);
            touched.key(Key::Subject(id));
            match purpose {
                LotPurpose::OralReport => {
                    if let Some(s) = self.subjects.get_mut(&id) {
                        s.report = if is_drawn {
                            ReportForm::Oral
                        } else {
                            ReportForm::Written
                        };
                    }
                }
                LotPurpose::Appraised if !is_drawn && !self.subject_in_use(id) => {
                    self.subjects.remove(&id);
                    touched.key(Key::Rectification(id)).key(Key::Console);
                }
                LotPurpose::Appraised => {}
            }
        }
        self.texts_touched(touched);
        self.minutes.note(now, Event::LotDrawn { lot: revealed.lot });
        touched.key(Key::Minutes);
        Ok(Reply::Done {})
    }
}
