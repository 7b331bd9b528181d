/** A verdict for tests that look at a result's own figures. */
import type { RuleVerdict } from '../protocol/generated'

const accounts = { roster: 28, present: 27, issued: 27, returned: 27, valid: 27, apart: 0, invalid: 0, not_cast: 0 }

export const VERDICT: RuleVerdict = {
  profile: 'satisfaction',
  accounts,
  dimensions: [],
  groups: [],
  grade: { reached: 'grade', key: 'satisfied', label: '满意' },
  reasons: [],
  standing: [],
}
