//! A case on its way through the stages, and lots that anybody can repeat.

use super::lots::{LotCall, LotCancel, LotCommitment, LotDraw, LotPurpose, LotSeed, LotState, commitment, digest};
use super::reminders::{ReminderAbout, overdue, reminders};
use super::timeline::{StepState, TimelineStep, next, timeline};
use super::*;
use crate::command::{AgendaEntry, Command, RosterEntry, SubjectEntry};
use crate::duties::{OfficeWork, Work, duties};
use crate::follow_up::DueMatter;
use crate::ids::LotId;
use crate::outcome::Reply;
use crate::refusal::Refusal;
use crate::roster::PersonKind;
use crate::sitting::{ConsoleSeat, ItemKind, Screen};
use crate::stamp::{Actor, Stamped};
use crate::subject::ReportForm;

mod drawing;

const DESK: Actor = Actor::Desk { account: 1 };
const CHAIR: Actor = Actor::Console {
    seat: ConsoleSeat::Chair,
};
const PROGRAM: Actor = Actor::System {};
const SEED: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

struct Desk {
    case: Appraisal,
    at: InstantMs,
}

/// 10:00 in Beijing on this day.
fn morning(day: &str) -> InstantMs {
    let day = crate::follow_up::day::read(day).unwrap();
    crate::follow_up::day::BEIJING.end_of(day).unwrap() - 14 * 3_600_000
}

impl Desk {
    fn of(subjects: u32) -> Desk {
        let mut desk = Desk {
            case: Appraisal::new(uuid::Uuid::from_u128(7)),
            at: morning("2024-01-08"),
        };
        for n in 1..=subjects {
            let subject = SubjectEntry {
                officer: format!("局长{n}"),
                post: "局长".into(),
                unit: format!("第{n}局"),
                report: ReportForm::Written,
            };
            desk.go(DESK, Command::AddSubject { subject }).unwrap();
        }
        desk
    }

    fn go(&mut self, actor: Actor, command: Command) -> Result<Reply, Refusal> {
        self.at += 1_000;
        let id = uuid::Uuid::from_u128(u128::try_from(self.at).unwrap());
        let stamped = Stamped {
            id,
            actor,
            at: self.at,
            expects: None,
            command,
        };
        self.case.apply(&stamped).verdict
    }

    fn plan(&mut self) -> Result<Reply, Refusal> {
        self.go(
            DESK,
            Command::SetPlan(plan(&[
                (Stage::Preparation, "2024-01-02", "2024-01-31"),
                (Stage::Investigation, "2024-02-01", "2024-02-29"),
                (Stage::Sitting, "2024-03-01", "2024-03-08"),
                (Stage::Rectification, "2024-03-09", "2024-09-30"),
            ])),
        )
    }

    fn enter(&mut self, stage: Stage) -> Result<Reply, Refusal> {
        self.go(DESK, Command::EnterStage(StageStep { stage }))
    }

    fn roster_and_agenda(&mut self) {
        let people = vec![RosterEntry {
            name: "王委员".into(),
            kind: PersonKind::Member,
            title: String::new(),
            group: String::new(),
            seat: String::new(),
        }];
        self.go(DESK, Command::ImportRoster { people }).unwrap();
        let items = vec![AgendaEntry {
            kind: ItemKind::Speech,
            title: "讲话".into(),
            subject: None,
            subjects: Vec::new(),
        }];
        self.go(DESK, Command::SetAgenda { items }).unwrap();
    }

    fn hold_a_sitting(&mut self) {
        let adopt = crate::rules::built_in::usual_confirmed(crate::ballot::Secrecy::Named);
        self.go(DESK, adopt).unwrap();
        self.go(CHAIR, Command::OpenSitting {}).unwrap();
    }

    fn close(&mut self, reason: &str) -> Result<Reply, Refusal> {
        let reason = reason.into();
        self.go(DESK, Command::CloseCase(CaseClosing { reason }))
    }

    fn call(&mut self, purpose: LotPurpose, candidates: &[u32], draw: u32) -> Result<Reply, Refusal> {
        let candidates = candidates.iter().map(|n| SubjectId(*n)).collect();
        self.go(
            DESK,
            Command::CallLot(LotCall {
                purpose,
                candidates,
                draw,
            }),
        )
    }

    fn commit(&mut self) -> Result<Reply, Refusal> {
        let commitment = commitment(SEED).unwrap();
        self.go(PROGRAM, Command::CommitLot(LotCommitment { lot: LOT, commitment }))
    }

    fn draw(&mut self, called: &str) -> Result<Reply, Refusal> {
        let called = called.into();
        self.go(CHAIR, Command::DrawLot(LotDraw { lot: LOT, called }))
    }

    fn reveal(&mut self, seed: &str) -> Result<Reply, Refusal> {
        let seed = seed.into();
        self.go(PROGRAM, Command::RevealLot(LotSeed { lot: LOT, seed }))
    }

