//! The desk's orders about the plan, the stages and the closing of the case. A closed case takes no order but its
//! reopening; who signs in may still read it.

use super::{CaseClosed, OpenMatter, PlanEntry, Span, Stage, StageLack};
use crate::appraisal::Appraisal;
use crate::ballot::BallotState;
use crate::command::Command;
use crate::follow_up::day;
use crate::limits::{NOTE_CHARS_MAX, PLAN_TEXT_CHARS_MAX};
use crate::outcome::{Key, Reply, Touched};
use crate::refusal::{Refusal, TextField};
use crate::sitting::SittingState;
use crate::stamp::{Actor, Stamped};
use crate::text;
use std::collections::BTreeMap;

impl Appraisal {
    pub(crate) fn apply_stages(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        match &stamped.command {
            Command::SetPlan(plan) => self.set_plan(plan)?,
            Command::EnterStage(step) => self.enter_stage(step.stage)?,
            Command::CloseCase(closing) => self.close_case(&closing.reason, touched)?,
            Command::ReopenCase(reopening) => self.reopen_case(&reopening.reason)?,
            _ => return self.apply_lots(stamped, touched),
        }
        touched.key(Key::Plan);
        Ok(Reply::Done {})
    }

    /// What may still be ordered of a closed case.
    pub(crate) fn need_case_open(&self, actor: Actor, command: &Command) -> Result<(), Refusal> {
        let reads = matches!(actor, Actor::System {} | Actor::Door {});
        if self.stages.closed.is_none() || reads || matches!(command, Command::ReopenCase(_)) {
            Ok(())
        } else {
            Err(Refusal::CaseClosed {})
        }
    }

    fn set_plan(&mut self, entry: &PlanEntry) -> Result<(), Refusal> {
        let mut days = BTreeMap::new();
        let mut before: Option<(Stage, Span)> = None;
        for row in &entry.stages {
            let (first, last) = (day::read(&row.first)?, day::read(&row.last)?);
            if let Some((stage, span)) = before {
                if row.stage <= stage {
                    return Err(Refusal::StageOrder { stage });
                }
                if first < span.first {
                    return Err(Refusal::DayTooEarly {
                        first: day::write(span.first),
                    });
                }
            }
            if last < first {
                return Err(Refusal::DayTooEarly {
                    first: day::write(first),
                });
            }
            let span = Span { first, last };
            before = Some((row.stage, span));
            days.insert(row.stage, span);
        }
        let text = |text: &str| match text.trim() {
            "" => Ok(String::new()),
            text => text::paragraph(TextField::PlanText, text, PLAN_TEXT_CHARS_MAX),
        };
        let (guidance, leadership, demands) = (text(&entry.guidance)?, text(&entry.leadership)?, text(&entry.demands)?);
        let plan = &mut self.stages.plan;
        (plan.days, plan.guidance, plan.leadership, plan.demands) = (days, guidance, leadership, demands);
        Ok(())
    }

    /// Forward by one, once what the stage needs is there.
    fn enter_stage(&mut self, stage: Stage) -> Result<(), Refusal> {
        let now_in = self.stage();
        if now_in.next() != Some(stage) {
            return Err(Refusal::StageOrder { stage: now_in });
        }
        let lacks = match stage {
            Stage::Preparation => None,
            Stage::Investigation if self.stages.plan.days.is_empty() => Some(StageLack::Plan),
            Stage::Investigation if self.subjects.is_empty() => Some(StageLack::Subjects),
            Stage::Sitting if self.roster.due() == 0 => Some(StageLack::Roster),
            Stage::Sitting if self.sitting.agenda.is_empty() => Some(StageLack::Agenda),
            Stage::Investigation | Stage::Sitting => None,
            // It begins by itself; asked for before, it says what is missing.
            Stage::Rectification if self.sitting.state != SittingState::Closed => Some(StageLack::Sitting),
            Stage::Rectification => Some(StageLack::Result),
        };
        if let Some(lacks) = lacks {
            return Err(Refusal::StageNotReady { stage, lacks });
        }
        self.stages.entered.insert(stage, self.now);
        Ok(())
    }

    fn close_case(&mut self, reason: &str, touched: &mut Touched) -> Result<(), Refusal> {
        let sealed = self.ballots.values().filter(|b| b.state == BallotState::Sealed).count();
        if self.sitting.state == SittingState::Open || sealed > 0 {
            let count = u32::try_from(sealed.max(1)).unwrap_or(u32::MAX);
            let matter = OpenMatter::Sitting;
            return Err(Refusal::StillOpen { matter, count });
        }
        let reason = match reason.trim() {
            "" => String::new(),
            reason => text::paragraph(TextField::Reason, reason, NOTE_CHARS_MAX)?,
        };
        if let Some((matter, count)) = self.open_matters().first().copied().filter(|_| reason.is_empty()) {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            return Err(Refusal::StillOpen { matter, count });
        }
        self.close_questionnaires(touched);
        self.stages.closed = Some(CaseClosed { at: self.now, reason });
        Ok(())
    }

    fn reopen_case(&mut self, reason: &str) -> Result<(), Refusal> {
        if self.stages.closed.is_none() {
            return Err(Refusal::NothingDue {});
        }
        self.stages.reopened_because = text::paragraph(TextField::Reason, reason, NOTE_CHARS_MAX)?;
        self.stages.closed = None;
        Ok(())
    }
}
