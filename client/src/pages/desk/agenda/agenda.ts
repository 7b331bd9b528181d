/** The agenda as the desk edits it. */
import type { AgendaEntry, AgendaView, ItemKind, OpinionsView, SubjectId, SubjectView } from '../../../protocol/generated'

/** `key` tells lines apart while they move; it is never sent. */
export interface Line {
  key: number
  kind: ItemKind
  title: string
  subject?: SubjectId
  /** Of an evaluation on one sheet, in the order of the sheet. */
  subjects?: SubjectId[]
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
  rectification: (subject: string) => string
  rectified: (unit: string) => string
}

export const KINDS: readonly ItemKind[] = ['opening', 'report', 'inquiry', 'deliberation', 'evaluation', 'speech', 'other']

export function linesOf(agenda: AgendaView | undefined): Line[] {
  return (agenda?.items ?? []).map(({ id, kind, title, subject, subjects }) => ({ key: id, kind, title, ...about({ subject, subjects }) }))
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

/** The usual order of a later sitting that measures the rectification: what each subject reports, deliberation, evaluations. */
export function generateAgain(subjects: readonly SubjectView[], titles: Titles): Line[] {
  const lines: Omit<Line, 'key'>[] = [
    { kind: 'opening', title: titles.opening },
    ...subjects.map((one) => ({ kind: 'other' as const, title: titles.rectification(`${one.unit}${one.post}`), subject: one.id })),
    { kind: 'deliberation', title: titles.deliberation },
    ...subjects.map((one) => ({ kind: 'evaluation' as const, title: titles.rectified(one.unit), subject: one.id })),
    { kind: 'speech', title: titles.speech },
  ]
  return lines.map((line, place) => ({ ...line, key: place + 1 }))
}

/** Subjects whose rectification no sitting has accepted yet; all of them where every one is accepted. */
export function toRectify(subjects: readonly SubjectView[], opinions: readonly OpinionsView[]): SubjectView[] {
  const last = (id: SubjectId) => opinions.find((one) => one.subject === id)?.results.filter((one) => one.matter === 'rectification').pop()
  const left = subjects.filter((one) => last(one.id)?.goes_on !== false)
  return left.length > 0 ? left : [...subjects]
}

export function entriesOf(lines: readonly Line[]): AgendaEntry[] {
  return lines.map(({ kind, title, subject, subjects }) => ({ kind, title, ...about({ subject, subjects }) }))
}

function about({ subject, subjects }: Pick<Line, 'subject' | 'subjects'>): Pick<Line, 'subject' | 'subjects'> {
  if (subjects?.length) return { subjects }
  return subject === undefined ? {} : { subject }
}

/** Subjects of an evaluation, be it of one or of a sheet. */
export const evaluated = ({ kind, subject, subjects }: Line): SubjectId[] => (kind === 'evaluation' ? (subjects ?? (subject === undefined ? [] : [subject])) : [])

/** More do not go on one sheet. */
export const SHEET_SUBJECTS_MAX = 30

/**
 * Puts the chosen subjects on one sheet, in the order of the agenda and in the place of the first of them. An evaluation
 * that loses all of its subjects to the sheet goes; one that keeps a single one is an evaluation of that one again.
 */
export function merged(lines: readonly Line[], chosen: readonly SubjectId[], title: string): Line[] {
  const takes = (line: Line) => evaluated(line).some((one) => chosen.includes(one))
  const on = lines.flatMap((line) => evaluated(line).filter((one) => chosen.includes(one)))
  const first = lines.find(takes)
  if (!first || on.length < 2) return [...lines]
  return lines.flatMap((line): Line[] => {
    if (!takes(line)) return [line]
    const left = evaluated(line).filter((one) => !chosen.includes(one))
    const sheet: Line[] = line === first ? [{ key: fresh(lines), kind: 'evaluation', title: line.subjects ? line.title : title, subjects: on }] : []
    if (left.length === 0) return sheet
    const { subject: _, subjects: __, ...rest } = line
    return [...sheet, left.length === 1 ? { ...rest, subject: left[0]! } : { ...rest, subjects: left }]
  })
}

/** Takes a sheet apart into an evaluation of each subject. */
export function split(lines: readonly Line[], place: number, title: (subject: SubjectId) => string): Line[] {
  return lines.flatMap((line, at) => {
    if (at !== place || !line.subjects) return [line]
    return line.subjects.map((subject, order): Line => ({ key: fresh(lines) + order, kind: 'evaluation', title: title(subject), subject }))
  })
}

const fresh = (lines: readonly Line[]): number => Math.max(0, ...lines.map((line) => line.key)) + 1

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

export const withLine = (lines: readonly Line[]): Line[] => [...lines, { key: fresh(lines), kind: 'other', title: '' }]

/** Reports and evaluations are about somebody. */
export const needsSubject = (kind: ItemKind): boolean => kind === 'report' || kind === 'evaluation'

export type Lack = { lack: 'title' | 'subject' | 'twice' | 'too_many'; place: number }

/** The first thing that keeps the agenda from being saved; places count from 1. */
export function lackOf(lines: readonly Line[], subjects: readonly SubjectView[]): Lack | undefined {
  const before = new Set<SubjectId>()
  for (const [index, line] of lines.entries()) {
    if (!line.title.trim()) return { lack: 'title', place: index + 1 }
    if ((line.subjects?.length ?? 0) > SHEET_SUBJECTS_MAX) return { lack: 'too_many', place: index + 1 }
    for (const one of evaluated(line)) {
      if (before.has(one)) return { lack: 'twice', place: index + 1 }
      before.add(one)
    }
    if (line.subjects) {
      if (line.subjects.every((one) => subjects.some((subject) => subject.id === one))) continue
      return { lack: 'subject', place: index + 1 }
    }
    const known = line.subject !== undefined && subjects.some((one) => one.id === line.subject)
    if (!known && (needsSubject(line.kind) || line.subject !== undefined)) return { lack: 'subject', place: index + 1 }
  }
  return undefined
}
