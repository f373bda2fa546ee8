import { z } from 'zod'
import { selectKeptAway } from '../../../access/exclusion-store.ts'
import {
  countExplained,
  listUnexplained,
  postsInResidue,
  residueKinds,
} from '../../../detection/look-up-residue.ts'
import { definePages } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import { lookUpsPerPage, lookUpsView, spans } from './look-ups-view.ts'

const query = z.object({
  days: z.coerce
    .number()
    .refine(days => spans.includes(days))
    .catch(28),
  kind: z.enum(residueKinds).catch('all'),
  post: z.string().max(40).catch(''),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
})

/** The look-ups that no record explains, for reading: newest first, masked. */
export const lookUpPages = definePages([
  {
    method: 'GET',
    path: paths.lookUps,
    permission: 'read-look-ups',
    audit: 'look-ups-read',
    purpose: 'Read the look-ups that no record explains',
    handle: async ({ lake, store, maskKey, clock, content }, visit) => {
      const asked = query.parse(visit.query)
      const posts = await postsInResidue(lake)
      const open = posts.filter(post => !content.matrix.excluded_posts.posts.includes(post))
      const post = open.includes(asked.post) ? asked.post : undefined
      const without = await selectKeptAway(store.db, visit.user.id)
      const filter = { days: asked.days, kind: asked.kind, post, without }
      const [explained, residue] = await Promise.all([
        countExplained(lake, asked.days),
        listUnexplained(lake, filter, { limit: lookUpsPerPage, offset: (asked.page - 1) * lookUpsPerPage }),
      ])
      const data = lookUpsView({
        filter,
        page: asked.page,
        posts: open,
        explained,
        ...residue,
        mask: { key: maskKey, now: clock.now() },
      })
      return { show: 'look-ups/look-ups.njk', data }
    },
  },
])
