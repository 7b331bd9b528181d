/** localStorage that may be absent: private windows, full storage, or a WeChat that has it switched off. */

const memory = new Map<string, string>()

/** What was kept under the key, by this page at least. */
export function recall(key: string): string | undefined {
  try {
    const value = localStorage.getItem(key)
    if (value !== null) return value
  } catch {
    // The page's own memory answers below.
  }
  return memory.get(key)
}

export function keep(key: string, value: string): void {
  memory.set(key, value)
  try {
    localStorage.setItem(key, value)
  } catch {
    // It then lasts as long as the page.
  }
}

export function forget(key: string): void {
  memory.delete(key)
  try {
    localStorage.removeItem(key)
  } catch {
    // Nothing was stored there.
  }
}

/** Whether what is kept outlives the page. Private windows of old Safari have a storage that refuses every value. */
export function storageLasts(): boolean {
  try {
    const key = 'pingyi.trial'
    localStorage.setItem(key, key)
    const kept = localStorage.getItem(key) === key
    localStorage.removeItem(key)
    return kept
  } catch {
    return false
  }
}

/** Forgets every value whose key begins so, whether it outlives the page or not. */
export function forgetBeginning(...beginnings: readonly string[]): void {
  const gone = (key: string) => beginnings.some((beginning) => key.startsWith(beginning))
  for (const key of [...memory.keys()]) if (gone(key)) memory.delete(key)
  try {
    const kept = Array.from({ length: localStorage.length }, (_, place) => localStorage.key(place))
    for (const key of kept) if (key !== null && gone(key)) localStorage.removeItem(key)
  } catch {
    // Nothing was stored there.
  }
}
