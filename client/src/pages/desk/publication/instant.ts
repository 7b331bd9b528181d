/** The instant of a typed local day and time, YYYY-MM-DDTHH:MM, as this computer's zone has it; nothing while incomplete. */
export function instantOf(typed: string): number | undefined {
  const instant = Date.parse(typed)
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(typed) && Number.isFinite(instant) ? instant : undefined
}
