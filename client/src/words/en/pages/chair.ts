import { chair } from '../chair'
import { minutes } from '../chair_minutes'
import { chairSheet } from '../chair_sheet'
import { domain } from '../domain'
import { shell } from '../shell'

export const words = { shell, domain, chair, sheet: chairSheet, minutes }
