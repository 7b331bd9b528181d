/** Where a step of the whole way is done, and where something with a last day stands. */
import { daysLeft, daysOver } from '../../../ledger/standing'
import type { PlanView, ReminderView, Stage, StageDays, StepView, TimelineStep } from '../../../protocol/generated'
import type { Room } from '../place.svelte'

const ROOM: Record<TimelineStep, Room> = {
  plan: 'overview',
  roster: 'roster',
  subjects: 'subjects',
  rule: 'rules',
  duty_reports: 'subjects',
  groups: 'investigation',
  investigation_reports: 'investigation',
  reports_heard: 'investigation',
  agenda: 'agenda',
  sitting: 'hall',
  results: 'hall',
  opinions_approved: 'follow_up',
  opinions_handed_over: 'follow_up',
  opinions_received: 'follow_up',
  results_sent: 'follow_up',
  plans_filed: 'ledger',
  reports_filed: 'ledger',
  lines_closed: 'ledger',
  rectification_ballots: 'agenda',
  rounds_ordered: 'follow_up',
  further_reports: 'follow_up',
  case_closed: 'overview',
}

export const roomOf = (step: TimelineStep): Room => ROOM[step]

export const STAGES: readonly Stage[] = ['preparation', 'investigation', 'sitting', 'rectification']

/** `past`: the case is beyond it. */
export function stageState(plan: PlanView, stage: Stage): 'past' | 'now' | 'coming' {
  const [at, now] = [STAGES.indexOf(stage), STAGES.indexOf(plan.stage)]
  return at < now || (at === now && plan.closed_at > 0) ? 'past' : at === now ? 'now' : 'coming'
}

/** The stage that the desk may enter by hand: the last one begins by itself only. */
export function stageToEnter(plan: PlanView): Stage | undefined {
  if (plan.closed_at > 0) return undefined
  const next = STAGES[STAGES.indexOf(plan.stage) + 1]
  return next === 'rectification' ? undefined : next
}

/** Steps of this stage that have begun or may. */
export const stepsOf = (steps: StepView[], stage: Stage): StepView[] => steps.filter((step) => step.stage === stage && (step.of > 0 || step.state !== 'waiting'))

export interface ReminderStanding {
  state: 'done' | 'late' | 'open'
  /** Late: whole days since the last day, 1 on the day after it. Open: whole days left, 0 on the last day itself. */
  days: number
}

export function reminderStanding({ done, ends_at }: ReminderView, now_ms: number): ReminderStanding {
  if (done) return { state: 'done', days: 0 }
  const over = daysOver(ends_at, now_ms)
  return over > 0 ? { state: 'late', days: over } : { state: 'open', days: daysLeft(ends_at, now_ms) }
}

export const lateOnes = (reminders: ReminderView[], now_ms: number): ReminderView[] => reminders.filter((one) => reminderStanding(one, now_ms).state === 'late')

/** Days as typed for each stage; a stage with one day only cannot be saved. */
export type TypedDays = Record<Stage, { first: string; last: string }>

export function typedDays(plan: PlanView | undefined): TypedDays {
  const of = (stage: Stage) => {
    const view = plan?.stages.find((one) => one.stage === stage)
    return { first: view?.first ?? '', last: view?.last ?? '' }
  }
  return { preparation: of('preparation'), investigation: of('investigation'), sitting: of('sitting'), rectification: of('rectification') }
}

export const halfTyped = (days: TypedDays): Stage | undefined => STAGES.find((stage) => (days[stage].first === '') !== (days[stage].last === ''))

export const plannedDays = (days: TypedDays): StageDays[] => STAGES.filter((stage) => days[stage].first && days[stage].last).map((stage) => ({ stage, ...days[stage] }))
