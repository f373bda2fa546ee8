import { Buffer } from 'node:buffer'
import { paperFonts, printable } from './paper-fonts.ts'

/** A cell of a table on paper: its words, or its words and how they stand out. */
export type PaperCell =
  string | { readonly text: string; readonly strong?: boolean; readonly across?: number }

/** What stands on paper, from top to bottom. */
export type PaperBlock =
  | { readonly kind: 'title' | 'heading' | 'text' | 'strong' | 'quiet'; readonly text: string }
  | {
      readonly kind: 'table'
      /** Heads of the columns; the widths are shares of the page. The last column of numbers stands to the right. */
      readonly columns: readonly { readonly head: string; readonly width: number; readonly right?: boolean }[]
      /** The first cell of a row is its header. */
      readonly rows: readonly (readonly PaperCell[])[]
    }

/** A document to print. */
export type Paper = {
  /** Goes into the file and may stay in a reader's history: no name. */
  readonly title: string
  readonly blocks: readonly PaperBlock[]
  /** At the foot of every page. */
  readonly foot: string
}

/** A PDF, and how many pages it has. */
export type PrintedPaper = { readonly bytes: Buffer; readonly pages: number }

/** Sizes of the letters, in points: the smallest that is still read without effort, and the more legible ones. */
const smallest = 8
const larger = [8.5, 9, 9.5, 10] as const

const page = { margin: 36, foot: 26 } as const
const colours = { ink: '#0b0c0c', quiet: '#505a5f', line: '#b1b4b6', head: '#f3f5f8' } as const

/**
 * Prints a document on A4 as a tagged PDF (PDF/UA-1): headings, tables and their headers are known to a screen reader, and the font
 * is in the file. Given are its versions, the fullest first: it takes the first that fits one page in the smallest letters, in the
 * largest letters with which it does. More than one page only where even the briefest does not fit.
 */
export const printPaper = async (fullest: Paper, ...briefer: readonly Paper[]): Promise<PrintedPaper> => {
  let printed: PrintedPaper | undefined
  for (const paper of [fullest, ...briefer]) {
    printed = await printAt(paper, smallest)
    if (printed.pages === 1) return await printLarger(paper, printed)
  }
  return printed ?? (await printAt(fullest, smallest))
}

/** The largest letters with which a paper still is one page, found by halves: each try draws all of it. */
const printLarger = async (paper: Paper, fits: PrintedPaper): Promise<PrintedPaper> => {
  let best = fits
  let from = 0
  let to: number = larger.length
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    const again = await printAt(paper, larger[middle] ?? smallest)
    if (again.pages === 1) {
      best = again
      from = middle + 1
    } else to = middle
  }
  return best
}

const printAt = async (paper: Paper, size: number): Promise<PrintedPaper> => {
  // Loaded when the first document is printed: it takes a fifth of a second, which starting the app need not wait for.
  const { default: PDFDocument } = await import('pdfkit')
  // PDF/UA came to pdfkit later than to its types.
  const options: Omit<PDFKit.PDFDocumentOptions, 'subset'> & { readonly subset: 'PDF/UA' } = {
    size: 'A4',
    margins: { top: page.margin, left: page.margin, right: page.margin, bottom: page.margin + page.foot },
    bufferPages: true,
    pdfVersion: '1.7',
    subset: 'PDF/UA',
    font: paperFonts.plain,
    tagged: true,
    lang: 'en-GB',
    displayTitle: true,
    info: { Title: printable(paper.title), Creator: 'Upstander' },
  }
  const doc = new PDFDocument(options as unknown as PDFKit.PDFDocumentOptions)
  const chunks: Buffer[] = []
  const ended = new Promise<void>((resolve, reject) => {
    doc
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', resolve)
      .on('error', reject)
  })
  const whole = doc.struct('Document')
  doc.addStructure(whole)
  for (const block of paper.blocks) {
    if (block.kind === 'table') printTable(doc, whole, block, size)
    else printText(doc, whole, block, size)
  }
  whole.end()
  const pages = doc.bufferedPageRange().count
  for (let at = 0; at < pages; at++) printFoot(doc, paper.foot, at, pages)
  doc.end()
  await ended
  return { bytes: Buffer.concat(chunks), pages }
}

