import { heldNotices, releaseHeld } from '../db/held-notices.ts'
import { type CliIo, EXIT, UsageError } from './io.ts'

const USAGE = 'notices: expected: notices held, or notices release'

/** What a restore held back, because it may have gone out before. */
export async function noticesCommand([verb, ...rest]: readonly string[], io: CliIo): Promise<number> {
  if ((verb !== 'held' && verb !== 'release') || rest.length > 0) throw new UsageError(USAGE)
  const { prisma } = io.database
  if (verb === 'release') {
    const released = await releaseHeld(prisma, io.now())
    io.out(released === 0 ? 'nothing is held' : `${released} go out as soon as the program runs`)
    return EXIT.ok
  }
  const held = await heldNotices(prisma)
  if (held.length === 0) io.out('nothing is held')
  for (const { kind, count, people, since, until } of held)
    io.out(
      `${kind}  ${count} for ${people} ${people === 1 ? 'person' : 'people'}, due ${since.toISOString()} to ${until.toISOString()}`,
    )
  return EXIT.ok
}
