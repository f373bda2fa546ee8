/** What pdfkit 0.20 can do and its types (0.17) leave out: tags for tables. */
declare namespace PDFKit.Mixins {
  interface TableOptions {
    /** The element of the document's structure that the table becomes part of. */
    structParent?: PDFKit.PDFStructureElement
  }
  interface CellOptions {
    /** What a header cell is the header of. */
    scope?: 'Row' | 'Column'
  }
}
