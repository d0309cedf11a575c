import { Prisma } from '../../prisma/generated/client.ts'
import type { NearAccount, Place, PlaceAt, PlaceStore } from '../domain/meetings/place.ts'
import { isoOf, timestamp } from './instants.ts'
import type { Queries } from './queries.ts'
import { visible } from './sight.ts'

const { sql } = Prisma

/** The mean radius; the error of a sphere is below half a per cent. */
const EARTH_METRES = 6_371_008.8
const DEGREE = Math.PI / 180

export function placeStore(db: Queries): PlaceStore {
  return {
    nearest: (place, metres, sight, limit) => db.$queryRaw<NearAccount[]>`
      select id, name, round(metres)::int as metres
      from (
        select a.id, a.name, ${metresFrom(place)} as metres from accounts a
        where ${inBox(place, metres)} and ${visible(sight)}) near
      where metres <= ${metres}::float8 order by near.metres, name, id limit ${limit}`,

    async save(person, { latitude, longitude }, at) {
      await db.$executeRaw`
        insert into last_places (user_id, latitude, longitude, at)
        values (${person}, ${latitude}::float8, ${longitude}::float8, ${timestamp(at)})
        on conflict (user_id) do update
        set latitude = excluded.latitude, longitude = excluded.longitude, at = excluded.at
        where last_places.at <= excluded.at`
    },

    async lastOf(person) {
      const [row] = await db.$queryRaw<PlaceAt[]>`
        select latitude, longitude, ${isoOf(sql`at`)} as at from last_places where user_id = ${person}`
      return row ?? null
    },

    async ofAccount(accountId) {
      const [row] = await db.$queryRaw<Place[]>`
        select latitude, longitude from accounts where id = ${accountId} and latitude is not null`
      return row ?? null
    },
  }
}

/** Great-circle distance by the haversine formula; rounding must not take the root of less than none, or more than one. */
function metresFrom({ latitude, longitude }: Place): Prisma.Sql {
  const half = (from: Prisma.Sql, to: number) => sql`power(sind((${from} - ${to}::float8) / 2), 2)`
  return sql`2 * ${EARTH_METRES}::float8 * asin(sqrt(least(1, greatest(0,
    ${half(sql`a.latitude`, latitude)}
      + cosd(${latitude}::float8) * cosd(a.latitude) * ${half(sql`a.longitude`, longitude)}))))`
}

/** What lies outside this box is too far for certain. It may reach over the antimeridian, and around a pole. */
function inBox({ latitude, longitude }: Place, metres: number): Prisma.Sql {
  // A little wider, so that rounding loses nothing at the edge.
  const angle = (metres / EARTH_METRES) * 1.001
  const up = angle / DEGREE
  const rows = sql`a.latitude between ${latitude - up}::float8 and ${latitude + up}::float8`
  if (Math.abs(latitude) + up >= 90) return rows
  const aside = Math.asin(Math.sin(angle) / Math.cos(latitude * DEGREE)) / DEGREE
  const [west, east] = [longitude - aside, longitude + aside]
  const between = (by: number) => sql`a.longitude between ${west + by}::float8 and ${east + by}::float8`
  return sql`${rows} and (${between(0)} or ${between(360)} or ${between(-360)})`
}
