import type { Found, Span } from '../when/reading.ts'
import { overlaps } from './plain.ts'

const UNTIL = /^(?:valid |действует |действительна )?(?:until|till|til|through|thru|up to|до|по)(?!\p{L})/u
const VALID =
  /(?<!\p{L})(?:(?:is |be )?valid|good|expir(?:es|ing|y)|действует|действ\.|действительн\p{L}{1,3}|срок(?: действия)?|годна|истекает|актуальн\p{L}{1,2})(?: (?:only|только))?(?: (?:on|by|to|for|till|until|through|до|по|в течение))? ?$/u
/** «договор до 31 декабря», `we need an answer until Friday`: another matter ends there. */
const OTHER =
  /(?<!\p{L})(?:контракт|договор|тендер|аукцион|конкурс|ответ|ответить|решени|решить|решат|поставк|поставить|отгруз|оплат|подпис|подпиш|купит|купят|закаж|заказ|бюджет|встреч|проект|contract|tender|answer|reply|decid|decision|deliver|budget|pay|paid|sign|buy|order|project|need it|lock)\p{L}{0,6}(?: (?:нужно|нужен|нужна|надо|needed|due|only|is|runs))? ?$/u
const REACH = 36

/** The last day of the discount, with the places that say it. */
export function lastDayIn(
  text: string,
  whens: readonly Found[],
  elsewhere: readonly Span[],
): Readonly<{ found: Found; spans: readonly Span[] }> | null {
  const own = whens.filter((when) => !elsewhere.some((span) => overlaps(span, when)))
  for (const found of own) {
    const before = text.slice(Math.max(0, found.from - REACH), found.from)
    const valid = VALID.exec(before)?.[0] ?? ''
    const said = UNTIL.test(text.slice(found.from, found.to))
    if (valid === '' && (!said || OTHER.test(before))) continue
    const [first] = found.pieces
    const led = first && valid !== '' ? [{ from: first.from - valid.length, to: first.to }] : []
    return { found, spans: [...found.pieces, ...led] }
  }
  return null
}
