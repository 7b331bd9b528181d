import { dictionary } from './words.svelte'
import { opinions } from './zh-CN/opinions'

/** The opinions as a document, on the desk and on the subject's page. */
export const t = dictionary(opinions, async () => (await import('./en/opinions')).opinions)
