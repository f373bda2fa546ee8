import type { FastifyInstance } from 'fastify'
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

/** Builds the staff app and listens. Port 0 takes any free one. */
export const startApp = async (
  deps: WebDeps,
  listen: { readonly host: string; readonly port: number },
): Promise<RunningApp> => {
  const app = await buildApp(deps)
  const address = await app.listen(listen)
  return { address, app, stop: () => app.close() }
}
