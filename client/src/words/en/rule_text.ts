/** The evaluation's rules read out in sentences. */
import type {
  Aggregate, Anchor, Base, BlankRule, ChangeRule, Combine, ConsequenceKind, DeadlineItem, DeadlineUnit, Direction, MarkKind, Match, Matter, Measure,
  MultiMarkRule, NoGradeRule, OmitZero, Op, PublishedDetail, PublishedWhen, RevoteReason, RollRule, RosterBase, NamesRule, ScrutinyRule, Secrecy, SurplusRule, TallyDisplay, TieRule,
} from '../../protocol/generated'

const matter = { appraisal: 'Duty-report appraisal', work_appraisal: 'Work appraisal', rectification: 'Rectification', formal_vote: 'Vote on a bill', removal: 'Removal', election: 'Election' } satisfies Record<Matter, string>
const mark = { choice: 'choice', abstain: 'abstention', dont_know: 'don’t know' } satisfies Record<MarkKind, string>
const blank = { invalid: 'A blank paper is invalid', abstain: 'A blank paper is an abstention', not_counted: 'A blank paper does not count as returned' } satisfies Record<BlankRule, string>
const multiMark = { invalid: 'A paper with several marks for one item is invalid' } satisfies Record<MultiMarkRule, string>
const change = { until_close: 'A vote may be changed until the close', first_press_counts: 'The first vote counts and cannot be changed' } satisfies Record<ChangeRule, string>
const rosterBase = { in_office: 'members in office', quota: 'number of seats' } satisfies Record<RosterBase, string>
const base = { roster: 'all members', present: 'those present', issued: 'papers issued', returned: 'papers returned', valid: 'valid papers' } satisfies Record<Base, string>
const combine = { pooled: 'Votes of all groups are added', weighted_shares: 'Shares of each group are averaged by weight' } satisfies Record<Combine, string>
const aggregate = { weighted_mean: 'Items are averaged by weight', sum: 'Scores of the items are added' } satisfies Record<Aggregate, string>
const measure = { votes: 'votes', score: 'score' } satisfies Record<Measure, string>
const match = { all: 'all conditions hold', any: 'any condition holds' } satisfies Record<Match, string>
const noGrade = { default: 'the grade of all other cases', revote: 'vote again', refer_to_council: 'refer to the council of chairpersons', not_graded: 'No grade; counts or shares only' } satisfies Record<NoGradeRule, string>
const tie = { share_place: 'places are shared', second_vote: 'a second vote decides' } satisfies Record<TieRule, string>
const surplus = { void_and_redo: 'More returned than issued: void and vote again', recount_first: 'More returned than issued: count again first' } satisfies Record<SurplusRule, string>
const revote = { returned_over_issued: 'more returned than issued', system_failure: 'system failure', quorum_lost: 'quorum lost', no_grade: 'no grade', tie: 'a tie' } satisfies Record<RevoteReason, string>
const detail = { grade_only: 'Only the grade is published', percentages: 'Percentages are published', counts: 'Counts are published', counts_and_percentages: 'Counts and percentages are published' } satisfies Record<PublishedDetail, string>
const when = { on_the_spot: 'on the spot', together: 'together, after all evaluations', sealed_until: 'sealed until later' } satisfies Record<PublishedWhen, string>
const omitZero = { none: 'Options without votes are listed too', not_choices: 'Abstentions and the like are left out at zero', all: 'Options without votes are left out' } satisfies Record<OmitZero, string>
const consequence = { none: 'none', rectify: 'rectify in time', re_report_next_meeting: 'report again at the next meeting', continue_rectification: 'continue rectification', talk: 'talk', escalate: 'further oversight' } satisfies Record<ConsequenceKind, string>
const item = {
  draft_report: 'Draft report', report_to_committee: 'Report to the committee', report_to_members: 'Report to members', meeting_notice: 'Notice of the meeting', opinions_handed_over: 'Opinions handed over',
  results_to_party: 'Results to the party committee', rectification_plan: 'Rectification plan', rectification_report: 'Rectification report', second_report: 'Second report',
} satisfies Record<DeadlineItem, string>
const anchor = {
  meeting_opens: 'the meeting', meeting_closed: 'the close of the meeting', opinions_approved: 'approval of the opinions', opinions_issued: 'issue of the opinions', opinions_received: 'receipt of the opinions',
  plan_accepted: 'acceptance of the plan', report_received: 'receipt of the report', dissatisfied: 'a result “dissatisfied”',
} satisfies Record<Anchor, string>
const direction = { before: 'before', after: 'after' } satisfies Record<Direction, string>
const unit = { days: 'days', working_days: 'working days', months: 'months' } satisfies Record<DeadlineUnit, string>
const roll = { none: 'not moved', next_working_day: 'moved to the next working day' } satisfies Record<RollRule, string>
const op = { '>': 'above', '>=': 'at least', '<': 'below', '<=': 'at most' } satisfies Record<Op, string>
const secrecy = { secret: 'secret', named: 'named' } satisfies Record<Secrecy, string>
const tally = { live: 'The screen shows votes live', turnout_only: 'The screen shows turnout only until the announcement' } satisfies Record<TallyDisplay, string>
const names = { kept: 'named choices stay on the record', shown: 'shown on the roll-call board once announced' } satisfies Record<NamesRule, string>
const scrutiny = { none: 'No scrutineers', watch: 'Scrutineers watch and sign', confirm: 'Scrutineers confirm every step' } satisfies Record<ScrutinyRule, string>

