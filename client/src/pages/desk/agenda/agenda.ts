/** The agenda as the desk edits it. */
import type { AgendaEntry, AgendaView, ItemKind, SubjectId, SubjectView } from '../../../protocol/generated'

/** `key` tells lines apart while they move; it is never sent. */
export interface Line {
  key: number
  kind: ItemKind
  title: string
  subject?: SubjectId
}

/** What the lines are called; comes from the page's words. */
export interface Titles {
  opening: string
  oral: (subject: string) => string
  written: (subject: string) => string
  inquiry: string
  deliberation: string
  evaluation: (unit: string) => string
  speech: string
}

export const KINDS: readonly ItemKind[] = ['opening', 'report', 'inquiry', 'deliberation', 'evaluation', 'speech', 'other']

export function linesOf(agenda: AgendaView | undefined): Line[] {
  return (agenda?.items ?? []).map(({ id, kind, title, subject }) => (subject === undefined ? { key: id, kind, title } : { key: id, kind, title, subject }))
}

/**
 * The usual order of a 述职评议 sitting: opening, oral reports, written reports, inquiry, deliberation, one evaluation
 * for each subject, closing speech. Within a group subjects keep the order in which they were entered.
 */
export function generate(subjects: readonly SubjectView[], titles: Titles): Line[] {
  const named = (one: SubjectView) => `${one.unit}${one.post}`
  const reports = (form: SubjectView['report'], title: Titles['oral']): Omit<Line, 'key'>[] =>
    subjects.filter((one) => one.report === form).map((one) => ({ kind: 'report', title: title(named(one)), subject: one.id }))
  const lines: Omit<Line, 'key'>[] = [
    { kind: 'opening', title: titles.opening },
    ...reports('oral', titles.oral),
    ...reports('written', titles.written),
    { kind: 'inquiry', title: titles.inquiry },
    { kind: 'deliberation', title: titles.deliberation },
    ...subjects.map((one) => ({ kind: 'evaluation' as const, title: titles.evaluation(one.unit), subject: one.id })),
    { kind: 'speech', title: titles.speech },
  ]
  return lines.map((line, place) => ({ ...line, key: place + 1 }))
}

export function entriesOf(lines: readonly Line[]): AgendaEntry[] {
  return lines.map(({ kind, title, subject }) => (subject === undefined ? { kind, title } : { kind, title, subject }))
}

/** Moves the line at `place` by one; at an edge nothing changes. */
export function moved(lines: readonly Line[], place: number, by: 1 | -1): Line[] {
  const next = [...lines]
  const line = next[place]
  const other = next[place + by]
  if (!line || !other) return next
  next[place] = other
  next[place + by] = line
  return next
}

export const withLine = (lines: readonly Line[]): Line[] => [...lines, { key: Math.max(0, ...lines.map((line) => line.key)) + 1, kind: 'other', title: '' }]

/** Reports and evaluations are about somebody. */
export const needsSubject = (kind: ItemKind): boolean => kind === 'report' || kind === 'evaluation'

export type Lack = { lack: 'title' | 'subject'; place: number }

/** The first thing that keeps the agenda from being saved; places count from 1. */
export function lackOf(lines: readonly Line[], subjects: readonly SubjectView[]): Lack | undefined {
  for (const [index, line] of lines.entries()) {
    if (!line.title.trim()) return { lack: 'title', place: index + 1 }
    const known = line.subject !== undefined && subjects.some((one) => one.id === line.subject)
    if (!known && (needsSubject(line.kind) || line.subject !== undefined)) return { lack: 'subject', place: index + 1 }
  }
  return undefined
}
