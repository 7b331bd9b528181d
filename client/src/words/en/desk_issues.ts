import type { Source as Origin } from '../../protocol/generated'
import type { deskIssues as Source } from '../zh-CN/desk_issues'

const placed = (what: string, place: string) => (place ? `${what} (${place})` : what)

function source(of: Origin, subject: string): string {
  switch (of.from) {
    case 'duty_report':
      return placed(`Duty report, ${subject}`, of.place)
    case 'investigation_report':
      return placed('Investigation report', of.place)
    case 'question':
      return `Question ${of.question}`
    case 'remark':
      return `Remark ${of.remark}`
    case 'other':
      return of.text
  }
}

export const deskIssues: typeof Source = {
  lead: 'What the reports, the inquiry and the deliberation found wanting, sorted by unit and category; the opinions are drafted from it and go to the council.',
  noSubjects: 'Add the subjects first.',
  choose: 'Subjects',
  source,
  comma: ', ',
  candidates: 'What may become an issue',
  candidatesLead: 'Questions that were answered or put off, confirmed remarks, and the reports. One press makes an issue with its source.',
  into: 'Into the category',
  noCandidates: 'Nothing is waiting',
  take: 'Take',
  takeEdited: 'Reword and take',
  document: 'Duty report',
  investigation: 'Investigation report',
  fromInvestigation: 'From the investigation report',
  fromReport: 'From the duty report',
  add: 'Another issue',
  list: 'Issue list',
  listOf: (issues: number) => `Issue list (${issues})`,
  none: 'No issue yet.',
  frozen: 'The council has approved the opinions; the issues stand.',
  from: 'From: ',
  change: 'Change',
  changeTitle: 'Change the issue',
  merge: 'Merge',
  mergeTitle: 'Merge into another issue',
  mergeInto: 'Into',
  mergeHint: 'The sources of both are kept; it can be undone.',
  mergeDo: 'Merge',
  drop: 'Do not pursue',
  dropTitle: 'Do not pursue this issue',
  reason: 'Reason',
  reasonHint: 'For example: settled before the sitting',
  aside: (issues: number) => `${issues} merged or not pursued`,
  dropped: (reason: string) => `Not pursued: ${reason}`,
  merged: (into: string) => `Merged into: ${into}`,
  restore: 'Restore',
  text: 'Issue',
  category: 'Category',
  sourceText: 'Source',
  sourceHint: 'For example: letters, an inspection',
  place: (what: string) => `Place: ${what}`,
  placeHint: 'For example: part 3, page 5',
  addReport: 'The duty report as another source',
  addSource: 'Another source',
  removeSource: 'Remove this source',
  categories: 'Categories',
  categoriesHint: 'The opinions follow this order. The issues of a renamed category follow its name.',
  categoryOf: (place: number) => `Category ${place}`,
  addCategory: 'Add a category',
  up: 'Up',
  remove: 'Remove',
  xlsx: 'List, Excel',
  csv: 'List, CSV',
  opinions: {
    title: 'Opinions',
    paper: (subject: string) => `Opinions on ${subject}`,
    notDrafted: 'Not drafted',
    drafted: 'Drafted, waiting for the council',
    approvedOn: (on: string, note: string) => `Approved by the council on ${on}${note ? ` (${note})` : ''}`,
    frozen: 'Approved; record the hand-over under Follow-up. To change it, take the approval back first.',
    handed: (on: string) => `Handed over on ${on}.`,
    assessment: 'Assessment',
    assessmentHint: 'A line for each paragraph',
    advice: 'Advice',
    adviceHint: 'A line for each',
    demands: 'What is required',
    demandsHint: 'The periods for plan and report are written into the document anyway',
    number: 'Document number',
    save: 'Save the draft',
    docx: 'Download Word',
    approve: 'Record the approval',
    approvedAgain: 'Take the approval back',
    approveTitle: (subject: string) => `The council on ${subject}`,
    approveHint: 'From then on text and issues stand, and the opinions can be handed over.',
    approveDay: 'Day of the approval',
    approveNote: 'Meeting or note',
    approveNoteHint: 'For example: the 30th council meeting',
    takeBack: 'Take the approval back',
    takeBackHint: 'Text and issues can then be changed; the council approves anew.',
  },
}
