import type { Lake } from '../../src/lake/lake.ts'
import { onePair } from './one-pair.ts'

const between = { device_address: '+447700900100', other_address: '+447700900001', channel: 'sms' } as const

/** What the pair of `writeOnePair` wrote on one evening, two messages of it in boundary language, and one message of somebody else's. */
export const writeOnePairsWords = async (lake: Lake): Promise<void> => {
  await lake.insert('upstander.messages', [
    {
      ...between,
      message_id: 'M1',
      direction: 'out',
      at: '2026-06-02 22:30:00',
      text: 'Hi Sarah, you looked amazing today. Ring me on 07700 900456, not this phone',
    },
    {
      ...between,
      message_id: 'M2',
      direction: 'in',
      at: '2026-06-02 22:35:00',
      text: 'ok thanks, who is that?',
    },
    {
      ...between,
      message_id: 'M3',
      direction: 'out',
      at: '2026-06-02 22:40:00',
      text: `It’s ${onePair.staffId}, best keep this between us 😊`,
    },
    { ...between, message_id: 'M4', direction: 'out', at: '2026-06-03 22:40:00', text: 'The next day' },
    {
      ...between,
      message_id: 'M5',
      other_address: '+447700900002',
      direction: 'out',
      at: '2026-06-02 22:40:00',
      text: 'Written to another person',
    },
  ])
  const found = {
    staff_id: onePair.staffId,
    party_id: onePair.personId,
    person_id: onePair.personId,
    channel: 'sms',
  }
  await lake.insert('upstander.message_hits', [
    {
      ...found,
      record_id: 'messages:M1',
      direction: 'out',
      at: '2026-06-02 22:30:00',
      family: 'compliment',
      pattern: 'you_look',
      snippet_start: 10,
      snippet_length: 18,
    },
    {
      ...found,
      record_id: 'messages:M3',
      direction: 'out',
      at: '2026-06-02 22:40:00',
      family: 'secrecy',
      pattern: 'our_secret',
      snippet_start: 18,
      snippet_length: 20,
    },
  ])
}
