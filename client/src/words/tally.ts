import { dictionary } from './words.svelte'
import { tally } from './zh-CN/tally'

/** The tally sheet (计票结果报告单). Comes with the part that prints it. */
export const t = dictionary(tally, async () => (await import('./en/tally')).tally)
