//! Orders about questionnaires. Once one is open its questions stand: answers to other words would not be comparable.

use super::{
    AnswerForm, CountQuestionnaire, Questionnaire, QuestionnaireState, SetQuestionnaire, SurveyQuestion, SurveyResult,
};
use crate::appraisal::Appraisal;
use crate::command::Command;
use crate::ids::QuestionnaireId;
use crate::limits::{
    CHOICES_MAX, INTRO_CHARS_MAX, LABEL_CHARS_MAX, QUESTION_CHARS_MAX, QUESTIONNAIRES_MAX, SCALE_STEPS_MAX,
    SCALE_VALUE_MAX, SURVEY_QUESTIONS_MAX,
};
use crate::outcome::{Key, Reply, Touched};
use crate::refusal::{Counted, Refusal, TextField};
use crate::stamp::Stamped;
use crate::text;
use std::collections::BTreeSet;

const fn bound(n: usize) -> u32 {
    n as u32
}

impl Appraisal {
    pub(crate) fn apply_questionnaires(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        match &stamped.command {
            Command::SetQuestionnaire(set) => self.set_questionnaire(set, touched),
            Command::RemoveQuestionnaire { questionnaire } => {
                self.questionnaire_in(*questionnaire, QuestionnaireState::Draft)?;
                self.questionnaires.all.remove(questionnaire);
                touched.key(Key::Questionnaire(*questionnaire));
                Ok(Reply::Done {})
            }
            Command::OpenQuestionnaire { questionnaire } => self.open_questionnaire(*questionnaire, touched),
            Command::CloseQuestionnaire { questionnaire } => {
                let now = self.now;
                let q = self.questionnaire_in(*questionnaire, QuestionnaireState::Open)?;
                (q.state, q.closed_at) = (QuestionnaireState::Closed, now);
                touched.key(Key::Questionnaire(*questionnaire));
                Ok(Reply::Done {})
            }
            Command::CountQuestionnaire(count) => self.count_questionnaire(count, touched),
            _ => Err(Refusal::NotAllowed {}),
        }
    }

    fn set_questionnaire(&mut self, set: &SetQuestionnaire, touched: &mut Touched) -> Result<Reply, Refusal> {
        let mut written = Questionnaire {
            group: set.group,
            title: text::line(TextField::Title, &set.title, LABEL_CHARS_MAX)?,
            intro: match set.intro.trim() {
                "" => String::new(),
                intro => text::paragraph(TextField::Intro, intro, INTRO_CHARS_MAX)?,
            },
            subjects: set.subjects.clone(),
            access: set.access,
            questions: questions(&set.questions)?,
            state: QuestionnaireState::Draft,
            opened_at: 0,
            closed_at: 0,
            result: None,
        };
        for subject in &written.subjects {
            self.subject(*subject)?;
        }
        if let Some(group) = written.group {
            self.investigation.get(group)?;
        }
        let asked_twice = written.subjects.iter().collect::<BTreeSet<_>>().len() < written.subjects.len();
        if asked_twice {
            return Err(Refusal::SubjectTwice {});
        }
        written.subjects.sort_unstable();
        let id = match set.questionnaire {
            Some(id) => {
                *self.questionnaire_in(id, QuestionnaireState::Draft)? = written;
                id
            }
            None => {
                if self.questionnaires.all.len() >= QUESTIONNAIRES_MAX {
                    return Err(too_many(Counted::Questionnaires, QUESTIONNAIRES_MAX));
                }
                self.questionnaires.added += 1;
                let id = QuestionnaireId(self.questionnaires.added);
                self.questionnaires.all.insert(id, written);
                id
            }
        };
        touched.key(Key::Questionnaire(id));
        Ok(Reply::QuestionnaireAdded { questionnaire: id })
    }

    fn open_questionnaire(&mut self, id: QuestionnaireId, touched: &mut Touched) -> Result<Reply, Refusal> {
        let now = self.now;
        let q = self.questionnaire_in(id, QuestionnaireState::Draft)?;
        if q.questions.is_empty() || q.subjects.is_empty() {
            return Err(Refusal::QuestionnaireEmpty {});
        }
        (q.state, q.opened_at) = (QuestionnaireState::Open, now);
        touched.key(Key::Questionnaire(id));
        Ok(Reply::Done {})
    }

