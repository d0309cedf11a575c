import { statfsSync } from 'node:fs'
import type { PGlite } from '@electric-sql/pglite'

/** Two segments of PostgreSQL's log; with less it may stop in the middle of a change. */
const LEAST_ROOM = 32 * 2 ** 20

/** The line that a start on a full disk ends with. */
export class DataFolderFull extends Error {
  constructor(folder: string, room: number) {
    super(
      `${folder} has only ${Math.floor(room / 2 ** 20)} MB left: free some space on its disk and start again`,
    )
    this.name = 'DataFolderFull'
  }
}

/** Throws DataFolderFull. */
export function wantRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < LEAST_ROOM) throw new DataFolderFull(folder, bavail * bsize)
}

/** The database in this process has given up; only a new process can open its folder again. */
class DatabaseStopped extends Error {
  constructor(cause: Error) {
    super(`the database has stopped: ${cause.message}`, { cause })
    this.name = 'DatabaseStopped'
  }
}

/**
 * A PostgreSQL that cannot write its log, as on a full disk, panics: a server would be started again by its postmaster.
 * PGlite lives on instead, and the next question never comes back and holds the whole process. So nothing is asked any
 * more, and the process ends, as after any exception that nobody foresaw.
 */
export function endOnPanic(pglite: PGlite): void {
  let stopped: DatabaseStopped | null = null
  const ask = pglite.execProtocolStream.bind(pglite)
  pglite.execProtocolStream = async (...given) => {
    if (stopped) throw stopped
    try {
      return await ask(...given)
    } catch (error) {
      if (error instanceof Error && 'severity' in error && error.severity === 'PANIC') {
        const reason = (stopped = new DatabaseStopped(error))
        setImmediate(() => {
          throw reason
        })
      }
      throw error
    }
  }
}
