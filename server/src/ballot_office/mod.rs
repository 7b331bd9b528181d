//! The ballot office: keys, tokens and boxes of secret rounds. It does the duties a case asks of it, issues tokens to
//! members a case has admitted, and takes casts from nobody in particular; it keeps the seeds of lots. Must never log a
//! cast, nor who sent one.

mod lots;
mod round;

use crate::answer_office::{AnswerOffice, Of};
use crate::ballot_box;
use crate::blobs::Blobs;
use crate::conductor::{BallotOffice, BoxFill, HeldAnswers, HeldBox, OfficeError};
use crate::limits::BLOB_BYTES_MAX;
use crate::secrecy::{Board, CastText, Header, Issuance, Paper, ReceiptKey, Round};
use crate::vault::{SeedOf, Vault};
use futures_util::future::BoxFuture;
use pingyi_core::command::Command;
use pingyi_core::duties::OfficeWork;
use pingyi_core::ids::{BallotId, PersonId, QuestionnaireId};
use pingyi_core::rules::profile::ChangeRule;
use pingyi_core::views::{AnswerSight, BoxSight};
use round::OpenRound;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

pub use round::CastRefused;

/// Called when a box cannot be written; the program ends.
pub type OnFatal = ballot_box::OnFatal;

/// A token as it goes to the phone, in bytes.
#[derive(Clone, Debug)]
pub struct TokenAnswer {
    pub evaluated: [u8; 32],
    pub proof: [u8; 64],
}

/// Why no token could be issued or no round opened.
#[derive(Debug, thiserror::Error)]
pub enum OfficeFault {
    #[error("not a blinded element")]
    BadElement,
    #[error("the round's key is gone")]
    NoKey,
    #[error("{0}")]
    Failed(String),
}

pub struct Office {
    data: PathBuf,
    vault: Arc<Vault>,
    blobs: Arc<Blobs>,
    receipts: ReceiptKey,
    rounds: Mutex<HashMap<Round, Arc<OpenRound>>>,
    /// The questionnaires' boxes are another room's.
    pub answers: Arc<AnswerOffice>,
    on_fatal: OnFatal,
}

impl Office {
    pub fn new(data: PathBuf, vault: Arc<Vault>, blobs: Arc<Blobs>, on_fatal: OnFatal) -> Arc<Office> {
        let answers = AnswerOffice::new(data.clone(), vault.clone(), on_fatal.clone());
        let receipts = ReceiptKey::from_seed(&vault.derive("ballot receipts", &[]));
        Arc::new(Office {
            data,
            vault,
            blobs,
            receipts,
            rounds: Mutex::default(),
            answers,
            on_fatal,
        })
    }

    /// Evaluates the element of a token request that the case has put on its record.
    pub async fn issue(self: &Arc<Self>, header: Header, blinded: [u8; 32]) -> Result<TokenAnswer, OfficeFault> {
        let round = self.open(header).await?;
        let issued = tokio::task::spawn_blocking(move || round.key.evaluate(&blinded)).await;
        let issued = issued.map_err(|e| OfficeFault::Failed(e.to_string()))?;
        let issued = issued.map_err(|_| OfficeFault::BadElement)?;
        Ok(TokenAnswer {
            evaluated: issued.evaluated,
            proof: issued.proof,
        })
    }

    /// Checks a cast and puts it into the box; the receipt comes when it is durable.
    pub async fn cast(
        self: &Arc<Self>,
        header: Header,
        text: CastText<'_>,
        change: ChangeRule,
    ) -> Result<[u8; 64], CastRefused> {
        let round = self.open(header).await.map_err(|_| CastRefused::Fault)?;
        let cast = round.read(text)?;
        let receipt = self.receipts.receipt(&round.header, &cast);
        round.put(cast, change).await?;
        Ok(receipt)
    }

    /// The round with its key and box, opened at its first use.
    async fn open(self: &Arc<Self>, header: Header) -> Result<Arc<OpenRound>, OfficeFault> {
        let round = header.round();
        if let Some(open) = self.rounds().get(&round) {
            return Ok(open.clone());
        }
        let office = self.clone();
        let opening = tokio::task::spawn_blocking(move || {
            // Held while opening: one box a file.
            let mut rounds = office.rounds();
            if let Some(open) = rounds.get(&round) {
                return Ok(open.clone());
            }
            let seed = office
                .vault
                .seed(seed_of(round))
                .map_err(|e| OfficeFault::Failed(e.to_string()))?;
            let seed = seed.ok_or(OfficeFault::NoKey)?;
            let open = OpenRound::open(&office.data, header, &seed, office.on_fatal.clone())?;
            let open = Arc::new(open);
            rounds.insert(round, open.clone());
            Ok(open)
        });
        opening.await.map_err(|e| OfficeFault::Failed(e.to_string()))?
    }

