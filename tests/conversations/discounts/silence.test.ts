import { beforeEach, describe, expect, it } from 'vitest'
import { away } from '../follow-ups/stage.ts'
import { type DiscountStage, openStage } from './stage.ts'

let stage: DiscountStage

beforeEach(async () => {
  stage = await openStage()
  await stage.paid()
})

const NOW = '2026-11-23T11:31:00Z'

describe('somebody is told, whoever is away', () => {
  it('when the last who stands in is the requester, the fallback: the one before is away', async () => {
    await away(stage.database, 'max', 'dana')
    await away(stage.database, 'dana', 'anna')
    await stage.says('anna', '/discount Acme 12% GTX Pro rival')
    await stage.at(NOW)
    expect(stage.heard('ada').join()).toContain('12% for Acme Corporation · GTX Pro')
  })

  it('when the last who stands in does so for the requester too, the fallback', async () => {
    await away(stage.database, 'max', 'dana')
    await away(stage.database, 'dana', 'vera')
    await away(stage.database, 'anna', 'vera')
    await stage.says('anna', '/discount Acme 12% GTX Pro rival')
    await stage.at(NOW)
    expect(stage.heard('ada').join()).toContain('12% for Acme Corporation · GTX Pro')
  })

  it('a substitute who is away since, whoever stands in for them', async () => {
    await away(stage.database, 'max', 'dana')
    await stage.says('anna', '/discount Acme 12% GTX Pro rival')
    await stage.at(NOW)
    expect(stage.heard('dana')).toHaveLength(1)
    await away(stage.database, 'dana', 'ada')
    await stage.at('2026-11-23T11:32:00Z')
    expect(stage.heard('ada').join()).toContain('12% for Acme Corporation · GTX Pro')
  })
})

describe('a percentage that rounds to one that cannot be', () => {
  it.each(['99.999%', '99,996 %', '0.001%', '0,004 %'])('%s is refused like 0 and 100', async (percent) => {
    const heard = await stage.says('anna', `/discount Acme ${percent} GTX Pro rival`)
    expect(heard).not.toContain('Something went wrong')
    expect(await stage.requests()).toEqual([])
  })

  it('a price of nothing has no discount, and nothing fails', async () => {
    await stage.database.prisma.product.update({ where: { id: 'gtx' }, data: { listPrice: '0' } })
    const heard = await stage.says('anna', '/discount Acme 12% GTX Pro rival')
    expect(heard).not.toContain('Something went wrong')
    expect(await stage.requests()).toEqual([])
  })
})
