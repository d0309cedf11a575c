import { z } from 'zod'

/** The dispatcher judges lengths of lines and values; this only keeps the shape in bounds. */
const words = z.record(z.string().max(64), z.string()).refine((values) => Object.keys(values).length <= 64)
const command = z.string().min(1).max(64)
const id = z.uuid()

export const actRequest = z.object({
  key: id,
  on: id.optional(),
  act: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('line'), text: z.string() }),
    z.object({ kind: z.literal('press'), command, args: words }),
    z.object({ kind: z.literal('submit'), command, values: words, labels: words.optional() }),
  ]),
})

export const leaveRequest = z.object({ on: id })
