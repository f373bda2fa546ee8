// `npm run bench`: installs what is missing, then measures speed and memory on this machine.
import { spawn } from 'node:child_process'
import { installPackages, root, runtime } from './install.mjs'

installPackages()
const child = spawn(
  runtime,
  ['--disable-warning=ExperimentalWarning', `${root}bench/main.ts`, ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', code => process.exit(code ?? 1))
