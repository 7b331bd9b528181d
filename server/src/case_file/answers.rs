//! The answers to a counted questionnaire in a case file: one a line, sorted, without keys, tickets or times. They are
//! held against the digest and the counts on the record, one answer at a time.

use super::Fault;
use crate::limits::CASE_FILE_ANSWER_BYTES_MAX;
use pingyi_core::ids::QuestionnaireId;
use pingyi_core::questionnaire::{Given, QuestionCount, SurveyQuestion, SurveyResult, count_in, fitted, uncounted};

/// Counts what passes by.
pub(super) struct Recount<'a> {
    questionnaire: QuestionnaireId,
    questions: &'a [SurveyQuestion],
    answers: u32,
    counts: Vec<QuestionCount>,
    /// Of the answer before, to see that they are sorted.
    last: Vec<u8>,
    line: Vec<u8>,
    /// Something has come: an empty part holds no answer, not an empty one.
    begun: bool,
}

impl<'a> Recount<'a> {
    pub fn new(questionnaire: QuestionnaireId, questions: &'a [SurveyQuestion]) -> Self {
        Recount {
            questionnaire,
            questions,
            answers: 0,
            counts: uncounted(questions),
            last: Vec::new(),
            line: Vec::new(),
            begun: false,
        }
    }

    /// The next bytes of the part.
    pub fn see(&mut self, piece: &[u8]) -> Result<(), Fault> {
        self.begun |= !piece.is_empty();
        let mut lines = piece.split(|b| *b == b'\n');
        self.grow(lines.next().unwrap_or_default())?;
        for rest in lines {
            self.answer()?;
            self.grow(rest)?;
        }
        Ok(())
    }

    fn grow(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.line.extend_from_slice(bytes);
        if self.line.len() as u64 > CASE_FILE_ANSWER_BYTES_MAX {
            return Err(self.unfit());
        }
        Ok(())
    }

    /// A line is whole.
    fn answer(&mut self) -> Result<(), Fault> {
        let given: Vec<Given> = serde_json::from_slice(&self.line).map_err(|_| self.unfit())?;
        if fitted(self.questions, &given).as_ref() != Ok(&given) {
            return Err(self.unfit());
        }
        if self.line < self.last {
            return Err(Fault::AnswersOrder {
                questionnaire: self.questionnaire,
            });
        }
        self.answers += 1;
        count_in(self.questions, &mut self.counts, &given);
        std::mem::swap(&mut self.last, &mut self.line);
        self.line.clear();
        Ok(())
    }

    /// After the last piece.
    pub fn holds(mut self, result: &SurveyResult) -> Result<(), Fault> {
        if self.begun {
            self.answer()?;
        }
        if (self.answers, &self.counts) == (result.answers, &result.counts) {
            Ok(())
        } else {
            Err(Fault::AnswersCount {
                questionnaire: self.questionnaire,
            })
        }
    }

    fn unfit(&self) -> Fault {
        Fault::AnswerUnfit {
            questionnaire: self.questionnaire,
            answer: self.answers + 1,
        }
    }
}
