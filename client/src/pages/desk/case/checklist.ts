/** How far the preparation of a case has come, room by room. */
import type { AddressView, AgendaView, AttendanceView, BallotView, CaseView, FollowUpView, GroupView, IssueView, JoinedView, LedgerLineView, PersonView, PlanView, PublicationView, QuestionnaireView, QuestionView, RectificationView, RemarkView, RulesView, SittingView, Stage, SubjectView } from '../../../protocol/generated'
import { counting as counted, layoutOf } from '../../../ballot/paper'
import { condemned, daysLate } from '../../../ledger/standing'
import { pile } from '../counting/voters'
import type { Room } from '../place.svelte'

export interface CaseFacts {
  case?: CaseView
  sitting?: SittingView
  agenda?: AgendaView
  rules?: RulesView
  attendance?: AttendanceView
  joined?: JoinedView
  address?: AddressView
  people: PersonView[]
  subjects: SubjectView[]
  questions: QuestionView[]
  questionnaires?: QuestionnaireView[]
  followUp?: FollowUpView
  publication?: PublicationView
  groups?: GroupView[]
  remarks?: RemarkView[]
  lines: LedgerLineView[]
  plan?: PlanView
  issues: IssueView[]
  opinions: RectificationView[]
  now_ms: number
  ballots: BallotView[]
}

/** Why a step is not done, or what it counts; the words make a sentence of it. */
export type StepNote =
  | { note: 'stage'; stage: Stage; late: number }
  | { note: 'case_closed' }
  | { note: 'no_date' }
  | { note: 'empty' }
  | { note: 'people'; members: number; attendees: number }
  | { note: 'no_documents'; subjects: number }
  | { note: 'subjects'; subjects: number }
  | { note: 'groups'; groups: number; heard: number }
  | { note: 'unconfirmed'; settings: number }
  | { note: 'rules'; title: string }
  | { note: 'no_evaluation'; subjects: number }
  | { note: 'items'; items: number }
  | { note: 'joined'; joined: number; people: number }
  | { note: 'address_unreachable' }
  | { note: 'station_missing'; station: 'projector' | 'chair' }
  | { note: 'stations_ready' }
  | { note: 'waiting'; questions: number }
  | { note: 'questions'; questions: number }
  | { note: 'remarks'; open: number; confirmed: number }
  | { note: 'papers' }
  | { note: 'no_questionnaire' }
  | { note: 'questionnaires'; drafts: number; open: number; closed: number }
  | { note: 'issues'; issues: number }
  | { note: 'to_draft'; subjects: number }
  | { note: 'to_approve'; subjects: number }
  | { note: 'approved' }
  | { note: 'late'; matters: number }
  | { note: 'due'; matters: number }
  | { note: 'nothing_due' }
  | { note: 'all_done' }
  | { note: 'public_parts'; parts: number }
  | { note: 'no_lines' }
  | { note: 'lines_bad'; late: number; condemned: number }
  | { note: 'lines'; lines: number; closed: number }
  | { note: 'sitting'; state: SittingView['state'] }
  | { note: 'to_count'; ballots: number }
  | { note: 'ways'; paper: number; booth: number }

/** `open`: nothing is missing, but nothing can be called done either. */
export type StepState = 'done' | 'missing' | 'open'

export interface Step {
  room: Room
  state: StepState
  note?: StepNote
}

export function checklist(facts: CaseFacts): Step[] {
  return [overview(facts), basics(facts), roster(facts), subjects(facts), investigation(facts), questionnaires(facts), rules(facts), agenda(facts), cards(facts), stations(facts), inquiry(facts), deliberation(facts), hall(facts), counting(facts), papers(), issues(facts), followUp(facts), ledger(facts), publication(facts)]
}

function overview({ plan, now_ms }: CaseFacts): Step {
  if (!plan) return { room: 'overview', state: 'open' }
  if (plan.closed_at > 0) return { room: 'overview', state: 'done', note: { note: 'case_closed' } }
  const late = plan.course?.reminders.filter((one) => !one.done && one.ends_at <= now_ms).length ?? 0
  return { room: 'overview', state: late > 0 ? 'missing' : 'open', note: { note: 'stage', stage: plan.stage, late } }
}

