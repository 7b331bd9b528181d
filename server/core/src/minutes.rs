//! The sitting's minutes (会议记录): what happened, in words that the client turns into a sentence.
//! They never name who voted what or who asked without name.

use crate::ballot::VoidCause;
use crate::ids::{BallotId, InstantMs, ItemId, LotId, QuestionId, SubjectId};
use crate::limits::MINUTES_MAX;
use crate::scrutiny::{NotedBy, Step};
use crate::sitting::ConsoleSeat;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

wire! {
    /// One line of the minutes.
    pub struct Minute {
        pub at: InstantMs,
        pub what: Event,
    }

    #[serde(tag = "type", rename_all = "snake_case")]
    pub enum Event {
        SittingOpened { due: u32 },
        QuorumReached { present: u32, due: u32 },
        QuorumLost { present: u32, due: u32 },
        ItemBegan { item: ItemId },
        QuestionTaken { question: QuestionId },
        QuestionAnswered { question: QuestionId },
        QuestionDeferred { question: QuestionId, due_on: String },
        QuestionSkipped { question: QuestionId },
        BallotPresented { ballot: BallotId, round: u32 },
        BallotOpened { ballot: BallotId, round: u32 },
        BallotPaused { ballot: BallotId, round: u32 },
        BallotResumed { ballot: BallotId, round: u32 },
        BallotExtended { ballot: BallotId, seconds: u32 },
        /// More than half of the members present have voted.
        BallotHalfway { ballot: BallotId },
        BallotClosed { ballot: BallotId, round: u32, returned: u32 },
        BallotAnnounced { ballot: BallotId, round: u32 },
        BallotVoided { ballot: BallotId, round: u32, cause: VoidCause, note: String },
        HandsShown { ballot: BallotId, round: u32, reason: String },
        /// Two counts of the paper agree.
        PaperCounted { ballot: BallotId, round: u32, returned: u32 },
        Recused { name: String, subject: SubjectId, reason: String },
        RecusalLifted { name: String, subject: SubjectId },
        ScrutineersAppointed { names: Vec<String> },
        ScrutineerReplaced { out: String, by: String, reason: String },
        StepConfirmed { ballot: BallotId, step: Step, by: String },
        StepObjected { ballot: BallotId, step: Step, by: String, reason: String },
        IncidentNoted { by: NotedBy, text: String },
        SpeakerCalled { name: String },
        SpeechEnded { name: String, seconds: u32 },
        ConsoleHanded { to: ConsoleSeat },
        RosterCorrected { due: u32 },
        CredentialReissued { name: String },
        SittingClosed {},
        /// The case meets again: this sitting is being prepared.
        SittingConvened { number: u32 },
        ConveningCancelled { number: u32 },
        LotDrawn { lot: LotId },
    }
}

/// The lines in order of time, bounded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minutes {
    pub lines: VecDeque<Minute>,
}

impl Minutes {
    pub fn note(&mut self, at: InstantMs, what: Event) {
        if self.lines.len() == MINUTES_MAX {
            self.lines.pop_front();
        }
        self.lines.push_back(Minute { at, what });
    }
}
