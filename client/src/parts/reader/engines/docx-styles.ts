// What a paragraph's style says, following `basedOn`: heading level, list, alignment, weight.

import { child, toggle, value, type Node } from './xml'

export interface Style {
  name: string
  /** 1 to 9, or 0 for running text. */
  outline: number
  numId?: string
  level?: number
  align?: string
  bold?: boolean
  italic?: boolean
}

const PLAIN: Style = { name: '', outline: 0 }
/** A chain of styles in a damaged or hostile file may be a ring. */
const CHAIN_MAX = 20

export class Styles {
  private readonly nodes = new Map<string, Node>()
  private readonly known = new Map<string, Style>()
  private readonly fallback: string = ''

  constructor(root: Node | null) {
    for (const node of root?.children ?? []) {
      const id = node.attributes['styleId']
      if (node.name !== 'style' || id === undefined) continue
      this.nodes.set(id, node)
      if (node.attributes['type'] === 'paragraph' && node.attributes['default'] === '1') this.fallback = id
    }
  }

  of(id: string | undefined): Style {
    return this.resolve(id ?? this.fallback, 0)
  }

  private resolve(id: string, depth: number): Style {
    const known = this.known.get(id)
    if (known) return known
    const node = this.nodes.get(id)
    if (!node || depth > CHAIN_MAX) return PLAIN
    const base = value(node, 'basedOn')
    const style: Style = { ...(base === undefined ? PLAIN : this.resolve(base, depth + 1)) }
    style.name = (value(node, 'name') ?? id).toLowerCase()
    const paragraph = child(node, 'pPr')
    const outline = outlineLevel(paragraph) ?? levelOfName(style.name)
    if (outline !== undefined) style.outline = outline
    const list = child(paragraph, 'numPr')
    style.numId = value(list, 'numId') ?? style.numId
    if (list) style.level = Number(value(list, 'ilvl') ?? style.level ?? 0)
    style.align = value(paragraph, 'jc') ?? style.align
    const run = child(node, 'rPr')
    style.bold = toggle(run, 'b') ?? style.bold
    style.italic = toggle(run, 'i') ?? style.italic
    this.known.set(id, style)
    return style
  }
}

/** `w:outlineLvl` counts from 0; 9 means running text. */
export function outlineLevel(paragraph: Node | undefined): number | undefined {
  const level = value(paragraph, 'outlineLvl')
  if (level === undefined) return undefined
  return Number(level) >= 9 ? 0 : Number(level) + 1
}

function levelOfName(name: string): number | undefined {
  const heading = /^(?:heading|标题) ?([1-9])$/.exec(name)
  if (heading) return Number(heading[1])
  return name === 'title' ? 1 : undefined
}
