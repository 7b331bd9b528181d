import { domain as domainEn } from './en/domain'
import { publicPage as publicEn } from './en/public'
import { shell as shellEn } from './en/shell'
import { dictionary } from './words.svelte'
import { domain } from './zh-CN/domain'
import { publicPage } from './zh-CN/public'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, domain, public: publicPage }, { shell: shellEn, domain: domainEn, public: publicEn })
