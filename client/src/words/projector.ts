import { domain as domainEn } from './en/domain'
import { projector as projectorEn } from './en/projector'
import { shell as shellEn } from './en/shell'
import { dictionary } from './words.svelte'
import { domain } from './zh-CN/domain'
import { projector } from './zh-CN/projector'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, domain, projector }, { shell: shellEn, domain: domainEn, projector: projectorEn })
