import { dictionary } from './words.svelte'
import { joining } from './zh-CN/joining'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, joining }, async () => (await import('./en/pages/joining')).words)
