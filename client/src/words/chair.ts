import { chair as chairEn } from './en/chair'
import { shell as shellEn } from './en/shell'
import { dictionary } from './words.svelte'
import { chair } from './zh-CN/chair'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, chair }, { shell: shellEn, chair: chairEn })
