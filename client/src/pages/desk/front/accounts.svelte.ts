/** The office's accounts, as the list in front of all appraisals shows and changes them. */
import type { Accounts, AccountView, RenameAccount, RenewPassword } from '../../../protocol/generated'
import { failureSentence } from '../../../session/failures'
import type { Office } from '../office.svelte'

export class AccountList {
  accounts = $state.raw<AccountView[]>()
  /** Why the last call was not done. */
  trouble = $state('')
  busy = $state(false)
  #office: Pick<Office, 'get' | 'post'>

  constructor(office: Pick<Office, 'get' | 'post'>) {
    this.#office = office
  }

  load(): Promise<boolean> {
    return this.#do(async () => {})
  }

  rename(one: AccountView, name: string): Promise<boolean> {
    return this.#do(() => this.#office.post(`/api/accounts/${one.account}/rename`, { name } satisfies RenameAccount))
  }

  /** Signs the account out everywhere. For one's own the list cannot be read again: the page asks to sign in. */
  renewPassword(one: AccountView, password: string): Promise<boolean> {
    return this.#do(() => this.#office.post(`/api/accounts/${one.account}/password`, { password } satisfies RenewPassword))
  }

  remove(one: AccountView): Promise<boolean> {
    return this.#do(() => this.#office.post(`/api/accounts/${one.account}/remove`, {}))
  }

  /** Whether the change was made; a list that cannot be read afterwards is a trouble of its own. */
  async #do(change: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.trouble = ''
    let done = false
    try {
      await change()
      done = true
      this.accounts = (await this.#office.get<Accounts>('/api/accounts')).accounts
    } catch (error) {
      this.trouble = failureSentence(error)
    } finally {
      this.busy = false
    }
    return done
  }
}
