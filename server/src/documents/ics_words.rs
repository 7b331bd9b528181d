//! What a calendar says, in the language its address asks for. Names and issues stay as the case has them.

use pingyi_core::follow_up::DueMatter;
use pingyi_core::stages::Stage;
use pingyi_core::stages::reminders::ReminderAbout;

/// Chinese unless the address asks for English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FeedLanguage {
    #[default]
    Chinese,
    English,
}

impl FeedLanguage {
    /// As in an address: `en`, `en-GB`. What is not known is Chinese.
    pub fn of(tag: &str) -> FeedLanguage {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("en") {
            FeedLanguage::English
        } else {
            FeedLanguage::Chinese
        }
    }

    /// The tag of ISO 639 in the product's name.
    pub const fn tag(self) -> &'static str {
        match self {
            FeedLanguage::Chinese => "ZH",
            FeedLanguage::English => "EN",
        }
    }

    pub const fn done(self) -> &'static str {
        match self {
            FeedLanguage::Chinese => "（已完成）",
            FeedLanguage::English => "(done) ",
        }
    }

    pub fn days_left(self, days: u32, what: &str) -> String {
        match (self, days) {
            (FeedLanguage::Chinese, _) => format!("还有{days}天：{what}"),
            (FeedLanguage::English, 1) => format!("1 day left: {what}"),
            (FeedLanguage::English, _) => format!("{days} days left: {what}"),
        }
    }

    pub const fn provisional(self) -> &'static str {
        match self {
            FeedLanguage::Chinese => "该年度放假安排尚未导入，日期可能顺延。",
            FeedLanguage::English => "The holidays of that year are not imported yet; the day may move.",
        }
    }

    pub fn of_unit(self, unit: &str, what: &str) -> String {
        match self {
            FeedLanguage::Chinese => format!("{unit}：{what}"),
            FeedLanguage::English => format!("{unit}: {what}"),
        }
    }

    /// What has its last day. `issue` is the text of the ledger's line.
    pub fn what(self, about: ReminderAbout, issue: &str) -> String {
        let english = self == FeedLanguage::English;
        match about {
            ReminderAbout::FollowUp { matter } => self.matter(matter).to_owned(),
            ReminderAbout::Line { .. } if english => format!("rectify: {issue}"),
            ReminderAbout::Line { .. } => format!("完成整改：{issue}"),
            // Without a number: the inquiry record counts by the order in which questions were settled, which goes on.
            ReminderAbout::WrittenAnswer { .. } if english => "written answer to a question".to_owned(),
            ReminderAbout::WrittenAnswer { .. } => "书面答复询问".to_owned(),
            ReminderAbout::StageEnd { stage } if english => format!("planned end of {}", self.stage(stage)),
            ReminderAbout::StageEnd { stage } => format!("{}阶段计划结束", self.stage(stage)),
        }
    }

    const fn matter(self, matter: DueMatter) -> &'static str {
        match (self, matter) {
            (FeedLanguage::Chinese, DueMatter::Results) => "报送评议结果和评议意见",
            (FeedLanguage::Chinese, DueMatter::Plan) => "报送整改方案",
            (FeedLanguage::Chinese, DueMatter::Report) => "报告整改落实情况",
            (FeedLanguage::Chinese, DueMatter::FurtherReport) => "再次报告整改情况",
            (FeedLanguage::English, DueMatter::Results) => "results and opinions to be sent",
            (FeedLanguage::English, DueMatter::Plan) => "rectification plan",
            (FeedLanguage::English, DueMatter::Report) => "rectification report",
            (FeedLanguage::English, DueMatter::FurtherReport) => "further rectification report",
        }
    }

    const fn stage(self, stage: Stage) -> &'static str {
        match (self, stage) {
            (FeedLanguage::Chinese, Stage::Preparation) => "评议准备",
            (FeedLanguage::Chinese, Stage::Investigation) => "评议调查",
            (FeedLanguage::Chinese, Stage::Sitting) => "评议会议",
            (FeedLanguage::Chinese, Stage::Rectification) => "评议整改",
            (FeedLanguage::English, Stage::Preparation) => "the preparation",
            (FeedLanguage::English, Stage::Investigation) => "the investigation",
            (FeedLanguage::English, Stage::Sitting) => "the sitting",
            (FeedLanguage::English, Stage::Rectification) => "the rectification",
        }
    }
}
