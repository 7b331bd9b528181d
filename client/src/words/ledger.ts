import { dictionary } from './words.svelte'
import { ledger } from './zh-CN/ledger'

/** The rectification ledger, on every page that shows it. */
export const t = dictionary(ledger, async () => (await import('./en/ledger')).ledger)
