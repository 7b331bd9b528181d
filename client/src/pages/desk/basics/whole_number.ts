/** The number typed, if it is whole and within the bounds. Full-width digits come from Chinese keyboards. */
export function wholeNumber(text: string, min: number, max: number): number | undefined {
  const plain = text.trim().replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10))
  if (!/^\d{1,9}$/.test(plain)) return undefined
  const value = Number(plain)
  return value >= min && value <= max ? value : undefined
}
