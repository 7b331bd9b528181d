import { domain as domainEn } from './en/domain'
import { chair as chairEn } from './en/chair'
import { shell as shellEn } from './en/shell'
import { dictionary } from './words.svelte'
import { domain } from './zh-CN/domain'
import { chair } from './zh-CN/chair'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, domain, chair }, { shell: shellEn, domain: domainEn, chair: chairEn })
