//! Random orders of everybody, for random courses of a sitting.

use super::whole_case::around_the_sitting;
use super::*;
use crate::appraisal::sittings::Convening;
use crate::ids::IssueId;
use crate::ids::LotId;
use crate::issues::{
    AddIssue, ApproveOpinions, CategoryEntry, ChangeIssue, DraftOpinions, DropIssue, IssueEntry, MergeIssue,
    RestoreIssue, SetCategories, SignOpinions, Source,
};
use crate::publication::{Part, SetPublication, Timing};
use crate::stages::lots::{LotCall, LotCancel, LotDraw, LotPurpose};
use crate::stages::{CaseClosing, CaseReopening, PlanEntry, Stage, StageDays, StageStep};

pub fn orders() -> impl Strategy<Value = (Actor, Command)> {
    prop_oneof![4 => in_the_sitting(), 1 => around_the_sitting()]
}

fn in_the_sitting() -> impl Strategy<Value = (Actor, Command)> {
    let who = 1..=MEMBERS + 1;
    let question = (1..6_u32).prop_map(QuestionId);
    let ballot = (1..3_u32).prop_map(BallotId);
    let visibility = prop_oneof![
        Just(Visibility::Named),
        Just(Visibility::ChairOnly),
        Just(Visibility::WithoutName)
    ];
    let screen = prop_oneof![
        Just(Screen::Welcome {}),
        Just(Screen::CheckIn {}),
        Just(Screen::Title {}),
        (1..6_u32).prop_map(|n| Screen::Question {
            question: QuestionId(n)
        }),
        (1..3_u32).prop_map(|n| Screen::Ballot { ballot: BallotId(n) }),
        (1..5_u32).prop_map(|n| Screen::Item { item: ItemId(n) }),
    ];
    let attendance = prop_oneof![
        Just(Attendance::Present),
        Just(Attendance::Present),
        Just(Attendance::Left),
        Just(Attendance::Absent)
    ];
    prop_oneof![
        3 => who.clone().prop_map(|n| (person(n), Command::CheckIn {})),
        2 => (who.clone(), visibility).prop_map(|(n, visibility)| (person(n), Command::AskQuestion { subject: Some(SubjectId(1 + n % 2)), visibility, text: format!("问题{n}") })),
        2 => (who.clone(), question.clone()).prop_map(|(n, question)| (person(n), Command::SupportQuestion { question })),
        1 => (who.clone(), question.clone()).prop_map(|(n, question)| (person(n), Command::WithdrawQuestion { question })),
        2 => question.clone().prop_map(|question| (DESK, Command::AcceptQuestion { question })),
        1 => question.clone().prop_map(|question| (DESK, Command::EditQuestion { question, text: "改后的措辞".into() })),
        1 => (question.clone(), question.clone()).prop_map(|(from, into)| (DESK, Command::MergeQuestion { from, into })),
        1 => question.clone().prop_map(|question| (DESK, Command::RejectQuestion { question, reason: "重复".into() })),
        2 => question.clone().prop_map(|question| (CHAIR, Command::TakeQuestion { question })),
        1 => question.clone().prop_map(|question| (CHAIR, Command::AnswerQuestion { question, note: String::new() })),
        1 => question.prop_map(|question| (CHAIR, Command::DeferQuestion { question, due_on: "2024-01-05".into() })),
        1 => (1..3_u32).prop_map(|n| (DESK, Command::HandOverOpinions { subject: SubjectId(n), on: "2024-01-01".into() })),
        1 => (1..3_u32).prop_map(|n| (DESK, Command::ReceiveOpinions { subject: SubjectId(n), on: "2024-01-01".into() })),
        6 => about_issues(),
        1 => (1..5_u32).prop_map(|n| (CHAIR, Command::BeginItem { item: ItemId(n) })),
        1 => (1..6_u32).prop_map(|n| (CHAIR, Command::BeginItem { item: ItemId(n) })),
        1 => screen.prop_map(|screen| (CHAIR, Command::ShowScreen { screen })),
        1 => (who.clone(), attendance).prop_map(|(n, attendance)| (DESK, Command::RecordAttendance { person: PersonId(n), attendance })),
        1 => (who.clone(), prop_oneof![Just("a"), Just("b")]).prop_map(|(n, key)| (Actor::Door {}, Command::BindDevice { person: PersonId(n), device_key: key.repeat(64) })),
        1 => who.clone().prop_map(|n| (DESK, Command::ReissueCredential { person: PersonId(n) })),
        1 => prop_oneof![Just((CHAIR, ConsoleSeat::Operator)), Just((CHAIR, ConsoleSeat::Chair)), Just((OPERATOR, ConsoleSeat::Chair))].prop_map(|(a, to)| (a, Command::HandConsole { to })),
        1 => (ballot.clone(), prop_oneof![Just(TallyDisplay::Live), Just(TallyDisplay::TurnoutOnly)]).prop_map(|(ballot, display)| (CHAIR, Command::SetTallyDisplay { ballot, display })),
        3 => ballot.clone().prop_map(|ballot| (CHAIR, Command::PresentBallot { ballot })),
        3 => ballot.clone().prop_map(|ballot| (CHAIR, Command::OpenBallot { ballot, limit_s: 60 })),
        1 => ballot.clone().prop_map(|ballot| (CHAIR, Command::PauseBallot { ballot })),
        1 => ballot.clone().prop_map(|ballot| (CHAIR, Command::ResumeBallot { ballot })),
        1 => ballot.clone().prop_map(|ballot| (CHAIR, Command::ExtendBallot { ballot, seconds: 60 })),
        1 => ballot.clone().prop_map(|ballot| (CHAIR, Command::CloseBallot { ballot })),
        2 => ballot.clone().prop_map(|ballot| (CHAIR, Command::AnnounceBallot { ballot })),
        2 => (ballot.clone(), prop::sample::select(VoidCause::ALL.as_slice())).prop_map(|(ballot, cause)| (CHAIR, Command::VoidBallot { ballot, cause, note: "大屏有误".into() })),
        4 => (who.clone(), ballot.clone(), prop_oneof![4 => Just("A"), 1 => Just("B")]).prop_map(|(n, ballot, e)| (person(n), Command::TakeToken { ballot, round: 1, blinded: e.repeat(43), signature: String::new() })),
        8 => (who.clone(), ballot.clone(), 0..5_u32).prop_map(|(n, ballot, choice)| (person(n), Command::CastVote { ballot, round: 1, choice, signature: String::new() })),
        2 => (who.clone(), prop_oneof![Just(Way::Phone), Just(Way::Paper), Just(Way::Booth)]).prop_map(|(n, way)| (DESK, Command::SetWay { person: PersonId(n), way })),
        2 => (prop_oneof![Just(DESK), Just(CHAIR), Just(person(1)), Just(person(2))], ballot.clone(), 0..3_u32).prop_map(|(by, ballot, n)| (by, Command::CountPaper { ballot, round: 1, count: PaperCount { returned: n + 1, blank: 1, invalid: 0, votes: vec![vec![n, 0, 0, 0]] } })),
        1 => (who.clone(), 1..3_u32).prop_map(|(n, s)| (DESK, Command::Recuse { person: PersonId(n), subject: SubjectId(s), reason: "亲属".into() })),
        1 => (who.clone(), 1..3_u32).prop_map(|(n, s)| (DESK, Command::LiftRecusal { person: PersonId(n), subject: SubjectId(s) })),
        2 => prop::collection::vec(who.clone().prop_map(PersonId), 1..4).prop_map(|persons| (CHAIR, Command::AppointScrutineers { persons })),
        1 => (who.clone(), who.clone()).prop_map(|(out, by)| (CHAIR, Command::ReplaceScrutineer { out: PersonId(out), by: PersonId(by), reason: "手机没电".into() })),
        2 => (who.clone(), ballot.clone(), prop_oneof![Just(Step::Open), Just(Step::Close), Just(Step::Unseal)]).prop_map(|(n, ballot, step)| (person(n), Command::ConfirmStep { ballot, round: 1, step })),
        1 => (who.clone(), ballot.clone()).prop_map(|(n, ballot)| (person(n), Command::ObjectToStep { ballot, round: 1, step: Step::Open, reason: "票箱未验".into() })),
        1 => Just((CHAIR, Command::NoteIncident { ballot: None, text: "停电两分钟".into() })),
        1 => (ballot.clone(), 0..4_u32).prop_map(|(ballot, n)| (CHAIR, Command::ShowOfHands { ballot, votes: vec![n, 0, 0, 0], reason: "网络故障".into() })),
        1 => Just((DESK, Command::ChangeSettings { question_review: QuestionReview::AtOnce, tally_display: TallyDisplay::Live, written_answer_days: 10, ballot_limit_s: 0, secrecy: Secrecy::Secret })),
        1 => Just((DESK, Command::AddPerson { person: RosterEntry { name: "迟到的委员".into(), kind: PersonKind::Member, title: String::new(), group: String::new(), seat: String::new() } })),
    ]
}

