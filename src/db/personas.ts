import type { PrismaClient } from '../../prisma/generated/client.ts'
import type { Persona } from '../bots/web/personas.ts'
import { LANGUAGES, type Language } from '../domain/shared/actor.ts'

/** Who can be played in the console: every active user, the demo team in its own order. */
export async function personas(prisma: PrismaClient, fallback: Language): Promise<Persona[]> {
  const users = await prisma.user.findMany({
    where: { active: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return users.map(({ id, name, role, language }) => ({
    id,
    name,
    role,
    language: LANGUAGES.find((one) => one === language) ?? fallback,
    title: null,
  }))
}

/** True as soon as there is one person or account that is not of the demo. */
export async function holdsRealData(prisma: PrismaClient): Promise<boolean> {
  const where = { NOT: { id: { startsWith: 'demo-' } } }
  const [user, account] = await Promise.all([
    prisma.user.findFirst({ where }),
    prisma.account.findFirst({ where }),
  ])
  return user !== null || account !== null
}
