import type { Begin } from '../../src/bots/ports.ts'

/** Of a message that is still wanted when its turn has come. */
export const wanted: Begin = async () => true
