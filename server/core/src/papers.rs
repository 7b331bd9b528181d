//! Which papers of a sitting there are, and when a case holds what each needs: a result is on paper no sooner than the
//! chair has announced it.

use crate::appraisal::Appraisal;
use crate::ids::{PersonId, QuestionId};
use crate::inquiry::{Question, QuestionState, Visibility};
use crate::issues::Issue;
use crate::sitting::SittingState;

wire_words! {
    /// A paper that the office makes from the case.
    pub enum OfficePaper {
        /// 工作实施方案
        ImplementationPlan,
        /// 述职评议通知, to the subjects.
        SubjectNotice,
        /// 签到表
        SignInSheet,
        /// 主持词
        ChairScript,
        /// 测评票
        BallotPaper,
        /// 询问记录
        InquiryRecord,
        /// 计票结果报告单, for the scrutineers to sign.
        TallySheet,
        /// 测评结果公告
        ResultNotice,
        /// 关于述职评议结果的报告, to the party committee.
        ResultReport,
        /// 抄送函, to government, supervision commission, court and procuratorate.
        CopyLetter,
        /// 会议纪要
        Minutes,
        /// 整改事项期限表
        DeadlineList,
        /// 整改通知: to each subject, what it must rectify and by when.
        RectificationNotice,
        /// 整改台账
        RectificationLedger,
        /// 工作总结
        Summary,
        /// 问题清单
        IssueList,
        /// 评议意见, as drafted for the council or as approved.
        Opinions,
    }
}

impl OfficePaper {
    pub const ALL: [OfficePaper; 17] = [
        OfficePaper::ImplementationPlan,
        OfficePaper::SubjectNotice,
        OfficePaper::SignInSheet,
        OfficePaper::ChairScript,
        OfficePaper::BallotPaper,
        OfficePaper::InquiryRecord,
        OfficePaper::TallySheet,
        OfficePaper::ResultNotice,
        OfficePaper::ResultReport,
        OfficePaper::CopyLetter,
        OfficePaper::Minutes,
        OfficePaper::DeadlineList,
        OfficePaper::RectificationNotice,
        OfficePaper::RectificationLedger,
        OfficePaper::Summary,
        OfficePaper::IssueList,
        OfficePaper::Opinions,
    ];

    /// Whether the case holds what this paper is made of. Of a secret round the record has no counts before the chair
    /// announces them; the copy that scrutineers sign before is printed at the console, which looks into the sealed box.
    pub fn ready(self, case: &Appraisal) -> bool {
        match self {
            OfficePaper::SignInSheet => !case.roster.people.is_empty(),
            OfficePaper::ChairScript => !case.sitting.agenda.is_empty(),
            OfficePaper::ImplementationPlan | OfficePaper::SubjectNotice | OfficePaper::BallotPaper => {
                !case.subjects.is_empty()
            }
            OfficePaper::InquiryRecord => case.inquiry.questions.values().any(on_record),
            // Of a round whose accounts do not hold, what was counted is signed for as well.
            OfficePaper::TallySheet => {
                case.any_announced() || case.ballots.keys().any(|id| case.failing(*id).is_some())
            }
            OfficePaper::ResultNotice | OfficePaper::ResultReport | OfficePaper::CopyLetter => case.any_announced(),
            OfficePaper::Minutes => case.sitting.state == SittingState::Closed,
            OfficePaper::DeadlineList => !case.dues().is_empty(),
            OfficePaper::RectificationNotice | OfficePaper::RectificationLedger => {
                case.subjects.keys().any(|s| !case.ledger_issues(*s).is_empty())
            }
            OfficePaper::Summary => {
                let first = case.past.first().map_or(&case.sitting, |past| &past.sitting);
                first.state == SittingState::Closed && case.any_announced()
            }
            OfficePaper::IssueList => case.issues.issues.values().any(Issue::live),
            OfficePaper::Opinions => !case.issues.opinions.is_empty(),
        }
    }
}

/// Whether a question belongs on the record of the inquiry: it was put, or promised an answer. What was written to the
/// chair alone never does.
pub fn on_record(question: &Question) -> bool {
    use QuestionState::{Answered, Deferred, Taken};
    question.visibility != Visibility::ChairOnly && matches!(question.state, Taken | Answered | Deferred)
}

/// Who may be named as having asked this: of it and of what was merged into it, those who asked under their names.
pub fn named_askers(case: &Appraisal, question: QuestionId) -> Vec<PersonId> {
    let questions = &case.inquiry.questions;
    let Some(asked) = questions.get(&question) else {
        return Vec::new();
    };
    let merged = asked.merged.iter().filter_map(|id| questions.get(id));
    let mut named = Vec::new();
    for one in std::iter::once(asked).chain(merged) {
        if one.visibility == Visibility::Named && !named.contains(&one.asker) {
            named.push(one.asker);
        }
    }
    named
}
