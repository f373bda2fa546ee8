// `npm test`: installs what it needs, then runs every check, and stops at none so that one run shows all faults.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { installPackages, root, runtime } from './install.mjs'

installPackages()
installSystemPackages()

const bin = name => `${root}node_modules/.bin/${name}`
const node = (...args) => [runtime, ['--disable-warning=ExperimentalWarning', ...args]]

/** Test files by what they cost: the suffix says it. */
const files = {
  'unit tests': filesEnding('.test.ts').filter(file => !file.endsWith('.db.test.ts')),
  'database tests': filesEnding('.db.test.ts'),
  'browser journeys': filesEnding('.journey.ts'),
}

/** What needs no test runner. */
const checks = [
  ['types', bin('tsc'), ['--noEmit']],
  ['lint', bin('eslint'), ['.', '--max-warnings', '0']],
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['boundaries', bin('depcruise'), ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'err']],
  ['dead code', bin('knip'), []],
  ['supply chain', runtime, ['scripts/check-supply.mjs']],
  ['content', ...node('src/cli/main.ts', 'content', 'check')],
]

const asked = process.argv.slice(2)
const wanted = ([name]) => asked.length === 0 || asked.includes(name)
const known = [...checks, ...Object.entries(files)].map(([name]) => name)
const unknown = asked.filter(name => !known.includes(name))
if (unknown.length > 0) {
  console.error(`No step is called ${unknown.join(' or ')}. The steps: ${known.join(', ')}.`)
  process.exit(2)
}

const temporary = mkdtempSync(join(tmpdir(), 'upstander-test-'))
// PostgreSQL refuses to run as root: its ordinary user must be able to reach its own folder below this one.
chmodSync(temporary, 0o711)
const counts = { passed: 0, failed: 0 }
const failed = []

// Two at a time, for two cores. The test files of all kinds are one run, so that no core waits for the last file of a kind.
const left = checks.filter(wanted)
await Promise.all(
  [1, 2].map(async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [name, ...command] = next
      await step(name, command)
    }
  }),
)
const kinds = Object.entries(files).filter(wanted)
const number = kinds.reduce((sum, [, list]) => sum + list.length, 0)
if (number > 0) {
  console.log(`\n… ${number} files of tests (all of them take about a quarter of an hour on two cores)`)
  await step(
    kinds.map(([name]) => name).join(', '),
    node('scripts/run-tests.mjs', '2', ...kinds.flatMap(([, list]) => list)),
    { alone: true },
  )
}

rmSync(temporary, { recursive: true, force: true })
console.log(failed.length === 0 ? '\nEverything passed.' : `\nFailed: ${failed.join(', ')}.`)
console.log(`${counts.passed} passed, ${counts.failed} failed`)
process.exit(failed.length === 0 ? 0 : 1)

/** Runs one step and tells how it ended. Its output comes in one piece, because another step may be running beside it, unless it runs alone. */
async function step(name, [command, args], { alone } = { alone: false }) {
  const startedAt = performance.now()
  if (alone) console.log(`\n▶ ${name}`)
  const run = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      // Two hundred processes read the same files: compiled once, each starts half a second sooner.
      NODE_COMPILE_CACHE: `${root}node_modules/.cache/upstander/compiled`,
      ...process.env,
      PATH: `${root}node_modules/.bin:${process.env.PATH}`,
      TMPDIR: temporary,
      FORCE_COLOR: '0',
    },
  })
  let output = ''
  run.stdout.setEncoding('utf8').on('data', part => {
    output += part
    if (alone) process.stdout.write(part)
  })
  const [faults, [code]] = await Promise.all([text(run.stderr), once(run, 'close')])
  const ok = code === 0
  if (!alone) console.log(`\n▶ ${name}\n${output}`)
  process.stderr.write(faults)
  const [, passes] = /^ℹ pass (\d+)$/m.exec(output) ?? []
  const [, fails] = /^ℹ fail (\d+)$/m.exec(output) ?? []
  counts.passed += passes === undefined ? Number(ok) : Number(passes)
  counts.failed += fails === undefined ? Number(!ok) : Math.max(Number(fails), Number(!ok))
  if (!ok) failed.push(name)
  console.log(`${ok ? '✔' : '✘'} ${name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
}

function filesEnding(suffix) {
  const found = []
  const walk = dir => {
    for (const entry of readdirSync(dir)) {
      const path = join(dir, entry)
      if (statSync(path).isDirectory()) walk(path)
      else if (entry.endsWith(suffix)) found.push(path)
    }
  }
  for (const dir of ['src', 'tests']) walk(join(root, dir))
  return found.sort()
}

/** The browser and the database server the tests use, from Debian's packages where they are missing. */
function installSystemPackages() {
  const missing = []
  if (!existsSync('/usr/bin/chromium')) missing.push('chromium')
  if (!existsSync('/usr/lib/postgresql')) missing.push('postgresql')
  if (missing.length === 0) return
  console.error(`Installing ${missing.join(' and ')} (Debian packages, once)…`)
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const run = (...args) =>
    spawnSync([...asRoot, ...args][0], [...asRoot, ...args].slice(1), {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  if (!run('apt-get', 'update', '-qq') || !run('apt-get', 'install', '-y', '-qq', ...missing)) {
    console.error(
      `The tests need Debian's ${missing.join(' and ')}. Install them (apt-get install ${missing.join(' ')}) and run npm test again.`,
    )
    process.exit(1)
  }
}
