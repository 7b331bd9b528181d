// Markdown by marked's lexer only: its tokens become blocks and its HTML renderer
// is never called. Raw HTML, links' addresses and remote pictures are dropped.

import './old-phones'
import { Lexer, type Token, type Tokens } from 'marked'
import { BlockList, LIMITS, pushRun, trimRuns, type Cell, type Doc, type Run } from '../model'
import { decodeText } from './plain'

export function openMarkdown(bytes: Uint8Array): Doc {
  const list = new BlockList()
  walk(new Lexer({ gfm: true }).lex(decodeText(bytes)), list, 0, undefined)
  return { blocks: list.blocks, close() {} }
}

function walk(tokens: readonly Token[], list: BlockList, depth: number, look: 'quote' | undefined): void {
  if (depth > LIMITS.nesting) return
  for (const token of tokens) {
    switch (token.type) {
      case 'heading':
        list.push({ type: 'heading', level: (token as Tokens.Heading).depth, number: '', runs: inline(token) })
        break
      case 'paragraph':
      case 'text': {
        const runs = trimRuns(inline(token))
        if (runs.length > 0) list.push({ type: 'paragraph', runs, look })
        break
      }
      case 'code':
        for (const line of (token as Tokens.Code).text.split('\n')) {
          if (line.trim()) list.push({ type: 'paragraph', runs: [{ text: line }], look: 'code' })
        }
        break
      case 'blockquote':
        walk((token as Tokens.Blockquote).tokens, list, depth + 1, 'quote')
        break
      case 'list':
        walkList(token as Tokens.List, list, depth, look)
        break
      case 'table':
        walkTable(token as Tokens.Table, list)
        break
      default:
        // html, def, hr and space carry no reading text.
        break
    }
  }
}

function walkList(token: Tokens.List, list: BlockList, depth: number, look: 'quote' | undefined): void {
  let number = typeof token.start === 'number' ? token.start : 1
  for (const item of token.items) {
    const first = item.tokens.findIndex((part) => part.type === 'text' || part.type === 'paragraph')
    const runs = first >= 0 ? trimRuns(inline(item.tokens[first]!)) : []
    const mark = item.task ? (item.checked ? '☑' : '☐') : token.ordered ? `${number}.` : '•'
    list.push({ type: 'item', depth, number: mark, runs })
    walk(
      item.tokens.filter((part, at) => at !== first && part.type !== 'checkbox'),
      list,
      depth + 1,
      look,
    )
    number += 1
  }
}

function walkTable(token: Tokens.Table, list: BlockList): void {
  const cell = (part: Tokens.TableCell): Cell => ({
    blocks: [{ type: 'paragraph', runs: trimRuns(inlineAll(part.tokens, {}, 0)) }],
    colSpan: 1,
    rowSpan: 1,
  })
  list.push({
    type: 'table',
    columns: token.header.length,
    headerRows: 1,
    rows: [token.header.map(cell), ...token.rows.map((row) => row.map(cell))],
  })
}

type Look = Omit<Run, 'text'>

function inline(token: Token): Run[] {
  const parts = 'tokens' in token && token.tokens ? token.tokens : []
  return parts.length > 0
    ? inlineAll(parts, {}, 0)
    : [{ text: unescapeEntities('text' in token ? String(token.text) : '') }]
}

function inlineAll(tokens: readonly Token[], look: Look, depth: number): Run[] {
  const runs: Run[] = []
  if (depth > LIMITS.nesting) return runs
  let code = false
  for (const token of tokens) {
    // What stands between these tags was never meant to be read.
    if (token.type === 'html' && /^<\/?(?:script|style)\b/i.test(token.raw)) code = !token.raw.startsWith('</')
    if (code) continue
    const children = 'tokens' in token && token.tokens ? token.tokens : null
    switch (token.type) {
      case 'html':
      case 'image':
      case 'checkbox':
        break
      case 'br':
        pushRun(runs, { ...look, text: '\n' })
        break
      case 'codespan':
        pushRun(runs, { ...look, text: (token as Tokens.Codespan).text })
        break
      default: {
        const inner =
          token.type === 'strong' ? { ...look, bold: true } : token.type === 'em' ? { ...look, italic: true } : look
        if (children) for (const run of inlineAll(children, inner, depth + 1)) pushRun(runs, run)
        else if ('text' in token) pushRun(runs, { ...look, text: softBreaks(unescapeEntities(String(token.text))) })
      }
    }
  }
  return runs
}

/** A line end inside a paragraph is a space in English and nothing in Chinese. */
function softBreaks(text: string): string {
  return text.replace(/([^\n])\n(?=(.?))/g, (_, before: string, after: string) =>
    before.charCodeAt(0) < 0x2e80 && after !== '' && after.charCodeAt(0) < 0x2e80 ? `${before} ` : before,
  )
}

const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  middot: '·',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
}

function unescapeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name) return NAMED[name as string] ?? whole
    const code = decimal ? Number(decimal) : parseInt(hex as string, 16)
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole
  })
}
