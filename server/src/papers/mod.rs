//! The papers of a sitting, made of a case's data by the office's templates. Never a name of one who asked without name,
//! never a result that the chair has not announced: what is not ready is not made.

mod agenda;
mod case_days;
mod copy_letter;
mod course;
mod dates;
mod follow_up;
pub mod issues_table;
mod ledger;
pub mod ledger_table;
mod names;
mod opinions;
mod people;
mod reasons;
mod results;
pub mod results_table;
mod summary;
pub mod survey_results;
pub mod table;

use crate::documents::official::{self, DocxError, Fields, Name, Template, TemplateFault};
use pingyi_core::Appraisal;
use pingyi_core::follow_up::day;
use pingyi_core::ids::{InstantMs, SubjectId};
use pingyi_core::papers::OfficePaper;

/// Why a paper was not made.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("the case does not hold what this paper is made of")]
    NotReady,
    #[error("the template does not fit this paper any more: {0:?}")]
    Template(Vec<TemplateFault>),
    #[error(transparent)]
    Docx(#[from] DocxError),
}

/// The paper's own name, for its file.
pub fn title(paper: OfficePaper) -> &'static str {
    match paper {
        OfficePaper::ImplementationPlan => "工作实施方案",
        OfficePaper::SubjectNotice => "述职评议通知",
        OfficePaper::SignInSheet => "签到表",
        OfficePaper::ChairScript => "主持词",
        OfficePaper::BallotPaper => "测评票",
        OfficePaper::InquiryRecord => "询问记录",
        OfficePaper::TallySheet => "计票结果报告单",
        OfficePaper::ResultNotice => "测评结果公告",
        OfficePaper::ResultReport => "评议结果报告",
        OfficePaper::CopyLetter => "抄送函",
        OfficePaper::Minutes => "会议纪要",
        OfficePaper::DeadlineList => "整改事项期限表",
        OfficePaper::RectificationNotice => "整改通知",
        OfficePaper::RectificationLedger => "整改台账",
        OfficePaper::Summary => "工作总结",
        OfficePaper::IssueList => "问题清单",
        OfficePaper::Opinions => "评议意见",
    }
}

/// The template that is used while the office has none of its own.
pub fn built_in(paper: OfficePaper) -> &'static str {
    match paper {
        OfficePaper::ImplementationPlan => include_str!("templates/implementation_plan.txt"),
        OfficePaper::SubjectNotice => include_str!("templates/subject_notice.txt"),
        OfficePaper::SignInSheet => include_str!("templates/sign_in_sheet.txt"),
        OfficePaper::ChairScript => include_str!("templates/chair_script.txt"),
        OfficePaper::BallotPaper => include_str!("templates/ballot_paper.txt"),
        OfficePaper::InquiryRecord => include_str!("templates/inquiry_record.txt"),
        OfficePaper::TallySheet => include_str!("templates/tally_sheet.txt"),
        OfficePaper::ResultNotice => include_str!("templates/result_notice.txt"),
        OfficePaper::ResultReport => include_str!("templates/result_report.txt"),
        OfficePaper::CopyLetter => include_str!("templates/copy_letter.txt"),
        OfficePaper::Minutes => include_str!("templates/minutes.txt"),
        OfficePaper::DeadlineList => include_str!("templates/deadline_list.txt"),
        OfficePaper::RectificationNotice => include_str!("templates/rectification_notice.txt"),
        OfficePaper::RectificationLedger => include_str!("templates/rectification_ledger.txt"),
        OfficePaper::Summary => include_str!("templates/summary.txt"),
        OfficePaper::IssueList => include_str!("templates/issue_list.txt"),
        OfficePaper::Opinions => include_str!("templates/opinions.txt"),
    }
}

/// The names that a template of this paper may use.
pub fn names(paper: OfficePaper) -> Vec<Name> {
    names::of(paper)
}

