import { dictionary } from './words.svelte'
import { chair } from './zh-CN/chair'
import { minutes } from './zh-CN/chair_minutes'
import { domain } from './zh-CN/domain'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, domain, chair, minutes }, async () => (await import('./en/pages/chair')).words)
