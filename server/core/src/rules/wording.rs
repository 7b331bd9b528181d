//! The texts that are read out, from a profile's templates. `{name}` is a place; a template has no other braces.

use super::fault::FaultReason as Why;
use super::profile::{MarkKind, NoGradeRule, OmitZero, Profile, PublishedDetail, Wording};
use super::verdict::{DimensionResult, GradeReached, GroupResult, OptionResult, Verdict};

/// Places of the announcement. `options` are all options of all items, `groups` all groups that may be shown.
pub const ANNOUNCEMENT: &[&str] = &[
    "body", "meeting", "subject", "roster", "present", "issued", "returned", "valid", "apart", "invalid", "not_cast",
    "options", "groups", "score", "grade", "result",
];
pub const TALLY_SHEET_TITLE: &[&str] = &["body", "meeting", "subject"];
pub const OPTION_ITEM: &[&str] = &["label", "votes", "percent"];
pub const DIMENSION_ITEM: &[&str] = &["label", "options"];
pub const GROUP_ITEM: &[&str] = &["label", "issued", "returned", "options"];

/// What the count was of, in words.
#[derive(Clone, Copy, Debug)]
pub struct Occasion<'a> {
    /// 某区人大常委会
    pub body: &'a str,
    /// 第十次会议
    pub meeting: &'a str,
    /// 张三同志
    pub subject: &'a str,
}

/// The usual wording (计票结果报告单) for a profile that brings none.
pub fn usual(detail: PublishedDetail, no_grade: NoGradeRule) -> Wording {
    let option_item = match detail {
        PublishedDetail::CountsAndPercentages => "{label}{votes}票，占{percent}%",
        PublishedDetail::Percentages => "{label}占{percent}%",
        PublishedDetail::Counts | PublishedDetail::GradeOnly => "{label}{votes}票",
    };
    let apart_item = match detail {
        PublishedDetail::Percentages => "{label}占{percent}%",
        _ => "{label}{votes}票",
    };
    let ending = match (detail, no_grade) {
        (PublishedDetail::GradeOnly, _) => "测评等次：{grade}。",
        (_, NoGradeRule::NotGraded) => "{options}。",
        _ => "{options}；测评等次：{grade}。",
    };
    // Where some options are not valid marks, 有效票 beside 收回 tells the votes for them.
    let valid = match detail {
        PublishedDetail::GradeOnly => "无效票{invalid}张",
        _ => "有效票{valid}张，无效票{invalid}张",
    };
    let accounts = format!(
        "对{{subject}}的测评：应到{{roster}}人，实到{{present}}人，发出测评票{{issued}}张，收回{{returned}}张，其中{valid}。"
    );
    Wording {
        announcement: format!("{accounts}{ending}"),
        tally_sheet_title: "{body}{meeting}对{subject}述职测评计票结果报告单".to_owned(),
        separator: "；".to_owned(),
        option_item: option_item.to_owned(),
        apart_item: apart_item.to_owned(),
        dimension_item: "{label}：{options}".to_owned(),
        group_item: "{label}收回{returned}张：{options}".to_owned(),
        result_words: Vec::new(),
    }
}

/// What the chair reads out.
pub fn announcement(profile: &Profile, verdict: &Verdict, occasion: &Occasion<'_>) -> String {
    let accounts = &verdict.accounts;
    filled(&profile.wording.announcement, |name| match name {
        "roster" => accounts.roster.to_string(),
        "present" => accounts.present.to_string(),
        "issued" => accounts.issued.to_string(),
        "returned" => accounts.returned.to_string(),
        "valid" => accounts.valid.to_string(),
        "apart" => accounts.apart.to_string(),
        "invalid" => accounts.invalid.to_string(),
        "not_cast" => accounts.not_cast.to_string(),
        "options" => all_options(profile, &verdict.dimensions),
        "groups" => groups(profile, &verdict.groups),
        "score" => verdict.score.clone().unwrap_or_default(),
        "grade" => grade(&verdict.grade),
        "result" => result_word(profile, &verdict.grade),
        other => occasion.word(other),
    })
}

/// The head of the printed 计票结果报告单.
pub fn tally_sheet_title(profile: &Profile, occasion: &Occasion<'_>) -> String {
    filled(&profile.wording.tally_sheet_title, |name| occasion.word(name))
}

impl Occasion<'_> {
    fn word(&self, name: &str) -> String {
        match name {
            "body" => self.body.to_owned(),
            "meeting" => self.meeting.to_owned(),
            "subject" => self.subject.to_owned(),
            _ => String::new(),
        }
    }
}

fn all_options(profile: &Profile, dimensions: &[DimensionResult]) -> String {
    let one = |dimension: &DimensionResult| {
        let options = options(profile, &dimension.options);
        if profile.dimensions.is_empty() {
            return options;
        }
        filled(&profile.wording.dimension_item, |name| match name {
            "label" => dimension.label.clone(),
            _ => options.clone(),
        })
    };
    dimensions.iter().map(one).collect::<Vec<_>>().join("。")
}

