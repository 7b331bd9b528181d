// The speech of a district's first 述职评议 from end to end, in every page: the plan, the groups, the sitting, opinions and
// their receipt, the ledger, a rectification that is voted down, another round, and the closing. The clock is the story's.
import { test } from './hall'
import { hearGroups, investigate, prepareCase, writePlan } from './whole_before'
import { meetAgain, meetForTheLastTime, orderAndReport } from './whole_again'
import { closeTheCase, lookBack, publish, sideBySide } from './whole_end'
import { approveAndHandOver, signForThem } from './whole_opinions'
import { fileThePlan, reportLate, sendTheResults, trackIt } from './whole_rectification'
import { evaluate, holdTheSitting, printTheSitting, reportAndAsk, takeSeats } from './whole_sitting'

test('the whole speech, from the plan to the rectification that is satisfied', async ({ hall }) => {
  test.setTimeout(480_000)
  const course = await test.step('roster, subjects, reports, rule', () => prepareCase(hall))
  await test.step('the plan', () => writePlan(course))
  await test.step('groups investigate, the public answers', () => investigate(course))
  await test.step('the council hears the groups', () => hearGroups(course))
  const seats = await test.step('screens and phones', () => takeSeats(course))
  await test.step('the agenda, and everybody checks in', () => holdTheSitting(course, seats))
  await test.step('reports, a question, remarks', () => reportAndAsk(course, seats))
  await test.step('the secret ballot on one sheet', () => evaluate(course, seats))
  await test.step('the papers of the sitting', () => printTheSitting(course))
  await test.step('issues, opinions, approval', () => approveAndHandOver(course))
  const officer = await test.step('the receipt', () => signForThem(course))
  await test.step('results are sent within a week', () => sendTheResults(course))
  await test.step('the plan within a month', () => fileThePlan(course, officer))
  await test.step('late, fake, closed', () => trackIt(course, officer))
  await test.step('the report, two days late', () => reportLate(course, officer))
  await test.step('the second sitting: voted down', () => meetAgain(course, seats))
  await test.step('ordered to go on, and reported again', () => orderAndReport(course, officer))
  await test.step('the third sitting: accepted', () => meetForTheLastTime(course, seats))
  await test.step('results side by side', () => sideBySide(course, officer))
  await test.step('published', () => publish(course, seats))
  await test.step('closed, exported, verified', () => closeTheCase(course))
  await test.step('the history over the years', () => lookBack(course))
})
