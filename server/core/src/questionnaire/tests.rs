//! What the desk and those who answer rely on: a draft is checked as a whole, what is open stands, each answer fits its
//! questions, and the count is that of the answers.

use super::*;
use crate::command::Command;
use crate::duties::{OfficeWork, Work, duties};
use crate::ids::GroupId;
use crate::limits::{ANSWERS_SHOWN_FROM_MIN, CHOICES_MAX, QUESTIONNAIRES_MAX, SURVEY_QUESTIONS_MAX};
use crate::outcome::{Key, Outcome, Reply};
use crate::refusal::Counted;
use crate::stamp::{Actor, Stamped};
use crate::subject::{ReportForm, SubjectEntry};
use crate::views::{AnswerSight, Audience, Surroundings, render};
use serde_json::Value;

const DESK: Actor = Actor::Desk { account: 1 };
const FIRST: QuestionnaireId = QuestionnaireId(1);

struct Office {
    case: Appraisal,
    sent: u128,
}

impl Office {
    /// A case with two subjects.
    fn new() -> Office {
        let mut office = Office {
            case: Appraisal::new(uuid::Uuid::from_u128(1)),
            sent: 0,
        };
        for unit in ["区教育局", "区水务局"] {
            let subject = SubjectEntry {
                officer: String::new(),
                post: "局长".into(),
                unit: unit.into(),
                report: ReportForm::Written,
            };
            office.go(Command::AddSubject { subject }).unwrap();
        }
        office
    }

    fn by(&mut self, actor: Actor, command: Command) -> Outcome {
        self.sent += 1;
        let stamped = Stamped {
            id: uuid::Uuid::from_u128(self.sent),
            actor,
            at: crate::limits::CLOCK_FIRST_MS + self.sent as i64,
            expects: None,
            command,
        };
        self.case.apply(&stamped)
    }

    fn go(&mut self, command: Command) -> Result<Reply, Refusal> {
        self.by(DESK, command).verdict
    }

    fn set(&mut self, change: impl FnOnce(&mut SetQuestionnaire)) -> Result<Reply, Refusal> {
        let mut set = sample();
        change(&mut set);
        self.go(Command::SetQuestionnaire(set))
    }

    fn open(&mut self) -> Result<Reply, Refusal> {
        self.go(Command::OpenQuestionnaire { questionnaire: FIRST })
    }

    fn close(&mut self) -> Result<Reply, Refusal> {
        self.go(Command::CloseQuestionnaire { questionnaire: FIRST })
    }
}

fn words(choices: &[&str]) -> Vec<String> {
    choices.iter().map(|c| (*c).to_owned()).collect()
}

fn question(answering: Answering, answer: AnswerForm) -> SurveyQuestion {
    SurveyQuestion {
        text: "怎么看？".into(),
        answering,
        answer,
    }
}

fn sample_questions() -> Vec<SurveyQuestion> {
    vec![
        question(
            Answering::Required,
            AnswerForm::One {
                choices: words(&["满意", "一般", "不满意"]),
            },
        ),
        question(
            Answering::Optional,
            AnswerForm::Several {
                choices: words(&["择校", "学位", "收费"]),
                at_most: 2,
            },
        ),
        question(
            Answering::Required,
            AnswerForm::Scale {
                from: 1,
                to: 5,
                from_label: "很差".into(),
                to_label: "很好".into(),
            },
        ),
        question(Answering::Optional, AnswerForm::Text {}),
    ]
}

fn sample() -> SetQuestionnaire {
    SetQuestionnaire {
        questionnaire: None,
        group: None,
        title: "教育工作群众问卷".into(),
        intro: "请如实填写。\n不记姓名。".into(),
        subjects: vec![SubjectId(1)],
        access: Access::Code,
        questions: sample_questions(),
    }
}

fn chosen(choices: &[u32]) -> Given {
    Given::Choices {
        choices: choices.to_vec(),
    }
}

fn said(text: &str) -> Given {
    Given::Text { text: text.into() }
}

