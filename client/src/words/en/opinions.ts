import type { opinions as Source } from '../zh-CN/opinions'

export const opinions: typeof Source = {
  document: {
    title: (subject: string) => `Opinions on the duty report of ${subject}`,
    draft: 'Draft, not yet approved by the council',
    to: (unit: string) => `To ${unit}:`,
    assessment: 'Assessment',
    issues: 'Issues',
    category: (place: number, name: string) => `(${place}) ${name}`,
    advice: 'Advice',
    demands: 'What is required',
  },
}
