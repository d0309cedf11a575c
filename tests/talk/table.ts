import type { TalkContext } from '../../src/domain/talk/talk.ts'
import { LONDON, MOSCOW, NEW_YORK, type Scene } from '../when/table.ts'

/** Whose accounts a line may mean: all of these belong to the asker. */
export const ACCOUNTS = [
  'Acme',
  'Globex',
  'Initech',
  'Northwind Traders',
  'Stark Industries',
  'Wayne Enterprises',
  'Blue Sky Logistics',
  'Johnson & Johnson',
  'Contoso',
  'Deutsche Bahn',
  'Ромашка',
  'Лента',
  'Магнит',
  'Газпром нефть',
  'Северсталь',
  'Деловые Линии',
  'ВкусВилл',
  'ТехноНИКОЛЬ',
  'Белый парус',
  'Уралмаш',
  'Сибирский берег',
] as const

/**
 * What must be understood, as `account | when | kind | mood | people | steps | notes`; `-` is nothing. The account may be
 * `? A ~ B`, to be asked. A time is `2026-11-24 15:00`, `A..B` a range, `? A ~ B` to be asked, `! past` impossible. A step
 * is `> ours` or `< theirs` with `@` its time and `!` when it is urgent, several apart by ` ; `.
 */
type Row = readonly [line: string, right: string]
export type Spoken = Readonly<{ line: string; right: string; context: TalkContext }>

export const RU = spokenIn(MOSCOW)
export const EN = spokenIn(LONDON)
export const US = spokenIn(NEW_YORK)

function spokenIn({ now, timeZone, language, monthFirst }: Scene) {
  const context: TalkContext = {
    now: new Date(now),
    timeZone,
    language,
    ...(monthFirst === undefined ? {} : { monthFirst }),
  }
  return (rows: readonly Row[]): readonly Spoken[] => rows.map(([line, right]) => ({ line, right, context }))
}
