//! Why an announced result has its grade, rule by rule and in words; and which account of a sealed round does not hold.

use pingyi_core::ballot::BallotResult;
use pingyi_core::rules::profile::{Base, Combine, Match, Measure, NoGradeRule, Op, Quantity};
use pingyi_core::rules::verdict::{GradeReached, Tried};
use pingyi_core::rules::{Identity, Profile, Step};

/// One sentence a rule that was tried, and one for what follows where none held.
pub(super) fn reasons(profile: &Profile, result: &BallotResult) -> Vec<String> {
    let verdict = &result.verdict;
    let mut lines: Vec<_> = verdict.reasons.iter().map(|s| step(profile, s)).collect();
    if lines.is_empty() {
        return lines;
    }
    match &verdict.grade {
        GradeReached::Grade { by_rule: Some(_), .. } => {}
        GradeReached::Grade { label, .. } => lines.push(format!("以上都不符合，按其余情况定为“{label}”。")),
        GradeReached::NoGrade { rule } => {
            let then = match rule {
                NoGradeRule::Default => "按其余情况定等次",
                NoGradeRule::Revote => "按测评办法应当重新测评",
                NoGradeRule::ReferToCouncil => "提请主任会议研究",
                NoGradeRule::NotGraded => "不定等次",
            };
            lines.push(format!("以上都不符合，{then}。"));
        }
    }
    lines
}

fn step(profile: &Profile, step: &Step) -> String {
    let grade = profile.grade(&step.grade).map_or("", |g| g.label.as_str());
    let all: Vec<_> = step.tried.iter().map(|t| tried(profile, t)).collect();
    let any = if step.matching == Match::Any && all.len() > 1 {
        "（有一项符合即可）"
    } else {
        ""
    };
    format!("{grade}：{}{any}。", all.join("；"))
}

fn tried(profile: &Profile, tried: &Tried) -> String {
    let what = quantity(profile, &tried.quantity);
    if tried.left.is_empty() {
        let held = if tried.held { "符合" } else { "不符合" };
        return format!("{what}（人数少，不列数字）{held}");
    }
    // Shares of several groups, averaged by weight, are out of 1 and not of papers.
    let averaged =
        profile.combine == Combine::WeightedShares && tried.quantity.group.is_none() && profile.groups.len() > 1;
    let op = match tried.op {
        Op::Above => "超过",
        Op::AtLeast => "达到",
        Op::Below => "低于",
        Op::AtMost => "不高于",
    };
    let not = if tried.held { "" } else { "未" };
    if averaged && tried.quantity.measure == Measure::Votes {
        let (left, right) = (plain(&tried.left, 100), plain(&tried.right, 100));
        return format!("{what}{left}%，{not}{op}{right}%");
    }
    let compared = format!("{what}{}，{not}{op}{}", plain(&tried.left, 1), plain(&tried.right, 1));
    if tried.quantity.measure == Measure::Score {
        return compared;
    }
    let of = match tried.quantity.of {
        Base::Roster => "应到",
        Base::Present => "实到",
        Base::Issued => "发出",
        Base::Returned => "收回",
        Base::Valid => "有效票",
    };
    let fraction = &tried.fraction;
    let share = if fraction.num == fraction.den {
        String::new()
    } else {
        format!("的{}/{}", fraction.num, fraction.den)
    };
    format!("{compared}（{of}{}{share}）", plain(&tried.base, 1))
}

/// An exact fraction such as 27/2 as people read it: to four decimals, rounded half up, without zeros at the end. What
/// is no fraction of whole numbers stands as it was recorded.
fn plain(exact: &str, times: i128) -> String {
    let (num, den) = exact.split_once('/').unwrap_or((exact, "1"));
    let (Ok(num), Ok(den)) = (num.parse::<i128>(), den.parse::<i128>()) else {
        return exact.to_owned();
    };
    let Some(scaled) = num.checked_mul(times * 20_000).filter(|_| den > 0) else {
        return exact.to_owned();
    };
    let parts = (scaled + den).div_euclid(2 * den);
    let sign = if parts < 0 { "-" } else { "" };
    let decimals = format!("{:04}", parts.abs() % 10_000);
    let text = format!("{sign}{}.{decimals}", parts.abs() / 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn quantity(profile: &Profile, quantity: &Quantity) -> String {
    let label = |key| {
        let at = profile.option(key);
        at.map_or(key, |at| profile.options[at].label.as_str())
    };
    let what = match quantity.measure {
        Measure::Score => "平均得分".to_owned(),
        Measure::Votes => {
            let labels: Vec<_> = quantity.options.iter().map(|o| label(o.as_str())).collect();
            let together = if labels.len() > 1 { "合计" } else { "" };
            format!("{}票{together}", labels.join("、"))
        }
    };
    let item = quantity
        .dimension
        .as_ref()
        .and_then(|key| profile.dimensions.iter().find(|d| d.key == *key));
    let group = quantity
        .group
        .as_ref()
        .and_then(|key| profile.groups.iter().find(|g| g.key == *key));
    let group = group.map_or_else(String::new, |g| format!("{}的", g.label));
    let item = item.map_or_else(String::new, |d| format!("“{}”", d.label));
    format!("{group}{item}{what}")
}

/// The account that does not hold, with its figures.
pub(super) fn failing(identity: &Identity) -> String {
    match identity {
        Identity::Layout { .. } => "票数与测评办法的项目不一致".to_owned(),
        Identity::TooLarge { found, max, .. } => format!("票数{found}过大（最多{max}）"),
        Identity::PresentOverRoster { present, roster, .. } => format!("实到{present}人多于应到{roster}人"),
        Identity::NoQuorum { present, roster, .. } => format!("应到{roster}人，实到{present}人，不足法定人数"),
        Identity::IssuedOverPresent { issued, present, .. } => format!("发出{issued}张多于实到{present}人"),
        Identity::ReturnedOverIssued { returned, issued, .. } => format!("收回{returned}张多于发出{issued}张"),
        Identity::MarksUnlikeReturned {
            marks,
            blank,
            invalid,
            returned,
            ..
        } => format!("各选项{marks}票加空白{blank}张、无效{invalid}张，不等于收回{returned}张"),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_fraction_is_printed_as_people_read_it() {
        let read = [
            ("20", 1),
            ("27/2", 1),
            ("1/3", 1),
            ("2/3", 100),
            ("-1/2", 1),
            ("100", 1),
            ("x", 1),
        ];
        let said = read.map(|(exact, times)| plain(exact, times));
        assert_eq!(said, ["20", "13.5", "0.3333", "66.6667", "-0.5", "100", "x"]);
    }
}
