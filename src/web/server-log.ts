import type { FastifyRequest } from 'fastify'
import type { WebDeps } from './web-deps.ts'

const leftOut = '(left out)'

/** The kind of a fault and where it came from, and the same of what caused it. */
const describeFault = (thrown: unknown): FaultWords => {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: leftOut, stack: '' }
  const { code } = thrown as { code?: unknown }
  return {
    type: thrown.name,
    message: leftOut,
    ...(typeof code === 'string' ? { code } : {}),
    stack: (thrown.stack ?? '')
      .split('\n')
      .filter(line => /^\s+at /.test(line))
      .join('\n'),
    ...(thrown.cause === undefined ? {} : { cause: describeFault(thrown.cause) }),
  }
}

type FaultWords = {
  readonly type: string
  readonly message: string
  readonly code?: string
  readonly stack: string
  readonly cause?: FaultWords
}

/**
 * The server's own log: for whoever runs the machine, who may read no police data. A fault is told by its kind and the
 * lines of code it came through. Its words are left out: a store quotes in them what it was given. A request is told by its
 * page, not its address, and not by who asked: that is for the audit log.
 */
export const serverLog = ({ logLevel, logTo }: Pick<WebDeps, 'logLevel' | 'logTo'>) => ({
  level: logLevel ?? 'error',
  ...(logTo === undefined ? {} : { stream: logTo }),
  serializers: {
    req: (request: FastifyRequest) => ({ method: request.method, page: request.routeOptions.url ?? 'none' }),
    err: describeFault,
  },
})
