import { beforeEach, expect, test, vi } from 'vitest'
import { fakeStorage } from '../../connection/testing'
import type { Problem, SignedIn } from '../../protocol/generated'
import { Entry } from './entry.svelte'

const WELCOME: SignedIn = { bearer: 'b', role: 'person', appraisal: 'a1', person: 3, name: '李国华' }

let calls: { path: string; body: Record<string, unknown> | undefined }[]
let answers: { status: number; body: unknown }[]
let entered: SignedIn[]
let entry: Entry

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  calls = []
  answers = []
  entered = []
  vi.stubGlobal('fetch', async (path: string, { body }: { body?: string }) => {
    calls.push({ path, body: body === undefined ? undefined : JSON.parse(body) })
    const answer = answers.shift() ?? { status: 200, body: WELCOME }
    return new Response(JSON.stringify(answer.body), { status: answer.status })
  })
  entry = new Entry((signedIn) => entered.push(signedIn))
})

const refuse = (problem: Problem) => answers.push({ status: 409, body: problem })
const settled = () => vi.waitFor(() => expect(entry.busy).toBe(false))

test('a scanned card lets its person in at once and keeps the bearer and the key', async () => {
  expect(entry.follow(new URLSearchParams('c=AB-CD'))).toBe(true)
  await settled()
  expect(calls).toMatchObject([{ path: '/api/sign-in/card', body: { code: 'AB-CD', take_over: 'ask' } }])
  expect(calls[0]?.body?.device_key).toMatch(/^[0-9a-f]{64}$/)
  expect(entered).toEqual([WELCOME])
  expect(localStorage.getItem('pingyi.bearer.a1.person')).toBe('b')
  expect(localStorage.getItem('pingyi.device.a1')).toMatch(/^[0-9a-f]{64}$/)
})

test('a page without a link asks nobody', () => {
  expect(entry.follow(new URLSearchParams(''))).toBe(false)
  expect(calls).toEqual([])
})

test('the hall code tells its sitting and asks for a name; a wrong PIN is emptied and told', async () => {
  answers.push({ status: 200, body: { appraisal: 'a1', title: '述职评议', body_name: '某区人大常委会', session_name: '第十二次会议' } })
  entry.follow(new URLSearchParams('h=7788'))
  await vi.waitFor(() => expect(entry.door?.title).toBe('述职评议'))
  expect(entry.typesHallCode).toBe(false)
  entry.name = ' 李国华 '
  entry.pin = '1234'
  refuse({ code: 'wrong_pin', tries_left: 2 })
  await entry.enter()
  expect(calls[1]?.body).toMatchObject({ hall_code: '7788', name: '李国华', pin: '1234' })
  expect(entry.problem).toEqual({ code: 'wrong_pin', tries_left: 2 })
  expect([entry.name, entry.pin]).toEqual([' 李国华 ', ''])
})

test('an old hall code can be replaced by hand', async () => {
  refuse({ code: 'hall_code_expired' })
  entry.follow(new URLSearchParams('h=7788'))
  await vi.waitFor(() => expect(entry.typesHallCode).toBe(true))
  expect(entry.hallCode).toBe('')
})

test('another device is signed out only after a yes', async () => {
  refuse({ code: 'on_another_device', name: '李国华' })
  entry.code = 'ABCD'
  await entry.enter()
  expect(entry.elsewhere).toBe('李国华')
  expect(entered).toEqual([])
  await entry.enter('move')
  expect(calls[1]?.body).toMatchObject({ code: 'ABCD', take_over: 'move' })
  expect(entry.elsewhere).toBeUndefined()
  expect(entered).toEqual([WELCOME])
})

test('after too many tries nothing is sent until the time is over', async () => {
  refuse({ code: 'wait', retry_after_s: 20 })
  entry.code = 'ABCD'
  await entry.enter()
  await entry.enter()
  expect(calls).toHaveLength(1)
  entry.over()
  await entry.enter()
  expect(entered).toEqual([WELCOME])
})