/// The issue list and the opinions, from the first issue to the receipt.
fn about_issues() -> impl Strategy<Value = (Actor, Command)> {
    let issue = (1..6_u32).prop_map(IssueId);
    let entry = (
        1..3_u32,
        prop_oneof![Just("工作作风"), Just("民生热点"), Just("队伍建设")],
        1..5_u32,
    )
        .prop_map(|(n, category, question)| IssueEntry {
            subject: SubjectId(n),
            category: category.into(),
            text: format!("问题{question}"),
            sources: vec![
                Source::Question {
                    question: QuestionId(question),
                },
                Source::DutyReport {
                    subject: SubjectId(n),
                    place: String::new(),
                },
            ],
        });
    let reported = entry.clone().prop_map(|e| IssueEntry {
        sources: e.sources[1..].to_vec(),
        ..e
    });
    let category = |name: &str, was: &str| CategoryEntry {
        name: name.into(),
        was: was.into(),
    };
    let few = vec![category("工作作风", "工作作风"), category("民生实事", "民生热点")];
    let many = vec![
        category("民生热点", ""),
        category("工作作风", ""),
        category("队伍建设", ""),
    ];
    let desk = prop_oneof![
        4 => prop_oneof![reported, entry.clone()].prop_map(|entry| Command::AddIssue(AddIssue { entry })),
        1 => (issue.clone(), entry).prop_map(|(issue, entry)| Command::ChangeIssue(ChangeIssue { issue, entry })),
        2 => (issue.clone(), issue.clone()).prop_map(|(from, into)| Command::MergeIssue(MergeIssue { from, into })),
        1 => issue.clone().prop_map(|issue| Command::DropIssue(DropIssue { issue, reason: "已办结".into() })),
        1 => issue.prop_map(|issue| Command::RestoreIssue(RestoreIssue { issue })),
        1 => prop_oneof![Just(few), Just(many)].prop_map(|categories| Command::SetCategories(SetCategories { categories })),
        1 => (1..3_u32).prop_map(|n| Command::DraftOpinions(DraftOpinions { subject: SubjectId(n), assessment: "总体较好".into(), advice: String::new(), demands: String::new(), number: String::new() })),
        1 => (1..3_u32, prop_oneof![2 => Just("2024-01-01"), 1 => Just("")]).prop_map(|(n, on)| Command::ApproveOpinions(ApproveOpinions { subject: SubjectId(n), on: on.into(), note: String::new() })),
    ];
    prop_oneof![
        16 => desk.prop_map(|command| (DESK, command)),
        1 => (1..3_u32).prop_map(|n| (DESK, Command::SetOfficer { subject: SubjectId(n), person: Some(PersonId(MEMBERS + 1)) })),
        1 => (1..3_u32).prop_map(|n| (person(MEMBERS + 1), Command::SignOpinions(SignOpinions { subject: SubjectId(n), signature: String::new() }))),
    ]
}

