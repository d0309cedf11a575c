import type { Rig } from './rig.ts'
import type { Story } from './story.ts'

/** The stories once all have ended; with what is left undone when one did not. */
export async function ended(rig: Rig, living: Promise<readonly Story[]>): Promise<readonly Story[]> {
  try {
    return await living
  } catch (error) {
    await rig.server()?.stop()
    throw new Error(await postMortem(rig), { cause: error })
  }
}

async function postMortem({ store, written }: Rig): Promise<string> {
  const left = await store.look(async ({ prisma }) => ({
    notices: await prisma.notice.findMany({
      where: { state: { not: 'SENT' }, NOT: { state: 'DROPPED', error: null } },
      orderBy: { dueAt: 'asc' },
      take: 20,
    }),
    requests: await prisma.discountRequest.findMany({
      where: { state: 'PENDING' },
      select: { number: true, version: true, waitingFor: true, createdAt: true, changedAt: true },
      take: 20,
    }),
  }))
  const log = written()
    .split('\n')
    .filter((line) => /"level":[456]0/.test(line))
  return `a story did not end\n${JSON.stringify(left, null, 1)}\n${log.slice(-20).join('\n')}`
}
