import { expect, test } from 'vitest'
import type { Command, Uploaded } from '../../../protocol/generated'
import { ApiError } from '../../../session/api'
import { DOCUMENT_BYTES_MAX } from '../limits'
import { Uploads } from './uploads.svelte'

const STORED: Uploaded = { digest: 'ab', kind: 'docx', file_name: '述职报告.docx', size_bytes: 12 }

function desk(answer: () => Promise<Uploaded>) {
  const orders: Command[] = []
  const sent: string[] = []
  const made = new Uploads(
    {
      path: '/api/appraisals/a1',
      office: { bearer: 'b', watch: <T>(promise: Promise<T>) => promise } as never,
      order: async (command) => {
        orders.push(command)
        return { type: 'done' }
      },
    },
    (path, _file, { onProgress }) => {
      sent.push(path)
      onProgress?.(0.5)
      return answer()
    },
  )
  return { made, orders, sent }
}
const file = (name: string, size: number) => ({ name, size }) as File

test('what was stored is attached to its subject and leaves the list', async () => {
  const { made, orders } = desk(async () => STORED)
  await made.take(4, file('述职报告.docx', 12))
  expect(orders).toEqual([{ type: 'subject.attach/1', body: { subject: 4, ...STORED } }])
  expect(made.all).toEqual([])
})

test('a file over the bound is not sent at all', async () => {
  const { made, sent } = desk(async () => STORED)
  await made.take(4, file('录像.docx', DOCUMENT_BYTES_MAX + 1))
  expect(sent).toEqual([])
  expect(made.of(4)[0]?.error).toEqual({ code: 'too_large' })
})

test('a refused file stays with its reason until it is put away, and attaches nothing', async () => {
  const { made, orders } = desk(() => Promise.reject(new ApiError('refused', 422, { code: 'bad_document', error: { code: 'legacy_doc' } })))
  await made.take(4, file('旧.doc', 12))
  expect(made.of(4)[0]?.error).toEqual({ code: 'legacy_doc' })
  expect(made.of(5)).toEqual([])
  expect(orders).toEqual([])
  made.dismiss(made.of(4)[0]!)
  expect(made.all).toEqual([])
})
