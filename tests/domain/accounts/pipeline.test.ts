import { expect, it } from 'vitest'
import { inFunnelOrder } from '../../../src/domain/accounts/pipeline.ts'

it('stages follow one another as deals do, unknown ones last', () => {
  const stages = ['Zeta', 'Negotiation', 'Предложение', 'Prospecting', 'Alpha', 'Engaging']
  expect(stages.toSorted(inFunnelOrder)).toEqual([
    'Prospecting',
    'Engaging',
    'Предложение',
    'Negotiation',
    'Alpha',
    'Zeta',
  ])
})
