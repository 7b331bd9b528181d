/** Reviewing what the hall asks. */
import { SvelteSet } from 'svelte/reactivity'
import type { AskerView, Command, QuestionId, QuestionState, QuestionView, Reply } from '../../../protocol/generated'

export type Column = 'waiting' | 'accepted' | 'settled'

export const COLUMN: Record<QuestionState, Column> = {
  asked: 'waiting',
  accepted: 'accepted',
  taken: 'accepted',
  answered: 'settled',
  deferred: 'settled',
  skipped: 'settled',
  rejected: 'settled',
  merged: 'settled',
  withdrawn: 'settled',
}

export const isOpen = (question: QuestionView): boolean => COLUMN[question.state] !== 'settled'

/**
 * Oldest first where work is to be done, so that a new arrival moves nothing under the clerk's hand;
 * what is settled comes latest first.
 */
export function columns(questions: readonly QuestionView[]): Record<Column, QuestionView[]> {
  const found: Record<Column, QuestionView[]> = { waiting: [], accepted: [], settled: [] }
  for (const question of questions) found[COLUMN[question.state]].push(question)
  found.waiting.sort((a, b) => a.asked_at - b.asked_at || a.id - b.id)
  found.accepted.sort((a, b) => a.asked_at - b.asked_at || a.id - b.id)
  found.settled.sort((a, b) => b.settled_at - a.settled_at || b.id - a.id)
  return found
}

/** Whether the wording that will speak is still to be reviewed while another of these is public already. */
export function speaksUnreviewed(chosen: readonly QuestionView[], speaks: QuestionId): boolean {
  const reviewed = chosen.some((one) => one.id !== speaks && COLUMN[one.state] === 'accepted')
  return reviewed && chosen.some((one) => one.id === speaks && one.state === 'asked')
}

/**
 * One order for each question that goes into the one whose wording speaks. A matter that the hall sees already is not to
 * vanish by being merged into a wording under review, so that wording is accepted first.
 */
export function mergeOrders(chosen: readonly QuestionView[], speaks: QuestionId): Command[] {
  const merges: Command[] = chosen.filter((one) => one.id !== speaks).map((one) => ({ type: 'question.merge/1', body: { from: one.id, into: speaks } }))
  return speaksUnreviewed(chosen, speaks) ? [{ type: 'question.accept/1', body: { question: speaks } }, ...merges] : merges
}

/** Everybody who asks one of these, each once, in the order of the questions. */
export function askersOf(questions: readonly QuestionView[]): AskerView[] {
  const found = new Map<string, AskerView>()
  for (const asker of questions.flatMap((one) => one.askers)) found.set(`${asker.group}\n${asker.name}`, asker)
  return [...found.values()]
}

export class Moderation {
  /** Questions marked for merging. */
  readonly marked = new SvelteSet<QuestionId>()

  toggle(id: QuestionId): void {
    if (!this.marked.delete(id)) this.marked.add(id)
  }

  /** Marked questions that still can be merged; others may have been settled meanwhile. */
  mergeable(questions: readonly QuestionView[]): QuestionView[] {
    return questions.filter((one) => this.marked.has(one.id) && isOpen(one))
  }

  /** Merges one by one and stops at the first refusal. What was merged is unmarked; the number of merged ones comes back. */
  async merge(chosen: readonly QuestionView[], speaks: QuestionId, order: (command: Command) => Promise<Reply | undefined>): Promise<number> {
    let merged = 0
    for (const command of mergeOrders(chosen, speaks)) {
      if (!(await order(command))) return merged
      if (command.type !== 'question.merge/1') continue
      this.marked.delete(command.body.from)
      merged += 1
    }
    this.marked.delete(speaks)
    return merged
  }
}
