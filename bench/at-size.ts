// What detection takes on a large force: `npx node bench/at-size.ts DIR [--copies 4] [--spans 3] [--from 2025-03-03] [--days 120]`.
// DIR is a data folder in which a force was taken in. ITS RECORDS ARE MULTIPLIED, so give a copy. --night names the data folder of that
// force with one more day taken in: it is multiplied too, for a nightly run. What it prints is written down in bench/at-size.md, which the
// page on performance quotes.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { addDays } from '../src/core/clock.ts'
import { runStep, type StepFigure } from './steps.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    copies: { type: 'string', default: '1' },
    spans: { type: 'string', default: '1' },
    from: { type: 'string', default: '2025-03-03' },
    days: { type: 'string', default: '120' },
    night: { type: 'string', default: '' },
  },
})
const [data] = positionals
if (data === undefined) throw new Error('Name the data folder.')

const show = (name: string, { seconds, cpuSeconds, peakMb, rows }: StepFigure): void => {
  process.stdout.write(
    `${name}: ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of processor, ${peakMb.toFixed(0)} MB ${JSON.stringify(rows)}\n`,
  )
}

const copies = { staff: values.copies, spans: values.spans, from: values.from, days: values.days }
if (values.copies !== '1' || values.spans !== '1') show('multiply', runStep('multiply', { data, ...copies }))
const detected = runStep('detect', { data })
show('detect, everything anew', detected)
for (const part of [detected.tables, detected.indicators])
  for (const [name, seconds] of Object.entries(part)
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 15))
    process.stdout.write(`  ${name} ${seconds.toFixed(1)} s\n`)
const { previews } = runStep('preview', { data })
for (const weight of [true, false]) {
  const drafts = previews
    .filter(each => (each.changed === 'weight') === weight)
    .toSorted((a, b) => b.seconds - a.seconds)
  const [worst, tenth, middle] = [0, 0.1, 0.5].map(share => drafts[Math.floor(drafts.length * share)])
  process.stdout.write(
    `previews of ${weight ? 'a weight' : 'a parameter'}: median ${String(middle?.seconds)} s, 90th percentile ${String(tenth?.seconds)} s, most ${String(worst?.seconds)} s\n`,
  )
  for (const each of drafts.slice(0, 10)) process.stdout.write(`  ${JSON.stringify(each)}\n`)
}
if (values.night !== '') {
  const folder = mkdtempSync(join(tmpdir(), 'upstander-night-'))
  runStep('export-night', { data: values.night, out: folder })
  runStep('multiply-night', { data, folder, ...copies })
  rmSync(folder, { recursive: true })
  show('detect, one more day', runStep('nightly', { data }))
  const later = (Number(values.spans) - 1) * Number(values.days)
  const from = addDays(values.from, later + 60)
  show('replay', runStep('replay', { data, from, night: addDays(values.from, later + Number(values.days)) }))
}
