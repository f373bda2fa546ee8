// What detection takes on a large force: `npx node bench/at-size.ts DIR [--copies 4] [--spans 3] [--from 2025-03-03] [--days 120]`.
// DIR is a data folder in which a force was taken in. ITS RECORDS ARE MULTIPLIED, so give a copy. What it prints is written down in
// bench/at-size.md, which the page on performance quotes.
import { parseArgs } from 'node:util'
import { runStep, type StepFigure } from './steps.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    copies: { type: 'string', default: '1' },
    spans: { type: 'string', default: '1' },
    from: { type: 'string', default: '2025-03-03' },
    days: { type: 'string', default: '120' },
  },
})
const [data] = positionals
if (data === undefined) throw new Error('Name the data folder.')

const show = (name: string, { seconds, cpuSeconds, peakMb, rows }: StepFigure): void => {
  process.stdout.write(
    `${name}: ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of processor, ${peakMb.toFixed(0)} MB ${JSON.stringify(rows)}\n`,
  )
}

if (values.copies !== '1' || values.spans !== '1')
  show(
    'multiply',
    runStep('multiply', {
      data,
      staff: values.copies,
      spans: values.spans,
      from: values.from,
      days: values.days,
    }),
  )
const detected = runStep('detect', { data })
show('detect, everything anew', detected)
for (const part of [detected.tables, detected.indicators])
  for (const [name, seconds] of Object.entries(part)
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 15))
    process.stdout.write(`  ${name} ${seconds.toFixed(1)} s\n`)
show('previews, in milliseconds', runStep('preview', { data }))
