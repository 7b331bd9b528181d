/** The secret ballot on a phone, as one part that pages import when the first secret round is presented. */
export { callsOf } from './calls'
export { type Announced, checkOwn, type OwnCheck } from './check'
export { headerHash, parseHeader, shownCode } from './crypto'
export { type Keeping, storageWorks } from './places'
export { type Round } from './round'
export { forgetSeed } from './seed'
export { SecretVoter, type VoterState } from './voter'
