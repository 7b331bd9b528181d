//! Questionnaires (问卷调查) of the investigation: what is asked, of whom, whether answers come in, and what they came
//! to. Single answers are never here: they lie in an unordered box outside the record.

mod orders;
#[cfg(test)]
mod tests;

use crate::appraisal::Appraisal;
use crate::ids::{GroupId, InstantMs, QuestionnaireId, SubjectId};
use crate::limits::ANSWER_TEXT_CHARS_MAX;
use crate::refusal::{Refusal, TextField};
use crate::text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

wire_words! {
    /// Who may answer.
    pub enum Access {
        /// Whoever has the address. One answer a device, which a phone can get around: a soft limit.
        Open,
        /// Whoever holds a slip with an invitation code; each code takes exactly one answer.
        Code,
    }
    /// Where a questionnaire is in its life.
    pub enum QuestionnaireState { Draft, Open, Closed }
    /// Whether a question may be left out.
    pub enum Answering { Required, Optional }
}

wire! {
    /// How a question is answered.
    #[serde(tag = "form", rename_all = "snake_case")]
    pub enum AnswerForm {
        /// 单选
        One { choices: Vec<String> },
        /// 多选, at most so many of them.
        Several { choices: Vec<String>, at_most: u32 },
        /// 量表, whole numbers from `from` to `to`, with a word at each end.
        Scale { from: u32, to: u32, from_label: String, to_label: String },
        /// 意见, in own words.
        Text {},
    }

    pub struct SurveyQuestion { pub text: String, pub answering: Answering, pub answer: AnswerForm }

    /// Desk: writes a questionnaire anew; without `questionnaire` it is a further one. Only while it is a draft.
    pub struct SetQuestionnaire {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub questionnaire: Option<QuestionnaireId>,
        /// The investigation group whose questionnaire it is, if it is one group's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub group: Option<GroupId>,
        pub title: String,
        /// Said above the questions; may be empty.
        pub intro: String,
        pub subjects: Vec<SubjectId>,
        pub access: Access,
        pub questions: Vec<SurveyQuestion>,
    }

    /// System: the closed box is frozen and counted. `digest` is SHA-256 over its answers, 64 hex digits.
    pub struct CountQuestionnaire {
        pub questionnaire: QuestionnaireId,
        pub answers: u32,
        pub counts: Vec<QuestionCount>,
        pub digest: String,
    }

    /// What came to one question: how many answered it, and how often each choice or value was given, in order.
    /// `counts` is empty for what was answered in own words.
    #[derive(Default)]
    pub struct QuestionCount { pub answered: u32, pub counts: Vec<u32> }

    /// What one person gave to one question. Choices are counted from 0.
    #[serde(tag = "gave", rename_all = "snake_case")]
    pub enum Given {
        Nothing {},
        Choices { choices: Vec<u32> },
        Value { value: u32 },
        Text { text: String },
    }
}

/// Why an answer does not fit its questions. `question` counts from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// Not made for these questions.
    Shape,
    Missing {
        question: u32,
    },
    TooLong {
        question: u32,
    },
    /// Invisible characters.
    Hidden {
        question: u32,
    },
}

/// One questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Questionnaire {
    pub group: Option<GroupId>,
    pub title: String,
    pub intro: String,
    pub subjects: Vec<SubjectId>,
    pub access: Access,
    pub questions: Vec<SurveyQuestion>,
    pub state: QuestionnaireState,
    /// 0 while it has not happened.
    pub opened_at: InstantMs,
    pub closed_at: InstantMs,
    pub result: Option<SurveyResult>,
}

/// What the frozen box came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyResult {
    pub answers: u32,
    pub counts: Vec<QuestionCount>,
    pub digest: String,
}

/// All questionnaires of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Questionnaires {
    pub all: BTreeMap<QuestionnaireId, Questionnaire>,
    pub added: u32,
}

impl Appraisal {
    pub fn questionnaire(&self, id: QuestionnaireId) -> Result<&Questionnaire, Refusal> {
        self.questionnaires.all.get(&id).ok_or(Refusal::NoSuchQuestionnaire {})
    }
}

