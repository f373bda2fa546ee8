import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { projectRoot } from '../core/project-root.ts'

const home = mkdtempSync(join(tmpdir(), 'upstander-cli-'))
const folder = mkdtempSync(join(home, 'in-'))
after(() => {
  rmSync(home, { recursive: true, force: true })
})

const upstander = (...args: string[]) =>
  spawnSync(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(projectRoot, 'src/cli/main.ts'),
      ...args,
      '--data',
      join(home, 'data'),
    ],
    { encoding: 'utf8' },
  )

test('intake ends with 5 when a file was refused, the others land, and rejects lists and exports the faults', () => {
  writeFileSync(join(folder, 'units.csv'), 'unit_id,kind\nV1,vehicle\nV2,"hover, craft"\n')
  writeFileSync(join(folder, 'sites.csv'), 'site,kind,lat,lon\nX1,station,51.5,-0.1\n')
  const intake = upstander('intake', folder)
  assert.equal(intake.status, 5, intake.stderr)
  assert.match(intake.stdout, /units\.csv +2 +1 +1/)
  assert.match(
    intake.stdout,
    /REFUSED sites\.csv was not taken in\. There is no column site_id\. The nearest is 'site'/,
  )

  assert.match(upstander('rejects').stdout, /^REFUSED sites\.csv was not taken in\. /)
  const list = upstander('rejects', '--json', '--feed', 'units')
  assert.deepEqual(
    (JSON.parse(list.stdout) as { line: number; field: string; value: string }[]).map(
      ({ line, field, value }) => ({ line, field, value }),
    ),
    [{ line: 3, field: 'kind', value: 'hover, craft' }],
  )
  const out = join(home, 'rejects.csv')
  assert.match(upstander('rejects', '--out', out).stdout, /^1 fault written/)
  const [header, row] = readFileSync(out, 'utf8').split('\n')
  assert.equal(header, 'feed,file,line,field,value,reason,row')
  assert.match(row ?? '', /^units,units\.csv,3,kind,"hover, craft",/)
})

test('intake ends with 0 when every file lands, and tells a program in JSON', () => {
  writeFileSync(join(folder, 'sites.csv'), 'site_id,kind,lat,lon\nX1,station,51.5,-0.1\n')
  assert.equal(upstander('intake', folder).status, 0)
  assert.doesNotMatch(upstander('rejects').stdout, /REFUSED/, 'a mended file has left the list')
  const intake = upstander('intake', folder, '--json')
  assert.equal(intake.status, 0, intake.stderr)
  assert.equal((JSON.parse(intake.stdout) as { known: unknown[] }).known.length, 2)
})

test('a folder that is not there, and a feed that is none, are said so', () => {
  const nowhere = upstander('intake', join(home, 'nowhere'))
  assert.deepEqual([nowhere.status, nowhere.stderr.includes('There is no folder')], [5, true])
  const unknown = upstander('rejects', '--feed', 'biling')
  assert.deepEqual([unknown.status, unknown.stderr.includes('There is no feed "biling"')], [2, true])
})
