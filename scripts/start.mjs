// `npm start`: installs what is missing, then prepares the demonstration force where there is no data yet, and serves.
import { spawn } from 'node:child_process'
import { installPackages, root } from './install.mjs'

installPackages()
const child = spawn(process.execPath, [`${root}bin/upstander.mjs`, 'start', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', code => process.exit(code ?? 1))
