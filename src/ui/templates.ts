import { fileURLToPath } from 'node:url'
import nunjucks from 'nunjucks'
import { countWords, dayWords, momentWords, pointsWords, shortDayWords } from './words.ts'

/** Draws a template with its data; everything in it is escaped. */
export type DrawTemplate = (template: string, data: object) => string

/**
 * The templates of the staff app: GOV.UK and MoJ components, our own, and one folder for each page.
 * Escaping is always on.
 */
export const makeTemplates = (globals: Readonly<Record<string, unknown>>): DrawTemplate => {
  const roots = [
    new URL('.', import.meta.url),
    new URL('../web/features', import.meta.url),
    new URL('../../node_modules/govuk-frontend/dist', import.meta.url),
    new URL('../../node_modules/@ministryofjustice/frontend', import.meta.url),
  ].map(root => fileURLToPath(root))
  const environment = new nunjucks.Environment(withoutInlineScript(new nunjucks.FileSystemLoader(roots)), {
    autoescape: true,
    trimBlocks: true,
    lstripBlocks: true,
  })
  environment.addFilter('day', dayWords)
  environment.addFilter('shortDay', shortDayWords)
  environment.addFilter('moment', momentWords)
  environment.addFilter('points', pointsWords)
  environment.addFilter('count', countWords)
  for (const [name, value] of Object.entries(globals)) environment.addGlobal(name, value)
  return (template, data) => environment.render(template, data)
}

/** The page template of GOV.UK holds an inline script; `supported.js` does the same, from our own disk. */
const withoutInlineScript = (loader: nunjucks.FileSystemLoader): nunjucks.FileSystemLoader => {
  const read = loader.getSource.bind(loader)
  loader.getSource = name => {
    const source = read(name)
    return name === 'govuk/template.njk'
      ? { ...source, src: source.src.replace(/<script[\s\S]*?<\/script>/, '') }
      : source
  }
  return loader
}