    fn asked_of_the_office(&self) -> Vec<OfficeWork> {
        let office = |d: crate::duties::Duty| match d.work {
            Work::Office(work) => Some(work),
            Work::Record(_) => None,
        };
        duties(&self.case).into_iter().filter_map(office).collect()
    }

    fn step(&self, step: TimelineStep) -> (StepState, usize, usize) {
        let lines = timeline(&self.case);
        let found = lines.iter().flat_map(|l| &l.steps).find(|s| s.step == step).unwrap();
        (found.state, found.done, found.of)
    }
}

const LOT: LotId = LotId(1);

fn plan(rows: &[(Stage, &str, &str)]) -> PlanEntry {
    let row = |(stage, first, last): &(Stage, &str, &str)| StageDays {
        stage: *stage,
        first: (*first).into(),
        last: (*last).into(),
    };
    PlanEntry {
        stages: rows.iter().map(row).collect(),
        guidance: " 以宪法和法律为准绳\n围绕中心工作 ".into(),
        leadership: String::new(),
        demands: String::new(),
    }
}

#[test]
fn stages_go_forward_one_by_one_and_say_what_is_missing() {
    let mut desk = Desk::of(0);
    let lacks = |stage, lacks| Err(Refusal::StageNotReady { stage, lacks });
    assert_eq!(
        desk.enter(Stage::Investigation),
        lacks(Stage::Investigation, StageLack::Plan)
    );
    desk.plan().unwrap();
    assert_eq!(
        desk.enter(Stage::Investigation),
        lacks(Stage::Investigation, StageLack::Subjects)
    );
    let stage = Stage::Preparation;
    assert_eq!(
        desk.enter(Stage::Sitting),
        Err(Refusal::StageOrder { stage }),
        "no stage is left out"
    );

    let mut desk = Desk::of(2);
    desk.plan().unwrap();
    desk.enter(Stage::Investigation).unwrap();
    assert_eq!(desk.case.stage(), Stage::Investigation);
    let stage = Stage::Investigation;
    assert_eq!(
        desk.enter(stage),
        Err(Refusal::StageOrder { stage }),
        "nor entered twice"
    );
    assert_eq!(desk.enter(Stage::Sitting), lacks(Stage::Sitting, StageLack::Roster));
    desk.roster_and_agenda();
    desk.enter(Stage::Sitting).unwrap();
    assert_eq!(
        desk.enter(Stage::Rectification),
        lacks(Stage::Rectification, StageLack::Sitting)
    );
    assert_eq!(
        desk.go(CHAIR, Command::EnterStage(StageStep { stage: Stage::Sitting })),
        Err(Refusal::NotAllowed {}),
        "the office says where the case stands"
    );
}

#[test]
fn the_sitting_begins_its_stage_by_itself() {
    let mut desk = Desk::of(1);
    desk.roster_and_agenda();
    desk.hold_a_sitting();
    assert_eq!(
        desk.case.stage(),
        Stage::Sitting,
        "though nobody entered the one before"
    );
    let began = desk
        .case
        .stage_began_on(Stage::Sitting)
        .map(crate::follow_up::day::write);
    assert_eq!(began.as_deref(), Some("2024-01-08"));
    desk.go(CHAIR, Command::CloseSitting {}).unwrap();
    assert_eq!(desk.case.stage(), Stage::Sitting, "nothing is announced yet");
    let (stage, lacks) = (Stage::Rectification, StageLack::Result);
    assert_eq!(desk.enter(stage), Err(Refusal::StageNotReady { stage, lacks }));
}

#[test]
fn a_plan_with_days_that_cannot_be_is_refused_whole() {
    let mut desk = Desk::of(1);
    desk.plan().unwrap();
    let before = desk.case.stages.plan.clone();
    assert_eq!(before.guidance, "以宪法和法律为准绳\n围绕中心工作");
    let mut refused = |rows: &[(Stage, &str, &str)]| desk.go(DESK, Command::SetPlan(plan(rows))).unwrap_err();
    let early = |first: &str| Refusal::DayTooEarly { first: first.into() };
    assert_eq!(
        refused(&[(Stage::Sitting, "2024-03-02", "2024-03-01")]),
        early("2024-03-02")
    );
    let (a, b) = (Stage::Preparation, Stage::Investigation);
    assert_eq!(
        refused(&[(a, "2024-03-01", "2024-03-31"), (b, "2024-02-01", "2024-04-01")]),
        early("2024-03-01")
    );
    assert_eq!(
        refused(&[(b, "2024-03-01", "2024-03-31"), (a, "2024-04-01", "2024-04-02")]),
        Refusal::StageOrder { stage: b }
    );
    assert_eq!(refused(&[(a, "2024-02-30", "2024-03-31")]), Refusal::DayUnreadable {});
    assert_eq!(desk.case.stages.plan, before);
}

