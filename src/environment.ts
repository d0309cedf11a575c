import { existsSync } from 'node:fs'

/**
 * Imported before anything else: libraries look for DEBUG when they are loaded, and then write past the logger, and past
 * what it takes out, whole requests, connection settings, what people wrote. LOG_LEVEL is the only way to see more.
 */
if (existsSync('.env')) process.loadEnvFile('.env')
delete process.env['DEBUG']

export const environment: Readonly<Record<string, string | undefined>> = process.env
