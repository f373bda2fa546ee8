import type { Lake } from '../lake/lake.ts'
import { evasions } from './evasions.ts'
import { ablations, losses } from './feed-variations.ts'
import type { Truth } from './truth.ts'
import type { VariationGroup } from './vary.ts'

/** What is asked for beside the evaluation itself. */
export type Wanted = { readonly ablation?: boolean; readonly loss?: boolean; readonly evasion?: boolean }

/** The variations that are asked for. Detect first: evasions start from the stays that were found. */
export const variationGroups = async (
  lake: Lake,
  truth: Truth,
  wanted: Wanted,
  seed: number,
): Promise<VariationGroup[]> => [
  ...(wanted.ablation === true
    ? [
        {
          key: 'ablation',
          title: 'What each kind of record adds',
          about:
            'Everything is built and scored again without one kind of record. A record that explains adds by sparing the innocent: without it more of them are reviewed.',
          variations: ablations(),
        },
      ]
    : []),
  ...(wanted.loss === true
    ? [
        {
          key: 'loss',
          title: 'What losing records costs',
          about: 'Rows are lost by chance, a tenth or three tenths of one feed.',
          variations: losses(seed),
        },
      ]
    : []),
  ...(wanted.evasion === true
    ? [
        {
          key: 'evasion',
          title: 'What evasion costs',
          about:
            'Every offender who is not dark evades in one way, with every victim, and does all else as before. What is left is found by other traces.',
          variations: await evasions(lake, truth),
        },
      ]
    : []),
]