const styles = {
  title: { tag: 'H1', font: paperFonts.strong, times: 1.6, before: 0, colour: colours.ink },
  heading: { tag: 'H2', font: paperFonts.strong, times: 1.12, before: 0.65, colour: colours.ink },
  text: { tag: 'P', font: paperFonts.plain, times: 1, before: 0.3, colour: colours.ink },
  strong: { tag: 'P', font: paperFonts.strong, times: 1.05, before: 0.3, colour: colours.ink },
  quiet: { tag: 'P', font: paperFonts.plain, times: 0.92, before: 0.2, colour: colours.quiet },
} as const

const printText = (
  doc: PDFKit.PDFDocument,
  whole: PDFKit.PDFStructureElement,
  block: Exclude<PaperBlock, { kind: 'table' }>,
  size: number,
): void => {
  const { tag, font, times, before, colour } = styles[block.kind]
  whole.add(
    doc.struct(tag, {}, () => {
      doc.x = page.margin
      doc.y += before * size
      doc
        .font(font)
        .fontSize(size * times)
        .fillColor(colour)
        .text(printable(block.text), { paragraphGap: size * 0.15 })
    }),
  )
}

const printTable = (
  doc: PDFKit.PDFDocument,
  whole: PDFKit.PDFStructureElement,
  table: Extract<PaperBlock, { kind: 'table' }>,
  size: number,
): void => {
  const width = doc.page.width - 2 * page.margin
  const shares = table.columns.reduce((total, column) => total + column.width, 0)
  doc.x = page.margin
  doc.y += size * 0.25
  doc.font(paperFonts.plain).fontSize(size).fillColor(colours.ink)
  // Tags for tables came to pdfkit later than to its types.
  const options: PDFKit.Mixins.TableOptionsWithData & { readonly structParent: PDFKit.PDFStructureElement } =
    {
      structParent: whole,
      columnStyles: table.columns.map(column => ({
        width: (column.width / shares) * width,
        align: { x: column.right === true ? ('right' as const) : ('left' as const), y: 'top' as const },
      })),
      defaultStyle: {
        border: { top: 0, right: 0, bottom: 0.5, left: 0 },
        borderColor: colours.line,
        padding: { top: size * 0.25, right: size * 0.5, bottom: size * 0.15, left: size * 0.25 },
      },
      data: [
        table.columns.map(column => ({
          text: printable(column.head),
          type: 'TH' as const,
          scope: 'Column' as const,
          backgroundColor: colours.head,
          font: { src: paperFonts.strong },
        })),
        ...table.rows.map(row => row.map((cell, at) => cellOf(cell, at === 0))),
      ],
    }
  doc.table(options)
}

const cellOf = (cell: PaperCell, first: boolean) => {
  const { text, strong = first, across = 1 } = typeof cell === 'string' ? { text: cell } : cell
  return {
    text: printable(text),
    colSpan: across,
    font: { src: strong ? paperFonts.strong : paperFonts.plain },
    ...(first ? { type: 'TH' as const, scope: 'Row' as const } : {}),
  }
}

/** The foot of a page, which a screen reader passes over. */
const printFoot = (doc: PDFKit.PDFDocument, foot: string, at: number, pages: number): void => {
  doc.switchToPage(at)
  doc.page.margins.bottom = 0
  doc.markContent('Artifact', { type: 'Pagination' })
  doc
    .font(paperFonts.plain)
    .fontSize(7.5)
    .fillColor(colours.quiet)
    .text(
      printable(`${foot} Page ${at + 1} of ${pages}.`),
      page.margin,
      doc.page.height - page.margin - page.foot + 8,
      { width: doc.page.width - 2 * page.margin },
    )
  doc.endMarkedContent()
}
