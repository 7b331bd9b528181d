import type { deskHistory as Source } from '../zh-CN/desk_history'

export const deskHistory: typeof Source = {
  title: 'Over the years',
  wanted: 'Find a unit, post, name, issue or question',
  placeholder: 'Unit, post, name, issue or question; several words apart by spaces',
  look: 'Find',
  count: (n) => (n === 0 ? 'Nothing found' : `${n} found`),
  more: 'Not all are shown: look for more words.',
  subject: 'Subject',
  appraisal: 'Appraisal',
  results: 'Ballots',
  issues: 'Issues',
  none: 'Not announced',
  closed: (issues, closed) => `${issues}, of which ${closed} closed`,
}
