import { scrubWords } from '../../../access/scrub-words.ts'
import type { Concern } from '../../../concerns/concern.ts'
import type { ThreadMessage, WordsDay } from '../../../detection/pair-words.ts'
import { countWords, dayWords, timeWords } from '../../../ui/words.ts'
import { fillPath, paths } from '../../paths.ts'
import { capital } from '../../../core/capital.ts'

/** The days on which boundary language was found, each with the button that opens its words. No word of any message is in it. */
export const wordsDayRows = (ref: string, days: readonly WordsDay[]) =>
  days.map(({ day, messages, families, heard }) => ({
    day,
    what: `${countWords(messages, heard ? 'message or call' : 'message', heard ? 'messages or calls' : 'messages')}: ${families.join(', ')}`,
    action: fillPath(paths.words, { ref, day }),
  }))

const channels: Readonly<Record<string, string>> = {
  sms: 'text',
  email: 'e-mail',
  teams: 'Teams message',
  force_social: 'social media message',
  call_transcript: 'recorded call, as a machine heard it',
}

/** One day's words, both sides, with what was found marked. While the concern is masked, whoever they name is taken out. */
export const threadView = (
  concern: Pick<Concern, 'ref' | 'masked' | 'pair' | 'staff' | 'person'>,
  day: string,
  thread: readonly ThreadMessage[],
) => {
  const labels = new Map([
    [concern.pair.staffId, concern.staff],
    [concern.pair.personId, concern.person],
  ])
  const shown = (text: string): string => (concern.masked ? scrubWords(text, labels) : text)
  return {
    title: `Words of concern ${concern.ref}`,
    ref: concern.ref,
    heading: `What was written on ${dayWords(day)}`,
    masked: concern.masked,
    concernHref: fillPath(paths.concern, { ref: concern.ref }),
    messages: thread.map(message => ({
      who: capital(message.direction === 'out' ? concern.staff : concern.person),
      own: message.direction === 'out',
      when: `${timeWords(message.at)}, ${channels[message.channel] ?? 'message'}`,
      families: [...new Set(message.stretches.flatMap(each => each.family ?? []))],
      stretches: message.stretches.map(each => ({
        text: shown(each.text),
        found: each.family !== undefined,
      })),
    })),
  }
}
