//! What a check found, in plain lines, Chinese first. It says as well what was not checked, and what to compare by eye.

use super::Extent;
use crate::journal::Digest;
use pingyi_core::ballot::BallotResult;
use pingyi_core::ids::{BallotId, QuestionnaireId};
use std::fmt;
use uuid::Uuid;

/// A case file that holds.
#[derive(Clone, Debug)]
pub struct Report {
    pub case: Uuid,
    pub title: String,
    pub extent: Extent,
    pub records: usize,
    /// Records of which only the digest is in the file.
    pub withheld: usize,
    pub head: Digest,
    pub documents: usize,
    /// Whether the bytes of all of them are in the file, and hold.
    pub documents_whole: bool,
    pub rounds: Vec<RoundReport>,
    pub surveys: Vec<SurveyReport>,
}

/// How far a round could be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 记名: recounted from the records, or only shown where these are withheld.
    Named,
    /// 无记名: all seven checks.
    BoardChecked,
    /// All but whether those on the list of tokens were present.
    BoardCheckedWithoutRoll,
    /// Announced, its board not yet released.
    NotReleased,
    /// Announced; the rule keeps votes and board, of a group too small to be shown for example. Of an archive the counts
    /// on the record were held against the rule; the box was counted by the program alone.
    BoxWithheld,
    /// A vote by name in a public file whose rule keeps the votes: nothing of it is here.
    ResultWithheld,
    /// In a public file it may as well be one of several votes by name that were announced together, and kept.
    NotAnnounced,
}

#[derive(Clone, Debug)]
pub struct RoundReport {
    pub ballot: BallotId,
    pub round: u32,
    pub subject: String,
    pub standing: Standing,
    /// As the hall screen showed it.
    pub code: Option<String>,
    pub digest: Option<String>,
    pub result: Option<BallotResult>,
    pub voided: Option<String>,
    /// The rule keeps its votes: the report tells turnout and grade only.
    pub withheld: bool,
}

/// How far a questionnaire could be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SurveyStanding {
    /// Its answers are in the file: digest and counts are those on the record.
    Recounted,
    /// Open, or not counted yet: its answers are in no file.
    NotCounted,
    /// Counted, in a file of the format before, which has no answers.
    NotInFile,
}

#[derive(Clone, Debug)]
pub struct SurveyReport {
    pub questionnaire: QuestionnaireId,
    pub title: String,
    pub standing: SurveyStanding,
    pub answers: u32,
    pub digest: Option<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report {
            case,
            title,
            records,
            withheld,
            head,
            documents,
            documents_whole,
            ..
        } = self;
        writeln!(f, "案卷 case          {case}  {}", one_line(title))?;
        writeln!(
            f,
            "记录 records       {records}，其中仅存摘要 of these only digests: {withheld}"
        )?;
        writeln!(f, "链首摘要 chain head {head}")?;
        let bytes = if *documents_whole {
            "原文均在案卷中，逐份核对摘要无误 all in the file, each with the digest on the record"
        } else {
            "仅列目录，原文不在本文件中，未核对 listed only: not in this file, not checked"
        };
        writeln!(f, "文件 documents     {documents}，{bytes}")?;
        for survey in &self.surveys {
            survey.fmt(f)?;
        }
        for round in &self.rounds {
            round.fmt(f, self.extent)?;
        }
        if self.extent == Extent::Public {
            writeln!(
                f,
                "公开版：个人信息记录仅存摘要，未核对签到名单、记名票、文件原文和问卷。"
            )?;
            writeln!(
                f,
                "Public file: attendance, named votes, documents and questionnaires are withheld and were not checked."
            )?;
        }
        writeln!(f, "请将链首摘要和各票箱摘要与会议记录、大屏照片逐字核对。")?;
        writeln!(
            f,
            "Compare the chain head and each digest with the minutes and photographs of the hall screen."
        )?;
        writeln!(f, "核对通过 everything in this file holds")
    }
}

