import type { lots as Source } from '../zh-CN/lots'

export const lots: typeof Source = {
  title: 'Drawing lots',
  number: (n) => `Lot ${n}`,
  of: (draw, all) => `${draw} of ${all}`,
  cancelled: (reason) => `Cancelled: ${reason}`,
  called: 'What was called out in the hall',
  drawNow: 'Enter and draw',
  drawn: 'Drawn',
  notDrawn: 'Not drawn',
  commitment: 'Commitment',
  seed: 'Seed',
  calledOut: 'Called out',
  check: 'How to check',
  checkHow: 'SHA-256 of the seed is the commitment. Take SHA-256 of “pingyi-lot/1|seed|called out|number” for each candidate and sort: the first ones are drawn.',
}
