//! Announced results, as they were recorded.

use super::{dates, people};
use crate::documents::official::Fields;
use pingyi_core::Appraisal;
use pingyi_core::ballot::{Ballot, BallotResult, BallotState};

/// The announced ballots with their results, in the subjects' order.
pub(super) fn announced(case: &Appraisal) -> impl Iterator<Item = (&Ballot, &BallotResult)> {
    case.subjects
        .keys()
        .filter_map(|s| case.ballot_of_subject(*s))
        .filter(|(_, b)| b.state == BallotState::Announced)
        .filter_map(|(_, b)| Some((b, b.result.as_ref()?)))
}

pub(super) fn results(case: &Appraisal, fields: Fields) -> Fields {
    let results = (1_u32..).zip(announced(case));
    fields.list(
        "结果",
        results.map(|(number, (ballot, result))| one(case, number, ballot, result)),
    )
}

fn one(case: &Appraisal, number: u32, ballot: &Ballot, result: &BallotResult) -> Fields {
    let voided = ballot.voided.iter().map(|v| {
        Fields::default()
            .text("轮次", v.round.to_string())
            .text("原因", v.cause.told(&v.note))
    });
    let counts = result.counts.iter().map(|c| {
        Fields::default()
            .text("选项", &c.label)
            .text("票", c.votes.to_string())
            .text("百分比", format!("{}%", c.percent))
    });
    let said: Vec<_> = result
        .counts
        .iter()
        .map(|c| format!("{}{}票，占{}%", c.label, c.votes, c.percent))
        .collect();
    let unit = case.subjects.get(&ballot.subject).map_or("", |s| s.unit.as_str());
    Fields::default()
        .text("序号", number.to_string())
        .text("对象", people::name(case, ballot.subject))
        .text("单位", unit)
        .text("轮次", ballot.round.to_string())
        .text("应到", result.due.to_string())
        .text("实到", result.present.to_string())
        .text("发出", result.issued.to_string())
        .text("收回", result.returned.to_string())
        .text("有效", result.valid.to_string())
        .text("无效", result.invalid.to_string())
        .text("过半数", result.majority.to_string())
        .list("票数", counts)
        .text("票数说明", said.join("；"))
        .text("等次", &result.grade_label)
        .text("公布时间", dates::moment(ballot.announced_at))
        .list("作废轮次", voided)
}
