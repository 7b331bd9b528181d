//! The summary (总结) of the whole appraisal: what was done, in figures from the record.

use super::copy_letter::{appraised, result, told};
use super::{case_days, dates, people};
use crate::documents::official::Fields;
use pingyi_core::Appraisal;
use pingyi_core::follow_up::rounds::Escalation;
use pingyi_core::ids::SubjectId;
use pingyi_core::inquiry::{Question, QuestionState};
use pingyi_core::investigation::{Activity, ActivityKind};
use pingyi_core::ledger::LineCounts;
use pingyi_core::papers::on_record;
use pingyi_core::roster::PersonKind;
use std::collections::BTreeSet;

pub(super) fn summary(case: &Appraisal, fields: Fields) -> Fields {
    let fields = investigation(case, case_days::groups(case, case_days::subjects(case, fields)));
    let fields = rectification(case, opinions(case, issues(case, sitting(case, fields))));
    later(case, super::copy_letter::results(case, fields))
}

fn investigation(case: &Appraisal, fields: Fields) -> Fields {
    let groups = || case.investigation.groups.values();
    let activities: Vec<_> = groups()
        .flat_map(|g| g.activities.values())
        .filter(|a| a.removed_because.is_empty())
        .collect();
    let done = told_activities(&activities);
    let surveys = case.questionnaires.all.values().filter_map(|q| q.result.as_ref());
    let answers: Vec<_> = surveys.map(|r| u64::from(r.answers)).collect();
    let heard = groups().filter(|g| g.heard().is_some()).count();
    let nothing = done.is_empty() && answers.is_empty() && heard == 0;
    fields
        .text("工作组数", shown(groups().count()))
        .text("调查活动", done)
        .text("问卷数", shown(answers.len()))
        .text("答卷数", answers.iter().sum::<u64>().to_string())
        .text("听取报告数", shown(heard))
        .text("调查待填", if nothing { case_days::TO_FILL } else { "" })
}

/// 座谈会2次36人、走访1次4人: kinds in their own order, without those that nothing was done of.
fn told_activities(activities: &[&Activity]) -> String {
    let kinds = [
        (ActivityKind::Forum, "座谈会"),
        (ActivityKind::Interview, "个别访谈"),
        (ActivityKind::Visit, "走访"),
        (ActivityKind::Papers, "查阅资料"),
        (ActivityKind::Other, "其他活动"),
    ];
    let told = kinds.iter().filter_map(|(kind, word)| {
        let of_kind = || activities.iter().filter(|a| a.kind == *kind);
        let people: u64 = of_kind().map(|a| u64::from(a.people)).sum();
        let count = of_kind().count();
        let people = if people == 0 {
            String::new()
        } else {
            format!("{people}人")
        };
        (count > 0).then(|| format!("{word}{count}次{people}"))
    });
    told.collect::<Vec<_>>().join("、")
}

fn sitting(case: &Appraisal, fields: Fields) -> Fields {
    let (first, _) = case_days::first_sitting(case);
    let due = case.past.first().map_or_else(|| case.roster.due(), |past| past.due);
    // Later sittings ask about the rectification.
    let then = |q: &Question| first.closed_at == 0 || q.asked_at <= first.closed_at;
    let put: Vec<_> = case
        .inquiry
        .questions
        .values()
        .filter(|q| on_record(q) && then(q))
        .collect();
    let settled = |state| put.iter().filter(|q| q.state == state).count();
    let deferred = shown(settled(QuestionState::Deferred));
    let remarks: Vec<_> = case.deliberation.confirmed().collect();
    let speakers: BTreeSet<_> = remarks.iter().map(|(_, r)| r.speaker).collect();
    fields
        .text("应到", due.to_string())
        .text("实到", case_days::came(case, PersonKind::Member).to_string())
        .text("列席人数", case_days::came(case, PersonKind::Attendee).to_string())
        .text("询问件数", shown(put.len()))
        .text("现场答复件数", settled(QuestionState::Answered).to_string())
        .text("书面答复件数", &deferred)
        .text("书面答复说明", case_days::aside(&deferred, "，会后书面答复", "件"))
        .text("审议意见数", shown(remarks.len()))
        .text("发言人数", speakers.len().to_string())
        .text("等次汇总", grades(case))
}

/// 满意3名，基本满意1名: in the order in which grades first come.
fn grades(case: &Appraisal) -> String {
    let mut grades: Vec<(&str, u32)> = Vec::new();
    for (_, result) in appraised(case).filter(|(_, r)| !r.grade_label.is_empty()) {
        match grades.iter_mut().find(|(label, _)| *label == result.grade_label) {
            Some((_, count)) => *count += 1,
            None => grades.push((&result.grade_label, 1)),
        }
    }
    let told: Vec<_> = grades.iter().map(|(label, n)| format!("{label}{n}名")).collect();
    told.join("，")
}

