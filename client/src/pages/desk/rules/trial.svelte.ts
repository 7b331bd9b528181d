/** Figures typed to try rules with, and what the server says comes of them. */
import type { Figures, Profile, RuleTried } from '../../../protocol/generated'
import type { CaseFile } from '../case/case_file.svelte'
import { wholeNumber } from '../basics/whole_number'
import { PAPERS_MAX } from '../limits'
import { type Preset, typed } from './presets'

export const PAPERS = ['roster', 'present', 'issued', 'returned', 'invalid', 'blank'] as const
export type Papers = (typeof PAPERS)[number]

/** One group's fields as they are typed. */
export type Typed = Record<Papers, string> & { votes: string[][] }

export interface Occasion {
  body: string
  meeting: string
  subject: string
}

export class Trial {
  groups = $state<Typed[]>([])
  tried = $state.raw<RuleTried>()
  busy = $state(false)
  #file: Pick<CaseFile, 'office' | 'ask'>
  #of = ''

  constructor(file: Pick<CaseFile, 'office' | 'ask'>) {
    this.#file = file
  }

  /** Empty fields for a profile of another shape; what was typed for this one stays. */
  fit(profile: Profile): void {
    const shape = JSON.stringify(profile)
    if (shape === this.#of) return
    this.#of = shape
    this.tried = undefined
    this.fill(profile, { people: 28, votes: [20, 7, 1] })
  }

  fill(profile: Profile, preset: Preset): void {
    this.tried = undefined
    this.groups = profile.groups.map(() => typed(profile, preset))
  }

  edited(): void {
    this.tried = undefined
  }

  /** The figures, if every field is a whole number. */
  get figures(): Figures | undefined {
    const groups = this.groups.map((one) => {
      const votes = one.votes.map((row) => row.map(number))
      const papers = PAPERS.map((name) => number(one[name]))
      if ([...papers, ...votes.flat()].includes(undefined)) return undefined
      return { ...(Object.fromEntries(PAPERS.map((name, place) => [name, papers[place]])) as Record<Papers, number>), votes: votes as number[][] }
    })
    return groups.includes(undefined) ? undefined : ({ groups } as Figures)
  }

  async run(profile: Profile, occasion: Occasion): Promise<void> {
    const { figures } = this
    if (!figures) return
    const asked = JSON.stringify(figures)
    this.busy = true
    const tried = await this.#file.ask(this.#file.office.post<RuleTried>('/api/rules/try', { profile, figures, ...occasion }))
    this.busy = false
    // An answer about figures or rules that have changed meanwhile would mislead.
    if (asked === JSON.stringify(this.figures) && this.#of === JSON.stringify(profile)) this.tried = tried
  }
}

function number(text: string): number | undefined {
  return wholeNumber(text, 0, PAPERS_MAX)
}

/** An exact fraction of the server, as a decimal where that is exact: `27/2` is 13.5. */
export function exact(ratio: string): string {
  const [num, den] = ratio.split('/').map(Number)
  if (num === undefined || den === undefined) return ratio
  const scaled = (num * 10_000) / den
  return Number.isInteger(scaled) ? String(scaled / 10_000) : `${ratio} ≈ ${(num / den).toFixed(2)}`
}

/** The same as a share of 1: `5/7` is 71.43%. */
export function percent(ratio: string): string {
  const [num, den = 1] = ratio.split('/').map(Number)
  return `${Number((((num ?? 0) * 100) / den).toFixed(2))}%`
}
