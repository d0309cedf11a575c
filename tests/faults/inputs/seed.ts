import { isLong } from '../../support/figures.ts'

/**
 * In `npm test` the same inputs each time, in the long form other ones; FAULTS_SEED brings a run back. Whatever fails
 * names its seed.
 */
export const SEED = Number(process.env['FAULTS_SEED'] ?? (isLong ? Date.now() % 2 ** 31 : 20_261_123))
