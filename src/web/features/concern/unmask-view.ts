import type { Concern } from '../../../concerns/concern.ts'
import { countWords, momentWords, timeWords } from '../../../ui/words.ts'
import { fillPath, paths } from '../../paths.ts'

type Again = { readonly reason: string; readonly error: string }

/** What a person may do about the mask: nothing, wait, ask, or have it taken off with a recorded reason. */
export const unmaskView = (
  concern: Pick<Concern, 'ref' | 'unmask' | 'shownUntil' | 'asking'>,
  again: Again | undefined,
) => {
  const { ref, unmask, shownUntil, asking } = concern
  const requests = asking.map(request => ({
    words: `${request.by} asked on ${momentWords(request.at)}: “${request.reason}” ${lately(request.shownLately)}`,
    action: fillPath(paths.grantUnmask, { ref, request: request.id }),
  }))
  const words = stateWords[unmask]
  if (unmask === 'no' && requests.length === 0) return undefined
  return {
    requests,
    shown: unmask === 'shown',
    note:
      unmask === 'shown'
        ? `You are shown who they are${shownUntil === undefined ? '' : ` until ${timeWords(shownUntil)}`}.`
        : unmask === 'asked'
          ? 'You asked to know who they are. A second person answers: the head of unit or an investigator. Until then they stay masked.'
          : '',
    form:
      words === undefined
        ? undefined
        : {
            ...words,
            action: fillPath(paths.unmask, { ref }),
            reason: again?.reason ?? '',
            error: again?.error ?? '',
          },
  }
}

const lately = (count: number): string =>
  count === 0
    ? 'They were shown no other in 30 days.'
    : `They were shown ${countWords(count, 'concern')} in 30 days.`

const stateWords: Readonly<
  Partial<Record<Concern['unmask'], { summary: string; words: string; button: string }>>
> = {
  may_ask: {
    summary: 'Ask to know who they are',
    words:
      'A second person decides, whoever asks: the head of unit or an investigator. Your reason goes to them and into the log. The staff number and the number of the person in the records are then shown to you alone, for eight hours; the records hold no names.',
    button: 'Ask',
  },
}
