//! The answer office: boxes of questionnaires and what may be used up for an answer. It takes answers from nobody in
//! particular and counts a closed box. Must never log an answer, nor who sent one.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pingyi_core::command::Command;
use pingyi_core::ids::QuestionnaireId;
use pingyi_core::questionnaire::{CountQuestionnaire, Given, QuestionCount, SurveyQuestion, count};
use pingyi_core::views::AnswerSight;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

pub use crate::answer_box::BoxError;
use crate::answer_box::{Answer, AnswerBox, OnFatal, Put, exists};
use crate::conductor::{HeldAnswers, OfficeError};
use crate::limits::BOX_SIGHT_STEP_MIN;
use crate::secrecy::encoding::to_hex;
use crate::vault::{Vault, VaultError};

/// Which questionnaire of which case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Of {
    pub appraisal: Uuid,
    pub questionnaire: QuestionnaireId,
}

pub struct AnswerOffice {
    data: PathBuf,
    vault: Arc<Vault>,
    boxes: Mutex<HashMap<Of, Arc<OpenBox>>>,
    on_fatal: OnFatal,
}

struct OpenBox {
    answers: AnswerBox,
    seen: Mutex<Seen>,
}

/// The count so far, in memory only, and the last step shown.
struct Seen {
    answers: u32,
    counts: Vec<QuestionCount>,
    shown: AnswerSight,
    /// What they came to at the last step: shown at the next. It begins with what was found at opening, for what was
    /// shown before a restart is not known here.
    stepped: (u32, Vec<QuestionCount>),
}

impl AnswerOffice {
    pub fn new(data: PathBuf, vault: Arc<Vault>, on_fatal: OnFatal) -> Arc<AnswerOffice> {
        Arc::new(AnswerOffice {
            data,
            vault,
            boxes: Mutex::default(),
            on_fatal,
        })
    }

    /// What an answer with this code uses up, if a slip has it. `code` is in the one spelling that is compared.
    /// Blocks on the disk.
    pub fn invited(&self, of: Of, code: &str) -> Result<Option<[u8; 32]>, VaultError> {
        let ticket = self.ticket("questionnaire code", of, code);
        let invited = self.vault.invited(of.appraisal, of.questionnaire.0, ticket)?;
        Ok(invited.then_some(ticket))
    }

    /// What an answer from the device with this mark uses up; of another questionnaire it is something else.
    pub fn device(&self, of: Of, mark: &str) -> [u8; 32] {
        self.ticket("questionnaire device", of, mark)
    }

    /// Lets new slips in. Blocks on the disk.
    pub fn invite(&self, of: Of, codes: &[String]) -> Result<(), VaultError> {
        let verifiers: Vec<_> = codes.iter().map(|c| self.ticket("questionnaire code", of, c)).collect();
        self.vault.put_invitations(of.appraisal, of.questionnaire.0, &verifiers)
    }

    /// Slips made so far. Blocks on the disk.
    pub fn invitations(&self, of: Of) -> Result<u32, VaultError> {
        self.vault.invitations(of.appraisal, of.questionnaire.0)
    }

    fn ticket(&self, label: &str, of: Of, what: &str) -> [u8; 32] {
        let number = of.questionnaire.0.to_be_bytes();
        self.vault
            .derive(label, &[of.appraisal.as_bytes(), &number, what.as_bytes()])
    }

    /// Puts an answer that fits its questions into the box; done when it is durable.
    pub async fn put(
        self: &Arc<Self>,
        of: Of,
        questions: Vec<SurveyQuestion>,
        key: [u8; 16],
        ticket: [u8; 32],
        given: Vec<Given>,
    ) -> Result<(), BoxError> {
        let open = self.open(of, questions.clone()).await?;
        let text = serde_json::to_string(&given).map_err(failed)?;
        if open.answers.put(Answer { key, ticket, text }).await? == Put::New {
            let one = count(&questions, std::iter::once(&given[..]));
            open.seen().add(&one);
        }
        Ok(())
    }

    /// Freezes and counts a closed box; the same whenever it is asked again.
    pub async fn count(self: Arc<Self>, of: Of, questions: Vec<SurveyQuestion>) -> Result<Command, OfficeError> {
        let texts = self.frozen(of, &questions).await;
        let texts = texts.map_err(|e| OfficeError(e.to_string()))?;
        let answers = texts.iter().map(|t| read(t)).collect::<Result<Vec<_>, _>>();
        let answers = answers.map_err(|e| OfficeError(e.to_string()))?;
        let digest: [u8; 32] = Sha256::digest(texts.join("\n")).into();
        Ok(Command::CountQuestionnaire(CountQuestionnaire {
            questionnaire: of.questionnaire,
            answers: u32::try_from(answers.len()).unwrap_or(u32::MAX),
            counts: count(&questions, answers.iter().map(|a| &a[..])),
            digest: to_hex(&digest),
        }))
    }

    /// What was answered in own words, question by question, each list sorted by itself: which texts are by one hand
    /// is not told. Only of a closed questionnaire, for a text that has just come in has a time.
    pub async fn words(self: &Arc<Self>, of: Of, questions: &[SurveyQuestion]) -> Result<Vec<Vec<String>>, BoxError> {
        if !exists(&self.data, of.appraisal, of.questionnaire) {
            return Ok(vec![Vec::new(); questions.len()]);
        }
        let mut words = vec![Vec::new(); questions.len()];
        for text in self.frozen(of, questions).await? {
            for (said, given) in words.iter_mut().zip(read(&text)?) {
                if let Given::Text { text } = given {
                    said.push(text);
                }
            }
        }
        words.iter_mut().for_each(|said| said.sort_unstable());
        Ok(words)
    }

