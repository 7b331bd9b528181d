/** Colour families of a ballot's options. */
export type Tone = 'sat' | 'bas' | 'dis' | 'abs'

const BY_KEY: Readonly<Record<string, Tone | undefined>> = {
  satisfied: 'sat',
  basically_satisfied: 'bas',
  dissatisfied: 'dis',
  abstain: 'abs',
  accepted: 'sat',
  continue: 'dis',
}
const IN_ORDER: readonly Tone[] = ['sat', 'bas', 'dis', 'abs']

/** Other rules have other options; theirs take the colours in order. */
export function toneOf(key: string, place: number): Tone {
  return BY_KEY[key] ?? IN_ORDER[place % IN_ORDER.length] ?? 'abs'
}
