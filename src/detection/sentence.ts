import { sayDay } from '../core/day-words.ts'

/** `{name}`, or `{name:one|many}`, or `{name:none|one|many}`. */
const slot = /\{(\w+)(?::([^{}]*))?\}/g

/** The names of the figures that a sentence asks for. */
export const figuresOf = (sentence: string): string[] =>
  [...sentence.matchAll(slot)].map(([, name = '']) => name)

/** Whether a sentence can be said: a figure within the words for another is not understood, and its braces would stay. */
export const canBeSaid = (sentence: string): boolean => !/[{}]/.test(saySentence(sentence, {}))

/**
 * An indicator's sentence with its figures said as a person would say them.
 * `{closed}` is the figure itself, a day as "25 February 2025" and a number as "1,204". `{count:once|# times}` chooses its
 * words by the number, which `#` stands for: for one, then for all others. With three choices the first is for none:
 * `{alone:|, one of them alone|, # of them alone}` says nothing about none.
 * @param figures name → figure, as the query gave it; one that is missing is left out
 */
export const saySentence = (sentence: string, figures: Readonly<Record<string, string>>): string =>
  sentence
    .replaceAll(slot, (_, name: string, forms: string | undefined) => {
      const figure = (figures[name] ?? '').trim()
      return forms === undefined ? say(figure) : formFor(Number(figure), forms.split('|'), figure)
    })
    .replace(/^\p{Ll}/u, first => first.toUpperCase())

const say = (figure: string): string =>
  /^\d{4,}$/.test(figure) ? Number(figure).toLocaleString('en-GB') : sayDay(figure)

const formFor = (number: number, forms: readonly string[], figure: string): string => {
  const many = forms.at(-1) ?? ''
  const one = forms.at(-2) ?? many
  const none = forms.length > 2 ? (forms[0] ?? '') : many
  return (number === 0 ? none : number === 1 ? one : many).replaceAll('#', say(figure))
}
