import { expect, it } from 'vitest'
import { inFunnelOrder, knownStage } from '../../../src/domain/accounts/pipeline.ts'

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

it('stages have a name in every language only when they are exactly a known one', () => {
  expect(['Negotiation', ' переговоры ', 'КП'].map(knownStage)).toEqual([
    'negotiation',
    'negotiation',
    'proposal',
  ])
  expect(['Negotiation 2', 'Waiting for Bob', ''].map(knownStage)).toEqual([null, null, null])
})
