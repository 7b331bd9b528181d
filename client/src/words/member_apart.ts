import { dictionary } from './words.svelte'
import { memberApart } from './zh-CN/member_apart'

/** Comes with the room, not with the first load. */
export const t = dictionary(memberApart, async () => (await import('./en/member_apart')).memberApart)
