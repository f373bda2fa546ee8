#!/usr/bin/env node
// Starts the command line on the runtime this project pins (the npm package `node`), whatever the host has.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const runtime = `${root}node_modules/node/bin/node`
if (!existsSync(runtime)) {
  console.error(
    'Upstander is not installed yet. Run "npm install" (or "npm start") in the project folder first.',
  )
  process.exit(1)
}
// The check of a long log needs nothing for long: with little room for what is new, a million entries take half the memory.
const room = process.argv[2] === 'audit' ? ['--max-semi-space-size=8'] : []
const child = spawn(
  runtime,
  ['--disable-warning=ExperimentalWarning', ...room, `${root}src/cli/main.ts`, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    // The files of the program are compiled once: half a second less at each start. Where nobody may write there it is done each time.
    env: { NODE_COMPILE_CACHE: `${root}node_modules/.cache/upstander/compiled`, ...process.env },
  },
)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => {
  if (signal) process.kill(process.pid, signal)
  else process.exit(code ?? 1)
})
