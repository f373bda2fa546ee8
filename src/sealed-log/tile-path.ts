/** How many hashes or entries a full tile holds (C2SP tlog-tiles). */
export const tileWidth = 256

/** Path of a tile or a bundle of entries under the log's folder, as C2SP tlog-tiles lays them out; 256 is a full one. */
export const tilePath = (level: number | 'entries', index: number, width: number): string =>
  `tile/${level}/${indexPath(index)}${width === tileWidth ? '' : `.p/${width}`}`

const indexPath = (index: number): string => {
  const last = String(index % 1_000).padStart(3, '0')
  const above = Math.floor(index / 1_000)
  return above === 0 ? last : `${markAll(indexPath(above))}/${last}`
}

/** Every part but the last begins with an x. */
const markAll = (path: string): string =>
  path
    .split('/')
    .map(part => (part.startsWith('x') ? part : `x${part}`))
    .join('/')
