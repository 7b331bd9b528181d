import { beforeEach, expect, test, vi } from 'vitest'
import type { SendAnswer, SurveyForm } from '../../protocol/generated'
import { forgetBeginning } from '../../session/storage'
import { Answering } from './answering.svelte'
import { readPlace } from './place'

const FORM: SurveyForm = {
  questionnaire: 2,
  body_name: '某区人大常委会',
  title: '群众问卷',
  intro: '',
  subjects: ['区教育局局长'],
  access: 'open',
  state: 'open',
  questions: [
    { text: '是否满意？', answering: 'required', answer: { form: 'one', choices: ['满意', '不满意'] } },
    { text: '关心什么？', answering: 'optional', answer: { form: 'several', choices: ['学位', '师资', '收费'], at_most: 2 } },
    { text: '还有什么意见？', answering: 'optional', answer: { form: 'text' } },
  ],
}
const PLACE = { appraisal: 'a-1', number: '2', code: '' }

interface Sent {
  body: SendAnswer
  init: RequestInit
}
let sent: Sent[]

/** A server that shows `form` and answers what is sent with these, in turn; nothing is a broken network. */
function server(form: SurveyForm, ...answers: (object | undefined)[]) {
  sent = []
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (path !== '/api/answer') return Promise.resolve(Response.json(form))
    sent.push({ body: JSON.parse(init.body as string) as SendAnswer, init })
    const answer = answers.shift()
    if (!answer) return Promise.reject(new TypeError('offline'))
    return Promise.resolve(Response.json(answer, { status: 'code' in answer ? 409 : 200 }))
  })
}

async function opened(form: SurveyForm = FORM, place = PLACE): Promise<Answering> {
  const answering = new Answering(place)
  await answering.load()
  return answering
}

/** The phone's storage. */
let kept: Map<string, string>

beforeEach(() => {
  forgetBeginning('pingyi.survey')
  kept = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
})

test('a required question is asked for before anything is sent', async () => {
  server(FORM, {})
  const answering = await opened()
  await answering.send()
  expect([answering.missing, sent.length, answering.stage]).toEqual([0, 0, 'answering'])
  answering.pick(0, 1)
  expect(answering.missing).toBe(-1)
})

test('after a lost receipt the same answer goes out under the same key, and says nothing of who one is', async () => {
  server(FORM, undefined, {})
  const answering = await opened()
  answering.pick(0, 0)
  for (const choice of [2, 0, 1]) answering.pick(1, choice)
  await answering.send()
  expect([answering.unsure, answering.stage]).toEqual([true, 'answering'])
  await answering.send()
  expect(answering.stage).toBe('done')
  const [first, second] = sent
  expect(second?.body).toEqual(first?.body)
  expect(first?.body.given).toEqual([{ gave: 'choices', choices: [0] }, { gave: 'choices', choices: [0, 2] }, { gave: 'nothing' }])
  expect(first?.body.key).toMatch(/^[0-9a-f]{32}$/)
  expect([first?.init.credentials, Object.keys(first?.init.headers ?? {})]).toEqual(['omit', ['Content-Type']])
})

test('what was answered and its key do not stay on the phone; that it has answered does', async () => {
  server(FORM, {})
  const answering = await opened()
  answering.pick(0, 0)
  answering.drafts[2]!.text = '多建学校'
  await answering.send()
  const left = JSON.stringify([...kept])
  expect(left).toContain('done')
  for (const gone of ['多建学校', sent[0]!.body.key]) expect(left).not.toContain(gone)
  expect(answering.drafts).toEqual([])
  expect((await opened()).stage).toBe('done_before')
})

test('a slip brings its code; a wrong one is asked for again', async () => {
  const form: SurveyForm = { ...FORM, access: 'code' }
  server(form, { code: 'answer_refused', reason: 'unknown_code' }, {})
  const place = readPlace('?a=a-1&n=2', '#c=0123-4567-89AB')
  const answering = await opened(form, place)
  expect(answering.stage).toBe('answering')
  answering.pick(0, 0)
  await answering.send()
  expect([answering.stage, sent[0]?.body.code, sent[0]?.body.device]).toEqual(['code', '0123-4567-89AB', undefined])
  answering.code = 'CDEF-0123-4567'
  answering.enterCode()
  await answering.send()
  expect([answering.stage, sent[1]?.body.code]).toEqual(['done', 'CDEF-0123-4567'])
  expect((await opened(form)).stage).toBe('code')
})

test('a closed questionnaire and an incomplete link say so', async () => {
  server({ ...FORM, state: 'closed', questions: [] })
  expect((await opened()).stage).toBe('closed')
  expect(readPlace('?a=a-1', '')).toBeUndefined()
})
