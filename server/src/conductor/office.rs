//! What a conductor asks of the ballot office: work on a secret round's key and box that is not for the record.

use futures_util::future::BoxFuture;
use pingyi_core::command::Command;
use pingyi_core::duties::OfficeWork;
use pingyi_core::ids::{BallotId, QuestionnaireId};
use pingyi_core::questionnaire::SurveyQuestion;
use pingyi_core::views::{AnswerSight, BoxSight};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// Why the office could not do its work. It is asked again a second later.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct OfficeError(pub String);

/// A secret round between its key and its announcement.
#[derive(Clone, Debug)]
pub struct HeldBox {
    pub header: String,
    pub fill: BoxFill,
}

/// A questionnaire that is open.
#[derive(Clone, Debug)]
pub struct HeldAnswers {
    pub questionnaire: QuestionnaireId,
    pub questions: Vec<SurveyQuestion>,
}

/// Whether casts still come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxFill {
    Filling,
    Sealed,
}

/// Keeps keys and boxes of secret rounds, and boxes of questionnaires. Every work may come again after a crash and must come to the same.
pub trait BallotOffice: Send + Sync + 'static {
    /// Does a duty's work; the command goes on the record.
    fn perform(self: Arc<Self>, appraisal: Uuid, work: OfficeWork) -> BoxFuture<'static, Result<Command, OfficeError>>;

    /// How full the held boxes of a case are, in steps that tell of no single cast, and exactly once sealed. A box
    /// that is not open yet, after a restart, is opened for the next look.
    fn sights(self: Arc<Self>, appraisal: Uuid, held: Vec<HeldBox>) -> BTreeMap<BallotId, BoxSight>;

    /// The same of a case's open questionnaires.
    fn answers(self: Arc<Self>, appraisal: Uuid, held: Vec<HeldAnswers>) -> BTreeMap<QuestionnaireId, AnswerSight>;
}

/// For programs without secret ballots, such as tests of the conductor: it has no boxes and makes no keys.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoOffice;

impl BallotOffice for NoOffice {
    fn perform(self: Arc<Self>, _: Uuid, _: OfficeWork) -> BoxFuture<'static, Result<Command, OfficeError>> {
        Box::pin(async { Err(OfficeError("there is no ballot office".into())) })
    }

    fn sights(self: Arc<Self>, _: Uuid, _: Vec<HeldBox>) -> BTreeMap<BallotId, BoxSight> {
        BTreeMap::new()
    }

    fn answers(self: Arc<Self>, _: Uuid, _: Vec<HeldAnswers>) -> BTreeMap<QuestionnaireId, AnswerSight> {
        BTreeMap::new()
    }
}