export const ruleText = {
  matter, mark, base, detail, when, secrecy, op,
  noGrade,
  values: {
    matter, kind: { ...mark, ...consequence }, valid_kinds: mark, blank, multi_mark: multiMark, change, base: rosterBase, of: base, combine, aggregate, measure, match,
    no_grade: noGrade, ties: tie, surplus, reasons: revote, detail, when, omit_zero: omitZero, item, anchor, direction, unit, roll, op, secrecy, scrutiny, names, tally,
  } as Record<string, Record<string, string>>,
  setting: {
    version: 'Version', name: 'Key', title: 'Title', matter: 'Matter', source: 'Source', known: 'Known settings', assumed: 'Assumed settings', groups: 'Who votes', combine: 'How groups are combined',
    roster: 'Who all members are', quorum: 'Quorum', options: 'Options', secrecy: 'Secret or named', change: 'Changing a vote', blank: 'Blank papers', multi_mark: 'Several marks', valid_kinds: 'What counts as valid',
    dimensions: 'Items', aggregate: 'How items are combined', criteria: 'Criteria', grades: 'Grades', rules: 'How the grade is found', no_grade: 'Without a grade', default_grade: 'Grade of all other cases', ranking: 'Ranking',
    surplus: 'More returned than issued', revote: 'Voting again', tally: 'Screen during the vote', publication: 'Publication', percent: 'Percentages', consequences: 'What follows', deadlines: 'Deadlines', wording: 'Wording',
    key: 'key', label: 'name', weight: 'weight', counted: 'counts towards the grade', shown_from: 'least papers to be shown apart', base: 'basis', number: 'number of seats', op: 'comparison', fraction: 'fraction', of: 'share of what',
    kind: 'kind', score: 'score', grade: 'grade', match: 'conditions', when: 'condition', measure: 'what is compared', by: 'by', ties: 'ties', reasons: 'reasons', rounds_max: 'rounds at most',
    names: 'names', scrutiny: 'Scrutineers', detail: 'what', until: 'unsealed', decimals: 'decimals', trim_zeros: 'drop trailing zeros', omit_zero: 'options without votes', text: 'text', announcement: 'announcement', result_words: 'result words',
  } as Record<string, string>,
  place: (name: string) => `[${name}]`,
  places: {
    body: 'body', meeting: 'meeting', subject: 'subject', roster: 'due', present: 'present', issued: 'issued', returned: 'returned', valid: 'valid', apart: 'apart', invalid: 'invalid',
    not_cast: 'not cast', options: 'votes for each option', groups: 'each group', score: 'score', grade: 'grade', result: 'result word', label: 'name', votes: 'votes', percent: 'percent',
  } as Record<string, string>,
  yes: 'yes',
  no: 'no',
  none: 'none',
  nth: (n: number) => `no. ${n}`,
  join: (parts: string[]) => parts.join(', '),
  also: (parts: string[]) => parts.join('; '),
  and: (parts: string[]) => parts.join(', and '),
  or: (parts: string[]) => parts.join(', or '),
  path: (parts: string[]) => parts.join(' › '),
  fraction: (num: number, den: number) => {
    if (den === 1) return String(num)
    if (num === den) return 'all'
    if (num === 1 && den === 2) return 'half'
    return den === 100 ? `${num}%` : `${num}/${den}`
  },
  votes: (labels: string[]) => `votes for ${labels.join(' + ')}`,
  score: 'mean score',
  inGroup: (group: string, what: string) => `${what} of ${group}`,
  inItem: (item: string, what: string) => `${what} in “${item}”`,
  compareVotes: (what: string, how: Op, share: string, of: Base) => `${what} ${op[how]} ${share} of ${base[of]}`,
  compareScore: (what: string, how: Op, score: string) => `${what} ${op[how]} ${score}`,
  gives: (condition: string, grade: string) => `${condition} → ${grade}`,
  otherwise: (grade: string) => `all other cases → ${grade}`,
  otherwiseNone: (rule: NoGradeRule) => (rule === 'not_graded' ? noGrade.not_graded : `none holds → no grade, ${noGrade[rule]}`),
  group: (label: string, counted: boolean) => `${label}${counted ? '' : ' (shown apart, moves no grade)'}`,
  groupWeight: (weight: number) => `weight ${weight}`,
  groupShownFrom: (papers: number) => `not shown apart with fewer than ${papers} papers returned`,
  rosterInOffice: 'All members are those in office',
  rosterQuota: (seats: number) => `All members are the ${seats} seats`,
  quorum: (how: Op, share: string) => `A vote needs ${op[how]} ${share} of all members present`,
  option: (label: string, kind: MarkKind, score: number) => `${label}${kind === 'choice' ? '' : ` (${mark[kind]})`}${score > 0 ? ` (${score})` : ''}`,
  valid: (kinds: string[]) => `Valid: ${kinds.join(', ')}`,
  item: (label: string, weight: number, weighted: boolean) => (weighted ? `${label} (weight ${weight})` : label),
  rankBy: (by: string[]) => `By ${by.join('; then ')}`,
  percentOf: (of: Base) => `100% are ${base[of]}`,
  decimals: (n: number, trim: boolean) => `${n} decimals, half up${trim ? ', trailing zeros dropped' : ''}`,
  until: (event: string) => `Unsealed: ${event}`,
  revote: (reasons: string[], rounds: number) => `Again after ${reasons.join(', ')}; ${rounds} rounds at most`,
  consequence: (grade: string, kind: ConsequenceKind, text: string) => `${grade}: ${text || consequence[kind]}`,
  deadline: (what: DeadlineItem, from: Anchor, way: Direction, amount: number, of: DeadlineUnit, rolling: RollRule) =>
    `${item[what]}: ${amount} ${unit[of]} ${direction[way]} ${anchor[from]}${rolling === 'none' ? '' : `, ${roll[rolling]}`}`,
}
