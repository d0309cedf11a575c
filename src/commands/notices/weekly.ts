import type { Composer } from './composer.ts'

export const composeWeeklies: Composer = async () => {
  throw new Error('not built yet')
}
