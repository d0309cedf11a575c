import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importStep, isoDay, readRaw, STEPS } from '../../scripts/crm-sales.ts'
import { emptyDatabase } from '../support/database.ts'
import { type House, linkTelegram, openHouse } from '../support/doors.ts'

/** The folder of the public CRM Sales Opportunities files; without it there is nothing to ask about. */
const folder = process.env['CRM_SALES']

describe.runIf(folder)('the real client base', () => {
  let house: House
  let owner = ''

  beforeAll(async () => {
    const database = await emptyDatabase()
    for (const step of STEPS) await importStep(database, folder ?? '', step, false)
    await linkTelegram(database)
    house = await openHouse(database, new Date('2025-12-31T18:00:00Z'))
    const email = readRaw(folder ?? '', 'owners.csv').find((row) => row['account_id'] === '1000')?.[
      'owner_email'
    ]
    owner = (await database.prisma.user.findUnique({ where: { email: email ?? '' } }))?.id ?? ''
  })
  afterAll(() => house.close())

  it.each(['Slack', 'Telegram', 'the console', 'the terminal'])(
    'answers the owner of Acme Corporation at %s with the right figures',
    async (name) => {
      const deals = readRaw(folder ?? '', 'sales_pipeline.csv').filter((row) => row['account_id'] === '1000')
      const won = deals
        .filter((row) => row['deal_stage'] === 'Won')
        .reduce((sum, row) => sum + Number(row['close_value']), 0)
      const engaging = deals.filter((row) => row['deal_stage'] === 'Engaging').length
      const meetings = readRaw(folder ?? '', 'interactions.csv').filter((row) => row['account_id'] === '1000')
      const last = meetings
        .filter((row) => row['status'] === 'Completed')
        .map((row) => isoDay(row['timestamp']))
        .toSorted()
        .at(-1)

      const door = house.doors.find((one) => one.name === name)
      const heard = (await door?.says(owner, '/account Acme Corporation'))?.replaceAll(/\s+/g, ' ')
      expect(heard).toContain('Acme Corporation')
      expect(heard).toContain(`$${won.toLocaleString('en-US')}`)
      expect(heard).toContain(`${engaging} deals`)
      expect(heard).toContain(`${Number(last?.slice(8))} Dec 2025`)
    },
  )
})
