import { booth } from '../booth'
import { shell } from '../shell'

export const words = { shell, booth }
