import { z } from 'zod'
import { defineCommand } from '../kit/command.ts'
import { type Button, plain, say, show } from '../kit/view.ts'
import { WRITERS } from './access.ts'
import { justLogged } from './just-logged.ts'

/** Cut, not refused: who shares a card has not typed it. */
export const contactName = z
  .string()
  .min(1)
  .refine((name) => /[\p{L}\p{N}]/u.test(name))
  .transform((name) => [...name.replaceAll(/\s+/gu, ' ').trim()].slice(0, 120).join(''))
/** What does not look like a number is left out: a card may carry anything. */
export const contactPhone = z
  .string()
  .transform((phone) => phone.replaceAll(/[^\d+()\- ]/g, '').trim())
  .transform((phone) => (/\d{3}/.test(phone.replaceAll(/\D/g, '')) && phone.length <= 40 ? phone : undefined))
  .optional()

/** Somebody's card says whom to add, and never who sent it. */
export const contactShared = defineCommand({
  name: 'contact-shared',
  aliases: [],
  summary: 'sharedContact.summary',
  roles: WRITERS,
  effect: 'read',
  listed: false,
  hears: 'card',
  input: z.object({ name: contactName, phone: contactPhone }),

  async run(context, { name, phone }) {
    const meeting = await justLogged(context)
    if (!meeting) {
      return show([
        { kind: 'text', text: say('sharedContact.noMeeting', { name: plain(name) }) },
        { kind: 'note', text: say('sharedContact.how') },
      ])
    }
    const account = plain(meeting.account.name)
    const add: Button = {
      label: say('sharedContact.add', { account }),
      command: 'contact-add',
      args: { meeting: meeting.id, name, ...(phone ? { phone } : {}) },
      style: 'primary',
    }
    return show([
      { kind: 'text', text: say('sharedContact.offer', { name: plain(name), account }) },
      ...(phone ? [{ kind: 'note' as const, text: plain(phone) }] : []),
      { kind: 'buttons', buttons: [add] },
    ])
  },
})
