import { dictionary } from './words.svelte'
import { domain } from './zh-CN/domain'
import { chair } from './zh-CN/chair'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, domain, chair }, async () => (await import('./en/pages/chair')).words)
