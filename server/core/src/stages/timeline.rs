//! The whole way of a case as one value, for page, papers and calendar: each stage with what belongs to it, how much of
//! it is done and since when, and what may come next. Everything follows from what is on the record.

use super::Stage;
use crate::appraisal::Appraisal;
use crate::ballot::{Ballot, BallotState};
use crate::follow_up::{DueMatter, Opinions, day};
use crate::ids::SubjectId;
use crate::outcome::{Key, Touched};
use crate::sitting::SittingState;
use crate::stamp::Actor;
use jiff::civil::Date;

wire_words! {
    /// What belongs to a stage.
    pub enum TimelineStep {
        /// 实施方案
        Plan,
        Roster,
        Subjects,
        /// The locality's rule, adopted and confirmed.
        Rule,
        /// A document of each subject's duty report.
        DutyReports,
        /// Every subject belongs to a 评议工作组.
        Groups,
        /// 调查报告 of each group.
        InvestigationReports,
        /// The council has heard each group.
        ReportsHeard,
        Agenda,
        /// The first sitting, opened and closed.
        Sitting,
        Results,
        /// 评议意见 approved by the council.
        OpinionsApproved,
        OpinionsHandedOver,
        OpinionsReceived,
        /// Results and opinions to the party committee.
        ResultsSent,
        PlansFiled,
        ReportsFiled,
        /// Lines of the ledger closed (销号).
        LinesClosed,
        RectificationBallots,
        /// Continued rectification ordered where a ballot asked for it.
        RoundsOrdered,
        FurtherReports,
        CaseClosed,
    }
    pub enum StepState {
        /// Something before it is missing.
        Waiting,
        /// It may be done now, or is under way.
        Ready,
        Done,
    }
}

/// One step: `done` of `of`, and the last day on which something of it was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepLine {
    pub step: TimelineStep,
    pub state: StepState,
    pub done: usize,
    pub of: usize,
    pub on: Option<Date>,
}

/// A stage with its steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageLine {
    pub stage: Stage,
    pub steps: Vec<StepLine>,
}

/// The stages in their order.
pub fn timeline(case: &Appraisal) -> Vec<StageLine> {
    let steps = |stage| match stage {
        Stage::Preparation => preparation(case),
        Stage::Investigation => investigation(case),
        Stage::Sitting => sitting(case),
        Stage::Rectification => rectification(case),
    };
    Stage::ALL
        .map(|stage| StageLine {
            stage,
            steps: steps(stage),
        })
        .to_vec()
}

/// What may be done now, in the order of the whole way.
pub fn next(lines: &[StageLine]) -> Vec<TimelineStep> {
    let steps = lines.iter().flat_map(|l| &l.steps);
    steps.filter(|s| s.state == StepState::Ready).map(|s| s.step).collect()
}

/// A step is ready as soon as there is something to do, or what it builds on is there.
fn step(step: TimelineStep, done: usize, of: usize, ready: bool, on: Option<Date>) -> StepLine {
    let state = match (of > 0 && done >= of, ready) {
        (true, _) => StepState::Done,
        (false, true) => StepState::Ready,
        (false, false) => StepState::Waiting,
    };
    StepLine {
        step,
        state,
        done,
        of,
        on,
    }
}

fn preparation(case: &Appraisal) -> Vec<StepLine> {
    use TimelineStep as T;
    let (due, subjects) = (case.roster.due() as usize, case.subjects.len());
    let with_report = case.subjects.values().filter(|s| !s.documents.is_empty()).count();
    vec![
        step(T::Plan, usize::from(!case.stages.plan.days.is_empty()), 1, true, None),
        step(T::Roster, due, due.max(1), true, None),
        step(T::Subjects, subjects, subjects.max(1), true, None),
        step(T::Rule, usize::from(case.profile_confirmed()), 1, true, None),
        step(T::DutyReports, with_report, subjects, subjects > 0, None),
    ]
}

fn investigation(case: &Appraisal) -> Vec<StepLine> {
    use TimelineStep as T;
    let groups = &case.investigation.groups;
    let led = |s: &&SubjectId| groups.values().any(|g| g.subjects.contains(s));
    let (subjects, all) = (case.subjects.len(), groups.len());
    let grouped = case.subjects.keys().filter(led).count();
    let filed: Vec<_> = groups.values().filter_map(|g| g.standing()).collect();
    let filed_on = filed.iter().filter_map(|r| day::BEIJING.day_of(r.at)).max();
    let heard: Vec<_> = groups.values().filter_map(|g| g.heard()?.heard.as_ref()).collect();
    let heard_on = heard.iter().map(|h| h.on).max();
    vec![
        step(T::Groups, grouped, subjects, subjects > 0, None),
        step(T::InvestigationReports, filed.len(), all, all > 0, filed_on),
        step(T::ReportsHeard, heard.len(), all, !filed.is_empty(), heard_on),
    ]
}

fn sitting(case: &Appraisal) -> Vec<StepLine> {
    use TimelineStep as T;
    let first = case.sittings().next().unwrap_or(&case.sitting);
    let opened = first.state != SittingState::Preparing;
    let has_agenda = !first.agenda.is_empty();
    let ready = has_agenda && case.roster.due() > 0 && case.profile_confirmed();
    let closed_on = day::BEIJING
        .day_of(first.closed_at)
        .filter(|_| first.state == SittingState::Closed);
    let ballots = case.subjects.keys().filter_map(|s| case.appraisal_of(*s));
    let announced: Vec<_> = ballots.filter_map(|(_, b)| announced_on(b)).collect();
    let (heard, subjects) = (announced.len(), case.subjects.len());
    vec![
        step(T::Agenda, usize::from(has_agenda), 1, !case.subjects.is_empty(), None),
        step(
            T::Sitting,
            usize::from(closed_on.is_some()),
            1,
            ready || opened,
            closed_on,
        ),
        step(T::Results, heard, subjects, opened, announced.into_iter().max()),
    ]
}

