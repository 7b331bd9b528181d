/** For parts: only the shared words, laid flat. */
import { dictionary } from './words.svelte'
import { shell } from './zh-CN/shell'

export const t = dictionary(shell, async () => (await import('./en/shell')).shell)
