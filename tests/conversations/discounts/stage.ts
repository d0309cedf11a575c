import type { Edit, Push } from '../../../src/bots/ports.ts'
import { speakerFor } from '../../../src/bots/speaker.ts'
import { newId } from '../../../src/db/new-id.ts'
import { createNotices } from '../../../src/notices.ts'
import { readView } from '../../support/core.ts'
import { flat, openStage as openPlain } from '../follow-ups/stage.ts'

const DEFAULTS = { language: 'en', timeZone: 'Europe/Moscow', currency: 'EUR' } as const

/** The team and its clients, with three products: one whose cost is known, one whose margin is thin, one without a price. */
export async function openStage() {
  const stage = await openPlain()
  const { prisma } = stage.database
  await prisma.product.createMany({
    data: [
      { id: 'gtx', name: 'GTX Pro', productGroup: 'GTX', listPrice: '10000', cost: '7000', currency: 'EUR' },
      {
        id: 'p200',
        name: 'Hydro P-200',
        productGroup: 'Pumps',
        listPrice: '9800',
        cost: '8200',
        currency: 'EUR',
      },
      { id: 'bespoke', name: 'Bespoke works', productGroup: 'Service', currency: 'EUR' },
    ],
  })
  const screen = new Map<string, { to: string; words: string }>()
  const push: Push = async (to, reader, view, begin) => {
    if (!(await begin())) return { kind: 'unwanted' }
    const message = newId()
    screen.set(message, { to: to.externalId, words: flat(readView(view, speakerFor(reader))) })
    return { kind: 'sent', chat: to.externalId, message }
  }
  const edit: Edit = async (to, { message }, reader, view) => {
    screen.set(message, { to: to.externalId, words: flat(readView(view, speakerFor(reader))) })
    return { kind: 'done' }
  }
  const process = () =>
    createNotices({
      database: stage.database,
      work: stage.unitOfWork,
      pushes: new Map([['CONSOLE', push]]),
      edits: new Map([['CONSOLE', edit]]),
      defaults: DEFAULTS,
      journal: stage.journal,
      meter: { settled: () => undefined, waiting: () => undefined },
      now: () => stage.clock.now,
    })
  let jobs = process()
  return {
    ...stage,
    requests: () => prisma.discountRequest.findMany({ orderBy: { number: 'asc' } }),
    /** Nothing is overdue any more, so that finance has nothing to look at. */
    paid: () => prisma.invoice.updateMany({ data: { paidOn: new Date('2026-11-20') } }),
    /** Turns the clock and lets out what is due by then. */
    async at(moment: string) {
      stage.clock.now = new Date(moment)
      await jobs.deliverDue()
    },
    /** Another process, which knows nothing but the database. */
    restart: () => void (jobs = process()),
    /** What stands on somebody's screen without their having asked for it, the oldest first. */
    heard: (person: string) =>
      [...screen.values()].filter(({ to }) => to === person).map(({ words }) => words),
  }
}

export type DiscountStage = Awaited<ReturnType<typeof openStage>>
