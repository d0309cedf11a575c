import { z } from 'zod'
import {
  afterFailure,
  afterFailureOfAny,
  ALL_CHATS,
  CODE_MINUTES,
  CODES_PER_HOUR,
  minutesAfter,
  newCode,
  readCode,
  requireCalm,
  requireUnlocked,
  type Tries,
} from '../../domain/identity/linking.ts'
import type { PersonId } from '../../domain/shared/actor.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { Work } from '../../domain/shared/work.ts'
import { bindIdentity } from '../kit/bind-identity.ts'
import { type Shown, type Command, defineCommand } from '../kit/command.ts'
import type { Visitor, Welcome } from '../kit/welcome.ts'
import { EVERYONE } from '../kit/roles.ts'
import { plain, say, show } from '../kit/view.ts'

/** `null` while Telegram is off; the name of the bot is known once the adapter has asked for it. */
type TelegramBot = Readonly<{ name(): string | null }> | null

export type LinkParts = Readonly<{ bot: TelegramBot; random(limit: number): number }>

/** Declared with the bot's name, which only the composition root knows. */
export function linkCommand({ bot, random }: LinkParts): Command {
  return defineCommand({
    name: 'link',
    aliases: ['подключить'],
    summary: 'link.summary',
    roles: EVERYONE,
    effect: 'write',
    listed: true,
    // Without a bot there is nothing to link: typed all the same, it says who can turn Telegram on.
    on: bot ? ['SLACK', 'CONSOLE'] : [],
    input: z.object({}),

    async run({ actor, work, now, channel, identity }) {
      if (identity.platform === 'TELEGRAM')
        return show([{ kind: 'text', text: say('link.here', { name: plain(actor.name) }) }])
      if (!bot) throw new DomainError('link.off')
      const { code, expiresAt } = await issueCode(work, {
        userId: actor.id,
        actorId: actor.id,
        channel,
        now,
        random,
      })
      const name = bot.name()
      const how = name ? say('link.how', { bot: plain(`@${name}`), code }) : say('link.how.anyBot', { code })
      return show([
        { kind: 'heading', text: say('link.title') },
        { kind: 'text', text: say('link.code', { code }) },
        { kind: 'text', text: how },
        { kind: 'note', text: say('link.until', { until: { instant: expiresAt.toISOString() } }) },
        ...(actor.linked.includes('TELEGRAM') ? [{ kind: 'note' as const, text: say('link.already') }] : []),
      ])
    },
  })
}

type Issue = Readonly<{
  userId: PersonId
  actorId: PersonId | null
  channel: string
  now: Date
  random(limit: number): number
}>

/** Also called by `kamerton link`, where the administrator asks for somebody else. */
export async function issueCode(work: Work, { userId, actorId, channel, now, random }: Issue) {
  const recent = await work.links.issuedSince(userId, minutesAfter(now, -60))
  if (recent >= CODES_PER_HOUR) throw new DomainError('link.tooMany')
  const code = newCode(random)
  const expiresAt = minutesAfter(now, CODE_MINUTES)
  await work.links.issue(code, userId, now, expiresAt)
  await work.audit.write({ actorId, channel, action: 'link.issue', subject: userId })
  return { code, expiresAt }
}

/** What a Telegram account nobody knows can do: hand in a code. A wrong one is counted, so it must not throw. */
export const welcome: Welcome = async (visitor, line) => {
  if (visitor.identity.platform !== 'TELEGRAM') throw new DomainError('identity.noAccount')
  const [, command = '', rest = ''] = /^(\/(?:start|link)(?:@\w+)?(?=\s|$))?([\s\S]*)$/i.exec(line) ?? []
  const typed = rest.trim()
  const code = readCode(typed)
  if (!code && (typed === '' || command === '')) return show([{ kind: 'text', text: say('link.welcome') }])
  return redeem(visitor, code)
}

async function redeem(visitor: Visitor, code: string | null): Promise<Shown> {
  const { identity, channel, now, work } = visitor
  const tries = await work.links.tries(identity.externalId)
  requireUnlocked(tries, now)
  const all = await work.links.tries(ALL_CHATS)
  requireCalm(all, now)
  const link = code ? await work.links.redeem(code, now) : null
  const person = link && link.expiresAt > now ? await work.people.byId(link.userId) : null
  if (!person?.active) return wrongCode(visitor, tries, all)
  await work.links.saveTries(identity.externalId, { failures: 0, lockedUntil: null })
  await bindIdentity(work, { identity, personId: person.id, channel, by: 'one-time code' })
  return show([
    { kind: 'text', tone: 'good', text: say('link.done', { name: plain(person.name) }) },
    { kind: 'note', text: say('link.done.next') },
  ])
}

/** Counted for this chat and for all of them, and written down: who guesses is seen. */
async function wrongCode(
  { identity, channel, now, work }: Visitor,
  tries: Tries,
  all: Tries,
): Promise<Shown> {
  const { externalId, platform } = identity
  const after = afterFailure(tries, now)
  await work.links.saveTries(externalId, after)
  await work.links.saveTries(ALL_CHATS, afterFailureOfAny(all, now))
  await work.audit.write({
    actorId: null,
    channel,
    action: 'link.refuse',
    subject: platform.toLowerCase(),
    after: { failures: after.failures, locked: after.lockedUntil !== null },
  })
  return show([{ kind: 'text', tone: 'bad', text: say('link.wrong') }])
}
