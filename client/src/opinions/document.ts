/** The opinions (评议意见) as a document: what the desk drafts and the subject's officer reads. */

export interface OpinionIssue {
  category: string
  text: string
}

export interface OpinionText {
  number: string
  assessment: string
  advice: string
  demands: string
  issues: readonly OpinionIssue[]
}

/** Issues under their categories, numbered through as the ledger names them. */
export interface IssueGroup<Issue extends OpinionIssue> {
  category: string
  issues: { number: number; issue: Issue }[]
}

/** Keeps the order it is given; a category that comes again later begins a new group. */
export function grouped<Issue extends OpinionIssue>(issues: readonly Issue[]): IssueGroup<Issue>[] {
  const groups: IssueGroup<Issue>[] = []
  for (const [place, issue] of issues.entries()) {
    const last = groups[groups.length - 1]
    const one = { number: place + 1, issue }
    if (last?.category === issue.category) last.issues.push(one)
    else groups.push({ category: issue.category, issues: [one] })
  }
  return groups
}

export function paragraphs(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
