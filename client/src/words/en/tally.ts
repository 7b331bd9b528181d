import type { Base, Matter, NoGradeRule, Op } from '../../protocol/generated'
import { domain } from './domain'
import type { tally as zh } from '../zh-CN/tally'

const bases: Record<Base, string> = { roster: 'members', present: 'present', issued: 'issued', returned: 'returned', valid: 'valid' }
const ops: Record<Op, string> = { '>': 'more than', '>=': 'at least', '<': 'less than', '<=': 'at most' }
const noGrade: Record<NoGradeRule, string> = { default: 'the grade for all other cases', revote: 'the rule has another round', refer_to_council: 'it goes to the council', not_graded: 'no grade is given' }

const matters: Record<Matter, string> = { appraisal: 'Evaluation of', work_appraisal: 'Evaluation of the work of', rectification: 'Evaluation of the rectification by', formal_vote: 'Vote on', removal: 'Vote on the removal of', election: 'Election of' }

export const tally: typeof zh = {
  name: 'Tally sheet',
  about: (unit, post, officer, matter) => `${matters[matter]} ${unit}, ${post}${officer ? ` ${officer}` : ''}`,
  round: (n) => ` (round ${n})`,
  roll: (due, present) => `Members ${due}, present ${present}`,
  quorum: ', quorum met',
  recused: (n) => `, recused ${n}`,
  papers: (issued, returned, valid, invalid) => `Ballots issued ${issued}, returned ${returned}; of these valid ${valid}, invalid ${invalid}.`,
  hands: (issued, returned) => `By show of hands: entitled ${issued}, hands raised ${returned}.`,
  onPaper: (issued, returned, blank, invalid) => `Of these on paper: issued ${issued}, returned ${returned} (blank ${blank}, invalid ${invalid}), counted alike by two people.`,
  option: 'Option',
  votes: 'Votes',
  share: 'Of returned',
  grade: (grade) => `Grade: ${grade}`,
  noGrade: 'No grade',
  place: (n, tied) => `Place ${n}${tied ? ' (shared)' : ''}`,
  secondVote: 'Shared place: voted on again, as the rule says',
  why: 'Why this grade:',
  reason: {
    votes: (labels) => `votes for ${labels.join(' and ')}`,
    score: 'mean score',
    inItem: (item, what) => `“${item}”, ${what}`,
    inGroup: (group, what) => `${group}, ${what}`,
    share: (right, of, base, share) => `${right} (${share ? `${share} of ` : ''}${bases[of]} ${base})`,
    compared: (what, left, op, right, held) => `${what} ${left}, ${held ? '' : 'not '}${ops[op]} ${right}`,
    hidden: (what, held) => `${what} (few people, no figures): ${held ? 'so' : 'not so'}`,
    step: (grade, tried, any) => `${grade}: ${tried.join('; ')}${any ? ' (one is enough)' : ''}.`,
    otherwise: (grade) => `None of these holds, so “${grade}”.`,
    none: (rule) => `None of these holds: ${noGrade[rule]}.`,
  },
  voided: (round, reason, issued, returned) => `Round ${round} was voided (${reason}): issued ${issued}, returned ${returned}; not part of the result.`,
  stop: '. ',
  incidents: 'Incidents:',
  incident: (time, by, text) => `${time}  ${by}: ${text}`,
  codes: (code, box) => `Round code ${code}   box code ${box}`,
  secrecy: { named: 'Named ballot', secret: 'Secret ballot' },
  appointed: (names) => `Scrutineers: ${names.join(', ')}`,
  signChief: 'Chief scrutineer (signature): ',
  sign: 'Scrutineers (signature): ',
  signTeller: 'Teller (signature): ',
  signedAt: 'Date and time: ____________________',
  announcedAt: (time) => `Announced at ${time}.`,
  before: 'Printed before the announcement for the scrutineers to check and sign; the announced record is what counts.',
  print: 'Print the tally sheet',
  none: 'The tally sheet is printed here once sealed and announced.',
  whyVoid: domain.whyVoid,
  unbalanced: 'The accounts do not balance; this cannot be signed as a result.',
  failing: (what) => `The figures do not balance: ${what}. This round has no result and cannot be announced.`,
  accounts: (issued, returned) => `Ballots issued ${issued}, returned ${returned}.`,
}
