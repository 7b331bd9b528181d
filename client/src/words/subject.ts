import { dictionary } from './words.svelte'
import { domain } from './zh-CN/domain'
import { shell } from './zh-CN/shell'
import { subjectPage } from './zh-CN/subject'

export const t = dictionary({ shell, domain, subject: subjectPage }, async () => (await import('./en/pages/subject')).words)
