import { latitude, longitude } from './area.ts'
import { dayText, daySeconds } from './time.ts'

/** One fix of a unit. */
export type Fix = {
  readonly at: number
  readonly x: number
  readonly y: number
  readonly speedKmh: number
  /** Nothing where the unit has no ignition. */
  readonly ignition: boolean | undefined
  readonly accuracy: number
}

/** Writes fixes straight into bytes: text is too slow for millions. */
export type FixWriter = { readonly write: (unit: string, fix: Fix) => void; readonly close: () => void }

const size = 1 << 20
const roomForOne = 120
const [zero, comma, minus, point, newLine] = [48, 44, 45, 46, 10]

/** Columns in the order of the contract: unit_id, at, lat, lon, speed_kmh, ignition, accuracy_m. Nothing outside `from` … `end` is written. */
export const openFixWriter = (
  from: number,
  end: number,
  flush: (bytes: Uint8Array, count: number) => void,
): FixWriter => {
  const bytes = Buffer.alloc(size)
  let at = 0
  let count = 0
  const text = (value: string) => {
    at += bytes.write(value, at, 'latin1')
  }
  const two = (value: number) => {
    bytes[at++] = zero + Math.floor(value / 10)
    bytes[at++] = zero + (value % 10)
  }
  const whole = (value: number) => {
    if (value >= 10) whole(Math.floor(value / 10))
    bytes[at++] = zero + (value % 10)
  }
  /** Five decimals, about a metre. */
  const degree = (value: number) => {
    if (value < 0) bytes[at++] = minus
    const scaled = Math.round(Math.abs(value) * 100_000)
    whole(Math.floor(scaled / 100_000))
    bytes[at++] = point
    const rest = scaled % 100_000
    for (let unit = 10_000; unit >= 1; unit /= 10) bytes[at++] = zero + (Math.floor(rest / unit) % 10)
  }
  const moment = (value: number) => {
    const day = Math.floor(value / daySeconds)
    const second = value - day * daySeconds
    text(dayText(day))
    bytes[at++] = 84
    two(Math.floor(second / 3_600))
    bytes[at++] = 58
    two(Math.floor(second / 60) % 60)
    bytes[at++] = 58
    two(second % 60)
    bytes[at++] = 90
  }
  const close = () => {
    if (count > 0) flush(bytes.subarray(0, at), count)
    at = 0
    count = 0
  }
  return {
    write: (unit, fix) => {
      if (fix.at < from || fix.at > end) return
      text(unit)
      bytes[at++] = comma
      moment(fix.at)
      bytes[at++] = comma
      degree(latitude(fix))
      bytes[at++] = comma
      degree(longitude(fix))
      bytes[at++] = comma
      whole(Math.round(fix.speedKmh))
      bytes[at++] = comma
      if (fix.ignition !== undefined) text(fix.ignition ? 'true' : 'false')
      bytes[at++] = comma
      whole(fix.accuracy)
      bytes[at++] = newLine
      count++
      if (at > size - roomForOne) close()
    },
    close,
  }
}
