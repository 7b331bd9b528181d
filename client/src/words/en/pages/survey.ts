import { shell } from '../shell'
import { survey } from '../survey'

export const words = { shell, survey }
