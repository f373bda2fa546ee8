import type { FastifyInstance } from 'fastify'
import { AppError } from '../core/errors.ts'
import { buildApp } from './app.ts'
import type { WebDeps } from './web-deps.ts'

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
export const startApp = async (
  deps: WebDeps,
  listen: { readonly host: string; readonly port: number },
): Promise<RunningApp> => {
  const app = await buildApp(deps)
  const address = await app.listen(listen).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause
    throw new AppError(
      'USAGE',
      `Port ${listen.port} is taken by another program. Stop it, or choose another with --port; 0 takes any free one.`,
      { cause },
    )
  })
  return { address, app, stop: () => app.close() }
}
