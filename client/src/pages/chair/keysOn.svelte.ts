/** Whether the console listens to single keys. Some speech input and some hands need them off. */
import { keep, recall } from '../../session/storage'

const KEY = 'pingyi.console_keys'

let on = $state(recall(KEY) !== 'off')

export function keysOn(): boolean {
  return on
}

export function setKeysOn(next: boolean): void {
  on = next
  keep(KEY, next ? 'on' : 'off')
}
