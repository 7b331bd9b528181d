/** The colour family of an option or a grade on the console. */
import { KNOWN, type Tone } from '../../ballot/tone'

/** Options of other rules take the family of abstention: grey says nothing about good or bad. */
export const toneOf = (key: string): Tone => KNOWN[key] ?? 'abs'
