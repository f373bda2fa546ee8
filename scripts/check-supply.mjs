// What the product is made of: writes its bill of materials, holds it to the lock file, and asks the registry for known faults.
// Without the network the last part is said to be missing; everything else is checked all the same.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { root } from './install.mjs'

const npm = (...args) =>
  spawnSync('npm', args, { cwd: root, encoding: 'utf8', timeout: 60_000, maxBuffer: 64 * 1024 * 1024 })

const readJson = file => JSON.parse(readFileSync(`${root}${file}`, 'utf8'))
const { packages } = readJson('package-lock.json')
const own = readJson('package.json')
const faults = []

const made = npm('sbom', '--package-lock-only', '--sbom-format=cyclonedx')
const bill = made.status === 0 ? JSON.parse(made.stdout) : undefined
if (bill === undefined) faults.push(`npm sbom failed: ${made.stderr.trim()}`)
else {
  mkdirSync(`${root}node_modules/.cache/upstander`, { recursive: true })
  writeFileSync(`${root}node_modules/.cache/upstander/sbom.cdx.json`, made.stdout)
  console.log(
    `${bill.components.length} packages, in node_modules/.cache/upstander/sbom.cdx.json (CycloneDX ${bill.specVersion})`,
  )
}

const loose = Object.entries({ ...own.dependencies, ...own.devDependencies }).filter(
  ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
)
for (const [name, version] of loose) faults.push(`${name} is asked for as ${version}: give the exact version`)
for (const [path, { integrity, hasInstallScript, link }] of Object.entries(packages)) {
  const name = path.split('node_modules/').at(-1)
  if (path === '' || link) continue
  if (integrity === undefined) faults.push(`${name} has no hash in package-lock.json`)
  if (hasInstallScript && own.allowScripts?.[name] !== true)
    faults.push(`${name} runs a script when it is installed, and package.json does not allow it`)
}

const audit = npm('audit', '--omit=dev', '--json')
const known = readVulnerabilities(audit.stdout)
if (known === undefined)
  console.log(
    'Known faults were not looked for: the registry did not answer. Run npm audit where there is a network.',
  )
else
  for (const { name, severity } of known)
    if (severity === 'high' || severity === 'critical')
      faults.push(`${name} has a known fault (${severity}): npm audit says more`)

for (const fault of faults) console.error(fault)
process.exit(faults.length === 0 ? 0 : 1)

/** Packages with a known fault; undefined where the registry was not reached or does not offer the list. */
function readVulnerabilities(text) {
  try {
    const { vulnerabilities } = JSON.parse(text)
    return vulnerabilities === undefined ? undefined : Object.values(vulnerabilities)
  } catch {
    return undefined
  }
}