/// The paper as a .docx. `own` is the office's template, if it has one.
///
/// # Errors
/// Not ready; or a template that an older program took and this one does not.
pub fn make(case: &Appraisal, paper: OfficePaper, own: Option<&str>, now: InstantMs) -> Result<Vec<u8>, PaperError> {
    make_of(case, paper, None, own, now)
}

/// The same of one subject, where the paper has a part for each; other papers are made whole.
///
/// # Errors
/// Like `make`.
pub fn make_of(
    case: &Appraisal,
    paper: OfficePaper,
    subject: Option<SubjectId>,
    own: Option<&str>,
    now: InstantMs,
) -> Result<Vec<u8>, PaperError> {
    let drafted = |id| paper != OfficePaper::Opinions || case.issues.opinions.contains_key(&id);
    if !paper.ready(case) || !subject.is_none_or(drafted) {
        return Err(PaperError::NotReady);
    }
    let template =
        Template::read(own.unwrap_or_else(|| built_in(paper)), &names(paper)).map_err(PaperError::Template)?;
    let blocks = template.fill(&fields(case, paper, subject, now));
    let title = format!("{}{}", case.names.title, title(paper));
    Ok(official::docx(&title, &blocks)?)
}

/// What the case has to say under the names of this paper.
fn fields(case: &Appraisal, paper: OfficePaper, subject: Option<SubjectId>, now: InstantMs) -> Fields {
    let today = day::BEIJING.day_of(now);
    let fields = Fields::default()
        .text("机关名称", &case.names.body_name)
        .text("评议名称", &case.names.title)
        .text("会议名称", &case.names.session_name)
        .text("会议日期", dates::written(&case.names.held_on))
        .text("地区", case_days::place(&case.names.body_name))
        .text("评议内容", case.deliberation.aspects.join("、"))
        .text(
            "成文日期",
            today.map_or_else(|| dates::BLANK.to_owned(), dates::chinese),
        );
    match paper {
        OfficePaper::ImplementationPlan => {
            let fields = case_days::subjects(case, case_days::occasion(case, fields));
            follow_up::periods(case, case_days::stages(case, case_days::groups(case, fields)))
        }
        OfficePaper::SubjectNotice => case_days::subjects(case, case_days::occasion(case, fields)),
        OfficePaper::CopyLetter => {
            copy_letter::letter(case, case_days::subjects(case, case_days::occasion(case, fields)))
        }
        OfficePaper::Summary => summary::summary(case, case_days::occasion(case, fields)),
        OfficePaper::SignInSheet => people::rolls(case, fields),
        OfficePaper::ChairScript => agenda::agenda(case, people::attendance(case, fields)),
        OfficePaper::BallotPaper => people::ballot_paper(case, people::subjects(case, fields)),
        OfficePaper::InquiryRecord => agenda::inquiry(case, fields),
        OfficePaper::TallySheet => results::unbalanced(case, results::results(case, fields)),
        OfficePaper::ResultNotice => results::public_results(case, fields),
        OfficePaper::ResultReport => {
            let fields = follow_up::periods(case, results::results(case, people::attendance(case, fields)));
            let fields = opinions::issue_list(case, None, agenda::inquiry(case, fields));
            people::subjects(case, opinions::counted(case, fields))
        }
        OfficePaper::Minutes => {
            let fields = results::results(case, people::came_by_name(case, people::attendance(case, fields)));
            let fields = agenda::remarks(case, agenda::inquiry(case, agenda::agenda(case, fields)));
            course::course(case, fields)
        }
        OfficePaper::DeadlineList => follow_up::dues(case, now, fields),
        OfficePaper::RectificationNotice | OfficePaper::RectificationLedger => ledger::ledgers(case, now, fields),
        OfficePaper::IssueList => opinions::issue_list(case, subject, fields),
        OfficePaper::Opinions => opinions::opinions(case, subject, fields),
    }
}
