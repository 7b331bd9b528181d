/** The language of the page, and dictionaries that follow it in place. */

export type Lang = 'zh-CN' | 'en'

const KEY = 'pingyi.lang'

function stored(): Lang {
  // Chinese unless the reader chose otherwise: a phone set to English is no sign that its owner is.
  try {
    const value = localStorage.getItem(KEY)
    if (value === 'zh-CN' || value === 'en') return value
  } catch {
    // Storage may be switched off.
  }
  return 'zh-CN'
}

const first = stored()
let current = $state<Lang>(first)
if (typeof document !== 'undefined') document.documentElement.lang = first

export function lang(): Lang {
  return current
}

export function setLang(next: Lang): void {
  current = next
  document.documentElement.lang = next
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // The choice then lasts as long as the page.
  }
}

/** A page's `t`: each page names only the areas it shows, so that no page carries another's words. */
export function dictionary<Words>(zh: Words, en: NoInfer<Words>): () => Words {
  return () => (current === 'en' ? en : zh)
}