impl RoundReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>, extent: Extent) -> fmt::Result {
        writeln!(
            f,
            "\n表决 ballot {} 第 {} 轮 round {}  {}",
            self.ballot,
            self.round,
            self.round,
            one_line(&self.subject)
        )?;
        if let Some(reason) = &self.voided {
            writeln!(f, "  作废 voided: {}", one_line(reason))?;
        }
        let told = match (self.standing, extent) {
            (Standing::Named, Extent::Archive) => "记名，已按记录重新计票 named, recounted from the records",
            (Standing::Named, Extent::Public) => "记名，结果仅核对平衡 named, only its account was checked",
            (Standing::BoardChecked, _) => "无记名，七项核对全部通过 secret, all seven checks hold",
            (Standing::BoardCheckedWithoutRoll, _) => {
                "无记名，除签到名单外核对通过 secret, all checks but the roll hold"
            }
            (Standing::NotReleased, _) => "已宣布，票箱尚未公开，未核对 announced, board not released, not checked",
            (Standing::BoxWithheld, _) => {
                "已宣布；按规则不公开票数和票箱，未重新计票 announced; by the rule votes and board stay closed, not recounted"
            }
            (Standing::ResultWithheld, _) => {
                "已宣布；按规则不公开票数，未核对 announced; by the rule its votes stay closed, not checked"
            }
            (Standing::NotAnnounced, Extent::Archive) => "未宣布 not announced",
            (Standing::NotAnnounced, Extent::Public) => {
                "未宣布，或按规则不公开票数 not announced, or its votes stay closed by the rule"
            }
        };
        writeln!(f, "  {told}")?;
        if let Some(code) = &self.code {
            writeln!(f, "  票样校验码 ballot code {code}")?;
        }
        if let Some(digest) = &self.digest {
            writeln!(f, "  票箱摘要 board digest {digest}")?;
        }
        // What the hall has not heard is not told here either, even where the file holds it.
        let Some(result) = self.result.as_ref().filter(|_| self.standing != Standing::NotAnnounced) else {
            return Ok(());
        };
        let BallotResult {
            due,
            present,
            issued,
            returned,
            valid,
            invalid,
            ..
        } = result;
        writeln!(
            f,
            "  应到 due {due}  实到 present {present}  发出 issued {issued}  收回 returned {returned}  有效 valid {valid}  无效 invalid {invalid}"
        )?;
        if !self.withheld {
            counts(f, result)?;
        }
        writeln!(f, "  等次 grade: {}", one_line(&result.grade_label))
    }
}

fn counts(f: &mut fmt::Formatter<'_>, result: &BallotResult) -> fmt::Result {
    let items = &result.verdict.dimensions;
    let options = (result.counts.len() / items.len().max(1)).max(1);
    for (n, count) in result.counts.iter().enumerate() {
        let item = items
            .get(n / options)
            .map(|item| one_line(&item.label))
            .unwrap_or_default();
        writeln!(
            f,
            "  {item}{}{} {}  {}%",
            if item.is_empty() { "" } else { " " },
            one_line(&count.label),
            count.votes,
            one_line(&count.percent)
        )?;
    }
    Ok(())
}

impl SurveyReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SurveyReport {
            questionnaire, answers, ..
        } = self;
        writeln!(f, "\n问卷 questionnaire {questionnaire}  {}", one_line(&self.title))?;
        match self.standing {
            SurveyStanding::Recounted => writeln!(
                f,
                "  答卷 answers {answers}，已重新计数，与记录一致 counted again, digest and counts are those on the record"
            )?,
            SurveyStanding::NotCounted => writeln!(
                f,
                "  未截止或未计数，答卷不在任何文件中 not closed and counted: its answers are in no file"
            )?,
            SurveyStanding::NotInFile => writeln!(
                f,
                "  答卷 answers {answers}，不在本文件中，未核对 not in this file, not checked"
            )?,
        }
        match &self.digest {
            Some(digest) => writeln!(f, "  答卷摘要 answers digest {digest}"),
            None => Ok(()),
        }
    }
}

/// Texts of a file from anyone must not steer a terminal or forge a line of this report.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