function basics({ case: about }: CaseFacts): Step {
  return about?.held_on ? { room: 'basics', state: 'done' } : { room: 'basics', state: 'missing', note: { note: 'no_date' } }
}

function roster({ people }: CaseFacts): Step {
  const members = people.filter((one) => one.kind === 'member').length
  if (members === 0) return { room: 'roster', state: 'missing', note: { note: 'empty' } }
  return { room: 'roster', state: 'done', note: { note: 'people', members, attendees: people.length - members } }
}

function subjects({ subjects }: CaseFacts): Step {
  if (subjects.length === 0) return { room: 'subjects', state: 'missing', note: { note: 'empty' } }
  const bare = subjects.filter((one) => one.documents.length === 0).length
  if (bare > 0) return { room: 'subjects', state: 'missing', note: { note: 'no_documents', subjects: bare } }
  return { room: 'subjects', state: 'done', note: { note: 'subjects', subjects: subjects.length } }
}

/** A case may do without. */
function questionnaires({ questionnaires = [] }: CaseFacts): Step {
  if (questionnaires.length === 0) return { room: 'questionnaires', state: 'open', note: { note: 'no_questionnaire' } }
  const count = (state: QuestionnaireView['state']) => questionnaires.filter((one) => one.state === state).length
  const [drafts, open, closed] = [count('draft'), count('open'), count('closed')]
  return { room: 'questionnaires', state: drafts + open === 0 ? 'done' : 'open', note: { note: 'questionnaires', drafts, open, closed } }
}

/** Done once the council has heard a report of every group. */
function investigation({ groups = [] }: CaseFacts): Step {
  const heard = groups.filter((one) => one.reports.some((report) => report.heard_on && !report.withdrawn_because)).length
  if (groups.length === 0) return { room: 'investigation', state: 'open', note: { note: 'empty' } }
  return { room: 'investigation', state: heard === groups.length ? 'done' : 'open', note: { note: 'groups', groups: groups.length, heard } }
}

function rules({ rules }: CaseFacts): Step {
  if (!rules) return { room: 'rules', state: 'open' }
  const settings = rules.unconfirmed.length
  if (settings > 0) return { room: 'rules', state: 'missing', note: { note: 'unconfirmed', settings } }
  return { room: 'rules', state: 'done', note: { note: 'rules', title: rules.profile.title } }
}

function agenda({ agenda, subjects, sitting }: CaseFacts): Step {
  const items = agenda?.items ?? []
  if (items.length === 0) return { room: 'agenda', state: 'missing', note: { note: 'empty' } }
  const evaluated = new Set(items.filter((item) => item.kind === 'evaluation').flatMap((item) => item.subjects ?? (item.subject === undefined ? [] : [item.subject])))
  const left = subjects.filter((one) => !evaluated.has(one.id)).length
  // A later sitting measures those whose rectification is due, not all.
  const later = (sitting?.number ?? 1) > 1
  if (later ? evaluated.size === 0 : left > 0) return { room: 'agenda', state: 'missing', note: { note: 'no_evaluation', subjects: left } }
  return { room: 'agenda', state: 'done', note: { note: 'items', items: items.length } }
}

function cards({ people }: CaseFacts): Step {
  if (people.length === 0) return { room: 'cards', state: 'missing', note: { note: 'empty' } }
  const joined = people.filter((one) => one.joined).length
  return { room: 'cards', state: joined === people.length ? 'done' : 'open', note: { note: 'joined', joined, people: people.length } }
}

function stations({ address, joined }: CaseFacts): Step {
  const missing = (note: StepNote): Step => ({ room: 'stations', state: 'missing', note })
  if (address && !address.reachable) return missing({ note: 'address_unreachable' })
  if (!joined?.stations) return { room: 'stations', state: 'open' }
  if (joined.stations.projectors === 0) return missing({ note: 'station_missing', station: 'projector' })
  if (joined.stations.chairs === 0) return missing({ note: 'station_missing', station: 'chair' })
  return { room: 'stations', state: 'done', note: { note: 'stations_ready' } }
}

