// The built program as a process of its own: a demonstration, or the halls of a data folder that outlive a kill.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export const ROOT = join(import.meta.dirname, '../..')
export const BINARY = join(ROOT, 'target/debug/pingyi')
/** The browser maps this name to loopback: a page under it is no secure context, as on the plain http of a hall. */
const NAME = 'hall.test'
/** What is kept of a program's log, from its end. */
export const LOG_CHARS_MAX = 20_000

export interface Demo {
  base: string
  appraisal: string
  desk: string
  chair: string
  operator: string
  projector: string
  public: string
  hall_code: string
  members: { person: number; name: string; card: string; code: string; pin: string }[]
}

export class Program {
  log = ''
  private constructor(
    private child: ChildProcess,
    readonly port: number,
    /** The first line on standard output. */
    readonly first: string,
  ) {}

  /** What the browser opens. */
  get base(): string {
    return addressOn(this.port)
  }

  static async demo(phones = 0, members = 28): Promise<{ program: Program; demo: Demo }> {
    const program = await Program.start(await freePort(), ['demo', '--json', '--bare', '--phones', String(phones), '--members', String(members)])
    return { program, demo: JSON.parse(program.first) as Demo }
  }

  static serve(data: string, port: number): Promise<Program> {
    return Program.start(port, ['serve', '--data', data])
  }

  private static async start(port: number, what: string[]): Promise<Program> {
    const network = ['--listen', `127.0.0.1:${port}`, '--address', addressOn(port), '--log', 'warn']
    const child = spawn(BINARY, [...what, ...network], { stdio: ['ignore', 'pipe', 'pipe'] })
    let log = ''
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-LOG_CHARS_MAX)
      if (program) program.log = log
    })
    let program: Program | undefined
    const first = await new Promise<string>((found, fail) => {
      child.once('error', fail)
      child.once('exit', (code) => fail(new Error(`the program ended with ${code} before it was ready\n${log}`)))
      const lines = createInterface(child.stdout!)
      lines.on('line', (line) => line.trim() && found(line))
    })
    child.removeAllListeners('exit')
    program = new Program(child, port, first)
    program.log = log
    return program
  }

  /** Asks it to end, and waits until it has. */
  stop(): Promise<void> {
    return this.end('SIGTERM')
  }

  /** SIGKILL: no goodbye, no flush. */
  kill(): Promise<void> {
    return this.end('SIGKILL')
  }

  private end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve()
    return new Promise((done) => {
      this.child.once('exit', () => done())
      this.child.kill(signal)
    })
  }
}

/** A data folder of one story, and the program that serves it. */
export class DataFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'pingyi-story-'))

  setupLink(): string {
    return readFileSync(join(this.path, 'setup-link.txt'), 'utf8').trim()
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

export function addressOn(port: number): string {
  return `http://${NAME}:${port}`
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((found, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? found(address.port) : fail(new Error('no port'))))
    })
  })
}

export const fixture = (path: string): string => join(ROOT, 'tests/fixtures', path)
