import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { takeDataFolder } from '../core/data-folder.ts'
import { projectRoot } from '../core/project-root.ts'

const home = mkdtempSync(join(tmpdir(), 'upstander-verbs-'))
after(() => {
  rmSync(home, { recursive: true, force: true })
})

type Ran = { readonly status: number; readonly out: string; readonly err: string }

/** Runs the command line as a person at a terminal would, in a child process of its own. */
const upstander = (...args: string[]): Promise<Ran> =>
  new Promise(resolve => {
    const main = join(projectRoot, 'src/cli/main.ts')
    const runtime = ['--disable-warning=ExperimentalWarning', main, ...args]
    const env = { ...process.env, UPSTANDER_DATA: join(home, 'unnamed') }
    const child = execFile(process.execPath, runtime, { encoding: 'utf8', env }, (_, out, err) => {
      resolve({ status: child.exitCode ?? -1, out, err })
    })
  })

const verbs = [
  'start',
  'simulate',
  'intake',
  'rejects',
  'detect',
  'replay',
  'evaluate',
  'concerns',
  'serve',
  'backup',
  'backup-key',
  'restore',
  'doctor',
  'check-data',
  'content',
]

test('every verb says what it does and takes the data folder, and asking ends with 0', async () => {
  const { out: help } = await upstander('--help')
  const asked = await Promise.all(verbs.map(async verb => ({ verb, ...(await upstander(verb, '--help')) })))
  for (const { verb, status, out } of asked) {
    assert.match(help, new RegExp(`^ {2}${verb}\\b`, 'm'))
    assert.equal(status, 0)
    assert.match(out, new RegExp(`^Usage: upstander ${verb}\\b`))
    if (verb !== 'content') assert.match(out, /--data <dir>/, verb)
  }
})

const misuses: readonly (readonly [args: readonly string[], says: RegExp])[] = [
  [['detct'], /unknown command 'detct'\n\(Did you mean detect\?\)/],
  [['intake'], /missing required argument 'folder'/],
  [['detect', '--colour'], /unknown option '--colour'/],
  [['concerns', '--band', 'purple'], /Allowed choices are watch, review, develop, priority/],
  [['replay', '--from', '1 May', '--to', '2025-05-02'], /A day is written YYYY-MM-DD/],
  [['replay', '--from', '2025-05-03', '--to', '2025-05-02'], /--from 2025-05-03 is after --to 2025-05-02/],
  [['backup', 'x.tar'], /Name who can open it with --for age1/],
  [['start', '--port', 'http'], /--port takes a whole number from 0 to 65535, not "http"/],
  [['serve', '--port', 'http'], /--port takes a whole number from 0 to 65535, not "http"/],
  [['simulate', '--out', 'x', '--staff', '3'], /Give a whole number of at least 60/],
  [['rejects', '--feed', 'biling'], /There is no feed "biling"\. The nearest is "billing"\./],
]

test('a verb used wrongly ends with 2 and says what to mend, without a stack and with nothing on standard output', async () => {
  const runs = await Promise.all(
    misuses.map(async ([args, says]) => ({ args, says, ...(await upstander(...args)) })),
  )
  for (const { args, says, status, out, err } of runs) {
    assert.equal(status, 2, args.join(' '))
    assert.match(err, says)
    assert.doesNotMatch(err, /\n {4}at /)
    assert.equal(out, '')
  }
})

test('the data folder is named before the verb or after it, and both mean the same', async () => {
  const folder = join(home, 'named')
  const before = await upstander('--data', folder, 'concerns', '--json')
  const after = await upstander('concerns', '--json', '--data', folder)
  assert.deepEqual([before.status, before.out], [0, '{"total":0,"concerns":[]}\n'])
  assert.deepEqual(after, before)
  assert.match((await upstander('concerns', '--data', folder)).out, /^There is no concern to show\.\n$/)
})

test('doctor tells a program what it found, and shows no secret', async () => {
  const { status, out } = await upstander('doctor', '--json', '--data', join(home, 'named'))
  assert.equal(status, 0)
  const { checks } = JSON.parse(out) as { checks: { name: string; ok: boolean; warns?: boolean }[] }
  assert.deepEqual(
    checks.filter(check => check.warns).map(check => check.name),
    ['register of erasures'],
    'no copy of it is kept outside the folder',
  )
  assert.ok(checks.length >= 5)
  assert.deepEqual(
    checks.filter(check => !check.ok),
    [],
  )
})

test('a folder that another process works on is refused with its name, and ends with 3', async () => {
  const folder = join(home, 'taken')
  const taken = takeDataFolder(folder, 'serve')
  const { status, err } = await upstander('detect', '--data', folder)
  taken.release()
  assert.equal(status, 3)
  assert.match(err, /is in use by "upstander serve" \(process \d+/)
})

test('a folder of records that is not there is named, and ends with 5', async () => {
  const { status, err } = await upstander('intake', join(home, 'nowhere'), '--data', join(home, 'named'))
  assert.equal(status, 5)
  assert.match(err, /There is no folder .*nowhere/)
})
