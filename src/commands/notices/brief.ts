import type { Composer } from './composer.ts'

export const composeBriefs: Composer = async () => {
  throw new Error('not built yet')
}
