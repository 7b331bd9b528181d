// A case made ready without a browser, for stories that begin when the office's work is done.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { AgendaEntry, Card, Cards, Command, Created, RuleBook, Secrecy, SignedIn, StationLinks, TallyDisplay } from '../../client/src/protocol/generated'
import { Phone } from './phone'
import { fixture } from './program'

const ITEMS: AgendaEntry[] = [
  { kind: 'opening', title: '签到，宣布开会' },
  { kind: 'report', title: '区教育局局长口头述职', subject: 1 },
  { kind: 'inquiry', title: '询问与现场答复' },
  { kind: 'evaluation', title: '民主测评：区教育局', subject: 1 },
]
const COMMANDS: Command[] = [
  { type: 'subject.add/1', body: { subject: { unit: '区教育局', post: '局长', officer: '', report: 'oral' } } },
  { type: 'agenda.set/1', body: { items: ITEMS } },
  { type: 'settings.change/1', body: { question_review: 'at_once', tally_display: 'live', written_answer_days: 15, ballot_limit_s: 0, secrecy: 'named' } },
]

/** A ballot of these units on one sheet. */
export function oneSheet(units: readonly string[], how: { secrecy: Secrecy; tally_display: TallyDisplay }): Command[] {
  const subjects = units.map((_, at) => at + 1)
  return [
    ...units.map((unit): Command => ({ type: 'subject.add/1', body: { subject: { unit, post: '局长', officer: '', report: 'oral' } } })),
    { type: 'agenda.set/1', body: { items: [{ kind: 'opening', title: '签到，宣布开会' }, { kind: 'evaluation', title: '民主测评', subjects }] } },
    { type: 'settings.change/1', body: { question_review: 'at_once', written_answer_days: 15, ballot_limit_s: 0, ...how } },
  ]
}

export interface Prepared {
  appraisal: string
  /** Seat card codes of the members, then of the attendees. */
  codes: string[]
  /** The same cards with their names. */
  cards: Card[]
  stations: StationLinks
  /** The office's account, and the bearer it is signed in with here. */
  office: { account: string; password: string; bearer: string }
}

export async function prepare(port: number, setupLink: string, commands: readonly Command[] = COMMANDS): Promise<Prepared> {
  const secret = setupLink.split('#setup=')[1]!
  const account = { account: '办公室', password: randomUUID() }
  const { bearer } = await call<SignedIn>(port, '', '/api/setup', { secret, body_name: '某区人民代表大会常务委员会', ...account })
  const names = { title: '2026年述职评议', body_name: '某区人民代表大会常务委员会', session_name: '第九届常委会第十二次会议', held_on: '' }
  const { id } = await call<Created>(port, bearer, '/api/appraisals', names)
  await call(port, bearer, `/api/appraisals/${id}/roster/import?file_name=roster.xlsx`, readFileSync(fixture('rosters/corrected.xlsx')))
  const desk = await Phone.station(port, id, 'desk', bearer)
  const [profile] = (await call<RuleBook>(port, bearer, '/api/rules')).profiles
  // The rule decides on secrecy; the settings say the same.
  const secrecy = commands.flatMap((one) => (one.type === 'settings.change/1' ? [one.body.secrecy] : []))[0] ?? profile!.secrecy
  await desk.command({ type: 'profile.adopt/1', body: { profile: { ...profile!, secrecy }, confirmed: profile!.assumed } })
  for (const command of commands) await desk.command(command)
  desk.leave()
  const { cards } = await call<Cards>(port, bearer, `/api/appraisals/${id}/cards`)
  const stations = await call<StationLinks>(port, bearer, `/api/appraisals/${id}/stations`)
  return { appraisal: id, codes: cards.map((card) => card.code), cards, stations, office: { ...account, bearer } }
}

async function call<Answer>(port: number, bearer: string, path: string, body?: object): Promise<Answer> {
  const raw = Buffer.isBuffer(body)
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { ...(bearer && { authorization: `Bearer ${bearer}` }), 'content-type': raw ? 'application/octet-stream' : 'application/json' },
    body: raw ? new Uint8Array(body) : body && JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Answer
}
