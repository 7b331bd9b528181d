import { dictionary } from './words.svelte'
import { memberSheet } from './zh-CN/member_sheet'

/** Comes with the room, not with the first load. */
export const t = dictionary(memberSheet, async () => (await import('./en/member_sheet')).memberSheet)
