import { expect, test } from 'vitest'
import { SHORTCUTS, shortcutOf } from './shortcuts'

const press = (key: string, over: object = {}) => ({
  key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, isComposing: false, defaultPrevented: false, ...over,
})

test('every key that the help shows does what it shows', () => {
  for (const [key, shortcut] of SHORTCUTS) expect(shortcutOf(press(key), { tagName: 'BODY' }, false)).toBe(shortcut)
})

test('nothing while somebody types, composes, holds the key, or uses a browser shortcut', () => {
  for (const tagName of ['INPUT', 'TEXTAREA', 'SELECT']) expect(shortcutOf(press('n'), { tagName }, false)).toBeUndefined()
  expect(shortcutOf(press('n'), { tagName: 'DIV', isContentEditable: true }, false)).toBeUndefined()
  for (const over of [{ isComposing: true }, { repeat: true }, { ctrlKey: true }, { metaKey: true }, { altKey: true }])
    expect(shortcutOf(press('p', over), null, false)).toBeUndefined()
})

test('a radio button that was just chosen does not swallow the keys', () => {
  expect(shortcutOf(press('n'), { tagName: 'INPUT', type: 'radio' }, false)).toBe('next')
})

test('nothing while a dialog is open', () => {
  expect(shortcutOf(press('n'), null, true)).toBeUndefined()
})
