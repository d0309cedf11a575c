import { beforeEach, describe, expect, it } from 'vitest'
import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts'
import type { Database } from '../../src/db/client.ts'
import { unitOfWork } from '../../src/db/unit-of-work.ts'
import { UnavailableError } from '../../src/domain/shared/errors.ts'
import { emptyDatabase } from '../support/database.ts'

let database: Database

beforeEach(async () => {
  database = await emptyDatabase()
})

const every = (client: PrismaClient) => client.$queryRaw`
  select 1::int as int, 2::bigint as large, 1.50::numeric as exact, 1.5::float8 as float, true as yes, null::text as nothing,
    'Ä "x" \\ {' as text, date '2026-11-27' as day, timestamptz '2026-11-27 10:00:00.123+03' as instant,
    timestamp '2026-11-27 10:00:00' as wall, '{"a": [1, null]}'::jsonb as json, array['a', 'b,"c"']::text[] as texts,
    array[1, 2]::int[] as ints, 'KAM'::role as role, array['SLACK', 'TELEGRAM']::platform[] as platforms`

const given = (client: PrismaClient) => client.$queryRaw`
  select ${"it's"}::text as text, ${12}::int as int, ${true}::boolean as yes, ${null}::text as nothing,
    ${['a', 'b,"c"', '{}']}::text[] as texts, ${[]}::text[] as none, ${new Date('2026-11-27T07:00:00.123Z')}::timestamptz as instant,
    ${new Prisma.Decimal('12.50')}::numeric as exact, ${5n}::bigint as large, ${JSON.stringify({ a: 1 })}::jsonb as json`

describe('questions that go straight to the pool', () => {
  it('give every type back as Prisma does', async () => {
    expect(await every(database.reads)).toEqual(await every(database.prisma))
  })

  it('take every type of parameter as Prisma does, also under a name', async () => {
    const theirs = await given(database.prisma)
    for (let time = 0; time < 4; time += 1) expect(await given(database.reads)).toEqual(theirs)
  })

  it('are the same when they are put together beforehand', async () => {
    const one = Prisma.sql`select ${1}::int as n`
    expect(await database.reads.$queryRaw(one)).toEqual([{ n: 1 }])
    expect(await database.reads.$queryRaw`${one} union all select ${2}::int`).toEqual([{ n: 1 }, { n: 2 }])
  })

  it('leave everything else to Prisma', async () => {
    expect(await database.reads.user.count()).toBe(0)
  })

  it('say that the database is away when it ended the connection', async () => {
    if (database.kind === 'pglite') return
    const { read } = unitOfWork(database.prisma, { language: 'en', timeZone: 'UTC', currency: 'EUR' }, {
      ...database.reads,
      $queryRaw: () => database.reads.$queryRaw`select pg_terminate_backend(pg_backend_pid())`,
    } as unknown as PrismaClient)
    await expect(read((work) => work.accounts.count('all'))).rejects.toThrow(UnavailableError)
    // The next one gets another connection.
    expect(await database.reads.$queryRaw`select 1::int as n`).toEqual([{ n: 1 }])
  })
})
