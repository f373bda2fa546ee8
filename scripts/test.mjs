// `npm test`: installs what it needs, then runs every check, cheapest first, and stops at none so that one run shows all faults.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installPackages, root, runtime } from './install.mjs'

installPackages()
installSystemPackages()

const bin = name => `${root}node_modules/.bin/${name}`
const node = (...args) => [runtime, ['--disable-warning=ExperimentalWarning', ...args]]

/** Test files by what they cost: the suffix says it. */
const files = {
  unit: filesEnding('.test.ts').filter(file => !file.endsWith('.db.test.ts')),
  database: filesEnding('.db.test.ts'),
  journeys: filesEnding('.journey.ts'),
}
const tests = (list, concurrency) => node('scripts/run-tests.mjs', String(concurrency), ...list)

const steps = [
  ['types', bin('tsc'), ['--noEmit']],
  ['lint', bin('eslint'), ['.', '--max-warnings', '0']],
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['boundaries', bin('depcruise'), ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'err']],
  ['dead code', bin('knip'), []],
  ['supply chain', runtime, ['scripts/check-supply.mjs']],
  ['content', ...node('src/cli/main.ts', 'content', 'check')],
  ['unit tests', ...tests(files.unit, 2)],
  ['database tests', ...tests(files.database, 2)],
  ['browser journeys', ...tests(files.journeys, 1)],
  ['real-data checks', ...node('src/cli/main.ts', 'check-data')],
]

const only = process.argv.slice(2)
const temporary = mkdtempSync(join(tmpdir(), 'upstander-test-'))
// PostgreSQL refuses to run as root: its ordinary user must be able to reach its own folder below this one.
chmodSync(temporary, 0o711)
const counts = { passed: 0, failed: 0 }
const failed = []
for (const [name, command, args] of steps) {
  if (only.length > 0 && !only.includes(name)) continue
  const startedAt = performance.now()
  console.log(`\n▶ ${name}`)
  const run = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 512 * 1024 * 1024,
    env: {
      // Two hundred processes read the same files: compiled once, each starts half a second sooner.
      NODE_COMPILE_CACHE: `${root}node_modules/.cache/upstander/compiled`,
      ...process.env,
      PATH: `${root}node_modules/.bin:${process.env.PATH}`,
      TMPDIR: temporary,
      FORCE_COLOR: '0',
    },
  })
  const ok = run.status === 0
  process.stdout.write(shorten(run.stdout ?? '', ok))
  const [, passes] = /^ℹ pass (\d+)$/m.exec(run.stdout ?? '') ?? []
  const [, fails] = /^ℹ fail (\d+)$/m.exec(run.stdout ?? '') ?? []
  counts.passed += passes === undefined ? Number(ok) : Number(passes)
  counts.failed += fails === undefined ? Number(!ok) : Math.max(Number(fails), Number(!ok))
  if (!ok) failed.push(name)
  console.log(`${ok ? '✔' : '✘'} ${name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
}
rmSync(temporary, { recursive: true, force: true })
console.log(failed.length === 0 ? '\nEverything passed.' : `\nFailed: ${failed.join(', ')}.`)
console.log(`${counts.passed} passed, ${counts.failed} failed`)
process.exit(failed.length === 0 ? 0 : 1)

/** A passing test run is told by its names alone; a failing one is shown whole. */
function shorten(text, ok) {
  return ok && text.length > 60_000 ? `${text.slice(0, 30_000)}\n…\n${text.slice(-30_000)}` : text
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
