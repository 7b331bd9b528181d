/** Why a result has its grade, rule by rule, from the recorded verdict: for the sheet that is signed. */
import type { BallotResult, Profile, Quantity, RuleStep, Tried } from '../protocol/generated'
import type { tally } from '../words/zh-CN/tally'

type Words = typeof tally.reason

/** An exact fraction such as 27/2 as people read it: to four decimals, without zeros at the end. */
export function plain(exact: string, times = 1): string {
  const [num, den = '1'] = exact.split('/')
  return String(Math.round((Number(num) * times * 10_000) / Number(den)) / 10_000)
}

const labelOf = (all: readonly { key: string; label: string }[], key: string) => all.find((one) => one.key === key)?.label ?? key

function quantityText(profile: Profile, quantity: Quantity, words: Words): string {
  const options = quantity.options.map((key) => labelOf(profile.options, key))
  const what = quantity.measure === 'score' ? words.score : words.votes(options)
  const item = quantity.dimension === undefined ? what : words.inItem(labelOf(profile.dimensions, quantity.dimension), what)
  return quantity.group === undefined ? item : words.inGroup(labelOf(profile.groups, quantity.group), item)
}

function triedText(profile: Profile, tried: Tried, words: Words): string {
  const what = quantityText(profile, tried.quantity, words)
  if (tried.left === '') return words.hidden(what, tried.held)
  const { num, den } = tried.fraction
  // Shares of several groups, averaged by weight, are out of 1 and not of papers.
  const averaged = profile.combine === 'weighted_shares' && tried.quantity.group === undefined && profile.groups.length > 1
  if (tried.quantity.measure === 'score') return words.compared(what, plain(tried.left), tried.op, plain(tried.right), tried.held)
  if (averaged) return words.compared(what, `${plain(tried.left, 100)}%`, tried.op, `${plain(tried.right, 100)}%`, tried.held)
  const right = words.share(plain(tried.right), tried.quantity.of, plain(tried.base), num === den ? '' : `${num}/${den}`)
  return words.compared(what, plain(tried.left), tried.op, right, tried.held)
}

/** One line a rule that was tried, and one for what follows where none held. */
export function reasons(result: BallotResult, profile: Profile, words: Words): string[] {
  const line = (step: RuleStep) => {
    const tried = step.tried.map((one) => triedText(profile, one, words))
    return words.step(labelOf(profile.grades, step.grade), tried, step.match === 'any' && tried.length > 1)
  }
  const { grade, reasons: steps } = result.verdict
  const lines = steps.map(line)
  if (grade.reached === 'no_grade') return steps.length > 0 ? [...lines, words.none(grade.rule)] : []
  return grade.by_rule === undefined && steps.length > 0 ? [...lines, words.otherwise(grade.label)] : lines
}
