import { dictionary } from './words.svelte'
import { deskCounting } from './zh-CN/desk_counting'

export const t = dictionary(deskCounting, async () => (await import('./en/desk_counting')).deskCounting)
