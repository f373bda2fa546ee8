/** Most rows, of all statements together, that are kept: some tens of megabytes at the widest. */
const mostRows = 200_000

type Kept = { readonly rows: Promise<readonly unknown[]>; count: number }

/** Remembers what statements gave until something is written. */
export type KeptRows = {
  /** What the statement gave since the last write, or gives now. Everybody is handed the same rows: nobody changes them. */
  readonly read: <Row>(
    sql: string,
    params: object,
    ask: () => Promise<readonly Row[]>,
  ) => Promise<readonly Row[]>
  /** Does something that writes: what was read before it, or while it went on, is not given again. */
  readonly write: <Result>(work: () => Promise<Result>) => Promise<Result>
}

/** For a store to which this process alone writes: see docs/decisions/0008-one-writer-per-data-folder.md. */
export const keepRows = (): KeptRows => {
  const kept = new Map<string, Kept>()
  let held = 0
  let writing = 0
  const forget = (key: string): void => {
    held -= kept.get(key)?.count ?? 0
    kept.delete(key)
  }
  const forgetAll = (): void => {
    kept.clear()
    held = 0
  }
  return {
    read: async <Row>(sql: string, params: object, ask: () => Promise<readonly Row[]>) => {
      if (writing > 0) return await ask()
      const key = JSON.stringify([sql, params])
      const already = kept.get(key)
      if (already !== undefined) {
        // The one asked for least lately goes first.
        kept.delete(key)
        kept.set(key, already)
        return (await already.rows) as readonly Row[]
      }
      const entry: Kept = { rows: ask(), count: 0 }
      kept.set(key, entry)
      try {
        const rows = (await entry.rows) as readonly Row[]
        if (kept.get(key) === entry) {
          entry.count = rows.length + 1
          held += entry.count
          for (const oldest of kept.keys()) {
            if (held <= mostRows) break
            forget(oldest)
          }
        }
        return rows
      } catch (cause) {
        if (kept.get(key) === entry) forget(key)
        throw cause
      }
    },
    write: async work => {
      writing += 1
      forgetAll()
      try {
        return await work()
      } finally {
        writing -= 1
        forgetAll()
      }
    },
  }
}
