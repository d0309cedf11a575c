import fs, { existsSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/** Loaded before a program by `--import`: while the file that FULL_DISK names is there, the disk is full. */
const flag = process.env['FULL_DISK'] ?? ''
const isFull = () => existsSync(flag)
const { writeSync, statfsSync } = fs

const write = writeSync as (fd: number, ...rest: unknown[]) => number
fs.writeSync = (fd: number, ...rest: unknown[]) => {
  // The terminal is no disk.
  if (fd <= 2 || !isFull()) return write(fd, ...rest)
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    errno: -28,
    syscall: 'write',
  })
}
fs.statfsSync = ((path: string) => ({
  ...statfsSync(path),
  ...(isFull() ? { bavail: 0 } : {}),
})) as typeof fs.statfsSync
syncBuiltinESMExports()
