import { joining } from '../joining'
import { shell } from '../shell'

export const words = { shell, joining }
