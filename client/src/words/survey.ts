import { dictionary } from './words.svelte'
import { shell } from './zh-CN/shell'
import { survey } from './zh-CN/survey'

export const t = dictionary({ shell, survey }, async () => (await import('./en/pages/survey')).words)
