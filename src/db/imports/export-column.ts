/** How a column looks in a spreadsheet; in CSV all is text. */
type ExportType = 'text' | 'day' | 'number'
export type ExportColumn = Readonly<{ header: string; type: ExportType; sql: string }>

export function column(header: string, sql: string, type: ExportType = 'text'): ExportColumn {
  return { header, type, sql }
}

/** Columns of the table itself: `header` or `header:type`, in camelCase as the fields of the import. */
export function own(...names: string[]): ExportColumn[] {
  return names.map((text) => {
    const [header = '', type = 'text'] = text.split(':')
    const name = header.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    return column(header, `t."${name}"::text`, type as ExportType)
  })
}
