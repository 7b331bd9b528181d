//! What a questionnaire came to, for spreadsheets and other programs. Question by question and never answer by answer:
//! a row a person would let a small sample be told apart.

use super::people;
use super::table::Table;
use pingyi_core::Appraisal;
use pingyi_core::questionnaire::{AnswerForm, Questionnaire};
use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SurveyResults {
    pub title: String,
    pub subjects: Vec<String>,
    pub answers: u32,
    /// Of the closed box.
    pub digest: String,
    pub questions: Vec<QuestionResult>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuestionResult {
    pub question: String,
    pub kind: &'static str,
    pub answered: u32,
    /// Choices or values of the scale.
    pub counts: Vec<Counted>,
    /// In own words, sorted.
    pub words: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counted {
    pub label: String,
    pub count: u32,
    /// Of those who answered this question, with one decimal; empty if nobody did.
    pub percent: String,
}

/// None before it is counted.
pub fn survey_results(case: &Appraisal, q: &Questionnaire, words: &[Vec<String>]) -> Option<SurveyResults> {
    let result = q.result.as_ref()?;
    let questions = q.questions.iter().zip(&result.counts).zip(words);
    Some(SurveyResults {
        title: q.title.clone(),
        subjects: q.subjects.iter().map(|s| people::name(case, *s)).collect(),
        answers: result.answers,
        digest: result.digest.clone(),
        questions: questions
            .map(|((question, count), words)| {
                let counted = labels(&question.answer).into_iter().zip(&count.counts);
                QuestionResult {
                    question: question.text.clone(),
                    kind: kind(&question.answer),
                    answered: count.answered,
                    counts: counted
                        .map(|(label, n)| Counted {
                            label,
                            count: *n,
                            percent: percent(*n, count.answered),
                        })
                        .collect(),
                    words: words.clone(),
                }
            })
            .collect(),
    })
}

impl SurveyResults {
    /// One line a choice, a value, or a text.
    pub fn table(&self) -> Table {
        let header = ["题号", "题目", "题型", "作答人数", "选项或意见", "人数", "占作答（%）"];
        let mut rows = Vec::new();
        for (number, q) in (1_u32..).zip(&self.questions) {
            let row = |what: &str, count: String, percent: &str| {
                let answered = q.answered.to_string();
                vec![
                    number.to_string(),
                    q.question.clone(),
                    q.kind.into(),
                    answered,
                    what.into(),
                    count,
                    percent.into(),
                ]
            };
            rows.extend(q.counts.iter().map(|c| row(&c.label, c.count.to_string(), &c.percent)));
            rows.extend(q.words.iter().map(|text| row(text, String::new(), "")));
        }
        Table {
            name: "问卷结果",
            header: header.map(str::to_owned).into(),
            rows,
        }
    }
}

fn labels(form: &AnswerForm) -> Vec<String> {
    match form {
        AnswerForm::One { choices } | AnswerForm::Several { choices, .. } => choices.clone(),
        AnswerForm::Scale {
            from,
            to,
            from_label,
            to_label,
        } => (*from..=*to)
            .map(|value| match value {
                v if v == *from && !from_label.is_empty() => format!("{v}（{from_label}）"),
                v if v == *to && !to_label.is_empty() => format!("{v}（{to_label}）"),
                v => v.to_string(),
            })
            .collect(),
        AnswerForm::Text {} => Vec::new(),
    }
}

const fn kind(form: &AnswerForm) -> &'static str {
    match form {
        AnswerForm::One { .. } => "单选",
        AnswerForm::Several { .. } => "多选",
        AnswerForm::Scale { .. } => "量表",
        AnswerForm::Text {} => "意见",
    }
}

/// In whole numbers, half up.
fn percent(part: u32, of: u32) -> String {
    if of == 0 {
        return String::new();
    }
    let tenths = (u64::from(part) * 2_000 + u64::from(of)) / (u64::from(of) * 2);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pingyi_core::ids::AppraisalId;
    use pingyi_core::questionnaire::{
        Access, Answering, QuestionCount, QuestionnaireState, SurveyQuestion, SurveyResult,
    };

    #[test]
    fn a_table_tells_of_questions_and_not_of_persons() {
        let question = |text: &str, answer| SurveyQuestion {
            text: text.into(),
            answering: Answering::Required,
            answer,
        };
        let scale = AnswerForm::Scale {
            from: 1,
            to: 3,
            from_label: "差".into(),
            to_label: "好".into(),
        };
        let q = Questionnaire {
            group: None,
            title: "问卷".into(),
            intro: String::new(),
            subjects: vec![],
            access: Access::Open,
            questions: vec![question("打分", scale), question("意见", AnswerForm::Text {})],
            state: QuestionnaireState::Closed,
            opened_at: 1,
            closed_at: 2,
            result: None,
        };
        let case = Appraisal::new(AppraisalId::from_u128(1));
        let words = vec![vec![], vec!["多建学校".into()]];
        assert_eq!(survey_results(&case, &q, &words), None);
        let counts = [(3, vec![1, 0, 2]), (1, vec![])];
        let result = SurveyResult {
            answers: 3,
            counts: counts
                .map(|(answered, counts)| QuestionCount { answered, counts })
                .into(),
            digest: "a".repeat(64),
        };
        let q = Questionnaire {
            result: Some(result),
            ..q
        };
        let table = survey_results(&case, &q, &words).unwrap().table();
        let cells: Vec<_> = table.rows.iter().map(|r| r[4..].join("|")).collect();
        assert_eq!(cells, ["1（差）|1|33.3", "2|0|0.0", "3（好）|2|66.7", "多建学校||"]);
    }
}