#[test]
fn a_questionnaire_goes_from_draft_over_open_to_counted() {
    let mut office = Office::new();
    let added = office.set(|_| {}).unwrap();
    assert_eq!(added, Reply::QuestionnaireAdded { questionnaire: FIRST });
    office
        .set(|s| (s.questionnaire, s.title) = (Some(FIRST), " 教育问卷 ".into()))
        .unwrap();
    assert_eq!(office.case.questionnaires.all[&FIRST].title, "教育问卷");
    assert!(duties(&office.case).is_empty());

    office.open().unwrap();
    office.close().unwrap();
    let due = duties(&office.case);
    assert_eq!(due.len(), 1);
    assert_eq!(
        due[0].work,
        Work::Office(OfficeWork::CountAnswers {
            questionnaire: FIRST,
            questions: sample_questions()
        })
    );
    let counted = CountQuestionnaire {
        questionnaire: FIRST,
        answers: 0,
        counts: count(&sample_questions(), std::iter::empty()),
        digest: "a".repeat(64),
    };
    let by_desk = office.go(Command::CountQuestionnaire(counted.clone()));
    assert_eq!(by_desk, Err(Refusal::NotAllowed {}), "nobody writes the count by hand");
    let system = Actor::System {};
    let recorded = office.by(system, Command::CountQuestionnaire(counted.clone()));
    assert_eq!(recorded.verdict, Ok(Reply::Done {}));
    assert!(duties(&office.case).is_empty());
    let again = office.by(system, Command::CountQuestionnaire(counted));
    assert_eq!(again.verdict, Err(Refusal::NothingDue {}));
}

#[test]
fn what_is_open_stands_and_what_is_closed_stays_so() {
    let mut office = Office::new();
    assert_eq!(office.open(), Err(Refusal::NoSuchQuestionnaire {}));
    office.set(|_| {}).unwrap();
    assert_eq!(
        office.close(),
        Err(Refusal::QuestionnaireState {
            state: QuestionnaireState::Draft
        })
    );
    office.open().unwrap();
    let open = Err(Refusal::QuestionnaireState {
        state: QuestionnaireState::Open,
    });
    assert_eq!(office.set(|s| s.questionnaire = Some(FIRST)), open);
    assert_eq!(office.go(Command::RemoveQuestionnaire { questionnaire: FIRST }), open);
    assert_eq!(office.open(), open);
    office.close().unwrap();
    assert_eq!(
        office.open(),
        Err(Refusal::QuestionnaireState {
            state: QuestionnaireState::Closed
        })
    );
}

#[test]
fn a_draft_may_be_unfinished_but_is_not_opened_so() {
    let mut office = Office::new();
    office.set(|s| s.questions.clear()).unwrap();
    assert_eq!(office.open(), Err(Refusal::QuestionnaireEmpty {}));
    office
        .set(|s| (s.questionnaire, s.subjects) = (Some(FIRST), vec![]))
        .unwrap();
    assert_eq!(office.open(), Err(Refusal::QuestionnaireEmpty {}));
    let removed = office.by(DESK, Command::RemoveQuestionnaire { questionnaire: FIRST });
    assert!(removed.touched.keys.contains(&Key::Questionnaire(FIRST)));
    let next = office.set(|_| {}).unwrap();
    let second = QuestionnaireId(2);
    assert_eq!(
        next,
        Reply::QuestionnaireAdded { questionnaire: second },
        "a number is given once"
    );
    let unused = office.go(Command::RemoveSubject { subject: SubjectId(1) });
    assert_eq!(
        unused,
        Err(Refusal::SubjectInUse {}),
        "a questionnaire is about this subject"
    );
}

