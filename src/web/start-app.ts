import { createServer } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { AppError } from '../core/errors.ts'
import { buildApp } from './app.ts'
import type { WebDeps } from './web-deps.ts'

/** Where the staff app listens; port 0 is any free one. */
type Listen = { readonly host: string; readonly port: number }

/** The running staff app. */
export type RunningApp = {
  /** Where a browser on this machine finds it, such as `http://127.0.0.1:3000`. */
  readonly address: string
  readonly app: FastifyInstance
  /** Answers what is under way, then stops. The stores stay open: they are the caller's. */
  readonly stop: () => Promise<void>
}

/**
 * Builds the staff app and listens. Port 0 takes any free one.
 * @throws AppError USAGE when the port is taken
 */
export const startApp = async (deps: WebDeps, listen: Listen): Promise<RunningApp> => {
  const app = await buildApp(deps)
  const address = await app.listen(listen).catch(portTaken(listen.port))
  return { address, app, stop: () => app.close() }
}

/**
 * Tries the port and lets go of it, so that nobody waits for what could then not be served.
 * @throws AppError USAGE when the port is taken
 */
export const demandFreePort = async ({ host, port }: Listen): Promise<void> => {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject)
    probe.listen(port, host, resolve)
  }).catch(portTaken(port))
  await new Promise(resolve => probe.close(resolve))
}

const portTaken =
  (port: number) =>
  (cause: unknown): never => {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause
    throw new AppError(
      'USAGE',
      `Port ${port} is taken by another program. Stop it, or choose another with --port; 0 takes any free one.`,
      { cause },
    )
  }
