/** The language of the page, and dictionaries that follow it in place. */

export type Lang = 'zh-CN' | 'en'

const KEY = 'pingyi.lang'

let current = $state<Lang>('zh-CN')
/** The last choice, which a slower earlier one must not overtake. */
let wanted: Lang = 'zh-CN'
/** Loads what the other language needs, of every dictionary on the page. */
const loaders: (() => Promise<void>)[] = []

export function lang(): Lang {
  return current
}

/** Changes the page once the words are there. Without the network a page stays in the language it has. */
export async function setLang(next: Lang): Promise<void> {
  wanted = next
  remember(next)
  try {
    if (next === 'en') await Promise.all(loaders.map((load) => load()))
  } catch {
    return
  }
  if (wanted !== next) return
  current = next
  document.documentElement.lang = next
}

/**
 * A page's `t`: each page names only the areas it shows, so that no page carries another's words.
 * Chinese comes with the page, English is fetched when it is chosen; until it has come the Chinese words stand.
 */
export function dictionary<Words>(zh: Words, fetchEn: () => Promise<NoInfer<Words>>): () => Words {
  let en = $state.raw<Words>()
  const load = async () => {
    en ??= await fetchEn()
  }
  loaders.push(load)
  // A dictionary of a part that is loaded later joins the language in use.
  if (current === 'en') void load().catch(() => {})
  return () => (current === 'en' ? (en ?? zh) : zh)
}

function remember(next: Lang): void {
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // The choice then lasts as long as the page.
  }
}

/** Chinese unless the reader chose otherwise: a phone set to English is no sign that its owner is. */
function stored(): Lang {
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'zh-CN'
  } catch {
    return 'zh-CN'
  }
}

// After the modules of the page have made their dictionaries.
if (stored() === 'en') queueMicrotask(() => void setLang('en'))
