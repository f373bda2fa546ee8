import { readOutsideRoute } from '../../../concerns/outside-route.ts'
import { countWords } from '../../../ui/words.ts'
import { fillPath, paths } from '../../paths.ts'
import type { Alarms } from './read-alarms.ts'

/** Something to do: a link, or words alone. */
export type Step = { readonly href?: string; readonly link?: string; readonly rest: string }

/** What to do beside the queue, gravest first. */
export const alarmSteps = (alarms: Alarms): Step[] => [
  ...outsideSteps(alarms.toPassOn),
  ...glassSteps(alarms.glass),
  ...feedSteps(alarms),
  ...unmaskSteps(alarms),
  ...authorisationSteps(alarms),
  ...detectionSteps(alarms),
  ...registerSteps(alarms),
]

/** By reference alone, and where it goes: who is told reads nothing of it. */
const outsideSteps = (refs: readonly string[]): Step[] => {
  if (refs.length === 0) return []
  const { say, routes } = readOutsideRoute()
  return refs.map(ref => ({
    rest: `Pass on concern ${ref}. ${say}: ${routes.map(({ to }) => to).join('; ')}`,
  }))
}

/** By reference alone: who is told learns that it happened, not what. */
const glassSteps = ({ toAnswer, toReview, open }: Alarms['glass']): Step[] => [
  ...(toAnswer > 0
    ? [
        {
          href: paths.breakGlass,
          link: `Answer ${countWords(toAnswer, 'emergency', 'emergencies')} now`,
          rest: ': somebody asks that a concern be opened',
        },
      ]
    : []),
  ...(toReview > 0
    ? [
        {
          href: paths.breakGlass,
          link: `Review ${countWords(toReview, 'opening')} in an emergency`,
          rest: ', within five working days',
        },
      ]
    : open.map(ref => ({
        href: paths.breakGlass,
        link: `Concern ${ref} was opened in an emergency`,
        rest: ': an auditor reviews it',
      }))),
]

const feedSteps = ({ unreadFeeds, lapsingFeeds, provisionalFeeds }: Alarms): Step[] => [
  ...(unreadFeeds > 0
    ? [
        {
          href: paths.feeds,
          link: `Look at ${countWords(unreadFeeds, 'feed')} without a current lawful basis`,
          rest: ': no indicator reads what nobody has confirmed',
        },
      ]
    : []),
  ...(provisionalFeeds > 0
    ? [
        {
          href: paths.feeds,
          link: `Confirm the lawful basis of ${countWords(provisionalFeeds, 'feed')}`,
          rest: ': read for now on the basis proposed, until sixty days after the first records',
        },
      ]
    : []),
  ...(lapsingFeeds > 0
    ? [
        {
          href: paths.feeds,
          link: `Look at ${countWords(lapsingFeeds, 'feed')}`,
          rest: ': the lawful basis lapses within 30 days',
        },
      ]
    : []),
]

const registerSteps = ({ registerAlone }: Alarms): Step[] =>
  registerAlone
    ? [
        {
          href: paths.retention,
          link: 'Have a copy of the register of erasures kept on another disk',
          rest: ': without it a restored backup may show what was destroyed. Whoever runs Upstander sets UPSTANDER_ERASURES',
        },
      ]
    : []

/** Leads to where the reason stands and is answered. */
const unmaskSteps = ({ toUnmask }: Alarms): Step[] =>
  toUnmask.map(ref => ({
    href: `${fillPath(paths.concern, { ref })}#further-title`,
    link: `Answer who concern ${ref} is about`,
    rest: ': another person asked to know, and waits for you',
  }))

const authorisationSteps = ({ toAnswer, lapsing }: Alarms): Step[] => [
  ...(toAnswer > 0
    ? [
        {
          href: paths.authorisations,
          link: `Answer ${countWords(toAnswer, 'request')}`,
          rest: ' to look deeper: another person asked and waits for you',
        },
      ]
    : []),
  ...(lapsing > 0
    ? [
        {
          href: paths.authorisations,
          link: `Look at ${countWords(lapsing, 'authorisation')}`,
          rest:
            lapsing === 1
              ? ': it lapses soon, or is to be reviewed'
              : ': they lapse soon, or are to be reviewed',
        },
      ]
    : []),
]

const detectionSteps = ({ brokenPromises, waitingDrafts, rising }: Alarms): Step[] => [
  ...(rising > 0
    ? [
        {
          href: paths.exceptions,
          link: `Look again at ${countWords(rising, 'exception')}`,
          rest: rising === 1 ? ': it hides a rising pattern' : ': they hide rising patterns',
        },
      ]
    : []),
  ...brokenPromises.map(({ id, title }) => ({
    href: fillPath(paths.indicator, { id }),
    link: `Look at “${title}”`,
    rest: ': it raises more false alerts than was promised of it',
  })),
  ...waitingDrafts.map(({ id, title }) => ({
    href: fillPath(paths.tuning, { id }),
    link: `Agree or not to a draft of “${title}”`,
    rest: ': somebody else made it and waits for you',
  })),
]
