/** Sentences for refusals. */
import { refusals as en } from './en/refusals'
import { t } from './shell'
import { dictionary } from './words.svelte'
import { refusals as zh } from './zh-CN/refusals'

const sentences = dictionary(zh, en)

/** A server newer than this page may refuse with a code that the page has no sentence for. */
export function refusalSentence(refusal: { code: string }): string {
  const known: Readonly<Record<string, string | undefined>> = sentences()
  return known[refusal.code] ?? `${t().failure.refused} (${refusal.code})`
}
