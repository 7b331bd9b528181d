import { domain } from '../domain'
import { desk } from '../desk'
import { shell } from '../shell'

export const words = { shell, domain, desk }
