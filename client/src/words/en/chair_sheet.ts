import type { chairSheet as zh } from '../zh-CN/chair_sheet'

export const chairSheet: typeof zh = {
  heading: (n) => `Evaluation sheet (${n})`,
  byGroups: (what, n) => `${what} (${n} groups, each by itself)`,
  about: (first, n) => `${first} and ${n - 1} more`,
  named: (unit, says) => `${unit}: ${says}`,
  subject: 'Subject',
  returned: 'Returned',
  code: 'Round',
  box: 'Box',
  round: (n) => `Round ${n}`,
  void: 'Void',
  voidOf: (unit) => `Void this round: ${unit}`,
  balanced: 'All figures balance',
  unbalanced: (units) => `The figures of ${units} do not balance; nothing can be announced`,
  again: (units) => `Held again now: ${units.join(', ')}. The result is announced together with the others.`,
  allReturned: 'All ballots issued have been returned.',
  more: (n) => `${n} more`,
}
