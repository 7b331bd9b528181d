/** The agenda as the console lays it out: neighbours of one sort under one heading. */
import type { ItemView, SubjectView } from '../../protocol/generated'

export type Sort = 'oral' | 'written' | 'talk' | 'evaluation' | 'single'

export interface Stretch {
  sort: Sort
  items: ItemView[]
}

export function sortOf(item: ItemView, subject: SubjectView | undefined): Sort {
  switch (item.kind) {
    case 'report':
      return subject?.report ?? 'oral'
    case 'inquiry':
    case 'deliberation':
      return 'talk'
    case 'evaluation':
      return 'evaluation'
    case 'opening':
    case 'speech':
    case 'other':
      return 'single'
  }
}

export function stretches(items: readonly ItemView[], subject: (item: ItemView) => SubjectView | undefined): Stretch[] {
  const found: Stretch[] = []
  for (const item of items) {
    const sort = sortOf(item, subject(item))
    const last = found[found.length - 1]
    if (last?.sort === sort) last.items.push(item)
    else found.push({ sort, items: [item] })
  }
  return found
}