    fn rounds(&self) -> MutexGuard<'_, HashMap<Round, Arc<OpenRound>>> {
        self.rounds.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn make_key(
        self: Arc<Self>,
        round: Round,
        subject: String,
        options: Vec<String>,
        items: u32,
    ) -> Result<Command, OfficeError> {
        let office = self.clone();
        let seed = tokio::task::spawn_blocking(move || office.vault.seed_made_once(seed_of(round))).await;
        let seed = seed
            .map_err(failed)?
            .map_err(failed)?
            .ok_or_else(|| failed("the round's seed was destroyed"))?;
        let header = round::header(
            round,
            &seed,
            subject,
            options,
            u8::try_from(items).map_err(failed)?,
            self.receipts.public(),
        )
        .map_err(failed)?;
        let header_hash = crate::secrecy::encoding::to_hex(header.hash());
        // The box is made before the first cast, so that the first cast leaves no trace of its time.
        self.open(header.clone()).await.map_err(failed)?;
        Ok(Command::SetKey {
            ballot: round.ballot,
            round: round.number,
            header: header.text().to_owned(),
            header_hash,
        })
    }

    async fn board(
        self: &Arc<Self>,
        header: &str,
        issuance: Vec<(PersonId, String)>,
        marks: Vec<PersonId>,
    ) -> Result<(Board, Arc<OpenRound>), OfficeError> {
        let header = Header::parse(header).map_err(failed)?;
        let open = self.open(header).await.map_err(failed)?;
        let lines = open.slips.freeze().await.map_err(failed)?;
        open.slips.vacuum().await.map_err(failed)?;
        let rows_of = open.clone();
        let rows = tokio::task::spawn_blocking(move || rows(&rows_of, issuance))
            .await
            .map_err(failed)??;
        // What the papers say is counted by hand after the sealing, and stands on the record, not on the board.
        let paper = Paper {
            marks,
            counts: Vec::new(),
        };
        let board = Board::seal(open.header.clone(), rows, paper, lines).map_err(failed)?;
        Ok((board, open))
    }

    async fn seal(
        self: Arc<Self>,
        round: Round,
        header: String,
        issuance: Vec<(PersonId, String)>,
        marks: Vec<PersonId>,
    ) -> Result<Command, OfficeError> {
        let (board, open) = self.board(&header, issuance, marks).await?;
        open.show_all();
        let returned = u32::try_from(board.lines.len()).map_err(failed)?;
        let digest = crate::secrecy::encoding::to_hex(&board.digest);
        Ok(Command::SealBox {
            ballot: round.ballot,
            round: round.number,
            digest,
            returned,
        })
    }

    async fn count(self: Arc<Self>, round: Round, header: String) -> Result<Command, OfficeError> {
        let header = Header::parse(&header).map_err(failed)?;
        let open = self.open(header).await.map_err(failed)?;
        let lines = open.slips.freeze().await.map_err(failed)?;
        let board = Board::seal(open.header.clone(), Vec::new(), Paper::default(), lines).map_err(failed)?;
        Ok(Command::CountBox {
            ballot: round.ballot,
            round: round.number,
            counts: board.tally().map_err(failed)?.counts,
        })
    }

    async fn release(
        self: Arc<Self>,
        round: Round,
        header: String,
        issuance: Vec<(PersonId, String)>,
        marks: Vec<PersonId>,
    ) -> Result<Command, OfficeError> {
        let (mut board, _) = self.board(&header, issuance, marks).await?;
        let office = self.clone();
        let stored = tokio::task::spawn_blocking(move || {
            let seed = office
                .vault
                .seed(seed_of(round))
                .map_err(failed)?
                .ok_or_else(|| failed("the seed is gone"))?;
            board.release(seed);
            office
                .blobs
                .put(board.text().as_bytes(), BLOB_BYTES_MAX)
                .map_err(failed)
        });
        let digest = stored.await.map_err(failed)??;
        self.rounds().remove(&round);
        Ok(Command::ReleaseBoard {
            ballot: round.ballot,
            round: round.number,
            board: digest.to_string(),
        })
    }

