/** The envelope of the live connection: JSON text frames, snake_case. What is inside a command or a view is typed elsewhere. */

export const PROTOCOL = 1

/** Start epoch of the server and place in the stream of one audience. */
export interface Position {
  epoch: string
  seq: number
}

export interface Command {
  type: string
  [field: string]: unknown
}

/** What the sender believed when acting, so that an outdated screen is refused instead of obeyed. */
export type Expects = Record<string, unknown>

export interface Refusal {
  code: string
  [field: string]: unknown
}

export type Outcome = { type: 'accepted'; [field: string]: unknown } | { type: 'refused'; refusal: Refusal }

export type Entries = Record<string, unknown>

export type ClientMessage =
  | { type: 'hello'; protocol: number; appraisal: string; audience: string; bearer?: string; position?: Position }
  | { type: 'command'; id: string; command: Command; expects?: Expects }
  | { type: 'ping'; nonce: number }

export type ServerMessage =
  | { type: 'welcome'; protocol: number; epoch: string; now_ms: number; heartbeat_ms: number }
  | { type: 'snapshot'; position: Position; set: Entries }
  | { type: 'difference'; position: Position; set: Entries; drop: string[] }
  | { type: 'mine'; whole: boolean; set: Entries; drop: string[] }
  | { type: 'receipt'; id: string; outcome: Outcome }
  | { type: 'pong'; nonce: number; now_ms: number }

/** Codes 4100 to 4199 mean: do not come back as you are. Every other end of a socket means: come back. */
export const CLOSE = {
  bad_message: 4101,
  too_large: 4102,
  wrong_version: 4103,
  sign_in_required: 4104,
  moved_to_other_device: 4105,
  credential_reissued: 4106,
  no_such_appraisal: 4107,
} as const

export type EndName = keyof typeof CLOSE

export function isFinal(code: number): boolean {
  return code >= 4100 && code <= 4199
}

/** The name of a final close code; a code this page does not know yet counts as a wrong version. */
export function endName(code: number): EndName {
  for (const [name, value] of Object.entries(CLOSE)) if (value === code) return name as EndName
  return 'wrong_version'
}
