import { desk as deskEn } from './en/desk'
import { shell as shellEn } from './en/shell'
import { dictionary } from './words.svelte'
import { desk } from './zh-CN/desk'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, desk }, { shell: shellEn, desk: deskEn })
