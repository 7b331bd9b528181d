import { beforeEach, expect, test, vi } from 'vitest'
import { fakeStorage } from '../../connection/testing'
import { forget } from '../../session/storage'
import { Draft, QUESTION_CHARS_MAX } from './draft.svelte'

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  forget('pingyi.draft.a1')
})

test('a half-written question is there again after a reload, with whom it asks and who may see it', () => {
  const before = new Draft('a1')
  before.text = '农村学校大班额'
  before.subject = 2
  before.visibility = 'without_name'
  before.save()
  const after = new Draft('a1')
  expect([after.text, after.subject, after.visibility]).toEqual(['农村学校大班额', 2, 'without_name'])
  expect(new Draft('a2').empty).toBe(true)
})

test('what is taken to be sent leaves nothing behind', () => {
  const draft = new Draft('a1')
  draft.text = '  何时兑付？\n'
  draft.visibility = 'chair_only'
  expect(draft.take()).toEqual({ text: '何时兑付？', visibility: 'chair_only' })
  expect(draft.visibility).toBe('named')
  expect(localStorage.length).toBe(0)
})

test('a refused question comes back, but never over a newer one', () => {
  const draft = new Draft('a1')
  draft.text = '旧'
  const asked = draft.take()
  draft.restore(asked)
  expect(draft.text).toBe('旧')
  draft.text = '新'
  draft.restore(asked)
  expect(draft.text).toBe('新')
})

test('the length is counted as the server counts it: rare names are one character each, outer space is none', () => {
  const draft = new Draft('a1')
  draft.text = ` ${'㛃'.repeat(QUESTION_CHARS_MAX - 1)}𬭩 `
  expect(draft.length).toBe(QUESTION_CHARS_MAX)
  expect(draft.fits).toBe(true)
  draft.text += '多'
  expect(draft.fits).toBe(false)
  draft.text = ' \n'
  expect(draft.fits).toBe(false)
})

test('an unreadable draft is no draft', () => {
  localStorage.setItem('pingyi.draft.a1', '{"text":7,"visibility":"all"')
  expect(new Draft('a1').empty).toBe(true)
})
