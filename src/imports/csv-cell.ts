/**
 * A spreadsheet runs a CSV cell that begins with one of these as a formula, an East Asian one also with the wide signs. An
 * apostrophe before it makes it text. Taken off again on the way in, so `+7 495 123-45-67` comes back as it was; a cell
 * that had an apostrophe of its own gets a second.
 */
const RISKY = /^'*[=+\-@\t\r\n＝＋－＠]/
const SHIELDED = /^''*[=+\-@\t\r\n＝＋－＠]/
/** A plain negative number computes nothing. */
const NUMBER = /^-\d+(\.\d+)?$/

export function shielded(cell: string): string {
  return RISKY.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell
}

export function revealed(cell: string): string {
  return SHIELDED.test(cell) ? cell.slice(1) : cell
}

/** A cell ready to be joined by commas. */
export function csvCell(text: string): string {
  const cell = shielded(text)
  return /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
