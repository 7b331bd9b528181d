/** What the officer of a subject sees of the own case, and the one signature given here. */
import { newId } from '../../connection/ids'
import { Live } from '../../connection/store.svelte'
import { notify } from '../../parts/notices.svelte'
import type { MySubjectView, SubjectView } from '../../protocol/generated'
import { NoDeviceKey, signReceipt } from '../../session/device'
import { failureSentence } from '../../session/failures'
import { bearerOf } from '../../session/session'
import { told } from '../../session/slow'
import { refusalSentence } from '../../words/refusals'
import { t } from '../../words/subject'
import { type Held, heldOf } from './results'

export class OwnCase {
  readonly live: Live

  constructor(readonly appraisal: string) {
    this.live = new Live({
      appraisal,
      audience: 'member',
      role: 'person',
      bearer: () => bearerOf(appraisal, 'person'),
      onLateReceipt: (_command, verdict) => {
        if (verdict.type === 'refused') notify(refusalSentence(verdict.refusal), 'bad')
      },
    })
  }

  get subjects(): MySubjectView[] {
    return this.live.mine.numbered('my_subject')
  }

  subject(id: number): SubjectView | undefined {
    return this.live.view(`subject/${id}`)
  }

  /** The subject's announced results of all sittings. */
  held(id: number): Held[] {
    return heldOf(id, this.live.numbered('ballot'), this.live.view('sitting'), this.live.view('case')?.session_name ?? '')
  }

  /** A receipt is on its way. */
  signing(subject: number): boolean {
    return this.live.waiting.some((one) => one.type === 'opinions.sign/1' && one.body.subject === subject)
  }

  async sign(subject: number): Promise<void> {
    const id = newId()
    try {
      const signature = await signReceipt(this.appraisal, id, subject)
      const verdict = await told(this.live.send({ type: 'opinions.sign/1', body: { subject, signature } }, undefined, id))
      if (verdict.type === 'refused') notify(refusalSentence(verdict.refusal), 'bad')
    } catch (error) {
      notify(error instanceof NoDeviceKey ? t().subject.noKey : failureSentence(error), 'bad')
    }
  }
}
