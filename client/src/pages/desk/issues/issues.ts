/** The issue list: what may become an issue, how the issues stand in the document, and where each leads back to. */
import type { GroupView, IssueView, QuestionView, RemarkView, Source, SubjectId } from '../../../protocol/generated'
import type { Room } from '../place.svelte'

/** Something that was said and may become an issue with one press. */
export interface Candidate {
  key: string
  subject: SubjectId | undefined
  text: string
  source: Source
}

/** As the server tells sources apart. */
export const sourceKey = (source: Source): string => JSON.stringify(source)

/** Questions that were put or promised an answer. */
export function fromQuestions(questions: readonly QuestionView[]): Candidate[] {
  return questions
    .filter((one) => one.visibility !== 'chair_only' && ['taken', 'answered', 'deferred'].includes(one.state))
    .map((one) => ({ key: `question ${one.id}`, subject: one.subject, text: one.text, source: { from: 'question', question: one.id } }))
}

/** What speakers have confirmed. */
export function fromRemarks(remarks: readonly RemarkView[]): Candidate[] {
  return remarks
    .filter((one) => one.state === 'confirmed')
    .map((one) => ({ key: `remark ${one.id}`, subject: one.subject, text: one.text, source: { from: 'remark', remark: one.id } }))
}

/** Groups whose report on the subject stands. */
export const reported = (groups: readonly GroupView[], subject: SubjectId): GroupView[] =>
  groups.filter((one) => one.subjects.includes(subject) && one.reports.some((report) => report.withdrawn_because === ''))

/** What no issue names yet, dropped ones included: what was decided against is not proposed again. */
export function unused(candidates: readonly Candidate[], issues: readonly IssueView[]): Candidate[] {
  const used = new Set(issues.flatMap((one) => one.sources.map(sourceKey)))
  return candidates.filter((one) => !used.has(sourceKey(one.source)))
}

export const isLive = (issue: IssueView): boolean => issue.merged_into === undefined && issue.dropped_because === ''

/** A subject's live issues in the order of the document: by category, then as they were found. */
export function inOrder(issues: readonly IssueView[], categories: readonly string[], subject: SubjectId): IssueView[] {
  const place = (one: IssueView) => categories.indexOf(one.category)
  return issues.filter((one) => one.subject === subject && isLive(one)).sort((a, b) => place(a) - place(b) || a.id - b.id)
}

/** Own sources and those of the issues it speaks for, each once. */
export function allSources(issue: IssueView, issues: readonly IssueView[]): Source[] {
  const merged = issues.filter((one) => issue.merged.includes(one.id))
  const found = new Map<string, Source>()
  for (const source of [issue, ...merged].flatMap((one) => one.sources)) found.set(sourceKey(source), source)
  return [...found.values()]
}

/** The room where a source is read. */
export function roomOf(source: Source): Room | undefined {
  switch (source.from) {
    case 'question':
      return 'inquiry'
    case 'duty_report':
      return 'subjects'
    case 'investigation_report':
      return 'investigation'
    case 'remark':
      return 'deliberation'
    case 'other':
      return undefined
  }
}

export interface CategoryLine {
  name: string
  /** The name it had; empty for a new one. */
  was: string
}

/** Whether the list may be saved: every line named, none twice. */
export function categoriesFit(lines: readonly CategoryLine[]): boolean {
  const names = lines.map((line) => line.name.trim())
  return names.length > 0 && names.every((name) => name !== '') && new Set(names).size === names.length
}
