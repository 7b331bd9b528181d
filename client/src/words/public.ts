import { publicPage as publicEn } from './en/public'
import { shell as shellEn } from './en/shell'
import { dictionary } from './words.svelte'
import { publicPage } from './zh-CN/public'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, public: publicPage }, { shell: shellEn, public: publicEn })
