/** Profiles for tests. */
import type { Profile } from '../../../protocol/generated'

export function satisfaction(): Profile {
  return {
    version: 1,
    name: 'satisfaction',
    title: '述职评议满意度测评',
    matter: 'appraisal',
    source: { rule: '常见做法', date: '', note: '' },
    known: ['quorum'],
    assumed: ['groups', 'blank', 'rules', 'default_grade'],
    groups: [{ key: 'members', label: '组成人员', weight: 1, counted: true, shown_from: 0 }],
    combine: 'pooled',
    roster: { base: 'in_office' },
    quorum: { op: '>', fraction: { num: 1, den: 2 }, of: 'roster' },
    options: [
      { key: 'satisfied', label: '满意', kind: 'choice', score: 0 },
      { key: 'basically_satisfied', label: '基本满意', kind: 'choice', score: 0 },
      { key: 'dissatisfied', label: '不满意', kind: 'choice', score: 0 },
      { key: 'abstain', label: '弃权', kind: 'abstain', score: 0 },
    ],
    secrecy: 'secret',
    change: 'until_close',
    blank: 'invalid',
    multi_mark: 'invalid',
    valid_kinds: ['choice', 'abstain'],
    dimensions: [],
    aggregate: 'weighted_mean',
    criteria: [],
    grades: [
      { key: 'satisfied', label: '满意' },
      { key: 'basically_satisfied', label: '基本满意' },
      { key: 'dissatisfied', label: '不满意' },
    ],
    rules: ['satisfied', 'dissatisfied'].map((key) => ({
      grade: key,
      match: 'all' as const,
      when: [{ measure: 'votes' as const, options: [key], of: 'roster' as const, op: '>' as const, fraction: { num: 1, den: 2 } }],
    })),
    no_grade: 'default',
    default_grade: 'basically_satisfied',
    surplus: 'void_and_redo',
    revote: { reasons: ['returned_over_issued'], rounds_max: 3 },
    tally: 'live',
    scrutiny: 'watch',
    names: 'kept',
    publication: { detail: 'counts_and_percentages', when: 'on_the_spot' },
    percent: { of: 'returned', decimals: 2, trim_zeros: true, omit_zero: 'not_choices' },
    consequences: [{ grade: 'dissatisfied', kind: 'rectify', text: '' }],
    deadlines: [{ item: 'rectification_plan', direction: 'after', anchor: 'opinions_received', amount: 1, unit: 'months', roll: 'next_working_day', source: '' }],
    wording: { announcement: '{options}', tally_sheet_title: '', separator: '；', option_item: '', apart_item: '', dimension_item: '', group_item: '', result_words: [] },
  }
}

/** Two groups of different weight, one of them shown apart. */
export function grouped(): Profile {
  const { default_grade: _, ...plain } = satisfaction()
  return {
    ...plain,
    groups: [
      { key: 'members', label: '组成人员', weight: 60, counted: true, shown_from: 5 },
      { key: 'deputies', label: '人大代表', weight: 40, counted: false, shown_from: 0 },
    ],
    combine: 'weighted_shares',
    rules: [
      {
        grade: 'satisfied',
        match: 'all',
        when: [
          { measure: 'votes', options: ['satisfied'], of: 'returned', group: 'members', op: '>=', fraction: { num: 2, den: 3 } },
          { measure: 'votes', options: ['satisfied', 'basically_satisfied'], of: 'valid', op: '>', fraction: { num: 80, den: 100 } },
        ],
      },
    ],
    no_grade: 'refer_to_council',
  }
}

/** Two items with scores. */
export function scored(): Profile {
  return {
    ...satisfaction(),
    dimensions: [
      { key: 'course', label: '办理过程', weight: 1 },
      { key: 'outcome', label: '办理结果', weight: 2 },
    ],
    rules: [{ grade: 'satisfied', match: 'all', when: [{ measure: 'score', options: [], of: 'valid', dimension: 'outcome', op: '>=', fraction: { num: 85, den: 1 } }] }],
  }
}
