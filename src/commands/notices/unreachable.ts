import type { Composer } from './composer.ts'

export const composeUnreachables: Composer = async () => {
  throw new Error('not built yet')
}
