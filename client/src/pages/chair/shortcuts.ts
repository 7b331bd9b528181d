/** Keys of the console. They do nothing while somebody types, while a dialog is open, or when the key is held down. */

export type Shortcut = 'next' | 'pause' | 'extend' | 'void' | 'people' | 'help' | 'title' | 'check_in' | 'item' | 'ballot' | 'welcome'

const KEYS: Readonly<Record<string, Shortcut | undefined>> = {
  n: 'next',
  p: 'pause',
  e: 'extend',
  v: 'void',
  l: 'people',
  '1': 'title',
  '2': 'check_in',
  '3': 'item',
  '4': 'ballot',
  '5': 'welcome',
  '?': 'help',
  '？': 'help',
}

/** In the order in which the help shows them. */
export const SHORTCUTS: readonly (readonly [key: string, shortcut: Shortcut])[] = [
  ['N', 'next'],
  ['P', 'pause'],
  ['E', 'extend'],
  ['V', 'void'],
  ['L', 'people'],
  ['1', 'title'],
  ['2', 'check_in'],
  ['3', 'item'],
  ['4', 'ballot'],
  ['5', 'welcome'],
  ['?', 'help'],
]

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat' | 'isComposing' | 'defaultPrevented'>

/** Where the focus is. */
export interface Focus {
  tagName: string
  type?: string
  isContentEditable?: boolean
}

const TYPED_INTO = ['INPUT', 'TEXTAREA', 'SELECT']
/** Inputs that letters and digits do nothing to. */
const PRESSED_ONLY = ['radio', 'checkbox']

function typing(focus: Focus): boolean {
  if (focus.isContentEditable) return true
  return TYPED_INTO.includes(focus.tagName) && !PRESSED_ONLY.includes(focus.type ?? '')
}

export function shortcutOf(event: Pressed, focus: Focus | null, dialogOpen: boolean): Shortcut | undefined {
  if (dialogOpen || event.repeat || event.isComposing || event.defaultPrevented) return undefined
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined
  if (focus && typing(focus)) return undefined
  return KEYS[event.key.toLowerCase()]
}
