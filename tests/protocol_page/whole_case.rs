//! The same for what lies around the sitting: preparation, investigation, deliberation, opinions, rectification.
//! Examples for the table of commands, rows for the table of keys, and the orders by which the keys come to be seen.

use crate::course::{DESK, Row};
use pingyi_core::Appraisal;
use pingyi_core::command::Command;
use pingyi_core::follow_up::day;
use pingyi_core::ids::{LotId, PersonId, QuestionId, SubjectId};
use pingyi_core::issues;
use pingyi_core::questionnaire::{Access, AnswerForm, Answering, SetQuestionnaire, SurveyQuestion};
use pingyi_core::roster::PersonKind;
use pingyi_core::stages::lots::{LotCall, LotCommitment, LotDraw, LotPurpose, LotSeed, commitment};
use pingyi_core::stamp::Actor;
use pingyi_core::views::*;

/// Examples as sent, and what they ask for.
pub const EXAMPLES: &[(&str, &str)] = &[
    (
        r#"{"type":"subject.officer/1","body":{"subject":1,"person":31}}"#,
        "who on the roster is the subject's officer; without `person` nobody is",
    ),
    (
        r#"{"type":"questionnaire.set/1","body":{"title":"群众问卷","intro":"不记姓名","subjects":[1],"access":"open","questions":[{"text":"办事是否方便？","answering":"required","answer":{"form":"scale","from":1,"to":5,"from_label":"很不方便","to_label":"很方便"}},{"text":"还有什么意见？","answering":"optional","answer":{"form":"text"}}]}}"#,
        "writes a draft, with `questionnaire` an earlier one anew; `group` if it is one group's. Forms: `one` and `several` with `choices`, the latter with `at_most`; `scale`; `text`",
    ),
    (
        r#"{"type":"questionnaire.remove/1","body":{"questionnaire":1}}"#,
        "takes a draft away",
    ),
    (
        r#"{"type":"questionnaire.open/1","body":{"questionnaire":1}}"#,
        "answers may come in; its questions stand from now on",
    ),
    (
        r#"{"type":"questionnaire.close/1","body":{"questionnaire":1}}"#,
        "no further answers; the box is frozen and counted",
    ),
    (
        r#"{"type":"questionnaire.count/1","body":{"questionnaire":1,"answers":2,"counts":[{"answered":2,"counts":[0,0,0,1,1]},{"answered":0,"counts":[]}],"digest":"3b4c7d8fcd0a0bdcb8d34a0a6b7e6e7eeb8a1a9cf3d6f33b9a6c07f3d2b1a0c9"}}"#,
        "what the frozen box came to; texts stay in the box",
    ),
    (
        r#"{"type":"sitting.convene/1","body":{"session_name":"第十五次会议","held_on":"2024-03-08"}}"#,
        "the case meets again, after a sitting was closed: own agenda, attendance and rule",
    ),
    (
        r#"{"type":"sitting.cancel/1","body":{}}"#,
        "convened by mistake; only before it opens",
    ),
    (
        r#"{"type":"rectification.order/1","body":{"subject":1,"on":"2024-03-11","until":"2024-05-31","note":"…"}}"#,
        "the council orders continued rectification, after a ballot that asks for it; a further report is due `until`",
    ),
    (
        r#"{"type":"rectification.escalate/1","body":{"subject":1,"step":"talk","on":"2024-06-03","note":"…"}}"#,
        "a step beyond it, on the record",
    ),
    (
        r#"{"type":"ledger.line/1","body":{"issue":1,"entry":{"cause":"…","measure":"…","target":"…","owner":"…","due_on":"2024-02-29","state":"underway"}}}"#,
        "a line of the rectification ledger; a person only as the subject's officer",
    ),
    (
        r#"{"type":"ledger.evidence/1","body":{"issue":1,"document":{"digest":"0000000000000000000000000000000000000000000000000000000000000000","kind":"jpeg","file_name":"…","size_bytes":9}}}"#,
        "evidence, uploaded before; likewise",
    ),
    (
        r#"{"type":"ledger.evidence_remove/1","body":{"issue":1,"digest":"…"}}"#,
        "likewise",
    ),
    (
        r#"{"type":"ledger.plan/1","body":{"subject":1,"on":"","summary":"…"}}"#,
        "files the plan, of today; `document` may be beside it, the desk may name an earlier day",
    ),
    (
        r#"{"type":"ledger.report/1","body":{"subject":1,"on":"","summary":"…"}}"#,
        "files the report of the present round; likewise",
    ),
    (
        r#"{"type":"ledger.accept/1","body":{"subject":1,"matter":"plan"}}"#,
        "the last plan or report is in order",
    ),
    (
        r#"{"type":"ledger.return/1","body":{"subject":1,"matter":"plan","reason":"…"}}"#,
        "it is not; it is due again",
    ),
    (
        r#"{"type":"ledger.committee/1","body":{"subject":1,"name":"…"}}"#,
        "which working committee supervises the subject",
    ),
    (
        r#"{"type":"ledger.check/1","body":{"issue":1,"on":"2024-02-01","by":"…","finding":"perfunctory","note":"…"}}"#,
        "what it found; `perfunctory` and `fake` open a closed line again",
    ),
    (
        r#"{"type":"ledger.close/1","body":{"issue":1,"on":"2024-02-01","by":"…"}}"#,
        "销号",
    ),
    (
        r#"{"type":"ledger.reopen/1","body":{"issue":1,"reason":"…"}}"#,
        "closed too early; takes a new check",
    ),
    (
        r#"{"type":"issue.categories/1","body":{"categories":[{"name":"民生热点","was":""}]}}"#,
        "the categories in the document's order; `was` renames one with its issues",
    ),
    (
        r#"{"type":"issue.add/1","body":{"entry":{"subject":1,"category":"民生热点","text":"大班额尚未消除","sources":[{"from":"question","question":1}]}}}"#,
        "one more issue, at least one source",
    ),
    (
        r#"{"type":"issue.change/1","body":{"issue":1,"entry":{"subject":1,"category":"民生热点","text":"大班额仍有12所","sources":[{"from":"duty_report","subject":1,"place":"三、存在问题"}]}}}"#,
        "another wording, category, subject, or other sources",
    ),
    (
        r#"{"type":"issue.merge/1","body":{"from":2,"into":1}}"#,
        "`into` speaks for `from`",
    ),
    (
        r#"{"type":"issue.drop/1","body":{"issue":1,"reason":"已办结"}}"#,
        "not pursued, for this reason",
    ),
    (
        r#"{"type":"issue.restore/1","body":{"issue":1}}"#,
        "a merged or dropped issue stands for itself again",
    ),
    (
        r#"{"type":"opinions.draft/1","body":{"subject":1,"assessment":"总体较好","advice":"","demands":"","number":""}}"#,
        "the texts of the opinions around their issues, as far as they are",
    ),
    (
        r#"{"type":"opinions.approve/1","body":{"subject":1,"on":"2024-01-01","note":"第三十次主任会议"}}"#,
        "the council approved: text and issues stand; an empty day takes it back before the hand-over",
    ),
    (
        r#"{"type":"opinions.sign/1","body":{"subject":1,"signature":"…"}}"#,
        "the subject's officer: received today; `signature` is over `pingyi-receipt/1|case|command id|subject`",
    ),
    (
        r#"{"type":"publication.set/1","body":{"part":"opinions","timing":{"when":"at","at":1704186000000}}}"#,
        "from when a part is public; `with_announcement` for results only, `held` takes it back",
    ),
    (
        r#"{"type":"publication.release/1","body":{"part":"opinions","at":1704186000000}}"#,
        "the time has come",
    ),
    (
        r#"{"type":"plan.set/1","body":{"stages":[{"stage":"preparation","first":"2024-01-02","last":"2024-01-31"}],"guidance":"…","leadership":"…","demands":"…"}}"#,
        "the implementation plan: planned days of the stages in their order, and its texts, which may be empty",
    ),
    (
        r#"{"type":"stage.enter/1","body":{"stage":"investigation"}}"#,
        "the next stage begins; the last two also begin by themselves, with the sitting and with its announced result",
    ),
    (
        r#"{"type":"case.close/1","body":{"reason":""}}"#,
        "the whole case is over; with something open only with a reason",
    ),
    (
        r#"{"type":"case.reopen/1","body":{"reason":"…"}}"#,
        "it is taken up again",
    ),
    (
        r#"{"type":"lot.call/1","body":{"purpose":"oral_report","candidates":[1,2,3,4],"draw":2}}"#,
        "a lot among subjects; the program answers with `lot.commit/1`. `oral_report`: the others report in writing; `appraised`: the others leave the list",
    ),
    (
        r#"{"type":"lot.draw/1","body":{"lot":1,"called":"三十七"}}"#,
        "desk or console: what was called out in the hall, after the commitment stands; the program answers with `lot.seed/1`",
    ),
    (
        r#"{"type":"lot.cancel/1","body":{"lot":1,"reason":"…"}}"#,
        "not drawn; it stays on the record",
    ),
    (
        r#"{"type":"lot.commit/1","body":{"lot":1,"commitment":"…"}}"#,
        "SHA-256 over the 32 bytes of the secret seed, 64 hex digits",
    ),
    (
        r#"{"type":"lot.seed/1","body":{"lot":1,"seed":"…"}}"#,
        "the seed, which must fit the commitment; candidates stand in the order of SHA-256 of `pingyi-lot/1|seed|called|number`",
    ),
];