function inquiry({ questions }: CaseFacts): Step {
  const waiting = questions.filter((one) => one.state === 'asked').length
  if (waiting > 0) return { room: 'inquiry', state: 'missing', note: { note: 'waiting', questions: waiting } }
  return { room: 'inquiry', state: 'open', note: { note: 'questions', questions: questions.length } }
}

/** A remark that its speaker disputes waits for the office. */
function deliberation({ remarks = [] }: CaseFacts): Step {
  const of = (...states: RemarkView['state'][]) => remarks.filter((one) => states.includes(one.state)).length
  return { room: 'deliberation', state: of('disputed') > 0 ? 'missing' : 'open', note: { note: 'remarks', open: of('waiting', 'disputed'), confirmed: of('confirmed') } }
}

function hall({ sitting }: CaseFacts): Step {
  return { room: 'hall', state: sitting?.state === 'closed' ? 'done' : 'open', note: { note: 'sitting', state: sitting?.state ?? 'preparing' } }
}

function papers(): Step {
  return { room: 'papers', state: 'open', note: { note: 'papers' } }
}

/** Once a result is announced its subject's opinions are due; before, issues are gathered at leisure. */
function issues({ issues, opinions, subjects }: CaseFacts): Step {
  const due = subjects.filter((one) => one.grade).map((one) => opinions.find((text) => text.subject === one.id))
  const undrafted = due.filter((text) => text === undefined).length
  if (undrafted > 0) return { room: 'issues', state: 'missing', note: { note: 'to_draft', subjects: undrafted } }
  const waiting = due.filter((text) => text?.approved_on === '').length
  if (waiting > 0) return { room: 'issues', state: 'missing', note: { note: 'to_approve', subjects: waiting } }
  if (due.length > 0) return { room: 'issues', state: 'done', note: { note: 'approved' } }
  return { room: 'issues', state: 'open', note: { note: 'issues', issues: issues.length } }
}

function followUp({ followUp, now_ms }: CaseFacts): Step {
  const dues = followUp?.dues ?? []
  const open = dues.filter((due) => due.done_on === '')
  const late = open.filter((due) => due.ends_at <= now_ms).length
  if (late > 0) return { room: 'follow_up', state: 'missing', note: { note: 'late', matters: late } }
  if (open.length > 0) return { room: 'follow_up', state: 'open', note: { note: 'due', matters: open.length } }
  if (dues.length > 0) return { room: 'follow_up', state: 'done', note: { note: 'all_done' } }
  return { room: 'follow_up', state: 'open', note: { note: 'nothing_due' } }
}

function ledger({ lines, now_ms }: CaseFacts): Step {
  if (lines.length === 0) return { room: 'ledger', state: 'open', note: { note: 'no_lines' } }
  const late = lines.filter((line) => daysLate(line, now_ms) > 0).length
  const bad = lines.filter(condemned).length
  if (late + bad > 0) return { room: 'ledger', state: 'missing', note: { note: 'lines_bad', late, condemned: bad } }
  const closed = lines.filter((line) => line.closed).length
  return { room: 'ledger', state: closed === lines.length ? 'done' : 'open', note: { note: 'lines', lines: lines.length, closed } }
}

function publication({ publication }: CaseFacts): Step {
  const parts = (publication?.parts ?? []).filter((one) => one.public && one.timing.when === 'at').length
  return { room: 'publication', state: 'open', note: { note: 'public_parts', parts } }
}

function counting({ ballots, people }: CaseFacts): Step {
  const waiting = ballots.filter((one) => pile(one) && counted(one.paper?.entries ?? [], layoutOf(one)) !== 'agreed').length
  if (waiting > 0) return { room: 'counting', state: 'missing', note: { note: 'to_count', ballots: waiting } }
  const ways = (way: PersonView['way']) => people.filter((one) => one.kind === 'member' && one.way === way).length
  return { room: 'counting', state: 'open', note: { note: 'ways', paper: ways('paper'), booth: ways('booth') } }
}
