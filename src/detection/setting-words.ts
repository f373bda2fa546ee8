import { join } from 'node:path'
import { z } from 'zod'
import { once } from '../core/once.ts'
import { contentDir, readContent } from '../core/read-content.ts'

const shape = z.record(z.string().regex(/^[a-z][a-z_]*$/), z.string().min(1))

const read = once(() => readContent(join(contentDir, 'indicators/settings.yaml'), shape))

/** What a setting of an indicator is called on a page; its name with spaces where nobody has given it words yet. */
export const settingWords = (name: string): string => read()[name] ?? name.replaceAll('_', ' ')
