import { capital } from '../../../core/capital.ts'
/**
 * Records by the names of their feeds, each feed once: `Contact log E05G3NUD, E1EF05JL; Stay V1:1`. The part after the feed is
 * the record's own key, letter for letter: that is what its owner finds it by.
 */
export const recordWords = (ids: readonly string[]): string =>
  [...Map.groupBy(ids.map(partsOf), ({ feed }) => feed)]
    .map(([feed, of]) =>
      `${capital(feed.replaceAll('_', ' '))} ${of.map(({ key }) => key).join(', ')}`.trim(),
    )
    .join('; ')

/** `billing:B12` is key B12 of billing; a masked name, `billing 7F3AK`, keeps its short word. */
const partsOf = (id: string): { readonly feed: string; readonly key: string } => {
  const [, feed = id, key = ''] = /^([a-z_-]+)[: ](.+)$/.exec(id) ?? []
  return { feed, key }
}
