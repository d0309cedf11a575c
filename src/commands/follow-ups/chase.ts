import { z } from 'zod'
import type { FollowUp } from '../../domain/follow-ups/follow-up.ts'
import { LANGUAGES, type Language } from '../../domain/shared/actor.ts'
import type { Day } from '../../domain/shared/day.ts'
import type { Work } from '../../domain/shared/work.ts'
import { type Command, defineCommand } from '../kit/command.ts'
import { EVERYONE } from '../kit/roles.ts'
import { type Block, plain, say, show, type Text } from '../kit/view.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import { promiseSeen } from './access.ts'
import { cardAnswer } from './act.ts'
import { opensPromise, shorten } from './phrases.ts'

/** As much of a promise as a letter quotes. */
const QUOTED = 300

const LOCALES = { en: 'en-GB', ru: 'ru-RU' } as const
const LONG_DAY = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const
const DAYS = {
  en: new Intl.DateTimeFormat(LOCALES.en, LONG_DAY),
  ru: new Intl.DateTimeFormat(LOCALES.ru, LONG_DAY),
} as const

const dayIn = (language: Language, day: Day) => DAYS[language].format(Date.parse(day))

/** A polite question to whoever promised, in their language where it is known, else in the reader's. */
export async function chaseDraft(
  work: Pick<Work, 'meetings'>,
  { account, contactName, what, dueOn }: FollowUp,
  reader: Language,
): Promise<Block[]> {
  const contacts = account && contactName ? await work.meetings.contacts(account.id) : []
  const contact = contacts.find(({ name }) => name === contactName)
  const language = LANGUAGES.find((one) => one === contact?.language) ?? reader
  const said = { what: plain(shorten(what, QUOTED)), day: dayIn(language, dueOn) }
  const text: Text = contactName
    ? { key: `followup.chase.named.${language}`, params: { ...said, name: plain(contactName) } }
    : { key: `followup.chase.unnamed.${language}`, params: said }
  return [
    { kind: 'note', text: say('followup.chase.draft') },
    { kind: 'text', text },
  ]
}

/** The draft once more, whenever it is wanted. */
export const followupChase: Command = defineCommand({
  name: 'followup-chase',
  aliases: [],
  summary: 'followup.button.chase',
  roles: EVERYONE,
  effect: 'read',
  listed: false,
  input: z.object({ id: z.string().min(1).max(64) }),
  async run(context, { id }) {
    const { followUp, mayAct, isLost } = await promiseSeen(context, id)
    if (!mayAct) throw new DomainError('followup.gone')
    // What is settled needs no draft, and at a client that is another's now it is theirs to write.
    if (isLost || followUp.status !== 'OPEN' || followUp.promisedBy !== 'CLIENT') {
      return cardAnswer(context, followUp, null)
    }
    return show([
      ...(await chaseDraft(context.work, followUp, context.actor.language)),
      { kind: 'buttons', buttons: [opensPromise(followUp)] },
    ])
  },
})
