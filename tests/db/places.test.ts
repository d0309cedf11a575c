import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import { placeStore } from '../../src/db/places.ts'
import type { Place } from '../../src/domain/meetings/place.ts'
import { addAccount, addTeam, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'

const RED_SQUARE: Place = { latitude: 55.7539, longitude: 37.6208 }
const BOLSHOI: Place = { latitude: 55.7602, longitude: 37.6186 }
const PULKOVO: Place = { latitude: 59.7718, longitude: 30.3262 }

let database: Database
const places = () => placeStore(database.prisma)

async function addAt(id: string, place: Place | null, ownerId = 'anna'): Promise<void> {
  await addAccount(database, { id, name: id, ownerId })
  if (place) await database.prisma.account.update({ where: { id }, data: place })
}

const near = async (place: Place, metres: number) =>
  (await places().nearest(place, metres, 'all', 9)).map(({ id }) => id)

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
})

describe('the nearest accounts', () => {
  it('come with their distance, the nearest first, within the distance that was asked', async () => {
    await addAt('bolshoi', BOLSHOI)
    await addAt('square', RED_SQUARE)
    await addAt('pulkovo', PULKOVO)
    await addAt('nowhere', null)
    const found = await places().nearest(RED_SQUARE, 1_000, 'all', 9)
    expect(found.map(({ id }) => id)).toEqual(['square', 'bolshoi'])
    expect(found[0]?.metres).toBe(0)
    expect(found[1]?.metres).toBeGreaterThan(700)
    expect(found[1]?.metres).toBeLessThan(730)
    expect(await near(RED_SQUARE, 700)).toEqual(['square'])
    expect(await places().nearest(RED_SQUARE, 1_000, 'all', 1)).toHaveLength(1)
  })

  it('measure long ways on the sphere', async () => {
    await addAt('pulkovo', PULKOVO)
    const [found] = await places().nearest(RED_SQUARE, 2_000_000, 'all', 1)
    expect(Math.abs((found?.metres ?? 0) - 621_000)).toBeLessThan(6_210)
  })

  it('are only those that the asker may see', async () => {
    await addAt('hers', RED_SQUARE, 'anna')
    await addAt('others', RED_SQUARE, 'vera')
    const ids = async (sight: readonly string[]) =>
      (await places().nearest(RED_SQUARE, 100, sight, 9)).map(({ id }) => id)
    expect(await ids(['anna'])).toEqual(['hers'])
    expect(await ids([])).toEqual([])
  })

  it('are found over the antimeridian and around the pole', async () => {
    await addAt('fiji-west', { latitude: -17, longitude: 179.999 })
    await addAt('fiji-east', { latitude: -17, longitude: -179.999 })
    await addAt('pole', { latitude: 89.9999, longitude: 120 })
    expect(await near({ latitude: -17, longitude: 179.9985 }, 1_000)).toEqual(['fiji-west', 'fiji-east'])
    expect(await near({ latitude: -17, longitude: -179.9985 }, 1_000)).toEqual(['fiji-east', 'fiji-west'])
    expect(await near({ latitude: 89.9999, longitude: -60 }, 1_000)).toEqual(['pole'])
  })
})

describe('the place of an account', () => {
  it('is told when it is known', async () => {
    await addAt('bolshoi', BOLSHOI)
    await addAt('nowhere', null)
    expect(await places().ofAccount('bolshoi')).toEqual(BOLSHOI)
    expect(await places().ofAccount('nowhere')).toBeNull()
  })
})

describe('the last place of a person', () => {
  it('is one, and an older one does not take the place of a newer', async () => {
    expect(await places().lastOf('anna')).toBeNull()
    const before = new Date(NOW.getTime() - 60_000)
    await places().save('anna', RED_SQUARE, NOW)
    await places().save('anna', BOLSHOI, before)
    expect(await places().lastOf('anna')).toEqual({ ...RED_SQUARE, at: '2026-11-23T11:30:00.000Z' })
    await places().save('anna', BOLSHOI, new Date(NOW.getTime() + 1))
    expect(await places().lastOf('anna')).toEqual({ ...BOLSHOI, at: '2026-11-23T11:30:00.001Z' })
  })
})
