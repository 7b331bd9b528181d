import { dictionary } from './words.svelte'
import { minutes } from './zh-CN/chair_minutes'
import { desk } from './zh-CN/desk'
import { deskFiles } from './zh-CN/desk_files'
import { deskFollowUp } from './zh-CN/desk_follow_up'
import { deskHall } from './zh-CN/desk_hall'
import { deskHistory } from './zh-CN/desk_history'
import { deskInquiry } from './zh-CN/desk_inquiry'
import { deskIssues } from './zh-CN/desk_issues'
import { deskOffice } from './zh-CN/desk_office'
import { deskPapers } from './zh-CN/desk_papers'
import { deskPreparation } from './zh-CN/desk_preparation'
import { deskPublication } from './zh-CN/desk_publication'
import { deskQuestionnaires } from './zh-CN/desk_questionnaires'
import { deskRoster } from './zh-CN/desk_roster'
import { deskRules } from './zh-CN/desk_rules'
import { deskStages } from './zh-CN/desk_stages'
import { domain } from './zh-CN/domain'
import { shell } from './zh-CN/shell'

export const t = dictionary(
  {
    shell,
    domain,
    desk,
    files: deskFiles,
    followUp: deskFollowUp,
    hall: deskHall,
    history: deskHistory,
    inquiry: deskInquiry,
    issues: deskIssues,
    minutes,
    office: deskOffice,
    papers: deskPapers,
    preparation: deskPreparation,
    publication: deskPublication,
    questionnaires: deskQuestionnaires,
    roster: deskRoster,
    rules: deskRules,
    stages: deskStages,
  },
  async () => (await import('./en/pages/desk')).words,
)
