//! The letter (抄送函) to government, supervision commission, court and procuratorate: results as the rule lets them be
//! told, and the opinions that the council has approved.

use super::{case_days, people};
use crate::documents::official::Fields;
use pingyi_core::Appraisal;
use pingyi_core::ballot::{Ballot, BallotResult, BallotState};
use pingyi_core::ids::SubjectId;
use pingyi_core::issues::OpinionText;

/// The announced results of the duty reports, in the subjects' order: a later ballot on the rectification hides none.
pub(super) fn appraised(case: &Appraisal) -> impl Iterator<Item = (&Ballot, &BallotResult)> {
    let ballots = case.subjects.keys().filter_map(|s| case.appraisal_of(*s));
    ballots.filter_map(|(_, ballot)| Some((ballot, told(ballot)?)))
}

/// The result, once it is announced.
pub(super) fn told(ballot: &Ballot) -> Option<&BallotResult> {
    ballot
        .result
        .as_ref()
        .filter(|_| ballot.state == BallotState::Announced)
}

/// One result in the words that were read out: with no more figures than the rule publishes.
pub(super) fn result(case: &Appraisal, number: u32, ballot: &Ballot, result: &BallotResult) -> Fields {
    Fields::default()
        .text("序号", number.to_string())
        .text("对象", people::name(case, ballot.subject))
        .text("会议", case.session_of(ballot))
        .text("公布内容", &result.text)
        .text("等次", &result.grade_label)
}

pub(super) fn results(case: &Appraisal, fields: Fields) -> Fields {
    let all = (1_u32..).zip(appraised(case));
    fields.list("测评结果", all.map(|(n, (ballot, r))| result(case, n, ballot, r)))
}

pub(super) fn letter(case: &Appraisal, fields: Fields) -> Fields {
    let approved = case.issues.opinions.iter().filter(|(s, _)| case.issues.approved(**s));
    let waiting: Vec<_> = appraised(case)
        .filter(|(b, _)| !case.issues.approved(b.subject))
        .map(|(b, _)| people::name(case, b.subject))
        .collect();
    results(case, fields)
        .list("评议意见", approved.map(|(s, text)| opinion(case, *s, text)))
        .text("待审议对象", waiting.join("、"))
}

fn opinion(case: &Appraisal, subject: SubjectId, text: &OpinionText) -> Fields {
    let issues = case.issues.standing(subject).iter();
    let issues = issues.filter_map(|id| case.issues.issues.get(id)).map(|i| {
        Fields::default()
            .text("类别", &i.category)
            .text("内容", one_line(&i.text))
    });
    Fields::default()
        .text("对象", people::name(case, subject))
        .text("文号", &text.number)
        .text("审议日期", case_days::day_or_line(text.approved_on))
        .text("总体评价", &text.assessment)
        .list("问题", issues)
        .text("意见建议", &text.advice)
        .text("整改要求", &text.demands)
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).collect()
}
