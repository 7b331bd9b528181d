import { domain } from '../domain'
import { shell } from '../shell'
import { subjectPage } from '../subject'

export const words = { shell, domain, subject: subjectPage }
