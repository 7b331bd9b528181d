/** Colour families of a ballot's options on a phone. */
import { KNOWN, type Tone } from '../../ballot/tone'

const IN_ORDER: readonly Tone[] = ['sat', 'bas', 'dis', 'abs']

/** Other rules have other options; theirs take the colours in order. */
export function toneOf(key: string, place: number): Tone {
  return KNOWN[key] ?? IN_ORDER[place % IN_ORDER.length] ?? 'abs'
}
