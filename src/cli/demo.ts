import { demoLoadedOn, loadDemo, refreshDemo, removeDemo } from '../db/demo.ts'
import { dayIn } from '../domain/shared/day.ts'
import { type CliIo, EXIT, UsageError } from './io.ts'

export async function demoCommand([option]: readonly string[], io: CliIo): Promise<number> {
  const { prisma } = io.database
  if (option === '--remove') {
    await removeDemo(prisma)
    io.out('the demo data is gone')
    return EXIT.ok
  }
  if (option !== undefined) throw new UsageError(`demo: got "${option}", expected nothing or --remove`)
  const today = dayIn(io.defaults.timeZone, io.now())
  if (await demoLoadedOn(prisma)) await refreshDemo(prisma, today)
  else await loadDemo(prisma, today)
  io.out('the demo data is loaded, with its dates around today')
  return EXIT.ok
}
