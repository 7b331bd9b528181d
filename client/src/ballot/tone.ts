/** Colour families of ballot options and of the grades that come of them. A word always goes with the colour. */
import type { BallotOption } from '../protocol/generated'

export type Tone = 'sat' | 'bas' | 'dis' | 'abs'

/** Keys of the usual rules, which mean the same on every page. */
export const KNOWN: Readonly<Record<string, Tone | undefined>> = { satisfied: 'sat', basically_satisfied: 'bas', dissatisfied: 'dis', abstain: 'abs', accepted: 'sat', continue: 'dis' }

/** A locality's own options take the colours by their place: the first is the best, the last choice the worst. */
export function toneOf(key: string, options: readonly BallotOption[]): Tone {
  const known = KNOWN[key]
  if (known) return known
  const option = options.find((one) => one.key === key)
  if (!option || option.kind === 'abstain') return 'abs'
  const choices = options.filter((one) => one.kind === 'choice')
  const place = choices.indexOf(option)
  if (place === 0) return 'sat'
  return place === choices.length - 1 ? 'dis' : 'bas'
}
