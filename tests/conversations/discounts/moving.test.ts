import { beforeEach, describe, expect, it } from 'vitest'
import { away } from '../follow-ups/stage.ts'
import { type DiscountStage, openStage } from './stage.ts'

let stage: DiscountStage

const TITLE = '12% for Acme Corporation · GTX Pro'
/** Monday 14:30 in Moscow; everybody works 9 to 18 there, and a step has eight of those hours. */
const NOW = '2026-11-23T11:30:00Z'
const HALF = '2026-11-24T06:30:00Z'
const OVER = '2026-11-24T10:30:00Z'
const OVER_TWICE = '2026-11-25T09:30:00Z'

beforeEach(async () => {
  stage = await openStage()
  await stage.paid()
})

const asks = (percent = 12) => stage.says('anna', `/discount Acme ${percent}% GTX Pro rival`)

describe('a step', () => {
  it('reaches whoever decides at once, with the passport', async () => {
    await asks()
    await stage.at(NOW)
    const [card, ...more] = stage.heard('max')
    expect(card).toContain(`Anna Example asks for a discount. The decision is yours. # ${TITLE}`)
    expect(card).toContain('[Approve]')
    expect(more).toEqual([])
    expect(stage.heard('dana')).toEqual([])
  })

  it('reminds at half of the agreed working hours, and not whoever has decided', async () => {
    await asks()
    await stage.at(NOW)
    await stage.at('2026-11-24T06:29:00Z')
    expect(stage.heard('max')).toHaveLength(1)
    await stage.at(HALF)
    expect(stage.heard('max')[1]).toContain('Half of the agreed time is over, and this still waits for you.')
    await asksAndDecides()
    await stage.at('2026-11-25T06:30:00Z')
    expect(stage.heard('max')).toHaveLength(2)
  })

  async function asksAndDecides() {
    await stage.says('max', '/approvals')
    await stage.presses('max', TITLE)
    await stage.presses('max', 'Approve')
  }

  it('passes on at the end to the next above, whom it tells why, and the requester hears of it', async () => {
    await asks()
    await stage.at(NOW)
    await stage.at(OVER)
    expect(stage.heard('dana')[0]).toContain(
      'Nobody answered in the agreed time, so this decision passes on to you.',
    )
    expect(stage.heard('anna').at(-1)).toContain('passed on, waits for Max Example and Dana Example')
    expect(await stage.audit()).toEqual(['anna discount.file', 'discount.escalate'])
    await stage.says('dana', '/approvals')
    await stage.presses('dana', TITLE)
    expect(await stage.presses('dana', 'Approve')).toContain('Granted by Dana Example')
  })

  it('reaches the fallback in the end, and is never silent', async () => {
    await asks()
    await stage.at(NOW)
    await stage.at(OVER)
    await stage.at(OVER_TWICE)
    expect(stage.heard('ada')[0]).toContain('this decision passes on to you')
    await stage.at('2026-11-27T11:30:00Z')
    expect(stage.heard('max').filter((said) => said.includes(TITLE)).length).toBeGreaterThan(2)
  })

  it('E-13 may still be decided by whoever was asked first', async () => {
    await asks()
    await stage.at(NOW)
    await stage.at(OVER)
    await stage.says('max', '/approvals')
    await stage.presses('max', TITLE)
    expect(await stage.presses('max', 'Approve')).toContain('Granted by Max Example')
  })
})

describe('every copy of a card', () => {
  it('shows the outcome and loses its buttons, whoever reads it', async () => {
    await asks()
    await stage.at(NOW)
    await stage.at(OVER)
    await stage.says('dana', '/approvals')
    await stage.presses('dana', TITLE)
    await stage.presses('dana', 'Approve')
    await stage.at(OVER)
    for (const person of ['max', 'dana'])
      for (const said of stage.heard(person)) {
        expect(said).toContain('Granted by Dana Example')
        expect(said).not.toContain('[Approve]')
      }
    expect(stage.heard('anna').at(-1)).toContain('The discount is granted.')
  })
})

describe('E-16 an absence', () => {
  it('sends it to the substitute at once, who decides on behalf of the absent', async () => {
    await away(stage.database, 'max', 'vera')
    await asks()
    await stage.at(NOW)
    expect(stage.heard('max')).toEqual([])
    expect(stage.heard('vera')[0]).toContain('Max Example is away, so this decision is yours.')
    await stage.says('vera', '/approvals')
    await stage.presses('vera', TITLE)
    expect(await stage.presses('vera', 'Approve')).toContain('Granted by Vera Example for Max Example')
    expect(await stage.audit()).toEqual(['anna discount.file', 'vera max discount.approve'])
  })

  it('moves what waits already', async () => {
    await asks()
    await stage.at(NOW)
    expect(stage.heard('max')).toHaveLength(1)
    await away(stage.database, 'max', 'vera')
    await stage.at('2026-11-23T11:31:00Z')
    expect(stage.heard('vera')[0]).toContain('Max Example is away, so this decision is yours.')
    await stage.at('2026-11-23T11:32:00Z')
    expect(stage.heard('vera')).toHaveLength(1)
  })

  it('follows a substitute of a substitute', async () => {
    await away(stage.database, 'max', 'vera')
    await away(stage.database, 'vera', 'boris')
    await asks()
    await stage.at(NOW)
    expect(stage.heard('boris')[0]).toContain('Max Example отсутствует, поэтому решение за вами.')
    await stage.says('boris', '/согласования')
    await stage.presses('boris', 'Скидка 12 % · Acme Corporation · GTX Pro')
    expect(await stage.presses('boris', 'Согласовать')).toContain('Boris Example за Max Example')
  })

  it('with the requester as the substitute passes on to the next above', async () => {
    await away(stage.database, 'max', 'anna')
    await asks()
    await stage.at(NOW)
    expect(stage.heard('anna').join()).not.toContain('[Approve]')
    expect(stage.heard('dana')[0]).toContain(TITLE)
    expect(await stage.says('anna', '/approvals')).toContain('Nothing waits for your decision')
  })
})

