import { projector as projectorEn } from './en/projector'
import { shell as shellEn } from './en/shell'
import { dictionary } from './words.svelte'
import { projector } from './zh-CN/projector'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, projector }, { shell: shellEn, projector: projectorEn })
