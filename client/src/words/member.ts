import { dictionary } from './words.svelte'
import { domain } from './zh-CN/domain'
import { member } from './zh-CN/member'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, domain, member }, async () => (await import('./en/pages/member')).words)
