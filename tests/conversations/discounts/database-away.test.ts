import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type App, createApp } from '../../../src/app.ts'
import { loadConfig } from '../../../src/config.ts'
import type { Database } from '../../../src/db/client.ts'
import { addClients, addTeam, NOW } from '../../support/clients.ts'
import { ask, createCore, line, press, readReply } from '../../support/core.ts'
import { emptyDatabase } from '../../support/database.ts'
import { type FaultProxy, openFaultProxy } from '../../support/fault-proxy.ts'
import { noteJournal } from '../../support/journal.ts'

const server = process.env['TEST_DATABASE_URL']

/** Only a real server can be away; on PGlite the database is in the process. */
describe.runIf(server)('a click on Approve while the database is away', () => {
  let database: Database
  let gate: FaultProxy
  let app: App

  beforeAll(async () => {
    database = await emptyDatabase()
    await addTeam(database)
    await addClients(database)
    await database.prisma.invoice.deleteMany()
    await database.prisma.product.create({
      data: { id: 'gtx', name: 'GTX Pro', listPrice: '10000', cost: '7000', currency: 'EUR' },
    })
    const [row] = await database.prisma.$queryRaw<{ name: string }[]>`select current_database() as name`
    const url = new URL(server ?? '')
    gate = await openFaultProxy(url.hostname, Number(url.port || 5432))
    url.port = String(gate.port)
    url.pathname = `/${row?.name}`
    const config = loadConfig({ PORT: '0', DATABASE_URL: url.href })
    app = await createApp(config, { journal: noteJournal(), now: () => NOW, jobs: 'off' })
    await app.start()
  })

  afterAll(async () => {
    await app.stop()
    await gate.close()
  })

  it('E-02 decides nothing and says so, and the same click afterwards decides once', async () => {
    await ask(createCore(database).dispatcher, 'anna', line('/discount Acme 12% GTX Pro rival'))
    const { id } = await database.prisma.discountRequest.findFirstOrThrow()
    const click = async () =>
      readReply(await ask(app.dispatcher, 'max', press('discount-approve', { id, s: '1.1' })))
    gate.shut()
    expect(await click()).toContain('I cannot reach my database')
    expect(await database.prisma.approvalVote.count()).toBe(0)
    expect(await database.prisma.discountRequest.findFirst()).toMatchObject({ state: 'PENDING', version: 1 })
    gate.open()
    await vi.waitFor(async () => expect(await click()).toContain('Granted by Max Example'), 20_000)
    expect(await click()).toContain('This has been decided already.')
    expect(await database.prisma.approvalVote.count()).toBe(1)
    expect(await database.prisma.auditEntry.count({ where: { action: 'discount.approve' } })).toBe(1)
  })
})
