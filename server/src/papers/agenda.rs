//! The agenda and the questions that were put.

use super::{dates, people};
use crate::documents::official::Fields;
use pingyi_core::Appraisal;
use pingyi_core::deliberation::Remark;
use pingyi_core::ids::{QuestionId, RemarkId};
use pingyi_core::inquiry::{Question, QuestionState};
use pingyi_core::papers::{named_askers, on_record};
use pingyi_core::sitting::{Item, ItemKind};
use pingyi_core::subject::ReportForm;

pub(super) fn agenda(case: &Appraisal, fields: Fields) -> Fields {
    let items = (1_u32..).zip(case.sitting.agenda.values());
    fields.list("议程", items.map(|(number, i)| item(case, number, i)))
}

fn item(case: &Appraisal, number: u32, item: &Item) -> Fields {
    let subject = item.subject.and_then(|s| case.subjects.get(&s));
    let about: Vec<_> = item.about().map(|s| people::name(case, s)).collect();
    let kind = match item.kind {
        ItemKind::Opening => "开幕",
        ItemKind::Report if subject.is_some_and(|s| s.report == ReportForm::Written) => "书面述职",
        ItemKind::Report => "口头述职",
        ItemKind::Inquiry => "询问环节",
        ItemKind::Deliberation => "审议",
        ItemKind::Evaluation => "测评",
        ItemKind::Speech => "讲话",
        ItemKind::Other => "其他",
    };
    Fields::default()
        .text("序号", number.to_string())
        .text("名称", &item.title)
        .text("对象", about.join("、"))
        .text("开始时间", dates::time(item.began_at))
        .text(kind, kind)
}

/// The questions on record, in the order in which they were settled.
fn put(case: &Appraisal) -> Vec<(&QuestionId, &Question)> {
    let mut put: Vec<_> = case.inquiry.questions.iter().filter(|(_, q)| on_record(q)).collect();
    put.sort_by_key(|(id, q)| (q.settled_at, **id));
    put
}

/// A question as other papers name it: 第2件询问 of the inquiry record. 询问 alone where it is not on record.
pub(super) fn question_name(case: &Appraisal, question: QuestionId) -> String {
    let place = put(case).iter().position(|(id, _)| **id == question);
    place.map_or_else(|| "询问".to_owned(), |at| format!("第{}件询问", at + 1))
}

pub(super) fn inquiry(case: &Appraisal, fields: Fields) -> Fields {
    let put = put(case);
    fields.text("询问件数", put.len().to_string()).list(
        "询问",
        (1_u32..)
            .zip(put)
            .map(|(number, (id, q))| question(case, number, *id, q)),
    )
}

/// Remarks whose wording their speakers confirmed, in the order in which they were recorded.
pub(super) fn remarks(case: &Appraisal, fields: Fields) -> Fields {
    let remark = |(number, (_, remark)): (u32, (RemarkId, &Remark))| {
        Fields::default()
            .text("序号", number.to_string())
            .text("发言人", case.name_of(remark.speaker))
            .text(
                "对象",
                remark
                    .subject
                    .map_or_else(|| "（全体）".to_owned(), |s| people::name(case, s)),
            )
            .text("方面", &remark.aspect)
            .text("内容", &remark.text)
    };
    let confirmed = (1_u32..).zip(case.deliberation.confirmed());
    fields.list("审议发言", confirmed.map(remark))
}

fn question(case: &Appraisal, number: u32, id: QuestionId, question: &Question) -> Fields {
    let named: Vec<_> = named_askers(case, id).into_iter().map(|p| case.name_of(p)).collect();
    let asker = if named.is_empty() {
        "不公开姓名".to_owned()
    } else {
        named.join("、")
    };
    let supporters = question.voices().saturating_sub(1);
    let supported = match supporters {
        0 => String::new(),
        n => format!("（附议{n}人）"),
    };
    let answer = match question.state {
        QuestionState::Deferred => format!("{}前书面答复", dates::written(&question.due_on)),
        QuestionState::Taken => "正在答复".to_owned(),
        _ => "现场答复".to_owned(),
    };
    Fields::default()
        .text("序号", number.to_string())
        .text("询问人", asker)
        .text(
            "对象",
            question
                .subject
                .map_or_else(|| "（全体）".to_owned(), |s| people::name(case, s)),
        )
        .text("内容", &question.text)
        .text("附议人数", supporters.to_string())
        .text("附议说明", supported)
        .text("答复方式", answer)
        .text("答复要点", &question.note)
        .text("时间", dates::time(question.settled_at))
}
