import { demoLoadedOn, layDemo, removeDemo } from '../db/demo.ts'
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
  await layDemo(prisma, today)
  if (!(await demoLoadedOn(prisma))) {
    io.err('the demo data goes into an empty database only: set DATA_DIR to another folder')
    return EXIT.refused
  }
  io.out('the demo data is loaded, with its dates around today')
  return EXIT.ok
}
