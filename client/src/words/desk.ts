import { dictionary } from './words.svelte'
import { domain } from './zh-CN/domain'
import { desk } from './zh-CN/desk'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, domain, desk }, async () => (await import('./en/pages/desk')).words)
