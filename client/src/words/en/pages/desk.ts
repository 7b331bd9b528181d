import { minutes } from '../chair_minutes'
import { desk } from '../desk'
import { deskFiles } from '../desk_files'
import { deskFollowUp } from '../desk_follow_up'
import { deskHall } from '../desk_hall'
import { deskHistory } from '../desk_history'
import { deskInquiry } from '../desk_inquiry'
import { deskIssues } from '../desk_issues'
import { deskOffice } from '../desk_office'
import { deskPapers } from '../desk_papers'
import { deskPreparation } from '../desk_preparation'
import { deskPublication } from '../desk_publication'
import { deskQuestionnaires } from '../desk_questionnaires'
import { deskRoster } from '../desk_roster'
import { deskRules } from '../desk_rules'
import { deskStages } from '../desk_stages'
import { domain } from '../domain'
import { shell } from '../shell'

export const words = {
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
}
