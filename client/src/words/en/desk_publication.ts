import type { deskPublication as Source } from '../zh-CN/desk_publication'

export const deskPublication: typeof Source = {
  lead: 'The public page needs no sign-in. Each part is public only from its time on; what is taken back disappears at once.',
  part: { results: 'Results', opinions: 'Appraisal opinions', rectification: 'Rectification' },
  about: {
    results: 'What the rule publishes; with the announcement in the hall unless you say otherwise.',
    opinions: 'Opinions that the council has approved and that were handed over.',
    rectification: 'How many issues stand where, and when plan and report were filed; neither the ledger’s text nor evidence.',
  },
  held: 'Not public',
  withAnnouncement: 'Public with the announcement',
  since: (when) => `Public since ${when}`,
  from: (when) => `Public from ${when}`,
  setWithAnnouncement: 'With the announcement',
  now: 'Publish now',
  later: 'At a set time',
  setLater: 'Publish at this time',
  hold: 'Take back',
  saved: 'Saved',
  page: 'Public page',
  embed: 'To embed it in your own website:',
  json: 'For programs (JSON):',
}
