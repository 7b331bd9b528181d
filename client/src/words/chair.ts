import { dictionary } from './words.svelte'
import { chair } from './zh-CN/chair'
import { minutes } from './zh-CN/chair_minutes'
import { chairRounds } from './zh-CN/chair_rounds'
import { chairSheet } from './zh-CN/chair_sheet'
import { domain } from './zh-CN/domain'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, domain, chair, rounds: chairRounds, sheet: chairSheet, minutes }, async () => (await import('./en/pages/chair')).words)
