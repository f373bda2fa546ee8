import type { PackageWriter } from './package-writer.ts'
import type { Random } from './random.ts'
import type { Traffic } from './world.ts'

type Download = { readonly from: number; readonly to: number; readonly events: Map<string, number> }

/** Carries calls and messages: writes billing and messages as they happen, and keeps the counts that downloads will find. */
export const openTraffic = (out: PackageWriter, random: Random): Traffic => {
  const downloads = new Map<string, Download[]>()
  const kept = new Map<string, number>()
  return {
    carry: ({ device, other, direction, at, kind, seconds, text }) => {
      if (device === '' || other === '') return
      const moment = Math.floor(at)
      const written = out.add('billing', {
        record_id: out.key('B'),
        device_address: device,
        other_address: other,
        direction,
        kind,
        at: moment,
        duration_s: kind === 'voice' ? Math.max(0, Math.round(seconds ?? 0)) : undefined,
      })
      if (!written) return
      if (text !== undefined)
        out.add('messages', {
          message_id: out.key('M'),
          device_address: device,
          other_address: other,
          direction,
          channel: kind === 'voice' ? 'call_transcript' : 'sms',
          at: moment,
          text,
        })
      for (const { from, to, events } of downloads.get(device) ?? [])
        if (from <= moment && moment <= to)
          events.set(`${other} ${kind}`, (events.get(`${other} ${kind}`) ?? 0) + 1)
    },
    download: (device, from, to) => {
      downloads.set(device, [...(downloads.get(device) ?? []), { from, to, events: new Map() }])
    },
    forget: (device, other, share) => kept.set(`${device} ${other}`, share),
    countHandsets: () => {
      for (const [device, found] of downloads)
        for (const { from, to, events } of found)
          for (const [key, carried] of events) {
            const [other = '', kind = ''] = key.split(' ')
            // Calls fall out of a handset's list; texts mostly stay, unless deleted.
            const share = kept.get(`${device} ${other}`) ?? (kind === 'voice' ? 0.9 : 0.98)
            let count = 0
            for (let event = 0; event < carried; event++) if (random.chance(share)) count++
            if (count === 0 && random.chance(0.5)) continue
            out.add('handset_counts', {
              device_address: device,
              other_address: other,
              kind,
              window_from: from,
              window_to: to,
              extracted_at: to + 3_600,
              events: count,
            })
          }
    },
  }
}
