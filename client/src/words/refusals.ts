/** Sentences for what the server refuses. */
import type { Problem, Refusal } from '../protocol/generated'
import { plainProblem } from './problems'
import { sentence } from './sentences'
import { t } from './shell'
import { dictionary } from './words.svelte'
import { refusals } from './zh-CN/refusals'

const ofRefusals = dictionary(refusals, async () => (await import('./en/refusals')).refusals)

/** A server newer than this page may refuse with a code that the page has no sentence for. */
export function refusalSentence(refusal: Refusal): string {
  return sentence(ofRefusals(), refusal) ?? `${t().failure.refused} (${refusal.code})`
}

export function problemSentence(problem: Problem): string {
  return problem.code === 'refused' ? refusalSentence(problem.refusal) : plainProblem(problem)
}
