import type { EventEmitter } from 'node:events'

/**
 * For each connection of a pool, from its first moment. The pool takes its own ear off one that it hands out, and the
 * promise of it comes a moment later: an error in between, as when a server that restarts lets a connection in and ends it
 * in one breath, would be heard by nobody and end the process. What is asked on it fails all the same.
 */
export const heard = (client: EventEmitter): void => void client.on('error', () => undefined)
