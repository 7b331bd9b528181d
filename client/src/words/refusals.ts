/** Sentences for what the server refuses. */
import type { Problem, Refusal } from '../protocol/generated'
import { sentence } from './sentences'
import { t } from './shell'
import { dictionary } from './words.svelte'
import { problems } from './zh-CN/problems'
import { refusals } from './zh-CN/refusals'

const ofRefusals = dictionary(refusals, async () => (await import('./en/refusals')).refusals)
const ofProblems = dictionary(problems, async () => (await import('./en/problems')).problems)

/** A server newer than this page may refuse with a code that the page has no sentence for. */
export function refusalSentence(refusal: Refusal): string {
  return sentence(ofRefusals(), refusal) ?? `${t().failure.refused} (${refusal.code})`
}

export function problemSentence(problem: Problem): string {
  if (problem.code === 'refused') return refusalSentence(problem.refusal)
  return sentence(ofProblems(), problem) ?? `${t().failure.refused} (${problem.code})`
}
