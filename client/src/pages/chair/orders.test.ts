import { expect, test } from 'vitest'
import type { Next } from '../../protocol/generated'
import { nextOrder } from './orders'
import { consoleView } from './testing'

const CASES: [next: Next, type: string | undefined, asks?: string, ballot?: number][] = [
  [{ type: 'open_sitting' }, 'sitting.open/1', 'no'],
  [{ type: 'begin_item', item: 3 }, 'item.begin/1', 'no'],
  [{ type: 'take_question', question: 5 }, 'question.take/1', 'no'],
  [{ type: 'present_ballot', ballot: 2 }, 'ballot.present/1', 'no', 2],
  [{ type: 'open_ballot', ballot: 2 }, 'ballot.open/1', 'no', 2],
  [{ type: 'resume_ballot', ballot: 2 }, 'ballot.resume/1', 'no', 2],
  [{ type: 'close_ballot', ballot: 2 }, 'ballot.close/1', 'danger', 2],
  [{ type: 'announce_ballot', ballot: 2 }, 'ballot.announce/1', 'danger', 2],
  [{ type: 'close_sitting' }, 'sitting.close/1', 'danger'],
  [{ type: 'settle_question', question: 5 }, undefined],
  [{ type: 'await_seal', ballot: 2 }, undefined],
  [{ type: 'finished' }, undefined],
]

test.each(CASES)('the next action %j', (next, type, asks, ballot) => {
  const order = nextOrder(consoleView({ next }), () => 60)
  expect(order?.command.type).toBe(type)
  expect(order?.asks).toBe(asks)
  expect(order?.ballot).toBe(ballot)
})
