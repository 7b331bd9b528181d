// A member, or the office, without a browser: joins over a real socket and does what a story says when it says so.
import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto'
import WebSocket from 'ws'
import { b64 } from '../../client/src/ballot/secret/bytes'
import { finalize, type Issued, parseHeader, signCast, voterKeys } from '../../client/src/ballot/secret/crypto'
import type { Audience, BallotView, ClientMessage, Command, ServerMessage, SignedIn, Verdict } from '../../client/src/protocol/generated'

const PROTOCOL = 1
/** Well within the time after which the program takes a socket for dead. */
const BEAT_MS = 10_000
const ANSWER_MS = 15_000
/** DER of an Ed25519 public key ends with its 32 bytes. */
const KEY_BYTES = 32

export class Phone {
  readonly views = new Map<string, unknown>()
  private readonly waiting = new Map<string, (verdict: Verdict) => void>()
  private readonly watchers = new Set<() => void>()

  private constructor(
    private readonly socket: WebSocket,
    private readonly port: number,
    private readonly bearer: string,
    readonly name: string,
    private readonly appraisal: string,
    private readonly key: KeyObject,
  ) {
    socket.on('message', (text) => this.take(JSON.parse(String(text)) as ServerMessage))
  }

  /** Signs in by seat card and joins. */
  static async join(port: number, code: string): Promise<Phone> {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const device_key = publicKey.export({ type: 'spki', format: 'der' }).subarray(-KEY_BYTES).toString('hex')
    const answer = await fetch(`http://127.0.0.1:${port}/api/sign-in/card`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, device_key, take_over: 'ask' }),
    })
    if (!answer.ok) throw new Error(`${code} cannot sign in: ${answer.status} ${await answer.text()}`)
    const { bearer, name, appraisal } = (await answer.json()) as SignedIn
    return Phone.connect(port, { appraisal: appraisal!, audience: 'member', bearer }, name, privateKey)
  }

  /** A screen of the office or the hall, by its bearer. */
  static station(port: number, appraisal: string, audience: Audience, bearer: string): Promise<Phone> {
    return Phone.connect(port, { appraisal, audience, bearer }, audience, generateKeyPairSync('ed25519').privateKey)
  }

  private static async connect(port: number, hello: { appraisal: string; audience: Audience; bearer: string }, name: string, key: KeyObject): Promise<Phone> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`)
    const phone = new Phone(socket, port, hello.bearer, name, hello.appraisal, key)
    await new Promise((open, fail) => socket.once('open', open).once('error', fail))
    // A program that is killed takes its connections along; whoever waits on this phone hears of it by the wait's end.
    socket.on('error', () => {})
    const beat = setInterval(() => socket.readyState === WebSocket.OPEN && phone.say({ type: 'ping', nonce: 0 }), BEAT_MS)
    socket.once('close', () => clearInterval(beat))
    phone.say({ type: 'hello', protocol: PROTOCOL, ...hello })
    await phone.until((views) => views.has('sitting'), 'the sitting')
    return phone
  }

  private say(message: ClientMessage): void {
    this.socket.send(JSON.stringify(message))
  }

  private take(message: ServerMessage): void {
    if (message.type === 'receipt') this.waiting.get(message.id)?.(message.outcome)
    if (message.type === 'snapshot') this.views.clear()
    if (message.type === 'snapshot' || message.type === 'difference') {
      for (const [key, value] of Object.entries(message.set)) this.views.set(key, value)
    }
    if (message.type === 'difference') for (const key of message.drop) this.views.delete(key)
    for (const watcher of this.watchers) watcher()
  }

  private until(holds: (views: Map<string, unknown>) => boolean, what: string): Promise<void> {
    return new Promise((done, fail) => {
      const late = setTimeout(() => fail(new Error(`${this.name} never heard of ${what}`)), ANSWER_MS)
      const look = () => {
        if (!holds(this.views)) return
        clearTimeout(late)
        this.watchers.delete(look)
        done()
      }
      this.watchers.add(look)
      look()
    })
  }

  async command(command: Command, id = randomUUID() as string): Promise<void> {
    const verdict = await new Promise<Verdict>((done, fail) => {
      const late = setTimeout(() => fail(new Error(`${this.name} had no answer to ${command.type}`)), ANSWER_MS)
      this.waiting.set(id, (verdict) => {
        clearTimeout(late)
        done(verdict)
      })
      this.say({ type: 'command', id, command })
    })
    if (verdict.type === 'refused') throw new Error(`${this.name}: ${command.type} was refused: ${JSON.stringify(verdict.refusal)}`)
  }

  checkIn(): Promise<void> {
    return this.command({ type: 'attendance.check_in/1', body: {} })
  }

  /** Votes by the option's place, once the ballot is open on this phone. */
  async vote(ballot: number, choice: number): Promise<void> {
    const { secrecy, round } = await this.opened(ballot)
    if (secrecy === 'secret') return this.castSecretly(ballot, [choice])
    await this.castNamed(`pingyi-vote/1|${this.appraisal}`, `${ballot}|${round}|${choice}`, (signature) => ({ type: 'vote.cast/1', body: { ballot, round, choice, signature } }))
  }

  /** Votes in a ballot of several items, an option's place for each. */
  async voteItems(ballot: number, choices: readonly number[]): Promise<void> {
    const { secrecy, round } = await this.opened(ballot)
    if (secrecy === 'secret') return this.castSecretly(ballot, choices)
    await this.castNamed(`pingyi-votes/2|${this.appraisal}`, `${ballot}|${round}|${choices.join(',')}`, (signature) => ({ type: 'vote.cast/2', body: { ballot, round, choices: [...choices], signature } }))
  }

  private async opened(ballot: number): Promise<BallotView> {
    const seen = () => this.views.get(`ballot/${ballot}`) as BallotView | undefined
    await this.until(() => seen()?.state === 'open', `the opening of ballot ${ballot}`)
    return seen()!
  }

  /** A vote by name is signed with the id of the command that carries it. */
  private async castNamed(before: string, after: string, command: (signature: string) => Command): Promise<void> {
    const id = randomUUID() as string
    const signature = sign(null, Buffer.from(`${before}|${id}|${after}`), this.key).toString('hex')
    await this.command(command(signature), id)
  }

  /** A sheet's rows, each a vote of its own. */
  async voteSheet(ballots: readonly number[], choices: readonly number[]): Promise<void> {
    for (const [at, ballot] of ballots.entries()) await this.vote(ballot, choices[at]!)
  }

  /** Takes a token and casts with it, as a page does. */
  private async castSecretly(ballot: number, marks: readonly number[]): Promise<void> {
    const { round, secret } = await this.opened(ballot)
    const header = parseHeader(secret!.header)
    const keys = voterKeys(randomBytes(32), header)
    const id = randomUUID() as string
    const blinded = b64(keys.blinded)
    const asked = `pingyi-token/1|${this.appraisal}|${id}|${ballot}|${round}|${blinded}`
    const signature = sign(null, Buffer.from(asked), this.key).toString('hex')
    const issued = await this.post<Issued>(`/api/appraisals/${this.appraisal}/ballots/${ballot}/token`, { id, round, blinded, signature }, { authorization: `Bearer ${this.bearer}` })
    const token = b64(finalize(header, keys, issued))
    const choices = marks.map((one) => one + 1)
    const sig = b64(signCast(header, keys, 1, choices))
    await this.post('/api/cast', { appraisal: this.appraisal, ballot, round, vote_pk: b64(keys.votePk), token, seq: 1, choices, sig })
  }

  private async post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
    const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${this.name}: ${path} was refused: ${await answer.text()}`)
    return (await answer.json()) as T
  }

  leave(): void {
    this.socket.close()
  }
}

/** Phones of these seat cards, all joined. */
export function gather(port: number, codes: string[]): Promise<Phone[]> {
  return Promise.all(codes.map((code) => Phone.join(port, code)))
}
