import { domain as domainEn } from './en/domain'
import { member as memberEn } from './en/member'
import { shell as shellEn } from './en/shell'
import { dictionary } from './words.svelte'
import { domain } from './zh-CN/domain'
import { member } from './zh-CN/member'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, domain, member }, { shell: shellEn, domain: domainEn, member: memberEn })
