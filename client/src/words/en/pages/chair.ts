import { domain } from '../domain'
import { chair } from '../chair'
import { shell } from '../shell'

export const words = { shell, domain, chair }
