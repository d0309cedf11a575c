import type { Composer } from './composer.ts'

export const composeAgendas: Composer = async () => {
  throw new Error('not built yet')
}
