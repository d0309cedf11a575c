import type { Act, Reply } from '../../src/commands/kit/invocation.ts'
import { passTime } from '../../src/commands/discounts/time.ts'
import type { Database } from '../../src/db/client.ts'
import { newId } from '../../src/db/new-id.ts'
import { HOLIDAYS } from '../../src/holidays.ts'
import { createCore, readReply } from '../support/core.ts'

/** A person as one platform knows them. */
export type Hand = Readonly<{ platform: 'SLACK' | 'TELEGRAM'; externalId: string }>

/** What happens in one of the processes: a person’s press or form, or time that passes. */
export type Click = Readonly<{
  process: 0 | 1
  afterMs: number
  /** The platform’s key of the update; the same one when it is delivered twice. */
  key?: string
}> &
  (Readonly<{ by: Hand; act: Act }> | Readonly<{ passes: string; now: string }>)

export type Heard = Readonly<{ text: string; failed: boolean }>

/** Does what was clicked in this process; never throws, so that a round always ends. */
export function hearing(database: Database): (click: Click) => Promise<Heard> {
  const core = createCore(database)
  const press = (by: Hand, act: Act, key = newId()) =>
    core.dispatcher.dispatch({
      channel: by.platform.toLowerCase(),
      identity: { platform: by.platform, workspace: '', externalId: by.externalId },
      key,
      chat: by.externalId,
      audience: 'asker',
      act,
    })
  const pass = (id: string, now: Date) =>
    core.unitOfWork.change((work) => passTime({ work, now, calendar: HOLIDAYS }, id))
  return async (click) => {
    try {
      if ('passes' in click) {
        return { text: `passed: ${await pass(click.passes, new Date(click.now))}`, failed: false }
      }
      return heardIn(await press(click.by, click.act, click.key))
    } catch (error) {
      return { text: String(error), failed: true }
    }
  }
}

const heardIn = (reply: Reply): Heard => ({
  text: readReply(reply).replaceAll(/\s+/gu, ' '),
  failed: reply.failed === true,
})
