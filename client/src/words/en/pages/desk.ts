import { minutes } from '../chair_minutes'
import { desk } from '../desk'
import { deskFiles } from '../desk_files'
import { deskFollowUp } from '../desk_follow_up'
import { deskHall } from '../desk_hall'
import { deskInquiry } from '../desk_inquiry'
import { deskOffice } from '../desk_office'
import { deskPapers } from '../desk_papers'
import { deskPreparation } from '../desk_preparation'
import { deskRoster } from '../desk_roster'
import { domain } from '../domain'
import { shell } from '../shell'

export const words = { shell, domain, desk, files: deskFiles, followUp: deskFollowUp, hall: deskHall, inquiry: deskInquiry, minutes, office: deskOffice, papers: deskPapers, preparation: deskPreparation, roster: deskRoster }