fn issues(case: &Appraisal, fields: Fields) -> Fields {
    let of_subject = |s: &SubjectId| case.issues.of_document(*s);
    let found: Vec<_> = case.subjects.keys().flat_map(of_subject).collect();
    let categories: Vec<_> = found
        .iter()
        .filter_map(|id| Some(case.issues.issues.get(id)?.category.as_str()))
        .collect();
    let mut order: Vec<&str> = case.issues.categories.iter().map(String::as_str).collect();
    for category in &categories {
        if !order.contains(category) {
            order.push(category);
        }
    }
    let counted = order.iter().filter_map(|name| {
        let count = categories.iter().filter(|c| *c == name).count();
        (count > 0).then(|| Fields::default().text("类别", *name).text("件数", count.to_string()))
    });
    let subjects = case.subjects.keys().filter_map(|s| {
        let count = of_subject(s).len();
        let said = Fields::default().text("对象", people::name(case, *s));
        (count > 0).then(|| said.text("件数", count.to_string()))
    });
    fields
        .text("问题数", shown(found.len()))
        .list("问题类别", counted)
        .list("问题对象", subjects)
        .text("问题待填", if found.is_empty() { case_days::TO_FILL } else { "" })
}

fn opinions(case: &Appraisal, fields: Fields) -> Fields {
    let approved = case.subjects.keys().filter(|s| case.issues.approved(**s)).count();
    let subjects = || case.follow_up.subjects.values();
    let sent = case.follow_up.results.done_on;
    fields
        .text("意见通过数", approved.to_string())
        .text(
            "意见送达数",
            subjects().filter(|o| o.handed_on.is_some()).count().to_string(),
        )
        .text(
            "意见签收数",
            subjects().filter(|o| o.received_on.is_some()).count().to_string(),
        )
        .text("结果报送日期", case_days::day_or_line(sent))
}

fn rectification(case: &Appraisal, fields: Fields) -> Fields {
    let received = || case.follow_up.subjects.values().filter(|o| o.received_on.is_some());
    let mut sum = LineCounts::default();
    for counts in case.subjects.keys().map(|s| case.line_counts(*s)) {
        sum.lines += counts.lines;
        sum.done += counts.done;
        sum.long_term += counts.long_term;
        sum.underway += counts.underway;
        sum.not_started += counts.not_started;
        sum.closed += counts.closed;
    }
    let ledgers = case.subjects.keys().flat_map(|s| case.ledger_lines(*s));
    let checks: usize = ledgers.map(|(_, line)| line.checks.len()).sum();
    let none = received().next().is_none();
    fields
        .text("整改对象数", shown(received().count()))
        .text(
            "方案报送数",
            received().filter(|o| o.plan.done_on.is_some()).count().to_string(),
        )
        .text(
            "报告报送数",
            received().filter(|o| o.report.done_on.is_some()).count().to_string(),
        )
        .text("台账条数", shown(sum.lines as usize))
        .text("已完成数", sum.done.to_string())
        .text("长期坚持数", sum.long_term.to_string())
        .text("正在整改数", sum.underway.to_string())
        .text("未启动数", sum.not_started.to_string())
        .text("已销号数", sum.closed.to_string())
        .text("检查次数", shown(checks))
        .text("整改待填", if none { case_days::TO_FILL } else { "" })
}

/// Ballots on the rectification with what they led to.
fn later(case: &Appraisal, fields: Fields) -> Fields {
    let ballots = case.subjects.keys().flat_map(|s| case.rectifications_of(*s));
    let measured = ballots.filter_map(|(_, ballot)| Some((ballot, told(ballot)?)));
    let measured = (1_u32..).zip(measured).map(|(n, (ballot, r))| {
        let before = case.appraisal_of(ballot.subject).and_then(|(_, b)| told(b));
        let grade = before.map_or("", |b| b.grade_label.as_str());
        result(case, n, ballot, r).text("述职测评等次", grade)
    });
    let opinions = case.follow_up.subjects.iter();
    let rounds = opinions.clone().flat_map(|(s, o)| o.rounds.iter().map(|r| (*s, r)));
    let rounds = rounds.map(|(s, r)| {
        let done = r.report.done_on.map_or_else(String::new, dates::chinese);
        Fields::default()
            .text("对象", people::name(case, s))
            .text("责成日期", dates::chinese(r.ordered_on))
            .text("报告期限", dates::chinese(r.until))
            .text("报告日期", &done)
            .text("再次报告说明", case_days::aside(&done, "，已于", "报告"))
    });
    let steps = opinions.flat_map(|(s, o)| o.escalations.iter().map(|e| (*s, e)));
    let steps = steps.map(|(s, e)| {
        Fields::default()
            .text("对象", people::name(case, s))
            .text("日期", dates::chinese(e.on))
            .text("措施", measure(e.step))
    });
    fields
        .list("整改测评", measured)
        .list("责成继续整改", rounds)
        .list("监督措施", steps)
}

const fn measure(step: Escalation) -> &'static str {
    match step {
        Escalation::WrittenExplanation => "书面说明",
        Escalation::Talk => "约谈",
        Escalation::SpecialInquiry => "专题询问",
        Escalation::Interpellation => "质询",
        Escalation::SpecialInvestigation => "特定问题调查",
        Escalation::RemovalMotion => "撤职案",
    }
}

/// A count that a template asks after with 如有: nothing for none.
fn shown(count: usize) -> String {
    if count == 0 { String::new() } else { count.to_string() }
}
