// The program on a clock that the story moves: months pass between the plan and the last ballot.
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { addressOn, LOG_CHARS_MAX, ROOT } from './program'

const BINARY = join(ROOT, 'target/debug/moved-clock')

export class MovedClock {
  log = ''

  private constructor(
    private readonly child: ChildProcess,
    private readonly lines: Interface,
    readonly port: number,
    /** Where its clock stands, YYYY-MM-DD. */
    private day: string,
  ) {}

  get base(): string {
    return addressOn(this.port)
  }

  /** Starts it on a data folder at nine in the morning of this day, Beijing's. */
  static async start(data: string, port: number, day: string): Promise<{ program: MovedClock; setupLink: string }> {
    const child = spawn(BINARY, [data, addressOn(port), String(Date.parse(`${day}T09:00:00+08:00`))], { stdio: 'pipe' })
    const program = new MovedClock(child, createInterface(child.stdout), port, day)
    child.stderr.setEncoding('utf8').on('data', (text: string) => (program.log = (program.log + text).slice(-LOG_CHARS_MAX)))
    return { program, setupLink: await program.line() }
  }

  /** Days pass. Whoever looks at a page meanwhile sees it; the story looks at it anew. */
  async leapTo(day: string): Promise<void> {
    const days = (Date.parse(day) - Date.parse(this.day)) / 86_400_000
    const answer = this.line()
    this.child.stdin!.write(`${days}\n`)
    this.day = await answer
    if (this.day !== day) throw new Error(`the clock stands at ${this.day} and not at ${day}`)
  }

  private line(): Promise<string> {
    return new Promise((found, fail) => {
      const ended = (code: number | null) => fail(new Error(`the program ended with ${code}\n${this.log}`))
      this.child.once('exit', ended)
      this.lines.once('line', (line) => {
        this.child.off('exit', ended)
        found(line)
      })
    })
  }

  kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve()
    return new Promise((done) => {
      this.child.once('exit', () => done())
      this.child.kill('SIGKILL')
    })
  }
}
