import type { PrismaClient } from '../../prisma/generated/client.ts'
import type { Persona } from '../bots/web/personas.ts'
import { demoAbout } from '../demo/team.ts'
import { LANGUAGES, type Language, ROLES } from '../domain/shared/actor.ts'

/** Who can be played in the console: every active user, those who own accounts first. */
export async function personas(prisma: PrismaClient, fallback: Language): Promise<Persona[]> {
  const users = await prisma.user.findMany({
    where: { active: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  const ranked = users.toSorted((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role))
  return ranked.map(({ id, name, role, language }) => ({
    id,
    name,
    role,
    language: LANGUAGES.find((one) => one === language) ?? fallback,
    about: demoAbout[id] ?? null,
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
