/** Settings of a profile by their paths, such as `rules[0].when[1].of`. */
import type { Profile } from '../../../protocol/generated'

export type Sourced = 'known' | 'open' | 'confirmed' | 'usual'

/** `path` is `outer` or below it. */
export function liesIn(path: string, outer: string): boolean {
  return path.startsWith(outer) && (path.length === outer.length || path[outer.length] === '.' || path[outer.length] === '[')
}

/** Names and places: `rules[0].of` is `rules`, 0, `of`. */
export function steps(path: string): (string | number)[] {
  return [...path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map((found) => (found[2] === undefined ? found[1]! : Number(found[2])))
}

/** What stands at the path; nothing for a setting that may be unset and is. */
export function valueAt(profile: Profile, path: string): unknown {
  let value: unknown = profile
  for (const step of steps(path)) {
    if (value === null || typeof value !== 'object') return undefined
    value = (value as Record<string | number, unknown>)[step]
  }
  return value
}

/** Assumed settings that no confirmed path covers. */
export function unconfirmed(profile: Profile, confirmed: readonly string[]): string[] {
  return profile.assumed.filter((path) => !confirmed.some((one) => liesIn(path, one)))
}

/** Where a setting as a whole comes from; one open part leaves it open. */
export function sourced(profile: Profile, confirmed: readonly string[], path: string): Sourced {
  const touches = (other: string) => liesIn(other, path) || liesIn(path, other)
  if (unconfirmed(profile, confirmed).some(touches)) return 'open'
  if (profile.assumed.some(touches)) return 'confirmed'
  return profile.known.some(touches) ? 'known' : 'usual'
}
