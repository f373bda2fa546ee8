import { fileURLToPath } from 'node:url'

/** The project's own folder, where `content/`, `db/` and `package.json` are. */
export const projectRoot: string = fileURLToPath(new URL('../..', import.meta.url))
