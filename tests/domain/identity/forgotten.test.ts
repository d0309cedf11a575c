import { describe, expect, it } from 'vitest'
import { forgotten } from '../../../src/domain/identity/forgotten.ts'

const ANN = { email: 'ann@acme.com', name: 'Anna Berg' }
const ANNA = { email: 'anna.orlova@example.com', name: 'Анна Орлова' }

describe('forgotten', () => {
  it.each(['X', 'with X.', 'X, X and (X)', '"X"', '<X>: yes', 'see X- then', 'İİ X', 'X...', '-X', 'X’s'])(
    'takes e-mail and name out of "%s", in whatever letter case',
    (text) => {
      const gone = text.replaceAll('X', 'former colleague')
      for (const person of [ANN, ANNA])
        for (const word of [person.email, person.name])
          for (const spelled of [word, word.toUpperCase(), word.toLowerCase()])
            expect(forgotten(text.replaceAll('X', spelled), person), spelled).toBe(gone)
    },
  )

  it.each([
    'joann@acme.com',
    'jo.ann@acme.com',
    'jo+ann@acme.com',
    'jo_ann@acme.com',
    'jo-ann@acme.com',
    'жann@acme.com',
    '2ann@acme.com',
    'ann@acme.community',
    'ann@acme.com.au',
    'ann@acme.com-x.de',
    'ann@acme.com2',
    'ann@acme-com',
    'Anna Bergmann',
    'Joanna Berg',
    'Anna Bergё',
    'Anna Berg-Schmidt',
    'Eva-Anna Berg',
    'Anna Berg2',
    'Anna Berg\u0301',
    'Anna 𐐷Berg',
    '𐐷Anna Berg',
    'Anna',
  ])('leaves "%s" whole', (text) => {
    expect(forgotten(`told ${text}, then`, ANN)).toBe(`told ${text}, then`)
  })

  it('finds the one beside others, and signs of patterns are only signs', () => {
    expect(forgotten('joann@acme.com,ann@acme.com;Anna Bergmann/Anna Berg', ANN)).toBe(
      'joann@acme.com,former colleague;Anna Bergmann/former colleague',
    )
    const odd = { email: 'a+b@x.de', name: 'Ann (Sales) *' }
    expect(forgotten('aab@xxde, Ann (SALES) * and Ann Sales', odd)).toBe(
      'aab@xxde, former colleague and Ann Sales',
    )
  })

  it('reads a long text once', () => {
    const many = 200_000
    expect(forgotten('Anna Bergmann '.repeat(many), ANN)).toHaveLength(14 * many)
    expect(forgotten('Anna Berg '.repeat(many), ANN)).toHaveLength(17 * many)
    const same = { email: 'aaaa@a.a', name: `${'a'.repeat(20)} ${'a'.repeat(20)}` }
    expect(forgotten('a'.repeat(many), same)).toHaveLength(many)
  })
})
