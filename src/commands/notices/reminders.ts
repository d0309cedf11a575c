import type { Composer } from './composer.ts'

export const composeReminders: Composer = async () => {
  throw new Error('not built yet')
}
