import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { systemClock } from '../core/clock.ts'
import { takeDataFolder } from '../core/data-folder.ts'
import { AppError } from '../core/errors.ts'
import { readVerifier } from '../log-check/note.ts'
import { createWitnessServer } from '../witness/serve-witness.ts'
import { readWitnessKey } from '../witness/witness-key.ts'
import { openWitnessState } from '../witness/witness-state.ts'

type Options = {
  readonly dir: string
  readonly name: string
  readonly log: readonly string[]
  readonly host: string
  readonly port: string
}

/** Does what `upstander witness` asks for. */
export const runWitness = async ({ dir, name, log, host, port }: Options): Promise<void> => {
  const folder = resolve(dir)
  const held = takeDataFolder(folder, 'witness')
  try {
    const key = readWitnessKey(join(folder, 'witness.key'), name)
    const logs = log.map(line => {
      const verifier = readVerifier(line)
      if (verifier?.type !== 'log')
        throw new AppError('USAGE', `This is not the public key of a log: ${line}`)
      return verifier
    })
    const server = createWitnessServer({ key, logs, state: openWitnessState(folder), clock: systemClock })
    await new Promise<void>((listening, failed) => {
      server.once('error', failed).listen(Number(port), host, listening)
    })
    const { port: taken } = server.address() as AddressInfo
    process.stdout.write(`The witness is at http://${host}:${taken}/\nIts public key: ${key.line}\n`)
    await new Promise<void>(stop => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const)
        process.once(signal, () => {
          stop()
        })
    })
    server.closeAllConnections()
    server.close()
  } finally {
    held.release()
  }
}
