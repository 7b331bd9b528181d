import { dictionary } from './words.svelte'
import { scrutiny } from './zh-CN/scrutiny'

/** What scrutineers, chair and office read alike. Comes with the part that shows it. */
export const t = dictionary(scrutiny, async () => (await import('./en/scrutiny')).scrutiny)
