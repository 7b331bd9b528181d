import { domain as domainEn } from './en/domain'
import { desk as deskEn } from './en/desk'
import { shell as shellEn } from './en/shell'
import { dictionary } from './words.svelte'
import { domain } from './zh-CN/domain'
import { desk } from './zh-CN/desk'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, domain, desk }, { shell: shellEn, domain: domainEn, desk: deskEn })
