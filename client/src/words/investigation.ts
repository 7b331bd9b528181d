import { dictionary } from './words.svelte'
import { investigation } from './zh-CN/investigation'

/** Comes with the rooms of the investigation, at the desk and on the phones of its groups. */
export const t = dictionary(investigation, async () => (await import('./en/investigation')).investigation)
