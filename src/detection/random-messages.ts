import fc from 'fast-check'
import { device, number, text, when, who, whom } from './random-episodes.ts'
import type { WorldPart } from './record-world.ts'

/** The number HR holds for a member of staff of a random world. */
export const ownNumber = (n: number): string => `+44770090096${n}`

const day = 1_440

/** Messages to and fro at a sitting, on one day or several. */
const chat = fc
  .tuple(
    who,
    whom,
    when,
    fc.integer({ min: 3, max: 7 }),
    fc.integer({ min: 10, max: 110 }),
    fc.integer({ min: 1, max: 7 }),
  )
  .map(([s, p, at, turns, seconds, days]): WorldPart => ({
    records: {
      billing: Array.from({ length: days }, (_, n) => [
        { direction: 'in', at: `${text(at, n * day)}:05` },
        {
          direction: 'out',
          at: `${text(at, n * day + Math.floor(seconds / 60))}:${seconds % 60 < 10 ? '09' : String(seconds % 60)}`,
        },
      ])
        .flat()
        .map(each => ({
          device_address: device(s),
          other_address: number(p),
          ...each,
          repeat: turns,
          every: '2m',
        })),
    },
  }))

/** One text at the same time on several days: by night as often as not. */
const daily = fc
  .tuple(who, whom, when, fc.integer({ min: 3, max: 8 }))
  .map(([s, p, at, repeat]): WorldPart => ({
    records: {
      billing: [{ device_address: device(s), other_address: number(p), at: text(at), repeat, every: '1d' }],
    },
  }))

const longCall = fc
  .tuple(
    who,
    whom,
    when,
    fc.integer({ min: 900, max: 6_000 }),
    fc.constantFrom('in', 'out'),
    fc.integer({ min: 1, max: 4 }),
  )
  .map(([s, p, at, seconds, direction, repeat]): WorldPart => ({
    records: {
      billing: [
        {
          device_address: device(s),
          other_address: number(p),
          direction,
          kind: 'voice',
          duration_s: seconds,
          at: text(at),
          repeat,
          every: '5h',
        },
      ],
    },
  }))

const ownDetails = fc
  .tuple(who, whom, when, fc.constantFrom('Text me on', 'Ring 101 or'))
  .map(([s, p, at, words]): WorldPart => ({
    records: {
      messages: [
        {
          device_address: device(s),
          other_address: number(p),
          at: text(at),
          text: `${words} 0${ownNumber(s).slice(3)}`,
        },
      ],
    },
  }))

/** Two texts a day for a week, then look-ups. */
const movedOn = fc
  .tuple(
    who,
    whom,
    fc.integer({ min: 0, max: 8 }),
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([s, p, from, gap, repeat]): WorldPart => ({
    records: {
      billing: [
        {
          device_address: device(s),
          other_address: number(p),
          at: `D${from} 09:30`,
          repeat: 14,
          every: '12h',
        },
      ],
      system_access: [
        { staff_id: `S${s}`, subject_id: `P${p}`, at: `D${from + 7 + gap} 10:00`, repeat, every: '3d' },
      ],
    },
  }))

/** How people write and ring in a random world, beyond single calls and messages. */
export const messageEpisode: fc.Arbitrary<WorldPart> = fc.oneof(chat, daily, longCall, ownDetails, movedOn)
