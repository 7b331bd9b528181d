// A small look at OOXML parts. The browser's DOMParser is not used: Trusted Types
// count it as a sink, whatever the content type.

import { parseXml, XmlElement, XmlText } from '@rgrove/parse-xml'
import { LIMITS, ReaderFault } from '../model'
import type { Zip } from './zip'

const WORD_NAMESPACES = [
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  'http://purl.oclc.org/ooxml/wordprocessingml/main',
]

/** An element whose WordprocessingML names have lost their prefix: `p`, `tbl`, but `a:blip`. */
export interface Node {
  name: string
  attributes: Record<string, string>
  children: Node[]
  text: string
}

export function readXml(zip: Zip, part: string): Node | null {
  const bytes = zip.read(part, LIMITS.xml_bytes)
  if (!bytes) return null
  let root: XmlElement | null
  try {
    root = parseXml(decodeXml(bytes), { ignoreUndefinedEntities: true, preserveComments: false }).root
  } catch (cause) {
    throw new ReaderFault('damaged', `${part}: ${String(cause)}`)
  }
  if (!root) throw new ReaderFault('damaged', part)
  return convert(root, wordPrefix(root))
}

function decodeXml(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder().decode(bytes)
}

function wordPrefix(root: XmlElement): string {
  for (const [key, value] of Object.entries(root.attributes)) {
    if (WORD_NAMESPACES.includes(value)) return key === 'xmlns' ? '' : `${key.slice('xmlns:'.length)}:`
  }
  return 'w:'
}

function convert(element: XmlElement, prefix: string): Node {
  const local = (name: string) => (prefix !== '' && name.startsWith(prefix) ? name.slice(prefix.length) : name)
  const node: Node = { name: local(element.name), attributes: {}, children: [], text: '' }
  for (const [key, value] of Object.entries(element.attributes)) node.attributes[local(key)] = value
  for (const child of element.children) {
    if (child instanceof XmlElement) node.children.push(convert(child, prefix))
    else if (child instanceof XmlText) node.text += child.text
  }
  return node
}

export function child(node: Node | undefined | null, name: string): Node | undefined {
  return node?.children.find((each) => each.name === name)
}

export function value(node: Node | undefined | null, name: string): string | undefined {
  return child(node, name)?.attributes['val']
}

/** A toggle such as `<w:b/>`: present and not switched off; undefined when absent. */
export function toggle(node: Node | undefined | null, name: string): boolean | undefined {
  const found = child(node, name)
  if (!found) return undefined
  const val = found.attributes['val']
  return !(val === '0' || val === 'false' || val === 'off' || val === 'none')
}

/** The first descendant of that name; elements of drawings nest deep and vary by writer. */
export function find(node: Node, name: string): Node | undefined {
  for (const each of node.children) {
    if (each.name === name) return each
    const deeper = find(each, name)
    if (deeper) return deeper
  }
  return undefined
}
