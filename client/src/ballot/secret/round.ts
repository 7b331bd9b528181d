/** Which round of which ballot; what is kept on the phone is kept under it. */
export interface Round {
  appraisal: string
  ballot: number
  round: number
}

export const roundName = ({ appraisal, ballot, round }: Round): string => `${appraisal}.${ballot}.${round}`
