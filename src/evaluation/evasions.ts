import type { Lake, LakeParams } from '../lake/lake.ts'
import type { Truth } from './truth.ts'
import { columnsOf, type Variation } from './variation.ts'

/** Metres of a degree of latitude. */
const degreeM = 111_320

/**
 * The force as it would look had every offender evaded: each changes only what the offenders did with their victims. Detect
 * first: their stays are read from the facts.
 */
export const evasions = async (lake: Lake, { offences }: Truth): Promise<Variation[]> => {
  const told = offences.filter(each => each.person_id !== undefined && each.dark !== true)
  const pairs = {
    staff: told.map(each => each.staff_id),
    person: told.map(each => each.person_id),
    since: told.map(each => each.first_improper_on ?? each.first_trace_on ?? '1970-01-01'),
  }
  const stays = await staysOf(lake, pairs)
  const station = await stationOf(lake)
  return [
    {
      key: 'personal_phone',
      label: 'Moves to a personal telephone on day 3',
      changes: ['billing', 'messages'].map(feed => ({ feed, sql: movedAway(feed), params: pairs })),
    },
    {
      key: 'parks_away',
      label: 'Parks 300 m away',
      changes: [positions(`p.lat + ${String(300 / degreeM)}`, 'p.lon', { ...stays, margin: 0 })],
    },
    {
      key: 'radio_off',
      label: 'Turns the radio and tracker off',
      changes: [
        {
          feed: 'positions',
          sql: `select ${columnsOf('positions', 'p.').join(', ')} ${besideStays} where not (${during})`,
          params: { ...stays, margin: 300 },
        },
      ],
    },
    {
      key: 'own_car',
      label: 'Goes in their own car, the force vehicle at a station',
      changes: [positions('{lat:Float64}', '{lon:Float64}', { ...stays, ...station, margin: 600 })],
    },
  ]
}

type Stays = { readonly unit: string[]; readonly start: string[]; readonly end: string[] }

/** Stays and halts of a unit beside a victim's address with the offender on it, once it had begun. */
const staysOf = async (lake: Lake, pairs: LakeParams): Promise<Stays> => {
  const rows = await lake.rows<{ unit_id: string; start: string; end: string }>(
    `select distinct s.unit_id as unit_id, toString(s.start_at) as start, toString(s.end_at) as end
     from upstander.address_stays s
     join (${pairRows}) p on p.staff_id = s.staff_id and p.person_id = s.person_id
     where s.start_at >= p.since
     order by unit_id, start`,
    pairs,
  )
  return {
    unit: rows.map(row => row.unit_id),
    start: rows.map(row => row.start),
    end: rows.map(row => row.end),
  }
}

const stationOf = async (lake: Lake): Promise<{ lat: number; lon: number }> => {
  const [row] = await lake.rows<{ lat: number; lon: number }>(
    `select lat, lon from upstander.sites where kind = 'station' order by site_id limit 1`,
  )
  return row ?? { lat: 0, lon: 0 }
}

const pairRows = `
  select pair.1 as staff_id, pair.2 as person_id, toDate(pair.3) as since
  from (select arrayJoin(arrayZip({staff:Array(String)}, {person:Array(String)}, {since:Array(String)})) as pair)`

/** Bills and messages without those between an offender's devices and a victim's numbers from the third day on. */
const movedAway = (feed: string): string => `
  select ${columnsOf(feed, 'b.').join(', ')}
  from upstander.${feed} b
  left join (
    select d.address as device, n.number as other, min(p.since) as since
    from (${pairRows}) p
    join upstander.devices d on d.staff_id = p.staff_id
    join upstander.person_numbers n on n.person_id = p.person_id
    group by device, other
  ) gone on gone.device = b.device_address and gone.other = b.other_address
  where gone.device = '' or b.at < gone.since + interval 3 day`

const besideStays = `
  from upstander.positions p
  asof left join (
    select stay.1 as unit_id, toDateTime(stay.2, 'UTC') - {margin:UInt32} as start_at, toDateTime(stay.3, 'UTC') + {margin:UInt32} as end_at
    from (select arrayJoin(arrayZip({unit:Array(String)}, {start:Array(String)}, {end:Array(String)})) as stay)
  ) s on s.unit_id = p.unit_id and p.at >= s.start_at`

const during = `s.unit_id != '' and p.at <= s.end_at`

/** Positions with other coordinates during the stays. */
const positions = (lat: string, lon: string, params: LakeParams): Variation['changes'][number] => ({
  feed: 'positions',
  sql: `select ${columnsOf('positions', 'p.')
    .map(column =>
      column === 'p.lat'
        ? `if(${during}, ${lat}, p.lat)`
        : column === 'p.lon'
          ? `if(${during}, ${lon}, p.lon)`
          : column,
    )
    .join(', ')} ${besideStays}`,
  params,
})
