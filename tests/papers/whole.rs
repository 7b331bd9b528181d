//! The same case followed to its end: investigated, its second subject's issues in a ledger, its rectification measured
//! in a later sitting and found wanting.

use super::sitting::{CHAIR, Sitting};
use pingyi_core::Actor;
use pingyi_core::appraisal::sittings::Convening;
use pingyi_core::ballot::Secrecy;
use pingyi_core::command::{AgendaEntry, Command};
use pingyi_core::deliberation::{ConfirmRemark, RecordRemark};
use pingyi_core::follow_up::rounds::{Escalation, EscalationStep, RoundOrder};
use pingyi_core::ids::{GroupId, IssueId, PersonId, QuestionnaireId, RemarkId, SubjectId};
use pingyi_core::investigation::{ActivityEntry, ActivityKind, FileReport, RecordActivity, RecordHearing, SetGroup};
use pingyi_core::issues::{AddIssue, ApproveOpinions, DraftOpinions, IssueEntry, Source};
use pingyi_core::ledger::{AddCheck, CheckFinding, CloseLine, FilingEntry, LineEntry, LineState, SetLine};
use pingyi_core::questionnaire::{
    Access, AnswerForm, Answering, CountQuestionnaire, QuestionCount, SetQuestionnaire, SurveyQuestion,
};
use pingyi_core::rules::{Profile, built_in};
use pingyi_core::sitting::ItemKind;
use pingyi_core::subject::{Document, DocumentKind};

const SUBJECT: SubjectId = SubjectId(2);
pub const FOUND: [(&str, &str); 2] = [("工作作风", "服务企业不够主动"), ("民生热点", "园区污水处理不达标")];

/// Days after the first sitting.
const AFTER: i64 = 3;
const MUCH_LATER: i64 = 116;

pub fn whole() -> Sitting {
    let mut sitting = investigated(Sitting::held());
    opinions(&mut sitting);
    rectified(&mut sitting);
    measured_again(&mut sitting);
    sitting
}

/// A group with a forum and a visit, its report heard, a questionnaire answered by 120 people.
pub fn investigated(mut sitting: Sitting) -> Sitting {
    let group = GroupId(1);
    let form = SetGroup {
        group: None,
        name: "第一评议工作组".into(),
        leader: PersonId(1),
        members: vec![PersonId(2), PersonId(3)],
        subjects: vec![SubjectId(1), SUBJECT],
    };
    sitting.desk(0, Command::SetGroup(form));
    for (kind, on, people) in [
        (ActivityKind::Forum, "2026-11-05", 18),
        (ActivityKind::Forum, "2026-11-09", 14),
        (ActivityKind::Visit, "2026-11-12", 6),
    ] {
        let entry = ActivityEntry {
            kind,
            on: on.into(),
            place: "区教育局".into(),
            with: "教师代表".into(),
            people,
            summary: "听取意见。".into(),
        };
        let activity = None;
        sitting.desk(0, Command::RecordActivity(RecordActivity { group, activity, entry }));
    }
    let document = Document {
        digest: "a".repeat(64),
        kind: DocumentKind::Docx,
        file_name: "调查报告.docx".into(),
        size_bytes: 1000,
    };
    let (summary, signed) = ("总体较好。".to_owned(), vec![PersonId(1)]);
    sitting.desk(
        0,
        Command::FileReport(FileReport {
            group,
            document,
            summary,
            signed,
        }),
    );
    let (on, note) = ("2026-11-22".to_owned(), String::new());
    sitting.desk(0, Command::RecordHearing(RecordHearing { group, on, note }));
    surveyed(&mut sitting);
    let remark = RecordRemark {
        speaker: PersonId(5),
        subject: Some(SUBJECT),
        aspect: "依法履行职责情况".into(),
        text: "要加强园区环保设施建设。".into(),
    };
    sitting.desk(0, Command::RecordRemark(remark));
    let (remark, wording) = (RemarkId(1), 1);
    sitting.person(5, Command::ConfirmRemark(ConfirmRemark { remark, wording }));
    sitting
}

fn surveyed(sitting: &mut Sitting) {
    let question = SurveyQuestion {
        text: "总体评价".into(),
        answering: Answering::Required,
        answer: AnswerForm::One {
            choices: vec!["满意".into(), "不满意".into()],
        },
    };
    let survey = SetQuestionnaire {
        questionnaire: None,
        group: None,
        title: "履职情况问卷".into(),
        intro: String::new(),
        subjects: vec![SUBJECT],
        access: Access::Open,
        questions: vec![question],
    };
    let questionnaire = QuestionnaireId(1);
    sitting.desk(0, Command::SetQuestionnaire(survey));
    sitting.desk(0, Command::OpenQuestionnaire { questionnaire });
    sitting.desk(0, Command::CloseQuestionnaire { questionnaire });
    let counted = CountQuestionnaire {
        questionnaire,
        answers: 120,
        counts: vec![QuestionCount {
            answered: 120,
            counts: vec![100, 20],
        }],
        digest: "b".repeat(64),
    };
    sitting.order(Actor::System {}, Command::CountQuestionnaire(counted));
}

