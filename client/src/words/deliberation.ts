import { dictionary } from './words.svelte'
import { deliberation } from './zh-CN/deliberation'

/** Comes with what a page shows of the deliberation. */
export const t = dictionary(deliberation, async () => (await import('./en/deliberation')).deliberation)