#[test]
fn each_part_of_a_draft_is_checked() {
    let mut office = Office::new();
    let one = |choices: Vec<String>| vec![question(Answering::Required, AnswerForm::One { choices })];
    let scale = |from, to| {
        let (from_label, to_label) = (String::new(), String::new());
        vec![question(
            Answering::Required,
            AnswerForm::Scale {
                from,
                to,
                from_label,
                to_label,
            },
        )]
    };
    let missing = |field| Err(Refusal::TextMissing { field });
    assert_eq!(office.set(|s| s.title = " ".into()), missing(TextField::Title));
    assert_eq!(
        office.set(|s| s.intro = "零宽\u{200B}字".into()),
        Err(Refusal::TextHidden {
            field: TextField::Intro
        })
    );
    assert_eq!(
        office.set(|s| s.subjects = vec![SubjectId(9)]),
        Err(Refusal::NoSuchSubject {})
    );
    assert_eq!(
        office.set(|s| s.subjects = vec![SubjectId(2), SubjectId(2)]),
        Err(Refusal::SubjectTwice {})
    );
    assert_eq!(office.set(|s| s.group = Some(GroupId(1))), Err(Refusal::NoSuchGroup {}));
    assert_eq!(
        office.set(|s| s.questions[0].text = String::new()),
        missing(TextField::SurveyQuestion)
    );
    assert_eq!(
        office.set(|s| s.questions = one(words(&["是", " "]))),
        missing(TextField::Choice)
    );
    assert_eq!(
        office.set(|s| s.questions = one(words(&["是", "是 "]))),
        Err(Refusal::ChoiceTwice {})
    );
    assert_eq!(
        office.set(|s| s.questions = one(words(&["是"]))),
        Err(Refusal::OutOfRange {
            min: 2,
            max: CHOICES_MAX as u32
        })
    );
    let many = (0..=CHOICES_MAX).map(|n| n.to_string()).collect();
    assert_eq!(
        office.set(|s| s.questions = one(many)),
        Err(Refusal::TooMany {
            of: Counted::Choices,
            max: CHOICES_MAX as u32
        })
    );
    assert_eq!(
        office.set(|s| s.questions = scale(5, 5)),
        Err(Refusal::OutOfRange { min: 6, max: 15 })
    );
    assert_eq!(office.set(|s| s.questions = scale(0, 10)).map(|_| ()), Ok(()));
    let over = vec![question(Answering::Optional, AnswerForm::Text {}); SURVEY_QUESTIONS_MAX + 1];
    assert!(matches!(
        office.set(|s| s.questions = over),
        Err(Refusal::TooMany { .. })
    ));
    for _ in 1..QUESTIONNAIRES_MAX {
        office.set(|_| {}).unwrap();
    }
    assert!(matches!(
        office.set(|_| {}),
        Err(Refusal::TooMany {
            of: Counted::Questionnaires,
            ..
        })
    ));
    let member = Actor::Person {
        person: crate::ids::PersonId(1),
    };
    let verdict = office.by(member, Command::SetQuestionnaire(sample())).verdict;
    assert_eq!(verdict, Err(Refusal::NotAllowed {}));
}

#[test]
fn an_answer_is_kept_only_as_it_fits_its_questions() {
    let questions = sample_questions();
    let fits = |given: [Given; 4]| fitted(&questions, &given);
    let none = Given::Nothing {};
    let value = |value| Given::Value { value };
    let kept = fits([chosen(&[2]), chosen(&[2, 0]), value(5), said(" 多建学校 ")]).unwrap();
    assert_eq!(
        kept,
        [chosen(&[2]), chosen(&[0, 2]), value(5), said("多建学校")],
        "in one spelling, so that order and blanks tell nothing"
    );
    let least = fits([chosen(&[0]), chosen(&[]), value(1), said("  ")]).unwrap();
    assert_eq!(least[1..], [none.clone(), value(1), none.clone()]);
    assert_eq!(
        fits([none.clone(), none.clone(), value(1), none.clone()]),
        Err(Misfit::Missing { question: 0 })
    );
    assert_eq!(
        fits([chosen(&[]), none.clone(), value(1), none.clone()]),
        Err(Misfit::Missing { question: 0 })
    );
    for wrong in [
        [chosen(&[3]), none.clone(), value(1), none.clone()],
        [chosen(&[0, 1]), none.clone(), value(1), none.clone()],
        [chosen(&[0]), chosen(&[1, 1]), value(1), none.clone()],
        [chosen(&[0]), chosen(&[0, 1, 2]), value(1), none.clone()],
        [chosen(&[0]), none.clone(), value(6), none.clone()],
        [chosen(&[0]), none.clone(), value(0), none.clone()],
        [chosen(&[0]), none.clone(), said("5"), none.clone()],
    ] {
        assert_eq!(fits(wrong.clone()), Err(Misfit::Shape), "{wrong:?}");
    }
    assert_eq!(fitted(&questions, &[chosen(&[0])]), Err(Misfit::Shape));
    let long = said(&"长".repeat(ANSWER_TEXT_CHARS_MAX + 1));
    assert_eq!(
        fits([chosen(&[0]), none.clone(), value(1), long]),
        Err(Misfit::TooLong { question: 3 })
    );
    assert_eq!(
        fits([chosen(&[0]), none, value(1), said("a\u{202E}b")]),
        Err(Misfit::Hidden { question: 3 })
    );
}

