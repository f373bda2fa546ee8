/** A word beside which a name stands, and the name: "Hi Sarah", "it's PC Tom Lee", "regards, Sam". */
const introduced =
  /\b((?:(?:hi|hiya|hello|hey|dear|morning|afternoon|evening|night|thanks|cheers|mr|mrs|miss|ms|mx|dr|pc|dc|ds|di|sgt|sergeant|inspector|pcso|officer|it's|i'm|this is|name is|called|regards|love|mum|dad|sister|brother|son|daughter)[,.]?\s+)+)(\p{Lu}[\p{L}’'-]+(?:\s\p{Lu}[\p{L}’'-]+)?)/giu

/** A greeting and a name in small letters, known by the comma after it. */
const greeted = /^(\s*(?:hi|hiya|hello|hey|dear|morning|evening)\s+)(\p{Ll}[\p{L}’'-]+)(?=\s*[,!])/iu

/** A capital letter in the middle of a sentence. */
const capital = /(?<=[\p{L}\p{N},;)x\]]\s+)\p{Lu}\p{Ll}[\p{L}’'-]*/gu

/** Two or more words with a capital letter, wherever they stand: "Sarah Miller asked". */
const twoCapitals = /\b\p{Lu}\p{Ll}[\p{L}’'-]*(?:\s\p{Lu}\p{Ll}[\p{L}’'-]*)+/gu

/** Words that are written with a capital and name nobody. */
const nobody = new Set(
  `monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
   november december christmas easter staff person facebook whatsapp instagram snapchat telegram signal messenger insta teams police victim support
   court crown magistrates hi hello hey morning evening night thanks sorry yes no ok just please can could you your i'm i'll i've i'd it's
   don't what when where why how this that the there we he she they babe hun gorgeous beautiful darling sweetheart love lol haha
   concern incident investigation crime case log report intelligence custody response neighbourhood roads unit force officer two three`.split(
    /\s+/,
  ),
)

const named = '[name]'

const isName = (word: string): boolean => !nobody.has(word.toLowerCase().replaceAll('’', "'"))

/** What somebody wrote, without what looks like a name. Names are guessed by capitals and greetings: a name in small letters may stay. */
export const withoutNames = (text: string): string => {
  const shouted = text === text.toUpperCase()
  const bare = text
    .replaceAll(introduced, (all, before: string, name: string) =>
      /^\p{Lu}/u.test(name) && isName(name) ? `${before}${named}` : all,
    )
    .replace(greeted, (all, before: string, name: string) => (isName(name) ? `${before}${named}` : all))
  if (shouted) return bare
  return bare
    .replaceAll(twoCapitals, words => (words.split(/\s/).every(isName) ? named : words))
    .replaceAll(capital, word => (isName(word) ? named : word))
}