/// Options without a vote are left out if the profile says so, unless there is no vote at all.
fn options(profile: &Profile, options: &[OptionResult]) -> String {
    let any = options.iter().any(|o| o.votes > 0);
    let left_out = |option: &OptionResult| match profile.percent.omit_zero {
        OmitZero::None => false,
        OmitZero::NotChoices => option.kind != MarkKind::Choice,
        OmitZero::All => true,
    };
    let said = options.iter().filter(|o| o.votes > 0 || !any || !left_out(o));
    let one = |option: &OptionResult| {
        let template = if option.valid {
            &profile.wording.option_item
        } else {
            &profile.wording.apart_item
        };
        filled(template, |name| match name {
            "label" => option.label.clone(),
            "votes" => option.votes.to_string(),
            _ => option.percent.clone(),
        })
    };
    said.map(one).collect::<Vec<_>>().join(&profile.wording.separator)
}

fn groups(profile: &Profile, groups: &[GroupResult]) -> String {
    let one = |group: &GroupResult| {
        filled(&profile.wording.group_item, |name| match name {
            "label" => group.label.clone(),
            "issued" => group.issued.to_string(),
            "returned" => group.returned.to_string(),
            _ => all_options(profile, &group.dimensions),
        })
    };
    groups
        .iter()
        .filter(|g| g.shown)
        .map(one)
        .collect::<Vec<_>>()
        .join("。")
}

fn grade(grade: &GradeReached) -> String {
    match grade {
        GradeReached::Grade { label, .. } => label.clone(),
        GradeReached::NoGrade { rule } => match rule {
            NoGradeRule::Revote => "未形成等次，重新测评",
            NoGradeRule::ReferToCouncil => "未形成等次，提请主任会议研究",
            NoGradeRule::Default | NoGradeRule::NotGraded => "",
        }
        .to_owned(),
    }
}

fn result_word(profile: &Profile, grade: &GradeReached) -> String {
    let words = &profile.wording.result_words;
    match grade {
        GradeReached::Grade { key, .. } => words.iter().find(|w| w.grade == *key).map(|w| w.word.clone()),
        GradeReached::NoGrade { .. } => None,
    }
    .unwrap_or_default()
}

fn filled(template: &str, word: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(&word(name));
        rest = after;
    }
    out + rest
}

/// The places of a template, or what is wrong with its braces.
fn places(template: &str) -> Result<Vec<&str>, Why> {
    let mut names = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let inside = rest[at..].strip_prefix('{').and_then(|r| r.split_once('}'));
        match inside {
            Some((name, after)) if !name.contains('{') => {
                names.push(name);
                rest = after;
            }
            _ => return Err(Why::OpenBrace {}),
        }
    }
    Ok(names)
}

/// Places of the announcement that this profile has nothing for.
fn never_filled(profile: &Profile) -> Vec<&'static str> {
    let worded = |key: &String| profile.wording.result_words.iter().any(|w| w.grade == *key);
    let graded = profile.no_grade != NoGradeRule::NotGraded;
    let every_grade_worded = graded && profile.grades.iter().all(|g| worded(&g.key));
    let scored = profile.options.iter().any(|o| o.score > 0);
    let places = [("grade", graded), ("result", every_grade_worded), ("score", scored)];
    places
        .into_iter()
        .filter(|(_, has)| !has)
        .map(|(name, _)| name)
        .collect()
}

/// Whether votes for some option are counted apart from the valid ones.
fn sets_marks_apart(profile: &Profile) -> bool {
    let valid = |kind| profile.valid_kinds.contains(&kind);
    profile.dimensions.is_empty() && profile.options.iter().any(|o| !valid(o.kind))
}

/// What is wrong with each template of a profile, by its name in `wording`.
pub(super) fn faults(profile: &Profile) -> Vec<(&'static str, Why)> {
    let w = &profile.wording;
    let not_published: &[&str] = match profile.publication.detail {
        PublishedDetail::GradeOnly if sets_marks_apart(profile) => &["options", "groups", "score", "apart", "valid"],
        PublishedDetail::GradeOnly => &["options", "groups", "score", "apart"],
        PublishedDetail::Percentages => &["votes", "apart"],
        PublishedDetail::Counts => &["percent"],
        PublishedDetail::CountsAndPercentages => &[],
    };
    let grade_only = profile.publication.detail == PublishedDetail::GradeOnly;
    let empty = never_filled(profile);
    let mut found = Vec::new();
    for (key, template, known) in [
        ("announcement", &w.announcement, ANNOUNCEMENT),
        ("tally_sheet_title", &w.tally_sheet_title, TALLY_SHEET_TITLE),
        ("option_item", &w.option_item, OPTION_ITEM),
        ("apart_item", &w.apart_item, OPTION_ITEM),
        ("dimension_item", &w.dimension_item, DIMENSION_ITEM),
        ("group_item", &w.group_item, GROUP_ITEM),
    ] {
        match places(template) {
            Err(reason) => found.push((key, reason)),
            Ok(names) => found.extend(names.into_iter().filter_map(|name| {
                let kept_back = not_published.contains(&name) && (!grade_only || key == "announcement");
                let reason = match (known.contains(&name), kept_back) {
                    (true, false) if empty.contains(&name) => Why::NothingToSay { name: name.to_owned() },
                    (true, false) => return None,
                    (true, true) => Why::NotPublished { name: name.to_owned() },
                    (false, _) => Why::UnknownPlaceholder {
                        name: name.to_owned(),
                        known: known.iter().map(|k| (*k).to_owned()).collect(),
                    },
                };
                Some((key, reason))
            })),
        }
    }
    found
}
