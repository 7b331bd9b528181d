import { expect, test } from 'vitest'
import type { RosterFileError, UploadError } from '../protocol/generated'
import { deskFiles as en } from './en/desk_files'
import { ruleFaults as enFaults } from './en/rule_faults'
import { sentence } from './sentences'
import { deskFiles as zh } from './zh-CN/desk_files'
import { ruleFaults } from './zh-CN/rule_faults'

const DUPLICATE = { line: 12, column: '姓名', code: 'duplicate_name', value: '张三', earlier_line: 5 } as const
const NO_HEADER: RosterFileError = { code: 'no_header', missing: 'kind', found: ['姓名', '职务'] }

test('a fault of a row names what the clerk must look at', () => {
  expect(zh.fault.duplicate_name(DUPLICATE)).toContain('第 5 行')
  expect(en.fault.duplicate_name(DUPLICATE)).toContain('line 5')
  expect(zh.fault.unknown_kind({ ...DUPLICATE, code: 'unknown_kind', value: '' })).toContain('没有填')
})

test('a file without the header says which column is missing and what was found', () => {
  expect(sentence(zh.roster, NO_HEADER)).toContain('“类别”')
  expect(sentence(zh.roster, NO_HEADER)).toContain('姓名、职务')
  expect(sentence(en.roster, NO_HEADER)).toContain('“kind”')
})

test('an old Word document is told how to be saved', () => {
  const legacy: UploadError = { code: 'legacy_doc' }
  expect(sentence(zh.upload, legacy)).toContain('另存为')
  expect(sentence(en.upload, legacy)).toContain('.docx')
})

test('a mistake in the rules says what to write instead, counting from one', () => {
  expect(sentence(ruleFaults, { code: 'rule_shadowed', by: 0 })).toContain('第 1 条')
  expect(sentence(enFaults, { code: 'rule_shadowed', by: 0 })).toContain('rule 1')
  expect(sentence(ruleFaults, { code: 'unknown_word', found: 'ignored', known: ['invalid', 'abstain'] })).toBe('“ignored”不在可选的词里。可选：invalid、abstain。')
  expect(sentence(ruleFaults, { code: 'wrong_type', wanted: 'a whole number', found: 'string' })).toBe('这里应当写不带引号的整数，现在写的是文字。')
})
