import { beforeEach, describe, expect, it } from 'vitest'
import { Prisma } from '../../prisma/generated/client.ts'
import type { Database } from '../../src/db/client.ts'
import type { Queries } from '../../src/db/queries.ts'
import { unitOfWork } from '../../src/db/unit-of-work.ts'
import { UnavailableError } from '../../src/domain/shared/errors.ts'
import { emptyDatabase } from '../support/database.ts'

let database: Database

beforeEach(async () => {
  database = await emptyDatabase()
})

const every = (client: Queries) => client.$queryRaw`
  select 1::int as int, 2::bigint as large, 1.50::numeric as exact, 1.5::float8 as float, true as yes, null::text as nothing,
    'Ä "x" \\ {' as text, date '2026-11-27' as day, timestamptz '2026-11-27 10:00:00.123+03' as instant,
    timestamp '2026-11-27 10:00:00' as wall, '{"a": [1, null]}'::jsonb as json, array['a', 'b,"c"']::text[] as texts,
    array[1, 2]::int[] as ints, 'KAM'::role as role, array['SLACK', 'TELEGRAM']::platform[] as platforms`

const given = (client: Queries) => client.$queryRaw`
  select ${"it's"}::text as text, ${12}::int as int, ${true}::boolean as yes, ${null}::text as nothing,
    ${['a', 'b,"c"', '{}']}::text[] as texts, ${[]}::text[] as none, ${new Date('2026-11-27T07:00:00.123Z')}::timestamptz as instant,
    ${new Prisma.Decimal('12.50')}::numeric as exact, ${5n}::bigint as large, ${JSON.stringify({ a: 1 })}::jsonb as json`

const DEFAULTS = { language: 'en', timeZone: 'UTC', currency: 'EUR' } as const

const endsConnection = <Rows>() =>
  database.reads.$queryRaw<Rows>`select pg_terminate_backend(pg_backend_pid())`

const added = (client: Queries, ...ids: readonly string[]) => client.$executeRaw`
  insert into products (id, name, currency) select id, id, 'EUR' from unnest(${[...ids]}::text[]) id`

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

  it('say how many rows a statement touched', async () => {
    expect(await added(database.reads, 'a', 'b')).toBe(2)
    expect(await database.reads.$executeRaw`delete from products where id = ${'nobody'}`).toBe(0)
  })

  it('say that the database is away when it ended the connection', async () => {
    if (database.kind === 'pglite') return
    const { read } = unitOfWork(
      { ...database, reads: { ...database.reads, $queryRaw: endsConnection } },
      DEFAULTS,
    )
    await expect(read((work) => work.accounts.count('all'))).rejects.toThrow(UnavailableError)
    // The next one gets another connection.
    expect(await database.reads.$queryRaw`select 1::int as n`).toEqual([{ n: 1 }])
  })
})

describe('work that holds together', () => {
  const count = () => database.prisma.product.count()

  it('sees what it wrote, and all of it stays', async () => {
    const seen = await database.transact(async (tx) => {
      await added(tx, 'a')
      await added(tx, 'b')
      return tx.$queryRaw<{ id: string }[]>`select id from products order by id`
    })
    expect(seen).toEqual([{ id: 'a' }, { id: 'b' }])
    expect(await count()).toBe(2)
  })

  it('leaves nothing when it throws, and the connection is good for the next', async () => {
    const refused = database.transact(async (tx) => {
      await added(tx, 'a')
      throw new Error('refused by a rule')
    })
    await expect(refused).rejects.toThrow('refused by a rule')
    expect(await count()).toBe(0)
    await database.transact((tx) => added(tx, 'a'))
    expect(await count()).toBe(1)
  })

  it('does not say that it is done when a statement failed and nobody minded', async () => {
    if (database.kind === 'pglite') return
    const careless = database.transact(async (tx) => {
      await added(tx, 'a')
      await added(tx, 'a').catch(() => undefined)
    })
    await expect(careless).rejects.toThrow('after a statement of it had failed')
    expect(await count()).toBe(0)
  })

  it('is not seen by others before its end, nor do its questions reach the connection after it', async () => {
    let kept: Queries | undefined
    await database.transact(async (tx) => {
      kept = tx
      await added(tx, 'a')
      // On PGlite everybody waits.
      if (database.kind === 'postgresql') expect(await count()).toBe(0)
    })
    await expect(kept && added(kept, 'b')).rejects.toThrow(
      /does not answer|already closed|closed transaction/i,
    )
    expect(await count()).toBe(1)
  })

  it('says that the database is away when it ended the connection, and leaves nothing', async () => {
    if (database.kind === 'pglite') return
    const { change } = unitOfWork(database, DEFAULTS)
    const cut = change(async (work) => {
      await work.links.saveTries('1', { failures: 1, lockedUntil: null })
      await database.prisma.$executeRaw`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction'`
      await work.links.saveTries('2', { failures: 1, lockedUntil: null })
    })
    await expect(cut).rejects.toThrow(UnavailableError)
    expect(await database.prisma.linkAttempt.count()).toBe(0)
    await database.transact((tx) => added(tx, 'a'))
    expect(await count()).toBe(1)
  })
})