pub const SHARED: &[Row] = rows! {
    "questionnaire/N" QuestionnaireView, "`counts` once enough have answered, or once it is closed and counted";
    "issue_list" IssueListView, "categories of the issue list, in the order of the opinions";
    "issue/N" IssueView, "an issue with its sources, live, merged or dropped";
    "rectification/N" RectificationView, "a subject's opinions from the first draft on";
    "ledger/N" LedgerView, "a subject's plan, reports and counts, from the receipt on";
    "ledger_line/N" LedgerLineView, "the line of issue N; members without evidence and notes";
    "publication" PublicationView, "from when each part is public";
    "published/N" PublicRectificationView, "per subject: opinions and the state of rectification once public, first and later results";
    "plan" PlanView, "the stage and its planned days; `course`, the whole way with what is due, for chair and desk";
    "lot" LotsView, "drawings of lots and how to repeat them; public: those that are over";
};

pub const OWN: &[Row] = rows! {
    "my_subject/N" MySubjectView, "the subject's officer only: the opinions once handed over, and their receipt";
    "my_ledger/N" LedgerView, "likewise: `ledger/N` as the desk has it";
    "my_line/N" LedgerLineView, "likewise: `ledger_line/N` as the desk has it";
};

/// The first attendee of the sample: the officer of the first subject.
pub fn officer(case: &Appraisal) -> PersonId {
    let mut people = case.roster.people.iter();
    let attendee = people.find(|(_, p)| p.kind == PersonKind::Attendee);
    *attendee.expect("the sample has attendees").0
}

