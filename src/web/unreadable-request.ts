import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** The same words for everything that cannot be read: what exactly was wrong helps nobody who means well. */
const words = 'This request could not be read.\n'

const statusOf = (code: string | undefined): number => {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408
  return code === 'HPE_HEADER_OVERFLOW' ? 431 : 400
}

/**
 * Answers requests that never reach a page, with the same headers as every page: those that are no HTTP, come too slowly or
 * with too many headers (`onSocket`), and those whose address cannot be decoded (`onAddress`).
 */
export const answerUnreadable = (headers: Readonly<Record<string, string>>) => ({
  onSocket: (fault: NodeJS.ErrnoException, socket: Socket): void => {
    if (fault.code === 'ECONNRESET' || socket.destroyed) return
    if (socket.writable) {
      const status = statusOf(fault.code)
      const lines = [
        `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
        'content-type: text/plain; charset=utf-8',
        `content-length: ${words.length}`,
        'connection: close',
      ]
      socket.write(`${lines.join('\r\n')}\r\n\r\n${words}`)
    }
    socket.destroy(fault)
  },
  onAddress: (_fault: Error, _request: FastifyRequest, reply: FastifyReply): void => {
    void reply.code(400).headers(headers).type('text/plain; charset=utf-8').send(words)
  },
})
