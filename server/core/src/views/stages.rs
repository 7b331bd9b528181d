//! The whole way of the case and the drawing of lots, as screens see them. What is late is told by the reader's clock
//! against `ends_at`; a view has none.

use crate::appraisal::Appraisal;
use crate::follow_up::day;
use crate::ids::{InstantMs, LotId, SubjectId};
use crate::stages::lots::{Lot, LotPurpose, LotState};
use crate::stages::reminders::{self, Reminder, ReminderAbout};
use crate::stages::timeline::{self, StageLine, StepLine, StepState, TimelineStep};
use crate::stages::{OpenMatter, Stage};
use jiff::civil::Date;

wire! {
    /// Key `plan`. All but the public: the stage and its planned days. Desk and chair: the whole way as well.
    pub struct PlanView {
        pub stage: Stage,
        pub stages: Vec<StageView>,
        /// 0 while the case is not closed.
        pub closed_at: InstantMs,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub course: Option<CourseView>,
    }

    /// A stage. Days are YYYY-MM-DD, empty if not planned or not yet begun.
    pub struct StageView {
        pub stage: Stage,
        pub first: String,
        pub last: String,
        pub began_on: String,
    }

    /// The texts of the plan, what was done in each stage, what may come next, what has a last day.
    pub struct CourseView {
        pub guidance: String,
        pub leadership: String,
        pub demands: String,
        pub steps: Vec<StepView>,
        pub next: Vec<TimelineStep>,
        pub reminders: Vec<ReminderView>,
        /// What keeps the case from being closed without a reason.
        pub open: Vec<OpenView>,
        /// Why it was closed although something was open, and why it was reopened.
        pub closed_because: String,
        pub reopened_because: String,
    }

    /// `done` of `of`, the last time on this day.
    pub struct StepView {
        pub stage: Stage,
        pub step: TimelineStep,
        pub state: StepState,
        pub done: u32,
        pub of: u32,
        pub on: String,
    }

    pub struct ReminderView {
        pub about: ReminderAbout,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub subject: Option<SubjectId>,
        pub due_on: String,
        /// 24:00 of that day: from then on it is late.
        pub ends_at: InstantMs,
        pub done: bool,
        pub provisional: bool,
    }

    pub struct OpenView { pub matter: OpenMatter, pub count: u32 }

    /// Key `lot`. Everybody, the public once it is over; there once a lot was called.
    pub struct LotsView { pub lots: Vec<LotView> }

    /// One drawing of lots. Commitment, what was called out, seed: each empty until its step.
    pub struct LotView {
        pub lot: LotId,
        pub purpose: LotPurpose,
        pub state: LotState,
        pub draw: u32,
        pub called_at: InstantMs,
        pub commitment: String,
        pub called: String,
        pub seed: String,
        pub drawn_at: InstantMs,
        pub cancelled_because: String,
        /// In the order of their numbers; once drawn, in the order of their digests: the first `draw` are drawn.
        pub candidates: Vec<LotCandidateView>,
    }

    /// `digest` is empty until it is drawn.
    pub struct LotCandidateView { pub subject: SubjectId, pub unit: String, pub officer: String, pub digest: String }
}

/// The stage and its days, as everybody in the hall may know.
pub fn plan(case: &Appraisal) -> PlanView {
    let stage = |stage: Stage| {
        let span = case.stages.plan.days.get(&stage);
        StageView {
            stage,
            first: written(span.map(|s| s.first)),
            last: written(span.map(|s| s.last)),
            began_on: written(case.stage_began_on(stage)),
        }
    };
    PlanView {
        stage: case.stage(),
        stages: Stage::ALL.map(stage).to_vec(),
        closed_at: case.stages.closed.as_ref().map_or(0, |c| c.at),
        course: None,
    }
}

/// The same with the whole way.
pub fn whole_plan(case: &Appraisal) -> PlanView {
    let lines = timeline::timeline(case);
    let of_stage = |line: &StageLine| -> Vec<StepView> {
        let stage = line.stage;
        line.steps.iter().map(|s| step(stage, s)).collect()
    };
    let (stages, plan_texts) = (&case.stages, &case.stages.plan);
    let course = CourseView {
        guidance: plan_texts.guidance.clone(),
        leadership: plan_texts.leadership.clone(),
        demands: plan_texts.demands.clone(),
        steps: lines.iter().flat_map(of_stage).collect(),
        next: timeline::next(&lines),
        reminders: reminders::reminders(case).iter().map(reminder).collect(),
        open: case
            .open_matters()
            .into_iter()
            .map(|(matter, n)| OpenView {
                matter,
                count: count(n),
            })
            .collect(),
        closed_because: stages.closed.as_ref().map_or_else(String::new, |c| c.reason.clone()),
        reopened_because: stages.reopened_because.clone(),
    };
    PlanView {
        course: Some(course),
        ..plan(case)
    }
}

fn step(stage: Stage, line: &StepLine) -> StepView {
    StepView {
        stage,
        step: line.step,
        state: line.state,
        done: count(line.done),
        of: count(line.of),
        on: written(line.on),
    }
}

fn reminder(r: &Reminder) -> ReminderView {
    ReminderView {
        about: r.about,
        subject: r.subject,
        due_on: day::write(r.due_on),
        ends_at: r.ends_at(),
        done: r.done,
        provisional: r.provisional,
    }
}

/// All lots, or those that are over.
pub fn lots(case: &Appraisal, shown: fn(&Lot) -> bool) -> Option<LotsView> {
    let lots: Vec<_> = case
        .lots()
        .filter(|(_, l)| shown(l))
        .map(|(id, l)| lot(id, l))
        .collect();
    (!lots.is_empty()).then_some(LotsView { lots })
}

fn lot(id: LotId, lot: &Lot) -> LotView {
    let candidate = |c: &crate::stages::lots::Candidate, digest: String| LotCandidateView {
        subject: c.subject,
        unit: c.unit.clone(),
        officer: c.officer.clone(),
        digest,
    };
    let order = lot.order();
    let candidates = if order.is_empty() {
        lot.candidates.iter().map(|c| candidate(c, String::new())).collect()
    } else {
        order.into_iter().map(|(digest, c)| candidate(c, digest)).collect()
    };
    LotView {
        lot: id,
        purpose: lot.purpose,
        state: lot.state(),
        draw: lot.draw,
        called_at: lot.called_at,
        commitment: lot.commitment.clone(),
        called: lot.called.clone(),
        seed: lot.seed.clone(),
        drawn_at: lot.drawn_at,
        cancelled_because: lot.cancelled_because.clone(),
        candidates,
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn written(date: Option<Date>) -> String {
    date.map_or_else(String::new, day::write)
}
