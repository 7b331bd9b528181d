/** Short messages that come and go. The page mounts one `Notices`; anything on it may `notify`. */

export type NoticeTone = 'plain' | 'good' | 'bad'

export interface Notice {
  key: number
  text: string
  tone: NoticeTone
}

/** More at once nobody reads; the oldest makes room. */
const SHOWN_LIMIT = 4
const LINGER_MS = 6_000
/** Bad news stays longer: there is more to read and it matters more. */
const LINGER_BAD_MS = 12_000

let shown = $state.raw<readonly Notice[]>([])
let lastKey = 0

export function notices(): readonly Notice[] {
  return shown
}

export function notify(text: string, tone: NoticeTone = 'plain'): void {
  lastKey += 1
  const key = lastKey
  // The same words again replace themselves, else pressing a refused button five times stacks five notices.
  shown = [...shown.filter((one) => one.text !== text), { key, text, tone }].slice(-SHOWN_LIMIT)
  setTimeout(() => dismiss(key), tone === 'bad' ? LINGER_BAD_MS : LINGER_MS)
}

export function dismiss(key: number): void {
  shown = shown.filter((one) => one.key !== key)
}
