import { member as memberEn } from './en/member'
import { shell as shellEn } from './en/shell'
import { dictionary } from './words.svelte'
import { member } from './zh-CN/member'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, member }, { shell: shellEn, member: memberEn })