    async fn destroy(self: Arc<Self>, round: Round) -> Result<Command, OfficeError> {
        // The seed goes first: without it nobody, however late, opens the round again and leaves a new box behind.
        let office = self.clone();
        let forgotten = tokio::task::spawn_blocking(move || {
            office.vault.destroy_seed(seed_of(round)).map_err(failed)?;
            Ok(office.rounds().remove(&round))
        });
        let open: Option<Arc<OpenRound>> = forgotten.await.map_err(failed)??;
        if let Some(open) = open {
            open.slips.destroy().await.map_err(failed)?;
        }
        let office = self.clone();
        let destroyed = tokio::task::spawn_blocking(move || ballot_box::destroy(&office.data, round).map_err(failed));
        destroyed.await.map_err(failed)??;
        Ok(Command::BoxDestroyed {
            ballot: round.ballot,
            round: round.number,
        })
    }
}

impl BallotOffice for Office {
    fn perform(self: Arc<Self>, appraisal: Uuid, work: OfficeWork) -> BoxFuture<'static, Result<Command, OfficeError>> {
        let of = |ballot, number| Round {
            appraisal,
            ballot,
            number,
        };
        match work {
            OfficeWork::MakeKey {
                ballot,
                round,
                subject,
                options,
                items,
            } => Box::pin(self.make_key(of(ballot, round), subject, options, items)),
            OfficeWork::SealBox {
                ballot,
                round,
                header,
                issuance,
                paper,
            } => Box::pin(self.seal(of(ballot, round), header, issuance, paper)),
            OfficeWork::CountBox { ballot, round, header } => Box::pin(self.count(of(ballot, round), header)),
            OfficeWork::Release {
                ballot,
                round,
                header,
                issuance,
                paper,
            } => Box::pin(self.release(of(ballot, round), header, issuance, paper)),
            OfficeWork::Destroy { ballot, round } => Box::pin(self.destroy(of(ballot, round))),
            OfficeWork::CountAnswers {
                questionnaire,
                questions,
            } => {
                let of = Of {
                    appraisal,
                    questionnaire,
                };
                Box::pin(self.answers.clone().count(of, questions))
            }
            OfficeWork::CommitLot { lot } => Box::pin(lots::commit(self.vault.clone(), appraisal, lot)),
            OfficeWork::RevealLot { lot } => Box::pin(lots::reveal(self.vault.clone(), appraisal, lot)),
        }
    }

    fn sights(self: Arc<Self>, appraisal: Uuid, held: Vec<HeldBox>) -> BTreeMap<BallotId, BoxSight> {
        let mut sights = BTreeMap::new();
        for HeldBox { header, fill } in held {
            let Ok(header) = Header::parse(&header) else { continue };
            let round = header.round();
            let open = self.rounds().get(&round).cloned();
            match open {
                Some(open) if round.appraisal == appraisal => {
                    if fill == BoxFill::Sealed {
                        open.show_all();
                    }
                    sights.insert(round.ballot, open.sight());
                }
                Some(_) => {}
                None => {
                    let office = self.clone();
                    tokio::spawn(async move { office.open(header).await.map(drop) });
                }
            }
        }
        sights
    }

    fn answers(self: Arc<Self>, appraisal: Uuid, held: Vec<HeldAnswers>) -> BTreeMap<QuestionnaireId, AnswerSight> {
        self.answers.sights(appraisal, held)
    }
}

/// The rows of who took a token. The element stood on the record; its evaluation follows from the key.
fn rows(open: &OpenRound, issuance: Vec<(PersonId, String)>) -> Result<Vec<Issuance>, OfficeError> {
    let row = |(person, blinded): (PersonId, String)| {
        let blinded = crate::secrecy::encoding::from_b64(&blinded)
            .ok_or_else(|| failed("an element on the record is damaged"))?;
        let evaluated = open.key.evaluate(&blinded).map_err(failed)?.evaluated;
        Ok(Issuance {
            person,
            blinded,
            evaluated,
        })
    };
    issuance.into_iter().map(row).collect()
}

fn seed_of(round: Round) -> SeedOf {
    SeedOf {
        appraisal: round.appraisal,
        ballot: round.ballot.0,
        round: round.number,
    }
}

fn failed(error: impl std::fmt::Display) -> OfficeError {
    OfficeError(error.to_string())
}
