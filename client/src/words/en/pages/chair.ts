import { chair } from '../chair'
import { minutes } from '../chair_minutes'
import { chairRounds } from '../chair_rounds'
import { chairSheet } from '../chair_sheet'
import { domain } from '../domain'
import { shell } from '../shell'

export const words = { shell, domain, chair, rounds: chairRounds, sheet: chairSheet, minutes }
