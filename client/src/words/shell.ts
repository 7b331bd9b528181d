/** For parts: only the shared words, laid flat. */
import { shell as en } from './en/shell'
import { dictionary } from './words.svelte'
import { shell as zh } from './zh-CN/shell'

export const t = dictionary(zh, en)
