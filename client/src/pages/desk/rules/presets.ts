/** Counts to try rules with: results that were really announced, and the cases in which something goes wrong. */
import type { Profile } from '../../../protocol/generated'
import type { Typed } from './trial.svelte'

export interface Preset {
  people: number
  votes: number[]
  /** Papers returned beyond those issued. */
  surplus?: number
  /** Not handed in. */
  unpressed?: number
  kind?: 'surplus' | 'half'
}

const APPRAISALS: Preset[] = [
  { people: 28, votes: [20, 7, 1] },
  { people: 28, votes: [25, 3] },
  { people: 28, votes: [26, 2] },
  { people: 28, votes: [23, 5] },
  { people: 46, votes: [46] },
  { people: 61, votes: [59, 2] },
  { people: 28, votes: [14, 14], kind: 'half' },
  { people: 28, votes: [21, 7, 1], surplus: 1, kind: 'surplus' },
]
const FORMAL: Preset[] = [
  { people: 2609, votes: [2486, 5, 28], unpressed: 90 },
  { people: 2910, votes: [2887, 15, 5], unpressed: 3 },
  { people: 28, votes: [14, 14], kind: 'half' },
  { people: 28, votes: [21, 7, 1], surplus: 1, kind: 'surplus' },
]

export function presets(profile: Profile): Preset[] {
  return profile.matter === 'formal_vote' ? FORMAL : APPRAISALS
}

/** The fields of one group; every item gets the same votes. Votes beyond the last option go to the last. */
export function typed(profile: Profile, { people, votes, surplus = 0, unpressed = 0 }: Preset): Typed {
  const last = profile.options.length - 1
  const row = profile.options.map((_, place) => (place < last ? (votes[place] ?? 0) : votes.slice(last).reduce((sum, one) => sum + one, 0)))
  const all = String(people)
  return {
    roster: all,
    present: all,
    issued: all,
    returned: String(people + surplus - unpressed),
    invalid: '0',
    blank: '0',
    votes: Array.from({ length: Math.max(1, profile.dimensions.length) }, () => row.map(String)),
  }
}
