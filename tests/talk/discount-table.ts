import type { Offer } from '../../src/domain/discounts/offer.ts'
import type { TalkContext } from '../../src/domain/talk/talk.ts'
import { EN as LONDON_LINES, RU as MOSCOW_LINES } from './table.ts'

const offer = (title: string, product: string | null, dealId: string | null): Offer => ({
  subject: { dealId, productId: product, title, product, productGroup: null },
  list: null,
  costShare: null,
  floorMargin: null,
})

/** What a line may be on: a price list, and open deals. Nothing is about two of them at once but `Aero K-90`. */
export const OFFERS: readonly Offer[] = [
  ...[
    'Aero K-40',
    'Aero K-90',
    'Aero Dry 10',
    'Hydro P-200',
    'Hydro P-500',
    'Pilot Control',
    'Parts kit',
    'Care Standard',
    'Care 24/7',
    'GTX Pro',
    'Acid 98%',
  ].map((name) => offer(name, name, null)),
  offer('Компрессорная станция Aero K-90', 'Aero K-90', 'deal-1'),
  offer('Модернизация котельной', null, 'deal-2'),
  offer('Warehouse automation phase 2', null, 'deal-3'),
]

/**
 * What must be understood, by key, apart by ` | `; what is not named must be nothing:
 * `A` account, `P` price (`12%`, `off 1000 EUR`, `net 8800`, `! zero 0%`), `S` subject (`? one ~ two`), `Q` quantity,
 * `D` days of deferral, `U` last day, `R` competitor's price, `G` gives (`VOLUME 200 units @2026-12-01 ; …`), `W` reason,
 * `?` asks only.
 */
export type SaidDiscount = Readonly<{ line: string; right: string; context: TalkContext }>
type Rows = readonly (readonly [line: string, right: string])[]

export const RU = (rows: Rows): readonly SaidDiscount[] => MOSCOW_LINES(rows)
export const EN = (rows: Rows): readonly SaidDiscount[] => LONDON_LINES(rows)
