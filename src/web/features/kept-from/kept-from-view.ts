import { exclusionKinds, type KeptFrom } from '../../../access/exclusion-store.ts'
import type { User } from '../../../access/user.ts'
import { momentWords } from '../../../ui/words.ts'
import { fillPath, paths } from '../../paths.ts'

/** What was typed and found wanting. */
export type KeptFromAgain = {
  readonly exclude?: { readonly person: string; readonly reason: string; readonly fault: string }
  readonly end?: { readonly id: string; readonly reason: string; readonly fault: string }
  /** A sentence above the page, where no field is at fault. */
  readonly notice?: string
}

type Shown = {
  readonly ref: string
  readonly user: User
  readonly kept: readonly KeptFrom[]
  /** Everybody else who could read the concern. */
  readonly readers: readonly User[]
  readonly again: KeptFromAgain
}

/** From whom a concern is kept and why, and the forms to keep another from it or to end what is no longer so. */
export const keptFromView = ({ ref, user, kept, readers, again }: Shown) => {
  const inForce = kept.filter(each => each.endedAt === undefined)
  const away = new Set(inForce.map(each => each.userId))
  return {
    title: `Who concern ${ref} is kept from`,
    ref,
    concernHref: fillPath(paths.concern, { ref }),
    notice: again.notice,
    rows: inForce.map(each => rowOf(each, { ref, user, again })),
    form: {
      action: fillPath(paths.keptFrom, { ref }),
      people: [
        { value: '', text: 'Choose a person' },
        ...readers
          .filter(reader => !away.has(reader.id))
          .map(({ id, name }) => ({ value: id, text: name, selected: id === again.exclude?.person })),
      ],
      reason: again.exclude?.reason ?? '',
      errors: excludeErrors(again),
    },
    problems: [
      ...Object.entries(excludeErrors(again)).map(([field, text]) => ({ href: `#${field}`, text })),
      ...(again.end === undefined ? [] : [{ href: `#end-${again.end.id}`, text: again.end.fault }]),
    ],
  }
}

const excludeErrors = ({ exclude }: KeptFromAgain): Readonly<Record<string, string>> => ({
  ...(exclude?.person === '' ? { person: 'Choose whom to keep away' } : {}),
  ...(exclude !== undefined && exclude.fault !== '' ? { reason: exclude.fault } : {}),
})

const rowOf = (each: KeptFrom, { ref, user, again }: Pick<Shown, 'ref' | 'user' | 'again'>) => {
  const place = { ref, exclusion: each.id }
  const { ending } = each
  return {
    id: each.id,
    name: each.name,
    why: each.reason === '' ? exclusionKinds[each.kind] : `${exclusionKinds[each.kind]}: “${each.reason}”`,
    about: each.ofStaff ? 'the member of staff' : 'the member of the public',
    since: momentWords(each.since),
    asked: ending === undefined ? '' : `Somebody asked that this ends: “${ending.reason}”`,
    agreeAction:
      ending !== undefined && ending.askedBy !== user.id ? fillPath(paths.agreeExclusionEnd, place) : '',
    askAction: ending === undefined && each.kind !== 'self' ? fillPath(paths.askExclusionEnd, place) : '',
    reason: again.end?.id === each.id ? again.end.reason : '',
    error: again.end?.id === each.id ? again.end.fault : '',
  }
}
