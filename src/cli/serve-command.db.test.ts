import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { projectRoot } from '../core/project-root.ts'

const run = (...words: string[]) =>
  spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    join(projectRoot, 'src/cli/main.ts'),
    ...words,
  ])

const start = (...options: string[]) => run('serve', ...options)

/** What a stream says until it says something like this, or ends. */
const until = async (stream: NodeJS.ReadableStream, wanted: RegExp): Promise<string> => {
  let text = ''
  for await (const chunk of stream) {
    text += String(chunk)
    if (wanted.test(text)) return text
  }
  return text
}

test('serve prints its address, answers, and ends in order when asked to', async () => {
  const data = mkdtempSync(join(tmpdir(), 'upstander-serve-'))
  const first = start('--port', '0', '--data', data)
  const said = await until(first.stdout, /Password .*\n/)
  const address = /http:\S+/.exec(said)?.[0] ?? ''
  assert.match(
    said,
    /E-mail {4}administrator@unit\.example\n {2}Password {2}(\w{5}-){3}\w{5} {3}\(shown once/,
  )
  const page = await fetch(`${address}/`)
  assert.match(await page.text(), /Sign in to Upstander/)

  const second = start('--port', '0', '--data', data)
  assert.match(await until(second.stderr, /--data DIR/), /is in use by "upstander serve".*--data DIR/)

  first.kill('SIGTERM')
  const [code] = (await once(first, 'exit')) as [number | null]
  assert.equal(code, 0)
  assert.equal(existsSync(join(data, 'in-use.json')), false, 'the folder is free for the next')
})

test('a port that is taken is said before anything is prepared', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const data = mkdtempSync(join(tmpdir(), 'upstander-serve-'))
  const wrong = run('start', '--port', String(port), '--data', data)
  assert.match(await until(wrong.stderr, /\n/), new RegExp(`Port ${port} is taken.*--port`))
  assert.deepEqual(await once(wrong, 'exit'), [2, null])
  assert.equal(existsSync(join(data, 'demonstration')), false)
  other.close()
})

test('a port that is no port is refused with a sentence', async () => {
  const wrong = start('--port', 'http', '--data', mkdtempSync(join(tmpdir(), 'upstander-serve-')))
  assert.match(await until(wrong.stderr, /\n/), /--port takes a whole number from 0 to 65535, not "http"/)
  assert.deepEqual(await once(wrong, 'exit'), [2, null])
})
