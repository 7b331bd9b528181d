import { domain } from '../domain'
import { projector } from '../projector'
import { shell } from '../shell'

export const words = { shell, domain, projector }
