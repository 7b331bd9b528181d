import { dictionary } from './words.svelte'
import { domain } from './zh-CN/domain'
import { projector } from './zh-CN/projector'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, domain, projector }, async () => (await import('./en/pages/projector')).words)
