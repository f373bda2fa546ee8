import { extractText, getDocumentProxy } from 'unpdf'
import { crawl } from './crawl.ts'
import type { Seen, Visitor } from './visitor.ts'

/** An answer as text: its address, its headers with the name of a file, and its body, a PDF's words too. */
export type Sent = { readonly url: string; readonly text: string }

/** Everything that a person is sent who follows every link, opens the addresses given with all that hangs on them, and asks for what is not there. */
export const sentTo = async (visitor: Visitor, addresses: readonly string[]): Promise<readonly Sent[]> => {
  const sent: Sent[] = []
  const keep = async (seen: Seen, url: string): Promise<void> => {
    sent.push({ url, text: `${url}\n${JSON.stringify(seen.headers)}\n${await wordsOf(seen)}` })
  }
  const found = await crawl(visitor, keep)
  const files = found.filter(({ page }) => page.method === 'GET' && /\.\w+$/.test(page.path))
  for (const { url } of files) await keep(await visitor.get(url), url)
  for (const { page, url } of found)
    if (page.path.endsWith('/words/:day')) await keep(await visitor.post(url, {}), url)
  for (const address of addresses)
    for (const url of [address, `${address}/records`, `${address}/concern.pdf`])
      await keep(await visitor.get(url), url)
  await keep(await visitor.get('/concerns/nothing'), '/concerns/nothing')
  return sent
}

const wordsOf = async ({ headers, bytes, body }: Seen): Promise<string> => {
  if (headers['content-type'] !== 'application/pdf') return body
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true })
  return text
}