describe('what the client gives', () => {
  beforeEach(async () => {
    await stage.says('anna', '/discount Acme 4% GTX Pro rival, in return: prepayment 50% by 1 December')
  })

  it('is asked about on the working morning after its day', async () => {
    await stage.at('2026-12-02T05:59:00Z')
    expect(stage.heard('anna')).toEqual([])
    await stage.at('2026-12-02T06:00:00Z')
    const [asked] = stage.heard('anna')
    expect(asked).toContain('Acme Corporation: has the client kept its side?')
    expect(asked).toContain('[Kept] [Not kept] [Ask in a week]')
  })

  const press = async (v: string, n = 0) => {
    const [one] = await stage.database.prisma.clientCommitment.findMany()
    const args = { id: one?.id ?? '', n: String(n), v }
    return stage.pressed('anna', { command: 'commitment-check', args })
  }

  it('once broken, offers to take the discount back, and the next passport shows it', async () => {
    await stage.at('2026-12-02T06:00:00Z')
    expect(await press('broken')).toContain('[Take the discount back]')
    expect(await stage.presses('anna', 'Take the discount back')).toContain('Taken back by Anna Example')
    expect(await press('kept')).toContain('They did not keep their side.')
    await stage.says('anna', '/discount Acme 12% Hydro P-200 rival')
    await stage.says('max', '/approvals')
    expect(await stage.presses('max', '12% for Acme Corporation · Hydro P-200')).toContain(
      'Client’s side: broken 1',
    )
    expect(await stage.audit()).toEqual([
      'anna discount.file',
      'anna commitment.broken',
      'anna discount.revoke',
      'anna discount.file',
    ])
  })

  it('is put off by a week, and asked about again', async () => {
    await stage.at('2026-12-02T06:00:00Z')
    expect(await press('later')).toContain('I will ask again after Wed, 9 Dec 2026.')
    expect(await press('later')).toContain('has the client kept its side?')
    await stage.at('2026-12-10T06:00:00Z')
    expect(stage.heard('anna')).toHaveLength(2)
    expect(await press('kept', 1)).toContain('Noted, they kept their side')
  })

  it('is nobody else’s to judge', async () => {
    const [one] = await stage.database.prisma.clientCommitment.findMany()
    const args = { id: one?.id ?? '', n: '0', v: 'kept' }
    expect(await stage.pressed('vera', { command: 'commitment-check', args })).toBe(
      'This request is no longer here.',
    )
  })
})

describe('a granted discount', () => {
  it('tells before its last day that it ends', async () => {
    await stage.says('anna', '/discount Acme 4% GTX Pro rival')
    await stage.at('2026-12-20T12:00:00Z')
    expect(stage.heard('anna')).toEqual([])
    // The third day before is a Sunday: the next working morning tells it.
    await stage.at('2026-12-21T06:00:00Z')
    expect(stage.heard('anna')[0]).toContain(
      'This discount is good until Wed, 23 Dec 2026 and has not long to go.',
    )
  })
})

describe('where it is seen', () => {
  it('the account card, its history, and the day of whoever decides', async () => {
    await asks()
    const card = await stage.says('anna', '/account Acme Corporation')
    expect(card).toContain('Discount: 12% · GTX Pro · to be decided · asked by Anna Example')
    expect(card).toContain('[Request discount]')
    expect(await stage.presses('anna', 'Discounts')).toContain(`- ${TITLE} · €10,000 → €8,800`)
    expect(await stage.says('max', '/today')).toContain(`## Approvals waiting for you - ${TITLE}`)
    await stage.presses('max', TITLE)
    await stage.presses('max', 'Approve')
    expect(await stage.says('anna', '/account Acme Corporation')).toContain(
      'Discount: 12% · GTX Pro · granted · good until Wed, 23 Dec 2026',
    )
    stage.clock.now = new Date('2026-12-24T09:00:00Z')
    expect(await stage.says('anna', '/account Acme Corporation')).not.toContain('Discount: 12%')
    expect(await stage.presses('anna', 'Discounts')).toContain('· over ·')
  })
})
