import { expect, test } from 'vitest'
import type { Exported } from '../../../protocol/generated'
import { ApiError } from '../../../session/api'
import { RecordExport } from './record_export.svelte'

const MADE: Exported = { url: '/api/exports/1', file_name: '述职评议-案卷.zip', size_bytes: 9, records: 3, head: 'ab' }

test('a case file is saved by its one-time address, and shown with its head', async () => {
  const saved: Exported[] = []
  const asked: unknown[] = []
  const post = async (path: string, body: unknown) => {
    asked.push([path, body])
    return MADE
  }
  const record = new RecordExport({ post: post as never }, '/api/appraisals/7', (made) => saved.push(made))
  const once = record.start('archive')
  void record.start('public')
  await once
  expect(asked).toEqual([['/api/appraisals/7/export', { extent: 'archive' }]])
  expect(saved).toEqual([MADE])
  expect(record.made?.head).toBe('ab')
  expect(record.busy).toBe(false)
})

test('during a ballot the reason is said and nothing is saved', async () => {
  const post = async () => {
    throw new ApiError('refused', 409, { code: 'export_during_ballot' })
  }
  const saved: Exported[] = []
  const record = new RecordExport({ post: post as never }, '/api/appraisals/7', (made) => saved.push(made))
  await record.start('archive')
  expect(record.trouble).toContain('尚未公布')
  expect([saved.length, record.made]).toEqual([0, undefined])
})
