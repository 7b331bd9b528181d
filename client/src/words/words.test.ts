import { beforeEach, expect, test, vi } from 'vitest'
import { date, dateAndTime, percent, plainDate, timeLeft, timeOfDay } from './formats'
import { problemSentence, refusalSentence } from './refusals'
import { t } from './shell'
import { dictionary, setLang } from './words.svelte'

beforeEach(async () => {
  vi.stubGlobal('document', { documentElement: { lang: '' } })
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
  await setLang('zh-CN')
})

test('the page changes in place, for sighted readers and for screen readers', async () => {
  expect(t().action.confirm).toBe('确定')
  await setLang('en')
  expect(t().action.confirm).toBe('OK')
  expect(document.documentElement.lang).toBe('en')
  await setLang('zh-CN')
  expect(t().action.confirm).toBe('确定')
  expect(document.documentElement.lang).toBe('zh-CN')
})

test('the last choice counts, however long an earlier one takes', async () => {
  const earlier = setLang('en')
  await setLang('zh-CN')
  await earlier
  expect(t().action.confirm).toBe('确定')
})

test('a part that is loaded later joins the language in use', async () => {
  await setLang('en')
  const late = dictionary({ word: '评议' }, async () => ({ word: 'appraisal' }))
  expect(late().word).toBe('评议')
  await vi.waitFor(() => expect(late().word).toBe('appraisal'))
})

test('sentences carry what came with the code, in both languages', async () => {
  const refusal = { code: 'no_quorum', present: 14, needed: 15 } as const
  expect(refusalSentence(refusal)).toBe('未达到法定人数：实到 14 人，至少需要 15 人')
  expect(problemSentence({ code: 'refused', refusal })).toBe('未达到法定人数：实到 14 人，至少需要 15 人')
  await setLang('en')
  expect(refusalSentence(refusal)).toBe('No quorum: 14 present, 15 needed')
})

test('a day in a refusal is written as on the rest of the page', async () => {
  const refusal = { code: 'day_twice', day: '2026-03-01' } as const
  expect(refusalSentence(refusal)).toBe('2026年3月1日既是放假又是上班，请核对节假日安排')
  await setLang('en')
  expect(refusalSentence(refusal)).toBe('1 March 2026 is both off and worked: check the calendar')
})

test('a code of a newer server is told as such instead of as nothing', () => {
  expect(refusalSentence({ code: 'from_the_future' } as never)).toBe('操作未被接受 (from_the_future)')
})

test('times are of the 24-hour clock, and midnight is 00', async () => {
  const midnight_ms = Date.UTC(2026, 10, 23, 16, 5)
  expect(timeOfDay(midnight_ms, 'Asia/Shanghai')).toBe('00:05')
  expect(date(midnight_ms, 'Asia/Shanghai')).toBe('2026年11月24日')
  expect(dateAndTime(midnight_ms, 'Asia/Shanghai')).toBe('2026年11月24日 00:05')
  expect(plainDate('2026-03-01')).toBe('2026年3月1日')
  await setLang('en')
  expect(timeOfDay(midnight_ms, 'Asia/Shanghai')).toBe('00:05')
  expect(date(midnight_ms, 'Asia/Shanghai')).toBe('24 November 2026')
})

test('time left counts a begun second whole', () => {
  expect(timeLeft(48_000)).toBe('0:48')
  expect(timeLeft(47_001)).toBe('0:48')
  expect(timeLeft(1)).toBe('0:01')
  expect(timeLeft(0)).toBe('0:00')
  expect(timeLeft(-5_000)).toBe('0:00')
  expect(timeLeft(3_723_000)).toBe('1:02:03')
})

test('a share of nobody is no number', () => {
  expect(percent(187, 286)).toBe('65.4%')
  expect(percent(0, 0)).toBe('—')
})
