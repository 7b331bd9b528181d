/** Which address phones are told to open. */
import { notify } from '../../../parts/notices.svelte'
import type { AddressView } from '../../../protocol/generated'
import { failureSentence } from '../../../session/failures'
import { t } from '../../../words/desk'
import type { Office } from '../office.svelte'

export class AddressDesk {
  view = $state.raw<AddressView>()
  /** Why it could not be read or changed. */
  trouble = $state('')
  #office: Pick<Office, 'get' | 'post'>

  constructor(office: Pick<Office, 'get' | 'post'>) {
    this.#office = office
  }

  load(): Promise<void> {
    return this.#take(this.#office.get<AddressView>('/api/address'))
  }

  async use(address: string): Promise<void> {
    await this.#take(this.#office.post<AddressView>('/api/address', { address }))
    if (!this.trouble && this.view) notify(t().hall.stations.changed(this.view.address), 'good')
  }

  async #take(answer: Promise<AddressView>): Promise<void> {
    this.trouble = ''
    try {
      this.view = await answer
    } catch (error) {
      this.trouble = failureSentence(error)
    }
  }
}
