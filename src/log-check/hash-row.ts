/** Hashes in order, to be looked at by their place, 0 for the first. */
export type Hashes = { readonly length: number; readonly at: (place: number) => Buffer | undefined }

/** A row of hashes that is added to. It lies in memory as its tiles do on the disk: a million hashes as objects take five times the room. */
export type HashRow = Hashes & {
  readonly add: (hash: Buffer) => void
  /** The first `width` hashes of a tile, one after another; fewer where the row ends. */
  readonly tile: (index: number, width?: number) => Buffer
}

const tileWidth = 256
const hashLength = 32

export const hashRow = (): HashRow => {
  const tiles: Buffer[] = []
  let length = 0
  const tile = (index: number, width = tileWidth): Buffer => {
    const held = Math.max(0, Math.min(width, length - index * tileWidth))
    return (tiles[index] ?? Buffer.alloc(0)).subarray(0, held * hashLength)
  }
  return {
    get length() {
      return length
    },
    at: place => {
      if (place < 0 || place >= length) return undefined
      const start = (place % tileWidth) * hashLength
      return tiles[Math.floor(place / tileWidth)]?.subarray(start, start + hashLength)
    },
    add: hash => {
      const index = Math.floor(length / tileWidth)
      const own = (tiles[index] ??= Buffer.alloc(tileWidth * hashLength))
      hash.copy(own, (length % tileWidth) * hashLength)
      length += 1
    },
    tile,
  }
}
