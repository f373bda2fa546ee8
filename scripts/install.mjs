// Installs the packages of package-lock.json when they are missing or out of date. Runs on the host's Node (20 or newer).
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
/** The runtime this project pins, which the npm package `node` brings. */
export const runtime = `${root}node_modules/node/bin/node`

const stamp = `${root}node_modules/.installed-for`

export const installPackages = () => {
  const wanted = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex')
  const present = existsSync(stamp) && existsSync(runtime) ? readFileSync(stamp, 'utf8') : ''
  if (present === wanted) return
  console.error('Installing packages (once; about a minute)…')
  // Not `npm ci`: it refuses a lock file made where the registry lacks the native packages of other platforms.
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (npm.status !== 0) {
    console.error('npm install failed: see above. Check the connection to the npm registry and try again.')
    process.exit(1)
  }
  if (!existsSync(runtime)) {
    console.error(
      'The pinned runtime did not install: npm was told not to run install scripts. Allow the script of the package "node" and try again.',
    )
    process.exit(1)
  }
  writeFileSync(stamp, wanted)
}
