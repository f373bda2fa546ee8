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
const child = spawn(
  runtime,
  ['--disable-warning=ExperimentalWarning', `${root}src/cli/main.ts`, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => {
  if (signal) process.kill(process.pid, signal)
  else process.exit(code ?? 1)
})
