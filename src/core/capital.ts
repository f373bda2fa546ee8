/** Words as they begin a sentence or a heading: the first letter large, the rest as it is. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
