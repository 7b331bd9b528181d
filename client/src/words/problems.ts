/** Sentences for problems, apart from those for refusals, so that a page whose calls meet no refusal need not carry both. */
import type { Problem } from '../protocol/generated'
import { sentence } from './sentences'
import { t } from './shell'
import { dictionary } from './words.svelte'
import { problems } from './zh-CN/problems'

const ofProblems = dictionary(problems, async () => (await import('./en/problems')).problems)

/** For `refused` it says only that; `problemSentence` says why. */
export function plainProblem(problem: Problem): string {
  return sentence(ofProblems(), problem) ?? `${t().failure.refused} (${problem.code})`
}