    /// With the case: nobody could close them afterwards, and answers would go on coming in.
    pub(crate) fn close_questionnaires(&mut self, touched: &mut Touched) {
        let open = |(_, q): &(&QuestionnaireId, &mut Questionnaire)| q.state == QuestionnaireState::Open;
        for (id, q) in self.questionnaires.all.iter_mut().filter(open) {
            (q.state, q.closed_at) = (QuestionnaireState::Closed, self.now);
            touched.key(Key::Questionnaire(*id));
        }
    }

    fn count_questionnaire(&mut self, count: &CountQuestionnaire, touched: &mut Touched) -> Result<Reply, Refusal> {
        let digest = text::hex(&count.digest, 64)?;
        let q = self.questionnaire_in(count.questionnaire, QuestionnaireState::Closed)?;
        let fits = q.questions.len() == count.counts.len()
            && (q.questions.iter().zip(&count.counts)).all(|(q, c)| q.answer.cells() == c.counts.len());
        if q.result.is_some() || !fits {
            return Err(Refusal::NothingDue {});
        }
        q.result = Some(SurveyResult {
            answers: count.answers,
            counts: count.counts.clone(),
            digest,
        });
        touched.key(Key::Questionnaire(count.questionnaire));
        Ok(Reply::Done {})
    }

    fn questionnaire_in(
        &mut self,
        id: QuestionnaireId,
        state: QuestionnaireState,
    ) -> Result<&mut Questionnaire, Refusal> {
        let q = self.questionnaires.all.get_mut(&id);
        let q = q.ok_or(Refusal::NoSuchQuestionnaire {})?;
        if q.state == state {
            Ok(q)
        } else {
            Err(Refusal::QuestionnaireState { state: q.state })
        }
    }
}

fn too_many(of: Counted, max: usize) -> Refusal {
    Refusal::TooMany { of, max: bound(max) }
}

fn questions(asked: &[SurveyQuestion]) -> Result<Vec<SurveyQuestion>, Refusal> {
    if asked.len() > SURVEY_QUESTIONS_MAX {
        return Err(too_many(Counted::SurveyQuestions, SURVEY_QUESTIONS_MAX));
    }
    let question = |q: &SurveyQuestion| {
        Ok(SurveyQuestion {
            text: text::paragraph(TextField::SurveyQuestion, &q.text, QUESTION_CHARS_MAX)?,
            answering: q.answering,
            answer: form(&q.answer)?,
        })
    };
    asked.iter().map(question).collect()
}

fn form(form: &AnswerForm) -> Result<AnswerForm, Refusal> {
    Ok(match form {
        AnswerForm::One { choices } => AnswerForm::One {
            choices: offered(choices)?,
        },
        AnswerForm::Several { choices, at_most } => {
            let (choices, max) = (offered(choices)?, bound(choices.len()));
            AnswerForm::Several {
                choices,
                at_most: in_range(*at_most, 1, max)?,
            }
        }
        AnswerForm::Scale {
            from,
            to,
            from_label,
            to_label,
        } => {
            let from = in_range(*from, 0, SCALE_VALUE_MAX)?;
            AnswerForm::Scale {
                from,
                to: in_range(*to, from + 1, from + SCALE_STEPS_MAX)?,
                from_label: text::optional_line(TextField::Choice, from_label, LABEL_CHARS_MAX)?,
                to_label: text::optional_line(TextField::Choice, to_label, LABEL_CHARS_MAX)?,
            }
        }
        AnswerForm::Text {} => AnswerForm::Text {},
    })
}

fn offered(choices: &[String]) -> Result<Vec<String>, Refusal> {
    if choices.len() > CHOICES_MAX {
        return Err(too_many(Counted::Choices, CHOICES_MAX));
    }
    in_range(bound(choices.len()), 2, bound(CHOICES_MAX))?;
    let checked = |c: &String| text::line(TextField::Choice, c, LABEL_CHARS_MAX);
    let choices = choices.iter().map(checked).collect::<Result<Vec<_>, _>>()?;
    if choices.iter().collect::<BTreeSet<_>>().len() < choices.len() {
        return Err(Refusal::ChoiceTwice {});
    }
    Ok(choices)
}

fn in_range(n: u32, min: u32, max: u32) -> Result<u32, Refusal> {
    if (min..=max).contains(&n) {
        Ok(n)
    } else {
        Err(Refusal::OutOfRange { min, max })
    }
}
