import { expect, test } from 'vitest'
import { Draft } from './draft.svelte'

function served(first: { title: string; on: string }) {
  let says = $state.raw(first)
  return {
    draft: new Draft(() => says),
    say: (next: typeof says) => {
      says = next
    },
  }
}

test('follows the server until something is typed', () => {
  const { draft, say } = served({ title: '甲', on: '' })
  say({ title: '乙', on: '' })
  expect(draft.value.title).toBe('乙')
  expect(draft.dirty).toBe(false)
})

test('what is typed stays when the view changes underneath, and the clerk is told', () => {
  const { draft, say } = served({ title: '甲', on: '' })
  draft.set('title', '我写的')
  say({ title: '别人写的', on: '2026-01-01' })
  expect(draft.value).toEqual({ title: '我写的', on: '' })
  expect(draft.crossed).toBe(true)
})

test('between the receipt and the view the typed words stay, then the server is followed again', () => {
  const { draft, say } = served({ title: '甲', on: '' })
  draft.set('title', '乙 ')
  draft.saved()
  expect(draft.value.title).toBe('乙 ')
  expect(draft.dirty).toBe(false)
  say({ title: '乙', on: '' })
  expect(draft.value.title).toBe('乙')
  say({ title: '丙', on: '' })
  expect(draft.value.title).toBe('丙')
})

test('a view that came before the receipt is not hidden by it', () => {
  const { draft, say } = served({ title: '甲', on: '' })
  draft.set('title', '乙')
  say({ title: '乙', on: '' })
  draft.saved()
  say({ title: '丙', on: '' })
  expect(draft.value.title).toBe('丙')
})

test('typing again after a save counts as new', () => {
  const { draft } = served({ title: '甲', on: '' })
  draft.set('title', '乙')
  draft.saved()
  draft.set('title', '丙')
  expect(draft.dirty).toBe(true)
  expect(draft.value.title).toBe('丙')
})
