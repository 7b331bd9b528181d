import { dictionary } from './words.svelte'
import { booth } from './zh-CN/booth'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, booth }, async () => (await import('./en/pages/booth')).words)
