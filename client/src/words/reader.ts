import { dictionary } from './words.svelte'
import { reader } from './zh-CN/reader'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, reader }, async () => (await import('./en/pages/reader')).words)