fn rectification(case: &Appraisal) -> Vec<StepLine> {
    use TimelineStep as T;
    let appraised = |s: &SubjectId| case.appraisal_of(*s).is_some_and(|(_, b)| announced_on(b).is_some());
    let subjects: Vec<SubjectId> = case.subjects.keys().copied().filter(appraised).collect();
    let (all, any) = (subjects.len(), !subjects.is_empty());
    let opinions = || subjects.iter().filter_map(|s| case.follow_up.subjects.get(s));
    let days = |of: fn(&Opinions) -> Option<Date>| opinions().filter_map(of).collect::<Vec<_>>();
    let approved: Vec<_> = subjects
        .iter()
        .filter_map(|s| case.issues.opinions.get(s)?.approved_on)
        .collect();
    let handed = days(|o| o.handed_on);
    let received = days(|o| o.received_on);
    let (plans, reports) = (days(|o| o.plan.done_on), days(|o| o.report.done_on));
    let dated = |what, days: Vec<Date>, of: usize, ready| step(what, days.len(), of, ready, days.into_iter().max());
    let sent = case.due(DueMatter::Results, None);
    let sent_on = sent.as_ref().and_then(|d| d.done_on);
    let some_received = !received.is_empty();
    let mut steps = vec![
        dated(T::OpinionsApproved, approved, all, any),
        dated(T::OpinionsHandedOver, handed.clone(), all, any),
        dated(T::OpinionsReceived, received.clone(), all, !handed.is_empty()),
        step(
            T::ResultsSent,
            usize::from(sent_on.is_some()),
            1,
            sent.is_some(),
            sent_on,
        ),
        dated(T::PlansFiled, plans, all, some_received),
        dated(T::ReportsFiled, reports.clone(), all, some_received),
        lines_closed(case, &subjects),
    ];
    steps.extend(rounds(case, &subjects, &reports));
    let is_closed = case.stages.closed.as_ref();
    let closed_on = is_closed.and_then(|c| day::BEIJING.day_of(c.at));
    let may_close = any && case.open_matters().is_empty();
    steps.push(step(
        T::CaseClosed,
        usize::from(is_closed.is_some()),
        1,
        may_close,
        closed_on,
    ));
    steps
}

fn lines_closed(case: &Appraisal, subjects: &[SubjectId]) -> StepLine {
    let issues: Vec<_> = subjects.iter().flat_map(|s| case.issues.standing(*s)).collect();
    let closings = issues
        .iter()
        .filter_map(|id| case.ledger.lines.get(id)?.closed.as_ref());
    let days: Vec<_> = closings.map(|c| c.on).collect();
    let ready = !issues.is_empty();
    step(
        TimelineStep::LinesClosed,
        days.len(),
        issues.len(),
        ready,
        days.into_iter().max(),
    )
}

/// Ballots on the rectification, and the rounds that they asked for.
fn rounds(case: &Appraisal, subjects: &[SubjectId], reports: &[Date]) -> Vec<StepLine> {
    use TimelineStep as T;
    let last = |s: &SubjectId| case.rectifications_of(*s).filter_map(|(_, b)| announced_on(b)).last();
    let measured: Vec<_> = subjects.iter().filter_map(last).collect();
    let to_order = subjects.iter().filter(|s| case.round_to_order(**s).is_some()).count();
    let opinions = subjects.iter().filter_map(|s| case.follow_up.subjects.get(s));
    let ordered: Vec<_> = opinions.flat_map(|o| &o.rounds).collect();
    let ordered_on = ordered.iter().map(|r| r.ordered_on).max();
    let further: Vec<_> = ordered.iter().filter_map(|r| r.report.done_on).collect();
    let count = ordered.len();
    vec![
        step(
            T::RectificationBallots,
            measured.len(),
            subjects.len(),
            !reports.is_empty(),
            measured.iter().copied().max(),
        ),
        step(T::RoundsOrdered, count, count + to_order, to_order > 0, ordered_on),
        step(
            T::FurtherReports,
            further.len(),
            count,
            count > 0,
            further.iter().copied().max(),
        ),
    ]
}

fn announced_on(ballot: &Ballot) -> Option<Date> {
    let announced = ballot.state == BallotState::Announced;
    day::BEIJING.day_of(ballot.announced_at).filter(|_| announced)
}

/// Touches the whole way where it may look different. Votes and check-ins, of which a hall sends thousands, do not.
pub(crate) fn follows(actor: Actor, touched: &mut Touched) {
    let by_person = matches!(actor, Actor::Person { .. });
    let moves = |key: &Key| match key {
        Key::Settings
        | Key::Attendance
        | Key::Screen
        | Key::Console
        | Key::Minutes
        | Key::Scrutiny
        | Key::Joined
        | Key::Door
        | Key::Lot
        | Key::Questionnaire(_)
        | Key::Deliberation
        | Key::Remark(_)
        | Key::Published(_)
        | Key::Publication => false,
        Key::Question(_) | Key::Ballot(_) | Key::Person(_) => !by_person,
        Key::Case
        | Key::Sitting
        | Key::Agenda
        | Key::FollowUp
        | Key::Rules
        | Key::Subject(_)
        | Key::Plan
        | Key::Group(_)
        | Key::IssueList
        | Key::Issue(_)
        | Key::Ledger(_)
        | Key::LedgerLine(_)
        | Key::Rectification(_) => true,
    };
    if touched.keys.iter().any(moves) {
        touched.key(Key::Plan);
    }
}
