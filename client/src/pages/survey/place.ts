/** What the address says: which questionnaire, and on a slip's QR code, after the hash, its code, which no server sees in a log. */
export interface Place {
  appraisal: string
  number: string
  code: string
}

export function readPlace(search: string, hash: string): Place | undefined {
  const fields = new URLSearchParams(search)
  const [appraisal, number] = [fields.get('a'), fields.get('n')]
  if (!appraisal || !number || !/^\d{1,9}$/.test(number)) return undefined
  return { appraisal, number, code: new URLSearchParams(hash.replace(/^#/, '')).get('c') ?? '' }
}
