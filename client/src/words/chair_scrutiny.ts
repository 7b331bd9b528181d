import { dictionary } from './words.svelte'
import { chairScrutiny } from './zh-CN/chair_scrutiny'

export const t = dictionary(chairScrutiny, async () => (await import('./en/chair_scrutiny')).chairScrutiny)