#[test]
fn a_case_with_something_open_is_closed_only_with_a_reason_and_then_only_read() {
    let mut desk = Desk::of(2);
    let (matter, count) = (OpenMatter::Results, 2);
    assert_eq!(desk.close(" "), Err(Refusal::StillOpen { matter, count }));
    desk.close("换届，不再举行").unwrap();
    assert_eq!(desk.plan(), Err(Refusal::CaseClosed {}));
    assert_eq!(desk.go(CHAIR, Command::OpenSitting {}), Err(Refusal::CaseClosed {}));
    assert_eq!(desk.close("再一次"), Err(Refusal::CaseClosed {}));
    let reopen = |reason: &str| Command::ReopenCase(CaseReopening { reason: reason.into() });
    assert!(matches!(
        desk.go(DESK, reason_missing()),
        Err(Refusal::TextMissing { .. })
    ));
    desk.go(DESK, reopen("决定恢复")).unwrap();
    desk.plan().unwrap();
    assert_eq!(desk.go(DESK, reopen("再一次")), Err(Refusal::NothingDue {}));
}

fn reason_missing() -> Command {
    Command::ReopenCase(CaseReopening { reason: String::new() })
}

#[test]
fn a_sitting_under_way_is_never_closed_over() {
    let mut desk = Desk::of(1);
    desk.roster_and_agenda();
    desk.hold_a_sitting();
    let (matter, count) = (OpenMatter::Sitting, 1);
    assert_eq!(desk.close("停电"), Err(Refusal::StillOpen { matter, count }));
}

#[test]
fn the_timeline_says_what_is_done_and_what_may_come_next() {
    let mut desk = Desk::of(2);
    assert_eq!(desk.step(TimelineStep::Plan), (StepState::Ready, 0, 1));
    assert_eq!(desk.step(TimelineStep::DutyReports), (StepState::Ready, 0, 2));
    assert_eq!(desk.step(TimelineStep::OpinionsApproved), (StepState::Waiting, 0, 0));
    desk.plan().unwrap();
    desk.roster_and_agenda();
    assert_eq!(desk.step(TimelineStep::Plan), (StepState::Done, 1, 1));
    assert_eq!(desk.step(TimelineStep::Agenda), (StepState::Done, 1, 1));
    let may_come = next(&timeline(&desk.case));
    assert!(may_come.contains(&TimelineStep::Rule) && !may_come.contains(&TimelineStep::Sitting));
    desk.hold_a_sitting();
    let may_come = next(&timeline(&desk.case));
    assert!(may_come.contains(&TimelineStep::Sitting) && may_come.contains(&TimelineStep::Results));
    assert!(!may_come.contains(&TimelineStep::CaseClosed), "nothing is measured yet");
}

#[test]
fn a_stage_that_lasts_longer_than_planned_is_late_from_midnight_in_beijing() {
    let mut desk = Desk::of(1);
    desk.plan().unwrap();
    let end = crate::follow_up::day::BEIJING
        .end_of(crate::follow_up::day::read("2024-01-31").unwrap())
        .unwrap();
    assert_eq!(overdue(&desk.case, end - 1), 0);
    assert_eq!(overdue(&desk.case, end), 1);
    let first = reminders(&desk.case).remove(0);
    let stage = Stage::Preparation;
    assert_eq!(first.about, ReminderAbout::StageEnd { stage });
    desk.enter(Stage::Investigation).unwrap();
    assert_eq!(overdue(&desk.case, end), 0, "it went on in time");
    desk.close("换届").unwrap();
    assert_eq!(
        overdue(&desk.case, morning("2030-01-01")),
        0,
        "a closed case reminds nobody"
    );
}

#[test]
fn lines_of_the_ledger_are_reminded_of_until_they_are_carried_out() {
    use crate::ids::IssueId;
    use crate::issues::OpinionText;
    use crate::ledger::{Line, LineState};
    let mut desk = Desk::of(1);
    let day = |d: &str| Some(crate::follow_up::day::read(d).unwrap());
    let (issue, subject) = (IssueId(1), SubjectId(1));
    let opinions = OpinionText {
        approved_on: day("2024-01-05"),
        issues: vec![issue],
        ..OpinionText::default()
    };
    desk.case.issues.opinions.insert(subject, opinions);
    let line = Line {
        due_on: day("2024-02-01"),
        ..Line::default()
    };
    desk.case.ledger.lines.insert(issue, line);
    let late = morning("2024-02-02");
    assert_eq!(overdue(&desk.case, late), 1);
    assert_eq!(reminders(&desk.case)[0].about, ReminderAbout::Line { issue });
    assert_eq!(desk.case.open_matters()[0].0, OpenMatter::Results);
    assert!(
        desk.case.open_matters().contains(&(OpenMatter::Lines, 1)),
        "not closed yet"
    );
    desk.case.ledger.lines.get_mut(&issue).unwrap().state = LineState::Done;
    assert_eq!(overdue(&desk.case, late), 0);
    assert!(desk.case.due(DueMatter::Results, None).is_none());
}
