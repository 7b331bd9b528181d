//! The investigation's questionnaire and what came to it. Answers follow a fixed pattern, so that every demonstration
//! shows the same charts.

use super::topics::Topic;
use pingyi_core::command::Command;
use pingyi_core::ids::SubjectId;
use pingyi_core::questionnaire::{Access, AnswerForm, Answering, Given, SetQuestionnaire, SurveyQuestion};

/// How many people answer.
const ANSWERS: u32 = 86;

const WORDS: [&str; 8] = [
    "办事窗口多排几个人，周末也能办就好了。",
    "孩子上学远，希望校车早一点开通。",
    "政策很好，就是看不懂，希望有人上门讲。",
    "反映过的问题要有回音，不能石沉大海。",
    "乡镇的条件和城里差得还是太多。",
    "工作人员态度比前几年好多了。",
    "希望把办理结果贴出来让大家看看。",
    "问题整改不能只写在纸上。",
];

pub fn questionnaire(topics: &[Topic; 4]) -> Command {
    let required = |text: &str, answer| SurveyQuestion {
        text: text.into(),
        answering: Answering::Required,
        answer,
    };
    let choices = |list: &[&str]| list.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
    let satisfied = |t: &Topic| {
        required(
            &format!("您对{}的工作总体满意吗？", t.unit),
            AnswerForm::Scale {
                from: 1,
                to: 5,
                from_label: "很不满意".into(),
                to_label: "很满意".into(),
            },
        )
    };
    let mut questions: Vec<_> = topics.iter().map(satisfied).collect();
    questions.extend([
        required(
            "您是以什么身份和这些单位打交道的？",
            AnswerForm::One {
                choices: choices(&["群众", "企业", "村（社区）干部", "学生家长"]),
            },
        ),
        required(
            "您认为哪些方面最需要改进？（至多选三项）",
            AnswerForm::Several {
                choices: choices(&["依法办事", "办事效率", "服务态度", "政策公开", "解决群众反映的问题"]),
                at_most: 3,
            },
        ),
        SurveyQuestion {
            text: "您还有什么意见和建议？".into(),
            answering: Answering::Optional,
            answer: AnswerForm::Text {},
        },
    ]);
    Command::SetQuestionnaire(SetQuestionnaire {
        questionnaire: None,
        group: None,
        title: "述职评议群众满意度问卷".into(),
        intro: "问卷不记姓名，结果供区人大常委会述职评议参考。".into(),
        subjects: (1..=4).map(SubjectId).collect(),
        access: Access::Open,
        questions,
    })
}

pub fn answers() -> Vec<Vec<Given>> {
    (0..ANSWERS).map(answer).collect()
}

fn answer(n: u32) -> Vec<Given> {
    // Most are content, a few are not; the subjects differ.
    let value = |shift: u32| match (n * 7 + shift * 5) % 20 {
        0 => 1,
        1..=3 => 2,
        7 if shift.is_multiple_of(2) => 3,
        4..=6 => 3,
        7..=13 => 4,
        _ => 5,
    };
    let mut given: Vec<_> = (0..4).map(|shift| Given::Value { value: value(shift) }).collect();
    let (first, second) = (n * 3 % 5, (n * 3 + 2 + n % 2) % 5);
    given.extend([
        Given::Choices {
            choices: vec![[0, 0, 1, 3, 2, 0, 3][n as usize % 7]],
        },
        Given::Choices {
            choices: vec![first.min(second), first.max(second)],
        },
        match WORDS.get(n as usize / 9).filter(|_| n % 9 == 4) {
            Some(text) => Given::Text { text: (*text).into() },
            None => Given::Nothing {},
        },
    ]);
    given
}
