import { createServer, type IncomingMessage, type Server } from 'node:http'
import { createAddCheckpoint, type Witness, type WitnessAnswer } from './add-checkpoint.ts'

/** Most bytes of a request: 63 lines of a proof and a checkpoint with a hundred cosignatures stay far below. */
const mostBytes = 64 * 1_024

/** The witness as an HTTP server: `POST /add-checkpoint`, and nothing else. Not listening yet. */
export const createWitnessServer = (witness: Witness): Server => {
  const add = createAddCheckpoint(witness)
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 30_000 },
    (request, reply) => {
      const answer = async (): Promise<
        WitnessAnswer | { status: 405 | 404 | 413; type: string; body: string }
      > => {
        const path = (request.url ?? '').split('?')[0] ?? ''
        if (!path.endsWith('/add-checkpoint')) return { status: 404, type: 'text/plain', body: 'Not found\n' }
        if (request.method !== 'POST') return { status: 405, type: 'text/plain', body: 'Only POST\n' }
        const body = await readBody(request)
        return body === undefined ? { status: 413, type: 'text/plain', body: 'Too long\n' } : await add(body)
      }
      answer().then(
        ({ status, type, body }) => {
          reply.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
        },
        (cause: unknown) => {
          process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`)
          reply.writeHead(500, { 'content-type': 'text/plain' }).end('The witness could not answer.\n')
        },
      )
    },
  )
  server.maxConnections = 100
  return server
}

const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > mostBytes) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
