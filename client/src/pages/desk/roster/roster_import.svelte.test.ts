import { expect, test } from 'vitest'
import type { RosterImported, RosterPreview, RowFault } from '../../../protocol/generated'
import { ApiError } from '../../../session/api'
import { RosterImport } from './roster_import.svelte'

const preview = (faults: RowFault[] = []): RosterPreview => ({
  sheet: { rows: [{ line: 2, name: '王建国', kind: 'member', title: '主任', group: '', seat: '1' }], faults, notes: [], unlisted: 0, header_row: 1 },
  members: 1,
  attendees: 0,
})
const FAULT: RowFault = { line: 3, column: '类别', code: 'unknown_kind', value: '委员？', earlier_line: null }

/** An office whose answers the test gives one by one. */
function office() {
  const asked: { path: string; answer: (body: RosterPreview | RosterImported) => void; fail: (error: Error) => void }[] = []
  const upload = <T>(path: string) =>
    new Promise<T>((resolve, reject) => asked.push({ path, answer: (body) => resolve(body as T), fail: reject }))
  const made = new RosterImport({ path: '/api/appraisals/a1', office: { upload } as never })
  return { made, asked }
}
const file = (name: string) => ({ name }) as File

test('a file without faults can be imported, and is then put away', async () => {
  const { made, asked } = office()
  const taken = made.take(file('名册.xlsx'))
  expect(made.clean).toBe(false)
  asked[0]!.answer(preview())
  await taken
  expect(made.clean).toBe(true)
  const imported = made.import()
  expect(decodeURIComponent(asked[1]!.path)).toBe('/api/appraisals/a1/roster/import?file_name=名册.xlsx')
  asked[1]!.answer({ people: 1, pins: 0 })
  expect(await imported).toEqual({ people: 1, pins: 0 })
  expect(made.stage).toBe('empty')
})

test('a fault keeps the import from being sent at all', async () => {
  const { made, asked } = office()
  const taken = made.take(file('a.csv'))
  asked[0]!.answer(preview([FAULT]))
  await taken
  expect(made.clean).toBe(false)
  expect(await made.import()).toBeUndefined()
  expect(asked).toHaveLength(1)
})

test('the answer about an earlier file does not cover the later one', async () => {
  const { made, asked } = office()
  const first = made.take(file('first.xlsx'))
  const second = made.take(file('second.xlsx'))
  asked[1]!.answer(preview())
  await second
  asked[0]!.answer(preview([FAULT]))
  await first
  expect(made.fileName).toBe('second.xlsx')
  expect(made.clean).toBe(true)
})

test('a file that is no roster says why, and the next choice starts fresh', async () => {
  const { made, asked } = office()
  const taken = made.take(file('old.xls'))
  asked[0]!.fail(new ApiError('refused', 422, { code: 'bad_roster_file', error: { code: 'xls_unsupported' } }))
  await taken
  expect(made.fileError).toEqual({ code: 'xls_unsupported' })
  void made.take(file('new.xlsx'))
  expect(made.fileError).toBeUndefined()
  expect(made.stage).toBe('reading')
})

test('an import that failed on the way can be tried again', async () => {
  const { made, asked } = office()
  const taken = made.take(file('a.xlsx'))
  asked[0]!.answer(preview())
  await taken
  const imported = made.import()
  asked[1]!.fail(new ApiError('offline', 0))
  expect(await imported).toBeUndefined()
  expect(made.trouble).not.toBe('')
  expect(made.clean).toBe(true)
})
