import { domain } from '../domain'
import { publicPage } from '../public'
import { shell } from '../shell'

export const words = { shell, domain, public: publicPage }