#[test]
fn the_count_is_of_choices_and_values_and_leaves_words_out() {
    let questions = sample_questions();
    let answers = [
        [
            chosen(&[0]),
            chosen(&[0, 2]),
            Given::Value { value: 5 },
            said("多建学校"),
        ],
        [chosen(&[2]), chosen(&[2]), Given::Value { value: 1 }, Given::Nothing {}],
        [
            chosen(&[0]),
            Given::Nothing {},
            Given::Value { value: 5 },
            Given::Nothing {},
        ],
    ];
    let counts = count(&questions, answers.iter().map(|a| &a[..]));
    let of = |answered, counts: &[u32]| QuestionCount {
        answered,
        counts: counts.to_vec(),
    };
    assert_eq!(
        counts,
        [
            of(3, &[2, 0, 1]),
            of(2, &[1, 0, 2]),
            of(3, &[1, 0, 0, 0, 2]),
            of(1, &[])
        ]
    );
}

#[test]
fn the_desk_alone_sees_it_and_no_bars_while_few_have_answered() {
    let mut office = Office::new();
    office.set(|_| {}).unwrap();
    office.open().unwrap();
    let mut around = Surroundings::default();
    let mut seen = |case: &Appraisal, answers: u32| -> Value {
        let counts = count(&sample_questions(), std::iter::empty());
        let counted = answers;
        let sight = AnswerSight {
            answers,
            counted,
            counts,
        };
        around.answers.insert(FIRST, sight);
        let key = Key::Questionnaire(FIRST);
        for audience in [Audience::Member, Audience::Projector, Audience::Chair, Audience::Public] {
            assert_eq!(render(case, &around, audience, key), None, "{audience:?}");
        }
        render(case, &around, Audience::Desk, key).unwrap()
    };
    let few = seen(&office.case, ANSWERS_SHOWN_FROM_MIN - 1);
    assert_eq!(few["answers"], ANSWERS_SHOWN_FROM_MIN - 1);
    assert_eq!(few["counts"], Value::Array(vec![]));
    let enough = seen(&office.case, ANSWERS_SHOWN_FROM_MIN);
    assert_eq!(enough["counts"].as_array().unwrap().len(), 4);
    office.close().unwrap();
    let closed = seen(&office.case, ANSWERS_SHOWN_FROM_MIN);
    assert_eq!(closed["answers"], 0, "what counts is the frozen box, not the last look");
}

/// Nobody could close it any more, and answers to a finished case would come in for ever.
#[test]
fn a_closed_case_takes_no_answers() {
    let mut office = Office::new();
    office.set(|_| {}).unwrap();
    office.set(|_| {}).unwrap();
    office.go(Command::OpenQuestionnaire { questionnaire: FIRST }).unwrap();
    office
        .go(Command::CloseCase(crate::stages::CaseClosing {
            reason: "中止".into()
        }))
        .unwrap();
    let q = &office.case.questionnaires.all[&FIRST];
    assert_eq!(q.state, QuestionnaireState::Closed);
    assert_eq!(q.closed_at, office.case.now);
    let draft = &office.case.questionnaires.all[&QuestionnaireId(2)];
    assert_eq!(draft.state, QuestionnaireState::Draft);
    assert!(duties(&office.case).iter().any(|d| matches!(
        &d.work,
        Work::Office(OfficeWork::CountAnswers { questionnaire, .. }) if *questionnaire == FIRST
    )));
}