/// A questionnaire's life at the desk, in any order.
fn questionnaires() -> impl Strategy<Value = (Actor, Command)> {
    let of = (1..4_u32).prop_map(QuestionnaireId);
    let question = SurveyQuestion {
        text: "办事是否方便？".into(),
        answering: Answering::Required,
        answer: AnswerForm::Scale {
            from: 1,
            to: 5,
            from_label: "很不方便".into(),
            to_label: "很方便".into(),
        },
    };
    let set = move |questionnaire| {
        Command::SetQuestionnaire(SetQuestionnaire {
            questionnaire,
            group: None,
            title: "群众问卷".into(),
            intro: String::new(),
            subjects: vec![SubjectId(1)],
            access: Access::Open,
            questions: vec![question.clone()],
        })
    };
    let order = prop_oneof![
        2 => prop::option::of(of.clone()).prop_map(set),
        2 => of.clone().prop_map(|questionnaire| Command::OpenQuestionnaire { questionnaire }),
        2 => of.clone().prop_map(|questionnaire| Command::CloseQuestionnaire { questionnaire }),
        1 => of.prop_map(|questionnaire| Command::RemoveQuestionnaire { questionnaire }),
    ];
    order.prop_map(|command| (DESK, command))
}

/// What the desk does while it prepares, with questions coming in already.
pub fn preparations() -> impl Strategy<Value = (Actor, Command)> {
    let row = |n: u32, group: &str| RosterEntry {
        name: format!("委员{n:02}"),
        kind: if n == 2 {
            PersonKind::Attendee
        } else {
            PersonKind::Member
        },
        title: String::new(),
        group: group.into(),
        seat: String::new(),
    };
    let subject = |unit: &str| SubjectEntry {
        officer: String::new(),
        post: "局长".into(),
        unit: unit.into(),
        report: ReportForm::Written,
    };
    let some = prop::collection::btree_set(1..=MEMBERS + 2, 1..5);
    let item = |n: u32| AgendaEntry {
        kind: ItemKind::Evaluation,
        title: "项".into(),
        subject: Some(SubjectId(n)),
        subjects: Vec::new(),
    };
    prop_oneof![
        6 => orders(),
        3 => questionnaires(),
        2 => some.prop_map(move |ns| (DESK, Command::ImportRoster { people: ns.into_iter().map(|n| row(n, "第二组")).collect() })),
        1 => (1..=MEMBERS + 2).prop_map(|n| (DESK, Command::RemovePerson { person: PersonId(n) })),
        1 => (1..=MEMBERS + 2).prop_map(move |n| (DESK, Command::CorrectPerson { person: PersonId(n), entry: row(n + 3, "第三组") })),
        1 => (1..4_u32).prop_map(move |n| (DESK, Command::SetAgenda { items: vec![item(n)] })),
        1 => (1..4_u32).prop_map(move |n| (DESK, Command::ChangeSubject { subject: SubjectId(n), entry: subject("区财政局") })),
        1 => (1..4_u32).prop_map(|n| (DESK, Command::RemoveSubject { subject: SubjectId(n) })),
        1 => Just((DESK, Command::AddSubject { subject: subject("区水务局") })),
        1 => (1..4_u32).prop_map(|n| (DESK, Command::AttachDocument { subject: SubjectId(n), digest: "a".repeat(64), kind: DocumentKind::Txt, file_name: "报告.txt".into(), size_bytes: 9 })),
        1 => (1..4_u32).prop_map(|n| (DESK, Command::DetachDocument { subject: SubjectId(n), digest: "a".repeat(64) })),
        1 => Just((DESK, Command::DescribeCase { title: "2023年述职评议".into(), body_name: "某区人大常委会".into(), session_name: String::new(), held_on: String::new() })),
        1 => Just((CHAIR, Command::OpenSitting {})),
        1 => Just((CHAIR, Command::CloseSitting {})),
        1 => Just((DESK, Command::Convene(Convening { session_name: "第十五次会议".into(), held_on: String::new() }))),
        1 => Just((DESK, Command::CancelConvening {})),
        1 => (prop_oneof![Just(Part::Results), Just(Part::Opinions)], prop_oneof![Just(Timing::Held {}), Just(Timing::At { at: START + 50_000 })]).prop_map(|(part, timing)| (DESK, Command::SetPublication(SetPublication { part, timing }))),
        2 => stages(),
    ]
}