/// Orders before the sitting opens.
pub fn before(case: &Appraisal) -> Vec<(Actor, Command)> {
    let person = Some(officer(case));
    let officer = Command::SetOfficer {
        subject: SubjectId(1),
        person,
    };
    let mut orders = vec![(DESK, officer), (DESK, questionnaire())];
    orders.extend(lot());
    orders
}

fn questionnaire() -> Command {
    Command::SetQuestionnaire(SetQuestionnaire {
        questionnaire: None,
        group: None,
        title: "群众问卷".into(),
        intro: String::new(),
        subjects: vec![SubjectId(1)],
        access: Access::Open,
        questions: vec![SurveyQuestion {
            text: "还有什么意见？".into(),
            answering: Answering::Optional,
            answer: AnswerForm::Text {},
        }],
    })
}

/// A drawing of lots from its call to its seed.
fn lot() -> Vec<(Actor, Command)> {
    let (lot, seed) = (LotId(1), "5eed".repeat(16));
    let commitment = commitment(&seed).expect("a seed");
    let call = LotCall {
        purpose: LotPurpose::OralReport,
        candidates: [1, 2, 3, 4].map(SubjectId).to_vec(),
        draw: 2,
    };
    let called = "三十七".into();
    vec![
        (DESK, Command::CallLot(call)),
        (Actor::System {}, Command::CommitLot(LotCommitment { lot, commitment })),
        (DESK, Command::DrawLot(LotDraw { lot, called })),
        (Actor::System {}, Command::RevealLot(LotSeed { lot, seed })),
    ]
}

/// Orders while it is open.
pub fn during(_case: &Appraisal) -> Vec<(Actor, Command)> {
    vec![]
}

/// Orders after it: its first result is announced, the case's clock stands at that moment.
pub fn after(case: &Appraisal) -> Vec<(Actor, Command)> {
    let subject = SubjectId(1);
    let on = day::write(day::BEIJING.day_of(case.now).expect("a day"));
    let issue = issues::AddIssue {
        entry: issues::IssueEntry {
            subject,
            category: case.issues.categories[0].clone(),
            text: "大班额尚未消除".into(),
            sources: vec![issues::Source::Question {
                question: QuestionId(1),
            }],
        },
    };
    let draft = issues::DraftOpinions {
        subject,
        assessment: "总体较好".into(),
        advice: String::new(),
        demands: String::new(),
        number: String::new(),
    };
    let approve = issues::ApproveOpinions {
        subject,
        on: on.clone(),
        note: String::new(),
    };
    let sign = issues::SignOpinions {
        subject,
        signature: String::new(),
    };
    let person = officer(case);
    vec![
        (DESK, Command::AddIssue(issue)),
        (DESK, Command::DraftOpinions(draft)),
        (DESK, Command::ApproveOpinions(approve)),
        (DESK, Command::HandOverOpinions { subject, on }),
        (Actor::Person { person }, Command::SignOpinions(sign)),
    ]
}
