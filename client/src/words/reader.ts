import { reader as readerEn } from './en/reader'
import { shell as shellEn } from './en/shell'
import { dictionary } from './words.svelte'
import { reader } from './zh-CN/reader'
import { shell } from './zh-CN/shell'

export const t = dictionary({ shell, reader }, { shell: shellEn, reader: readerEn })