/// Plan, stages, closing of the case, lots.
fn stages() -> impl Strategy<Value = (Actor, Command)> {
    let days = |stage, first: &str, last: &str| StageDays {
        stage,
        first: first.into(),
        last: last.into(),
    };
    let plan = PlanEntry {
        stages: vec![
            days(Stage::Preparation, "2024-01-01", "2024-01-20"),
            days(Stage::Rectification, "2024-03-01", "2024-06-30"),
        ],
        guidance: "以宪法法律为准绳".into(),
        leadership: String::new(),
        demands: String::new(),
    };
    let purpose = prop_oneof![Just(LotPurpose::OralReport), Just(LotPurpose::Appraised)];
    let lot = (1..3_u32).prop_map(LotId);
    prop_oneof![
        Just((DESK, Command::SetPlan(plan))),
        prop_oneof![Just(Stage::Investigation), Just(Stage::Sitting)]
            .prop_map(|stage| (DESK, Command::EnterStage(StageStep { stage }))),
        prop_oneof![Just(""), Just("换届")]
            .prop_map(|reason| (DESK, Command::CloseCase(CaseClosing { reason: reason.into() }))),
        Just((
            DESK,
            Command::ReopenCase(CaseReopening {
                reason: "补充材料".into()
            })
        )),
        purpose.prop_map(|purpose| (
            DESK,
            Command::CallLot(LotCall {
                purpose,
                candidates: vec![SubjectId(1), SubjectId(2)],
                draw: 1
            })
        )),
        lot.clone().prop_map(|lot| (
            CHAIR,
            Command::DrawLot(LotDraw {
                lot,
                called: "三十七".into()
            })
        )),
        lot.prop_map(|lot| (
            DESK,
            Command::CancelLot(LotCancel {
                lot,
                reason: "名单有误".into()
            })
        )),
    ]
}