impl AnswerForm {
    /// How many different things can be counted: choices, or values of the scale.
    pub fn cells(&self) -> usize {
        match self {
            AnswerForm::One { choices } | AnswerForm::Several { choices, .. } => choices.len(),
            AnswerForm::Scale { from, to, .. } => to.abs_diff(*from) as usize + 1,
            AnswerForm::Text {} => 0,
        }
    }

    /// Which of them an answer gave.
    fn given<'a>(&self, given: &'a Given) -> Box<dyn Iterator<Item = usize> + 'a> {
        match (self, given) {
            (AnswerForm::One { .. } | AnswerForm::Several { .. }, Given::Choices { choices }) => {
                Box::new(choices.iter().map(|c| *c as usize))
            }
            (AnswerForm::Scale { from, .. }, Given::Value { value }) => {
                Box::new(value.checked_sub(*from).map(|v| v as usize).into_iter())
            }
            _ => Box::new(std::iter::empty()),
        }
    }
}

/// An answer as it may be kept: every choice in order and once, texts trimmed, empty ones as nothing.
pub fn fitted(questions: &[SurveyQuestion], given: &[Given]) -> Result<Vec<Given>, Misfit> {
    if questions.len() != given.len() {
        return Err(Misfit::Shape);
    }
    (0_u32..)
        .zip(questions.iter().zip(given))
        .map(|(at, (question, given))| {
            let given = fit(&question.answer, given, at)?;
            if given == (Given::Nothing {}) && question.answering == Answering::Required {
                return Err(Misfit::Missing { question: at });
            }
            Ok(given)
        })
        .collect()
}

fn fit(form: &AnswerForm, given: &Given, question: u32) -> Result<Given, Misfit> {
    match (form, given) {
        (_, Given::Nothing {}) => Ok(Given::Nothing {}),
        (AnswerForm::One { choices: offered }, Given::Choices { choices }) => picked(offered.len(), choices, 1),
        (
            AnswerForm::Several {
                choices: offered,
                at_most,
            },
            Given::Choices { choices },
        ) => picked(offered.len(), choices, *at_most as usize),
        (AnswerForm::Scale { from, to, .. }, Given::Value { value }) if (*from..=*to).contains(value) => {
            Ok(given.clone())
        }
        (AnswerForm::Text {}, Given::Text { text }) if text.trim().is_empty() => Ok(Given::Nothing {}),
        (AnswerForm::Text {}, Given::Text { text }) => {
            match text::paragraph(TextField::Note, text, ANSWER_TEXT_CHARS_MAX) {
                Ok(text) => Ok(Given::Text { text }),
                Err(Refusal::TextTooLong { .. }) => Err(Misfit::TooLong { question }),
                Err(_) => Err(Misfit::Hidden { question }),
            }
        }
        _ => Err(Misfit::Shape),
    }
}

fn picked(offered: usize, choices: &[u32], at_most: usize) -> Result<Given, Misfit> {
    if choices.len() > at_most || choices.iter().any(|c| *c as usize >= offered) {
        return Err(Misfit::Shape);
    }
    let mut choices = choices.to_vec();
    choices.sort_unstable();
    let sent = choices.len();
    choices.dedup();
    match choices.len() {
        0 => Ok(Given::Nothing {}),
        n if n < sent => Err(Misfit::Shape),
        _ => Ok(Given::Choices { choices }),
    }
}

/// Counts answers question by question. The order of the answers does not matter.
pub fn count<'a>(questions: &[SurveyQuestion], answers: impl Iterator<Item = &'a [Given]>) -> Vec<QuestionCount> {
    let mut counts = uncounted(questions);
    answers.for_each(|answer| count_in(questions, &mut counts, answer));
    counts
}

/// The counts of an empty box.
pub fn uncounted(questions: &[SurveyQuestion]) -> Vec<QuestionCount> {
    let blank = |q: &SurveyQuestion| QuestionCount {
        answered: 0,
        counts: vec![0; q.answer.cells()],
    };
    questions.iter().map(blank).collect()
}

/// Adds one answer to the counts.
pub fn count_in(questions: &[SurveyQuestion], counts: &mut [QuestionCount], answer: &[Given]) {
    for ((question, given), count) in questions.iter().zip(answer).zip(counts) {
        if *given == (Given::Nothing {}) {
            continue;
        }
        count.answered += 1;
        for cell in question.answer.given(given) {
            if let Some(n) = count.counts.get_mut(cell) {
                *n += 1;
            }
        }
    }
}
