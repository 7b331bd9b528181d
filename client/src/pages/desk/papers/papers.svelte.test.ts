import { expect, test, vi } from 'vitest'
import type { TemplateFault } from '../../../protocol/generated'
import { ApiError } from '../../../session/api'
import { PaperDesk } from './papers.svelte'

const FAULT: TemplateFault = { line: 2, code: 'unknown_name', what: '机关' }

function desk(upload: () => Promise<unknown>) {
  const get = vi.fn(async () => ({ papers: [{ paper: 'minutes', ready: true, own_template: true }] }))
  const office = { get, upload: vi.fn(upload), bearer: 'b', watch: (answer: Promise<unknown>) => answer }
  const file = { office, path: '/api/appraisals/1', ask: (answer: Promise<unknown>) => answer }
  return { papers: new PaperDesk(file as never), get }
}

test('a template with faults is told by its faults and changes nothing', async () => {
  const { papers, get } = desk(() => Promise.reject(new ApiError('refused', 422, { code: 'bad_template', faults: [FAULT] })))
  expect(await papers.keep('minutes', '{{机关}}')).toEqual([FAULT])
  expect(get).not.toHaveBeenCalled()
})

test('a template that was kept shows in the list', async () => {
  const { papers } = desk(() => Promise.resolve({}))
  expect(papers.ready('minutes')).toBe(false)
  expect(await papers.keep('minutes', '# 纪要')).toEqual([])
  expect(papers.ready('minutes')).toBe(true)
  expect(papers.ready('tally_sheet')).toBe(false)
})
