import { expect, test } from 'vitest'
import type { DueView, ItemKind, LedgerLineView, PersonView, Profile, SubjectView } from '../../../protocol/generated'
import { type CaseFacts, checklist } from './checklist'

const EMPTY: CaseFacts = { people: [], subjects: [], questions: [], ballots: [], issues: [], opinions: [], lines: [], now_ms: 0 }
const person = (kind: PersonView['kind'], joined = false) => ({ kind, joined }) as PersonView
const subject = (id: number, documents: number) => ({ id, documents: Array.from({ length: documents }) }) as SubjectView
const items = (entries: [ItemKind, number?][]) => ({
  items: entries.map(([kind, subject], place) => ({ id: place + 1, kind, title: '', state: 'waiting' as const, began_at: 0, ...(subject ? { subject } : {}) })),
})
const step = (facts: Partial<CaseFacts>, room: string) => checklist({ ...EMPTY, ...facts }).find((one) => one.room === room)!

test('an empty case has everything to do', () => {
  const missing = checklist(EMPTY).filter((one) => one.state === 'missing')
  expect(missing.map((one) => one.room)).toEqual(['basics', 'roster', 'subjects', 'agenda', 'cards'])
})

test('a roster of attendees alone is no roster: nobody could vote', () => {
  expect(step({ people: [person('attendee')] }, 'roster').state).toBe('missing')
  expect(step({ people: [person('member'), person('attendee')] }, 'roster').note).toEqual({ note: 'people', members: 1, attendees: 1 })
})

test('a subject without a report, or without an evaluation, is counted', () => {
  expect(step({ subjects: [subject(1, 1), subject(2, 0)] }, 'subjects').note).toEqual({ note: 'no_documents', subjects: 1 })
  const agenda = items([['opening'], ['report', 2], ['evaluation', 1]])
  expect(step({ subjects: [subject(1, 1), subject(2, 1)], agenda }, 'agenda').note).toEqual({ note: 'no_evaluation', subjects: 1 })
  const sheet = { items: [{ id: 1, kind: 'evaluation' as const, title: '', subjects: [1, 2], state: 'waiting' as const, began_at: 0 }] }
  expect(step({ subjects: [subject(1, 1), subject(2, 1)], agenda: sheet }, 'agenda').state).toBe('done')
})

test('cards are done when everybody has joined', () => {
  expect(step({ people: [person('member', true), person('member')] }, 'cards').state).toBe('open')
  expect(step({ people: [person('member', true), person('attendee', true)] }, 'cards').state).toBe('done')
})

test('an address that phones cannot open comes before a missing projector', () => {
  const joined = { members: 0, members_connected: 0, attendees: 0, attendees_connected: 0, stations: { projectors: 0, chairs: 1, operators: 0, desks: 1 } }
  const address = { address: 'http://127.0.0.1', guesses: [], reachable: false }
  expect(step({ joined, address }, 'stations').note).toEqual({ note: 'address_unreachable' })
  expect(step({ joined, address: { ...address, reachable: true } }, 'stations').note).toEqual({ note: 'station_missing', station: 'projector' })
})

test('what is late comes before what is due, and what is done is not late', () => {
  const due = (ends_at: number, done_on = '') => ({ matter: 'plan', ends_at, done_on }) as DueView
  const followUp = (...dues: DueView[]) => step({ followUp: { terms: [], calendar: [], opinions: [], dues }, now_ms: 1_000 }, 'follow_up')
  expect(followUp().note).toEqual({ note: 'nothing_due' })
  expect(followUp(due(1_001))).toEqual({ room: 'follow_up', state: 'open', note: { note: 'due', matters: 1 } })
  expect(followUp(due(1_000), due(1_001))).toEqual({ room: 'follow_up', state: 'missing', note: { note: 'late', matters: 1 } })
  expect(followUp(due(1_000, '2023-12-20')).state).toBe('done')
})

test('rules with an unchecked setting hold the sitting up', () => {
  const profile = { title: '述职评议满意度测评' } as Profile
  expect(step({ rules: { profile, confirmed: [], unconfirmed: [{ path: 'blank', value: 'invalid' }] } }, 'rules')).toEqual({ room: 'rules', state: 'missing', note: { note: 'unconfirmed', settings: 1 } })
  expect(step({ rules: { profile, confirmed: ['blank'], unconfirmed: [] } }, 'rules').note).toEqual({ note: 'rules', title: profile.title })
})

test('the ledger shows what is late or condemned, and is done when every line is closed', () => {
  const line = (over: Partial<LedgerLineView>) => ({ state: 'underway', ends_at: 1_000, checks: [], ...over }) as LedgerLineView
  const ledger = (...lines: LedgerLineView[]) => step({ lines, now_ms: 1_000 }, 'ledger')
  const closed = line({ state: 'done', closed: { on: '2024-02-02', by: '教科文卫工委' } })
  expect(ledger().note).toEqual({ note: 'no_lines' })
  expect(ledger(line({ ends_at: 1_001 }), closed)).toEqual({ room: 'ledger', state: 'open', note: { note: 'lines', lines: 2, closed: 1 } })
  expect(ledger(line({}), line({ ends_at: 2_000, checks: [{ on: '2024-02-01', by: '', finding: 'fake', note: '' }] })).note).toEqual({ note: 'lines_bad', late: 1, condemned: 1 })
  expect(ledger(closed).state).toBe('done')
})
