import { parseArgs } from 'node:util'
import { newId } from '../db/new-id.ts'
import { writeAudit } from '../db/audit.ts'
import { isCurrency, isTimeZone } from '../domain/identity/person.ts'
import { LANGUAGES, ROLES } from '../domain/shared/actor.ts'
import { type CliIo, EXIT, UsageError } from './io.ts'
import { replanMoved } from './moved.ts'
import { eraseCommand } from './user-erase.ts'

/** How far somebody is trusted with discounts. */
const LEVELS = ['D1', 'D2', 'D3', 'D4'] as const

const HELP = [
  'user add <email> --name "Anna Orlova" --role KAM [--manager boss@example.com]',
  '         [--language en|ru] [--time-zone Europe/Moscow] [--currency EUR] [--level D1|D2|D3|D4]',
  'user set <email> (the same options; what is not named stays)',
  'user off <email>   the person loses every access at once; the history stays',
  'user on <email>    lets them in again; chats must be linked anew',
  'user erase <email> [--yes]   removes their personal data for good; what they wrote about clients stays',
  'user list',
]

const OPTIONS = {
  name: { type: 'string' },
  role: { type: 'string' },
  manager: { type: 'string' },
  language: { type: 'string' },
  'time-zone': { type: 'string' },
  currency: { type: 'string' },
  level: { type: 'string' },
  yes: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

/** Somebody's promises may be many. */
const TRANSACTION = { timeout: 60_000 } as const

type Options = Readonly<Partial<Record<keyof typeof OPTIONS, string | boolean>>>

export async function userCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = read(args)
  const [verb, email = ''] = positionals
  if (values.help || !verb) {
    for (const line of HELP) io.out(line)
    return values.help ? EXIT.ok : EXIT.usage
  }
  if (verb === 'list') return list(io)
  if (!/^[^\s@]+@[^\s@]+$/.test(email))
    throw new UsageError(`user ${verb}: got "${email}", expected an e-mail address`)
  if (verb === 'add') return add(email.toLowerCase(), values, io)
  if (verb === 'set') return change(email.toLowerCase(), values, io)
  if (verb === 'off') return off(email.toLowerCase(), io)
  if (verb === 'on') return on(email.toLowerCase(), io)
  if (verb === 'erase') return eraseCommand(await known(email.toLowerCase(), io), values.yes === true, io)
  throw new UsageError(`user: got "${verb}", expected add, set, off, on, erase or list`)
}

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError(`user: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function add(email: string, options: Options, io: CliIo): Promise<number> {
  const { prisma } = io.database
  if (!options.name || !options.role) throw new UsageError('user add: --name and --role are needed')
  if (await prisma.user.findUnique({ where: { email } })) {
    io.err(`${email} is here already; user set ${email} changes them`)
    return EXIT.refused
  }
  const fields = await fieldsOf(options, io)
  const id = newId()
  await prisma.$transaction(async (tx) => {
    await tx.user.create({
      data: { id, email, name: String(options.name), role: fields.role ?? 'KAM', ...fields },
    })
    await writeAudit(tx, {
      actorId: null,
      channel: 'cli',
      action: 'user.add',
      subject: id,
      after: unnamed(fields),
    })
  })
  io.out(`${email} added as ${fields.role}`)
  return EXIT.ok
}

async function change(email: string, options: Options, io: CliIo): Promise<number> {
  const user = await known(email, io)
  const fields = await fieldsOf(options, io)
  if (fields.managerId && (await isBelow(fields.managerId, user.id, io))) {
    io.err(`--manager: ${String(options.manager)} is ${email} or works below them`)
    return EXIT.refused
  }
  const names = Object.keys(fields) as (keyof typeof fields)[]
  const before = Object.fromEntries(names.map((name) => [name, user[name]]))
  await io.database.prisma.$transaction(async (tx) => {
    await tx.user.update({ where: { id: user.id }, data: fields })
    if (fields.timeZone && fields.timeZone !== user.timeZone) await replanMoved(tx, [user.id], io)
    await writeAudit(tx, {
      actorId: null,
      channel: 'cli',
      action: 'user.set',
      subject: user.id,
      before: unnamed(before),
      after: unnamed(fields),
    })
  }, TRANSACTION)
  io.out(`${email} changed: ${names.join(', ') || 'nothing'}`)
  return EXIT.ok
}

/** The log cannot forget, so it knows people by their id alone; that a name changed is in it, what to is not. */
const unnamed = <Fields extends Readonly<{ name?: unknown }>>({ name, ...rest }: Fields) => ({
  ...rest,
  ...(name === undefined ? {} : { name: '…' }),
})

async function off(email: string, io: CliIo): Promise<number> {
  const user = await known(email, io)
  await io.database.prisma.$transaction(async (tx) => {
    await tx.user.update({ where: { id: user.id }, data: { active: false } })
    await tx.identity.deleteMany({ where: { userId: user.id } })
    await tx.linkCode.deleteMany({ where: { userId: user.id } })
    await writeAudit(tx, { actorId: null, channel: 'cli', action: 'user.off', subject: user.id })
  })
  io.out(`${email} is off: every chat link is cut`)
  return EXIT.ok
}

async function on(email: string, io: CliIo): Promise<number> {
  const user = await known(email, io)
  await io.database.prisma.$transaction(async (tx) => {
    await tx.user.update({ where: { id: user.id }, data: { active: true } })
    await writeAudit(tx, { actorId: null, channel: 'cli', action: 'user.on', subject: user.id })
  })
  io.out(`${email} is on again`)
  return EXIT.ok
}

async function list(io: CliIo): Promise<number> {
  const users = await io.database.prisma.user.findMany({
    include: { manager: true, identities: true },
    orderBy: [{ active: 'desc' }, { name: 'asc' }],
  })
  for (const { email, name, role, active, manager, identities, delegationLevel } of users) {
    const links = identities.map(({ platform }) => platform.toLowerCase()).join('+') || 'not linked'
    io.out(
      [
        email,
        name,
        role,
        manager ? `under ${manager.email}` : 'no manager',
        links,
        active ? 'active' : 'off',
        ...(delegationLevel ? [delegationLevel] : []),
      ].join('\t'),
    )
  }
  return EXIT.ok
}

async function known(email: string, io: CliIo) {
  const user = await io.database.prisma.user.findUnique({ where: { email } })
  if (!user) throw new UsageError(`there is no user ${email}; user list shows them`)
  return user
}

/** True when `id` is `above` or somewhere below them: making it their manager would close a circle. */
async function isBelow(id: string, above: string, io: CliIo): Promise<boolean> {
  const [row] = await io.database.prisma.$queryRaw<{ found: boolean }[]>`
    with recursive below as (
      select id from users where id = ${above}
      union select u.id from users u join below b on u.manager_id = b.id)
    select exists (select 1 from below where id = ${id}) as found`
  return row?.found ?? false
}

async function fieldsOf(options: Options, io: CliIo) {
  const manager = options.manager ? await known(String(options.manager).toLowerCase(), io) : null
  const currency = options.currency && String(options.currency).toUpperCase()
  return {
    ...(options.name ? { name: String(options.name) } : {}),
    ...(options.role ? { role: oneOf('--role', String(options.role).toUpperCase(), ROLES) } : {}),
    ...(options.language ? { language: oneOf('--language', String(options.language), LANGUAGES) } : {}),
    ...(options['time-zone']
      ? {
          timeZone: checked(
            '--time-zone',
            String(options['time-zone']),
            isTimeZone,
            'an IANA zone such as Europe/Moscow',
          ),
        }
      : {}),
    ...(currency
      ? { currency: checked('--currency', currency, isCurrency, 'an ISO 4217 code such as EUR') }
      : {}),
    ...(options.level
      ? { delegationLevel: oneOf('--level', String(options.level).toUpperCase(), LEVELS) }
      : {}),
    ...(manager ? { managerId: manager.id } : {}),
  }
}

function oneOf<Value extends string>(option: string, got: string, values: readonly Value[]): Value {
  const value = values.find((one) => one === got)
  if (!value) throw new UsageError(`${option}: got "${got}", expected ${values.join(', ')}`)
  return value
}

function checked(option: string, got: string, right: (value: string) => boolean, expected: string): string {
  if (!right(got)) throw new UsageError(`${option}: got "${got}", expected ${expected}`)
  return got
}