fn opinions(sitting: &mut Sitting) {
    let subject = SUBJECT;
    for (category, text) in FOUND {
        let entry = IssueEntry {
            subject,
            category: category.into(),
            text: text.into(),
            sources: vec![Source::Other { text: "调查".into() }],
        };
        sitting.desk(AFTER, Command::AddIssue(AddIssue { entry }));
    }
    let draft = DraftOpinions {
        subject,
        assessment: "履职总体较好。".into(),
        advice: "加快园区污水处理设施建设。".into(),
        demands: "按期报送整改方案。".into(),
        number: "某人常〔2026〕19号".into(),
    };
    sitting.desk(AFTER, Command::DraftOpinions(draft));
    let on = "2026-11-27".to_owned();
    let note = String::new();
    let approve = ApproveOpinions {
        subject,
        on: on.clone(),
        note,
    };
    sitting.desk(AFTER, Command::ApproveOpinions(approve));
    sitting.desk(
        AFTER,
        Command::HandOverOpinions {
            subject,
            on: on.clone(),
        },
    );
    sitting.desk(AFTER, Command::ReceiveOpinions { subject, on });
}

/// One line is closed, the other under way; plan and report were handed in.
fn rectified(sitting: &mut Sitting) {
    let issues: Vec<IssueId> = sitting.case.issues.standing(SUBJECT).to_vec();
    for (issue, state) in issues.iter().zip([LineState::Done, LineState::Underway]) {
        let entry = LineEntry {
            cause: "设施滞后".into(),
            measure: "新建处理站1座。".into(),
            target: "达标排放。".into(),
            owner: "园区科 李某".into(),
            due_on: "2027-03-01".into(),
            state,
        };
        sitting.desk(AFTER + 1, Command::SetLine(SetLine { issue: *issue, entry }));
    }
    let file = |on: &str| FilingEntry {
        subject: SUBJECT,
        on: on.into(),
        summary: "已报送。".into(),
        document: None,
    };
    sitting.desk(MUCH_LATER - 1, Command::FilePlan(file("2026-12-20")));
    sitting.desk(MUCH_LATER - 1, Command::FileRectification(file("2027-02-20")));
    let (issue, on, by) = (issues[0], "2027-02-25".to_owned(), "财经工委".to_owned());
    let check = AddCheck {
        issue,
        on: on.clone(),
        by: by.clone(),
        finding: CheckFinding::Sound,
        note: String::new(),
    };
    sitting.desk(MUCH_LATER - 1, Command::AddCheck(check));
    sitting.desk(MUCH_LATER - 1, Command::CloseLine(CloseLine { issue, on, by }));
}

/// 20 of 28 members are dissatisfied: the council orders the subject to go on, and talks to it.
fn measured_again(sitting: &mut Sitting) {
    let (session_name, held_on) = ("区九届人大常委会第十五次会议".to_owned(), "2027-03-20".to_owned());
    sitting.desk(MUCH_LATER, Command::Convene(Convening { session_name, held_on }));
    let profile = built_in::profile("seed_rectification")
        .expect("built in")
        .expect("sound");
    let profile = Box::new(Profile {
        secrecy: Secrecy::Named,
        ..profile
    });
    let confirmed = profile.assumed.clone();
    sitting.desk(MUCH_LATER, Command::AdoptProfile { profile, confirmed });
    let items = vec![AgendaEntry {
        kind: ItemKind::Evaluation,
        title: "整改情况满意度测评".into(),
        subject: Some(SUBJECT),
        subjects: Vec::new(),
    }];
    sitting.desk(MUCH_LATER, Command::SetAgenda { items });
    sitting.order(CHAIR, Command::OpenSitting {});
    for n in 1..=25 {
        sitting.person(n, Command::CheckIn {});
    }
    let item = *sitting.case.sitting.agenda.keys().next().expect("an item");
    sitting.order(CHAIR, Command::BeginItem { item });
    let ballot = sitting.case.ballot_of_subject(SUBJECT).expect("a ballot").0;
    sitting.order(CHAIR, Command::PresentBallot { ballot });
    sitting.order(CHAIR, Command::OpenBallot { ballot, limit_s: 0 });
    for n in 1..=20 {
        let cast = Command::CastVote {
            ballot,
            round: 1,
            choice: 2,
            signature: String::new(),
        };
        sitting.person(n, cast);
    }
    sitting.order(CHAIR, Command::CloseBallot { ballot });
    sitting.do_duties();
    sitting.order(CHAIR, Command::AnnounceBallot { ballot });
    sitting.do_duties();
    sitting.order(CHAIR, Command::CloseSitting {});
    let order = RoundOrder {
        subject: SUBJECT,
        on: "2027-03-21".into(),
        until: "2027-06-20".into(),
        note: String::new(),
    };
    sitting.desk(MUCH_LATER + 2, Command::OrderRound(order));
    let step = EscalationStep {
        subject: SUBJECT,
        step: Escalation::Talk,
        on: "2027-03-22".into(),
        note: "约谈主要负责人".into(),
    };
    sitting.desk(MUCH_LATER + 2, Command::Escalate(step));
}
