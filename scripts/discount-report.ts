import { FIELDS, isWrongClaim, markDiscounts, toldMissed } from '../tests/talk/discount-judge.ts'
import { HELD_OUT } from '../tests/talk/discount-held-out.ts'
import { DISCOUNT_LINES } from '../tests/talk/discount-lines.ts'
import { SECOND_HELD_OUT } from '../tests/talk/discount-second-held-out.ts'
import type { SaidDiscount } from '../tests/talk/discount-table.ts'

/** How often a line about a discount is understood, field by field. */
const print = (text: string) => process.stdout.write(`${text}\n`)
const share = (part: number, all: number) => `${((100 * part) / all).toFixed(1)} %`

await report('Main table', DISCOUNT_LINES)
await report('Held out', HELD_OUT)
await report('Held out later', SECOND_HELD_OUT)

async function report(title: string, lines: readonly SaidDiscount[]): Promise<void> {
  const marked = await markDiscounts(lines)
  const whole = marked.filter(({ missed }) => missed.length === 0).length
  print(`\n${title}: ${lines.length} lines, ${share(whole, lines.length)} understood as a whole`)
  for (const field of FIELDS) {
    const right = marked.filter(({ missed }) => !missed.includes(field)).length
    print(`  ${field}${share(right, lines.length).padStart(9)}`)
  }
  print(`  claimed and wrong: ${marked.filter(isWrongClaim).length}`)
  for (const one of marked) if (one.missed.length > 0) print(`  ${toldMissed(one)}`)
}
