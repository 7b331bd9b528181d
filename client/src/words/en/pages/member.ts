import { domain } from '../domain'
import { member } from '../member'
import { shell } from '../shell'

export const words = { shell, domain, member }
