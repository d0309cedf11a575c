import { randomInt } from 'node:crypto'
import { issueCode } from '../commands/identity/link.ts'
import { unitOfWork } from '../db/unit-of-work.ts'
import { CODE_MINUTES } from '../domain/identity/linking.ts'
import { DomainError } from '../domain/shared/errors.ts'
import { type CliIo, EXIT, UsageError } from './io.ts'

/** `link <email>`: for somebody who has no Slack. The code is shown once and kept only as a hash. */
export async function linkCommand([email]: readonly string[], io: CliIo): Promise<number> {
  if (!email) throw new UsageError('link: expected an e-mail address: link anna@example.com')
  const user = await io.database.prisma.user.findUnique({ where: { email: email.toLowerCase() } })
  if (!user?.active) throw new UsageError(`there is no active user ${email}; user list shows them`)
  const { change } = unitOfWork(io.database, { language: 'en', ...io.defaults })
  try {
    const now = io.now()
    const random = (limit: number) => randomInt(limit)
    const { code } = await change((work) =>
      issueCode(work, { userId: user.id, actorId: null, channel: 'cli', now, random }),
    )
    io.out(`Code for ${user.name}, good once within ${CODE_MINUTES} minutes: ${code}`)
    io.out(`In the bot's private chat in Telegram: /link ${code}`)
    io.out(`Or open https://t.me/<your bot's name>?start=${code}`)
    return EXIT.ok
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    io.err(`${email} has asked for many codes within the hour; use the last one, or wait a little`)
    return EXIT.refused
  }
}
