import { CLOCKS } from './clocks.ts'
import { DATES } from './dates.ts'
import type { Line } from './line.ts'
import type { Meaning, Place, Rule, Scene } from './meaning.ts'
import { NEAR_DAYS } from './near-days.ts'
import { PERIODS } from './periods.ts'
import { SPANS } from './spans.ts'
import { ZONE_RULES } from './zones.ts'

/** One piece of a phrase: what it means and which tokens it takes, with the prepositions before it. */
export type Piece = Readonly<{ meaning: Meaning; first: number; last: number; lead: string }>

const RULES: readonly Rule[] = [...NEAR_DAYS, ...PERIODS, ...DATES, ...CLOCKS, ...SPANS, ...ZONE_RULES]

const LEAD =
  /(?:не (?:позже|позднее|раньше)|no later than|not later than|в|во|на|к|ко|до|под|с|со|по|после|около|примерно|между|от|где-то|on|at|@|by|for|from|the|until|till|before|after|since|around|about|between|in|during|over|through) /uy

/** Words a rule can begin with: most words of a line begin none, and need no rule tried. */
const STARTS =
  /^(?:\d|понед|втор|сре|четв|пят|субб|воск|пн|вт|ср|чт|пт|сб|вс|mon|tu|we|th|fr|sa|su|янв|фев|мар|апр|ма[йяею]|июн|июл|авг|сен|окт|ноя|дек|ja|fe|ma|ap|ju|au|se|oc|no|de|завтр|сегодня|вчера|послез|позав|later|to|day|after|yest|след|буд|next|прош|last|past|this|эт|тек|ближ|coming|upc|недел|week|a|an|one|two|three|four|five|six|seven|eight|nine|ten|elev|twel|half|couple|пол|один|одн|дв|пар|три|трех|трем|четы|шес|сем|восем|вось|девят|десят|один|двен|двад|тр|fif|twen|thi|fort|кон|нач|сер|end|beg|start|mid|early|late|eo|cob|close|q|выход|той|тече|через|мин|ч|месяц|мес|кварт|год|лет|день|дня|дней|дн|сут|раб|час|in|within|нес|few|several|some|без|quarter|midn|полд|полн|утр|morn|first|обед|обед|lunch|дн[еь]м|after|вечер|even|tonight|ноч|night|at|i|second|third|fourth|ninth|eleventh|z|мск|по|москв|msk|moscow|utc|gmt|бер|cet|cest|berlin|лонд|london|bst|нью|est|edt|east|new|pst|pdt|pacific|екат|екб|влад|алм|перв|трет|седьм|minute|min|hour|hr|business|work|month|year)/u

/** The longest piece here, read with its prepositions or from the first word; `joined` follows a dash or the like. */
export function pieceAt(line: Line, index: number, scene: Scene, joined = false): Piece | null {
  const { place, lead } = leadAt(line, index)
  const led = longestAt(line, place, lead, scene, joined && lead === '')
  const whole = lead === '' ? null : longestAt(line, index, '', scene, joined)
  if (whole && (!led || whole.last > led.last || (whole.last === led.last && led.meaning.weak)))
    return { ...whole, first: index, lead: '' }
  return led ? { ...led, first: index, lead } : null
}

/** Up to three prepositions. */
function leadAt(line: Line, index: number): { place: number; lead: string } {
  let place = index
  for (let count = 0; count < 3; count += 1) {
    const start = line.tokens[place]?.start ?? -1
    LEAD.lastIndex = start
    if (start < 0 || !LEAD.test(line.text)) break
    const next = line.starts.get(LEAD.lastIndex)
    if (next === undefined) break
    place = next
  }
  const from = line.tokens[index]?.start ?? 0
  return { place, lead: line.text.slice(from, place === index ? from : (line.tokens[place]?.start ?? from)) }
}

type Match = Pick<Piece, 'meaning' | 'last'>

function longestAt(line: Line, index: number, lead: string, scene: Scene, joined: boolean): Match | null {
  const token = line.tokens[index]
  if (!token || !(token.word || token.digits) || !mayStart(line, index, joined)) return null
  let best: Match | null = null
  for (const { pattern, read } of RULES) {
    pattern.lastIndex = token.start
    const match = pattern.exec(line.text)
    const last = match ? line.ends.get(pattern.lastIndex) : undefined
    if (!match || last === undefined || (best !== null && last <= best.last)) continue
    const meaning = read(match.groups ?? {}, placeOf(line, index, last, lead), scene)
    if (meaning) best = { meaning, last }
  }
  return best
}

/** A number glued to a letter or to another number's point is part of a code; so is one behind a plus. */
function mayStart(line: Line, index: number, joined: boolean): boolean {
  const { start = 0, digits = false } = line.tokens[index] ?? {}
  if (!STARTS.test(line.text.slice(start, start + 8))) return false
  const before = line.text.slice(Math.max(0, start - 3), start)
  if (joined) return true
  if (!digits) return !/[@_.]$/.test(before) || /\s[@.]$|[\p{L}\d]\.$/u.test(before)
  return !/[\p{L}+#№$€£_]$|[\p{L}\d][./,:-]$|\+ ?$|\d-$/u.test(before) || /\dt$/.test(before)
}

const AROUND = 28

function placeOf(line: Line, index: number, last: number, lead: string): Place {
  const [first, final] = [line.tokens[index], line.tokens[last]]
  const [start, end] = [first?.start ?? 0, final?.end ?? 0]
  const from = start - lead.length
  return {
    lead,
    before: line.text.slice(Math.max(0, from - AROUND), from),
    after: line.text.slice(end, end + AROUND),
    raw: line.source.slice(first?.from, final?.to),
    alone: from === 0 && end === line.text.length,
  }
}
