import type { Composer } from './composer.ts'

export const composeOutcomes: Composer = async () => {
  throw new Error('not built yet')
}
