//! Announced results, as they were recorded.

use super::{dates, people, reasons};
use crate::documents::official::Fields;
use pingyi_core::Appraisal;
use pingyi_core::ballot::{Ballot, BallotResult, BallotState};
use pingyi_core::ids::BallotId;
use pingyi_core::rules::profile::{Base, PublishedDetail};

/// The announced ballots with their results, in the subjects' order.
pub(super) fn announced(case: &Appraisal) -> impl Iterator<Item = (&Ballot, &BallotResult)> {
    with_results(case).map(|(_, b, result)| (b, result))
}

fn with_results(case: &Appraisal) -> impl Iterator<Item = (BallotId, &Ballot, &BallotResult)> {
    case.subjects
        .keys()
        .filter_map(|s| case.ballot_of_subject(*s))
        .filter(|(_, b)| b.state == BallotState::Announced)
        .filter_map(|(id, b)| Some((id, b, b.result.as_ref()?)))
}

/// Sealed rounds that cannot be announced, with the account that fails.
pub(super) fn unbalanced(case: &Appraisal, fields: Fields) -> Fields {
    let latest = case.subjects.keys().filter_map(|s| case.ballot_of_subject(*s));
    let failing = latest.filter_map(|(id, b)| {
        let identity = case.failing(id)?;
        let unit = case.subjects.get(&b.subject).map_or("", |s| s.unit.as_str());
        let fields = Fields::default()
            .text("对象", people::name(case, b.subject))
            .text("单位", unit)
            .text("轮次", b.round.to_string())
            .text("应到", b.due.to_string())
            .text("实到", b.present_count().to_string())
            .text("发出", b.issued_count().to_string())
            .text("收回", b.returned_count().to_string())
            .text("不一致", reasons::failing(&identity));
        Some(fields)
    });
    fields.list("核对不一致", failing)
}

/// For the office and those it reports to: everything.
pub(super) fn results(case: &Appraisal, fields: Fields) -> Fields {
    let results = (1_u32..).zip(with_results(case));
    fields.list(
        "结果",
        results.map(|(number, (id, ballot, result))| one(case, number, id, ballot, result)),
    )
}

/// For a notice: no more than the rule publishes.
pub(super) fn public_results(case: &Appraisal, fields: Fields) -> Fields {
    let results = (1_u32..).zip(with_results(case));
    fields.list(
        "结果",
        results.map(|(number, (id, ballot, result))| {
            let told = one(case, number, id, ballot, result);
            let shares = result.counts.iter().map(|c| format!("{}占{}%", c.label, c.percent));
            match case.profile_of(ballot).publication.detail {
                PublishedDetail::Counts | PublishedDetail::CountsAndPercentages if ballot.counts_public() => told,
                PublishedDetail::Percentages if result.shows(ballot.rule.group) => {
                    withheld(told, &shares.collect::<Vec<_>>().join("；"))
                }
                _ => withheld(told, "各项票数按测评办法不予公布"),
            }
        }),
    )
}

fn withheld(told: Fields, instead: &str) -> Fields {
    told.list("票数", std::iter::empty())
        .list("定等理由", std::iter::empty())
        .text("定等说明", "")
        .text("有效", "")
        .text("无效", "")
        .text("名次", "")
        .text("票数说明", instead)
}

fn one(case: &Appraisal, number: u32, id: BallotId, ballot: &Ballot, result: &BallotResult) -> Fields {
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
    let why = reasons::reasons(case.profile_of(ballot), result);
    let together: Vec<_> = why.iter().map(|reason| reason.trim_end_matches('。')).collect();
    let together = together.join("；");
    let base = match case.profile_of(ballot).percent.of {
        Base::Roster => "应到人数",
        Base::Present => "实到人数",
        Base::Issued => "发出票",
        Base::Returned => "收回票",
        Base::Valid => "有效票",
    };
    let why = why.into_iter().map(|reason| Fields::default().text("理由", reason));
    let place = case.place_of(id).map_or_else(String::new, |p| {
        let tied = if p.tied { "（并列）" } else { "" };
        format!("第{}名{tied}", p.place)
    });
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
        .text("百分比基数", base)
        .text("票数说明", said.join("；"))
        .text("等次", &result.grade_label)
        .list("定等理由", why)
        .text("定等说明", together)
        .text("名次", place)
        .text("公布时间", dates::moment(ballot.announced_at))
        .list("作废轮次", voided)
}
