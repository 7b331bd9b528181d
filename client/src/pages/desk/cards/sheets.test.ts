import { expect, test } from 'vitest'
import type { Card } from '../../../protocol/generated'
import { CARDS_A_BATCH, sheetsOf } from './sheets'

const cards = (n: number) => Array.from({ length: n }, (_, place) => ({ person: place + 1 }) as Card)

test('28 people fill three sheets and half of a fourth', () => {
  expect(sheetsOf(cards(28), 0).map((sheet) => sheet.length)).toEqual([8, 8, 8, 4])
})

test('3,000 people come in batches in which nobody is left out or printed twice', () => {
  const all = cards(3_000)
  const printed = Array.from({ length: Math.ceil(3_000 / CARDS_A_BATCH) }, (_, batch) => sheetsOf(all, batch)).flat(2)
  expect(printed.map((card) => card.person)).toEqual(all.map((card) => card.person))
})
