import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The line that a second process on one data folder ends with. */
export class DataFolderInUse extends Error {
  constructor(folder: string, cause: unknown) {
    super(
      `${folder} is in use by another Kamerton process: stop that one first, or set DATA_DIR to another folder`,
      {
        cause,
      },
    )
    this.name = 'DataFolderInUse'
  }
}

/**
 * PGlite lets two processes write one folder and silently loses rows. The kernel holds this lock for us: it is free at
 * once when the process dies, and nobody can steal it from a process that is merely busy.
 */
export function lockDataFolder(folder: string): { release(): void } {
  mkdirSync(folder, { recursive: true })
  const lock = new DatabaseSync(join(folder, 'lock'))
  try {
    lock.exec('pragma busy_timeout = 0; pragma locking_mode = exclusive; begin exclusive')
  } catch (cause) {
    lock.close()
    throw new DataFolderInUse(folder, cause)
  }
  return { release: () => lock.close() }
}
