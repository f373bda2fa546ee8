import { setTimeout as wait } from 'node:timers/promises'

/** Milliseconds between the moments at which it is said that a page is not there. */
const beat = 25

/** How long to wait, in milliseconds, so that an answer leaves on a beat: longer than the work took, by less than one beat. */
export const untilBeat = (elapsed: number): number => Math.ceil(elapsed / beat) * beat - elapsed

/**
 * Waits for the next beat since a request began. Finding that a thing is kept from somebody takes some hundredths of a millisecond longer
 * than finding that it is not there; on the beat, both are said at the same time in all but about one of a hundred answers.
 * @param elapsed milliseconds since the request began
 */
export const waitForBeat = async (elapsed: number): Promise<void> => {
  await wait(untilBeat(elapsed))
}
