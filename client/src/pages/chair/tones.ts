/** The colour family of an option or a grade. A word always goes with it. */
export type Tone = 'sat' | 'bas' | 'dis' | 'abs'

const TONES: Readonly<Record<string, Tone | undefined>> = { satisfied: 'sat', basically_satisfied: 'bas', dissatisfied: 'dis', abstain: 'abs', accepted: 'sat', continue: 'dis' }

/** Options of other rules take the family of abstention: grey says nothing about good or bad. */
export const toneOf = (key: string): Tone => TONES[key] ?? 'abs'
