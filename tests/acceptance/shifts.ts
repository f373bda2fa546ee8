/** A spell of duty within a day: hour it starts (UTC) and hours it lasts; null is a day off. */
export type Shift = readonly [start: number, hours: number] | null

/** Ordinary rosters. The response pattern is the one the evidence assumes: two early, two late, two nights, four off. */
export const shiftPatterns = {
  response: [[7, 9.5], [7, 9.5], [14, 9.5], [14, 9.5], [21.5, 9.5], [21.5, 9.5], null, null, null, null],
  neighbourhood: [[8, 9], [8, 9], [8, 9], [14, 9], [14, 9], [14, 9], null, null, null, null],
  days: [[8, 9], [8, 9], [8, 9], [8, 9], [8, 9], null, null],
} as const satisfies Record<string, readonly Shift[]>

export type ShiftPattern = keyof typeof shiftPatterns

/** The spells of duty between two days (counted from D0, last included), as seconds from D0. */
export const shiftsBetween = (
  pattern: ShiftPattern,
  phase: number,
  first: number,
  last: number,
): { readonly start: number; readonly end: number }[] => {
  const shifts: readonly Shift[] = shiftPatterns[pattern]
  return Array.from({ length: last - first + 1 }, (_, at) => first + at).flatMap(day => {
    const shift = shifts[(((day + phase) % shifts.length) + shifts.length) % shifts.length] ?? null
    if (shift === null) return []
    const start = day * 86_400 + shift[0] * 3_600
    return [{ start, end: start + shift[1] * 3_600 }]
  })
}