    async fn frozen(self: &Arc<Self>, of: Of, questions: &[SurveyQuestion]) -> Result<Vec<String>, BoxError> {
        self.open(of, questions.to_vec()).await?.answers.freeze().await
    }

    /// What the desk may know of open boxes. One that is not open yet, after a restart, is opened for the next look;
    /// so is a new one, before its first answer, which then leaves no trace of its time.
    pub fn sights(self: &Arc<Self>, appraisal: Uuid, held: Vec<HeldAnswers>) -> BTreeMap<QuestionnaireId, AnswerSight> {
        let mut sights = BTreeMap::new();
        for HeldAnswers {
            questionnaire,
            questions,
        } in held
        {
            let of = Of {
                appraisal,
                questionnaire,
            };
            let open = self.boxes().get(&of).cloned();
            if let Some(open) = open {
                sights.insert(questionnaire, open.seen().step());
            } else {
                let office = Arc::clone(self);
                tokio::spawn(async move { office.open(of, questions).await.map(drop) });
            }
        }
        sights
    }

    async fn open(self: &Arc<Self>, of: Of, questions: Vec<SurveyQuestion>) -> Result<Arc<OpenBox>, BoxError> {
        if let Some(open) = self.boxes().get(&of) {
            return Ok(open.clone());
        }
        let office = Arc::clone(self);
        let opening = tokio::task::spawn_blocking(move || {
            // Held while opening: one box a file.
            let mut boxes = office.boxes();
            if let Some(open) = boxes.get(&of) {
                return Ok(open.clone());
            }
            let open = Arc::new(office.open_box(of, &questions)?);
            boxes.insert(of, open.clone());
            Ok(open)
        });
        opening.await.map_err(failed)?
    }

    fn open_box(&self, of: Of, questions: &[SurveyQuestion]) -> Result<OpenBox, BoxError> {
        let on_fatal = self.on_fatal.clone();
        let (answers, kept) = AnswerBox::open(&self.data, of.appraisal, of.questionnaire, on_fatal).map_err(failed)?;
        let kept = kept.iter().map(|t| read(t)).collect::<Result<Vec<_>, _>>()?;
        let found = u32::try_from(kept.len()).unwrap_or(u32::MAX);
        let counts = count(questions, kept.iter().map(|a| &a[..]));
        Ok(OpenBox {
            answers,
            seen: Mutex::new(Seen {
                answers: found,
                stepped: (found, counts.clone()),
                counts,
                shown: AnswerSight::default(),
            }),
        })
    }

    fn boxes(&self) -> MutexGuard<'_, HashMap<Of, Arc<OpenBox>>> {
        self.boxes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OpenBox {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    fn add(&mut self, one: &[QuestionCount]) {
        self.answers += 1;
        for (all, one) in self.counts.iter_mut().zip(one) {
            all.answered += one.answered;
            for (all, one) in all.counts.iter_mut().zip(&one.counts) {
                *all += one;
            }
        }
    }

    /// A new step only when enough have come that none can be told from it. The bars are one step behind: the closing
    /// shows everything, and must add to what was shown before as many as a step does.
    fn step(&mut self) -> AnswerSight {
        if self.answers >= self.stepped.0 + BOX_SIGHT_STEP_MIN {
            let now = (self.answers, self.counts.clone());
            let (counted, counts) = std::mem::replace(&mut self.stepped, now);
            self.shown = AnswerSight {
                answers: self.answers,
                counted,
                counts,
            };
        }
        self.shown.clone()
    }
}

fn read(text: &str) -> Result<Vec<Given>, BoxError> {
    serde_json::from_str(text).map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> BoxError {
    BoxError::Failed {
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pingyi_core::questionnaire::{AnswerForm, Answering, uncounted};

    /// Who looks after every answer, and at the closing, sees no change that fewer than three answers made.
    #[test]
    fn neither_a_look_nor_the_closing_tells_what_a_single_answer_added() {
        let choices = ["满意", "不满意"].map(String::from).to_vec();
        let questions = [SurveyQuestion {
            text: "满意吗？".into(),
            answering: Answering::Required,
            answer: AnswerForm::One { choices },
        }];
        let mut seen = Seen {
            answers: 0,
            counts: uncounted(&questions),
            shown: AnswerSight::default(),
            stepped: (0, uncounted(&questions)),
        };
        let mut last = seen.step();
        for n in 1..=40 {
            let given = [Given::Choices { choices: vec![n % 2] }];
            seen.add(&count(&questions, std::iter::once(&given[..])));
            let sight = seen.step();
            assert!(sight == last || sight.counted == 0 || sight.counted >= last.counted + BOX_SIGHT_STEP_MIN);
            let told = sight.counts.first().map_or(0, |c| c.answered);
            assert_eq!(told, sight.counted, "the bars are of so many");
            assert!(
                n < 2 * BOX_SIGHT_STEP_MIN || n >= told + BOX_SIGHT_STEP_MIN,
                "closed after {n}, {told} were shown"
            );
            last = sight;
        }
        assert!(last.answers >= 38 && last.counted >= 33, "and it goes on");
    }
}
