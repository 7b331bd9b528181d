import { dictionary } from './words.svelte'
import { domain } from './zh-CN/domain'
import { publicPage } from './zh-CN/public'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, domain, public: publicPage }, async () => (await import('./en/pages/public')).words)
