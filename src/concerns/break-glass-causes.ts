import { readVocabulary, type Vocabulary } from '../core/read-vocabulary.ts'

/**
 * Why somebody may ask for a concern to be opened in an emergency, by id.
 * @throws AppError CONTENT_INVALID
 */
export const readBreakGlassCauses = (): Vocabulary => readVocabulary('break-glass-causes')
