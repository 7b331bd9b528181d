import { reader } from '../reader'
import { shell } from '../shell'

export const words = { shell, reader }
