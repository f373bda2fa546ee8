/** Security design: cells of five. */
const step = 5

/**
 * A figure about concerns for somebody who reads none: to the nearest five, so that one more or one fewer does not show. Whoever reads the
 * queue has each of them before them, and has the figure as it is.
 */
export const coarse = (count: number): number => Math.round(count / step) * step

/** "about 10", "fewer than 5". */
export const coarseWords = (count: number): string =>
  coarse(count) < step ? `fewer than ${step}` : `about ${coarse(count).toLocaleString('en-GB')}`
