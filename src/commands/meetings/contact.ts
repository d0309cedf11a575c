import { z } from 'zod'
import type { AccountFacts, ContactFact } from '../../domain/accounts/account.ts'
import { factsOf } from '../accounts/facts-of.ts'
import { type Context, defineCommand } from '../kit/command.ts'
import { plain, say, show } from '../kit/view.ts'
import { meetingSeen, WRITERS } from './access.ts'
import { contactName, contactPhone } from './shared-card.ts'

/** Adds somebody who was met or whose card was shared; unverified, until the client base says the same. */
export const contactAdd = defineCommand({
  name: 'contact-add',
  aliases: [],
  summary: 'sharedContact.summary',
  roles: WRITERS,
  effect: 'write',
  listed: false,
  input: z.object({ meeting: z.string().min(1).max(64), name: contactName, phone: contactPhone }),

  async run(context, { meeting: id, name, phone }) {
    const { work } = context
    const { account } = await meetingSeen(context, id)
    await work.meetings.oneByOne(context.actor.id)
    const params = { name: plain(name), account: plain(account.name) }
    const contacts = await work.meetings.contacts(account.id)
    const known = contacts.some((contact) => isNamed(contact, name))
    const before = named(await factsOf(context, account.id), name)
    const contactId = await work.meetings.addContact(account.id, { name, phone: phone ?? null })
    const after = named(await factsOf(context, account.id), name)
    const grew = known && phone !== undefined && before?.phone !== after?.phone
    if (known && !grew) return show([{ kind: 'text', text: say('sharedContact.known', params) }])
    await recordContact(context, { contactId, account: account.id, name, phone: phone ?? null, known })
    const text = grew ? say('sharedContact.phoneAdded', params) : say('sharedContact.added', params)
    return show([
      { kind: 'text', tone: 'good', text },
      { kind: 'note', text: say('sharedContact.unverified') },
      {
        kind: 'buttons',
        buttons: [
          { label: say('account.button.people'), command: 'account-people', args: { id: account.id } },
        ],
      },
    ])
  },
})

const isNamed = (contact: Readonly<{ name: string }>, name: string) =>
  contact.name.toLowerCase() === name.toLowerCase()

const named = ({ contacts }: AccountFacts, name: string): ContactFact | null =>
  contacts.find((contact) => isNamed(contact, name)) ?? null

type Added = Readonly<{
  contactId: string
  account: string
  name: string
  phone: string | null
  known: boolean
}>

function recordContact({ actor, work, channel }: Context, added: Added): Promise<void> {
  const { contactId, account, name, phone, known } = added
  return work.audit.write({
    actorId: actor.id,
    channel,
    action: known ? 'contact.change' : 'contact.add',
    subject: contactId,
    after: { account, phone, ...(known ? {} : { name, verified: false }) },
  })
}
