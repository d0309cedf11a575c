import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { inert } from '../bots/terminal/columns.ts'
import { houseOf, lastRequests, policySource, policyStore } from '../db/policies.ts'
import { dryRun } from '../domain/discounts/dry-run.ts'
import type { Policy, PolicyVersion } from '../domain/discounts/policy.ts'
import { policyDiff } from '../domain/discounts/policy-diff.ts'
import { policyWarnings } from '../domain/discounts/policy-warnings.ts'
import { readPolicy } from '../policies/read-policy.ts'
import { writePolicy } from '../policies/write-policy.ts'
import { type CliIo, EXIT, UsageError } from './io.ts'
import { diffLines, dryRunLines } from './policy-report.ts'
import { policyTable } from './policy-table.ts'

const HELP = [
  'policy show [--version 3] [--yaml]      who may grant what, as a table or as the file to edit',
  'policy check <file.yaml>                is the file sound? changes nothing',
  'policy set <file.yaml> [--dry-run] [--yes]',
  '                                        shows what changes and what would have gone elsewhere, then sets it',
  'policy history                          every version, who set it and when',
]

/** Over how many requests a dry run goes. */
const TRIED = 100

const OPTIONS = {
  version: { type: 'string' },
  yaml: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  help: { type: 'boolean', short: 'h' },
} as const

type Options = ReturnType<typeof read>['values']

export async function policyCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = read(args)
  const [verb, file, ...rest] = positionals
  if (values.help || !verb) {
    for (const line of HELP) io.out(line)
    return values.help ? EXIT.ok : EXIT.usage
  }
  refuseStray(verb, file, rest, values)
  if (verb === 'show') return show(values, io)
  if (verb === 'history') return history(io)
  if (!file) throw new UsageError(`policy ${verb}: expected the name of a file: policy ${verb} policy.yaml`)
  const found = await load(file, io)
  if (!found) return EXIT.refused
  return verb === 'check' ? check(found.policy, file, io) : set(found, file, values, io)
}

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/)
    throw new UsageError(`policy: ${reason}; more with policy --help`)
  }
}

const MAY_HAVE: Readonly<Record<string, readonly (keyof Options)[]>> = {
  show: ['version', 'yaml'],
  check: [],
  set: ['dry-run', 'yes'],
  history: [],
}

function refuseStray(
  verb: string,
  file: string | undefined,
  rest: readonly string[],
  options: Options,
): void {
  const allowed = Object.hasOwn(MAY_HAVE, verb) ? MAY_HAVE[verb] : undefined
  if (!allowed) throw new UsageError(`policy: got "${verb}", expected show, set, check or history`)
  const option = (Object.keys(options) as (keyof Options)[]).find((name) => !allowed.includes(name))
  if (option) throw new UsageError(`policy ${verb}: --${option} has no meaning here`)
  const takesFile = verb === 'check' || verb === 'set'
  const stray = takesFile ? rest : [file, ...rest].filter((word) => word !== undefined)
  if (stray.length > 0) throw new UsageError(`policy ${verb}: "${stray.join(' ')}" is too much`)
}

async function show({ version, yaml }: Options, io: CliIo): Promise<number> {
  if (version !== undefined && !/^\d{1,9}$/.test(version))
    throw new UsageError(`policy show: --version: got "${version}", expected a number such as 3`)
  const store = policyStore(io.database.prisma)
  const found = version === undefined ? await store.current() : await store.find(Number(version))
  if (!found) {
    io.err(`there is no version ${version} of the policy; policy history lists them`)
    return EXIT.refused
  }
  // As it was written, comments and all: it is to be edited.
  if (yaml)
    io.out(((await policySource(io.database.prisma, found.version)) ?? writePolicy(found.policy)).trimEnd())
  else for (const line of policyTable(found)) io.out(inert(line))
  return EXIT.ok
}

async function history(io: CliIo): Promise<number> {
  for (const { version, setAt, by, channel, name } of await policyStore(io.database.prisma).all())
    io.out(inert([version, setAt, by ?? 'operator', channel, name].join('\t').replaceAll('\t', '  ')))
  io.out(`0  comes with the product`)
  return EXIT.ok
}

type Loaded = Readonly<{ policy: Policy; source: string }>

/** The policy of a file; null when it cannot be used, and then every reason was told. */
async function load(file: string, io: CliIo): Promise<Loaded | null> {
  const source = await readFile(file, 'utf8').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new UsageError(`policy: ${file} cannot be read (${code})`)
  })
  const reading = readPolicy(source)
  if (reading.ok) return { policy: reading.policy, source }
  for (const { line, column, path, message } of reading.problems)
    io.err(inert(`${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${message}`))
  const { length } = reading.problems
  io.err(`${length} ${length === 1 ? 'mistake' : 'mistakes'} in ${file}: it cannot be set`)
  return null
}

async function warn(policy: Policy, io: CliIo): Promise<void> {
  for (const warning of policyWarnings(policy, await houseOf(io.database.prisma)))
    io.out(inert(`warning: ${warning}`))
}

async function check(policy: Policy, file: string, io: CliIo): Promise<number> {
  await warn(policy, io)
  const { length } = policy.rules
  io.out(inert(`${file} is sound: "${policy.name}", ${length} ${length === 1 ? 'rule' : 'rules'}`))
  return EXIT.ok
}

async function set({ policy, source }: Loaded, file: string, options: Options, io: CliIo): Promise<number> {
  const store = policyStore(io.database.prisma)
  const current = await store.current()
  const changes = policyDiff(current.policy, policy)
  if (changes.length === 0) {
    io.out(`nothing changes: ${file} says what ${versionText(current)} says`)
    return EXIT.ok
  }
  for (const line of [`against ${versionText(current)}:`, ...diffLines(changes)]) io.out(inert(line))
  const tried = dryRun(current.policy, policy, await lastRequests(io.database.prisma, TRIED))
  for (const line of dryRunLines(tried)) io.out(inert(line))
  await warn(policy, io)
  if (options['dry-run']) {
    io.out('dry run, nothing was set')
    return EXIT.ok
  }
  if (!options.yes && io.confirm && !(await io.confirm('Set it? [y/N] '))) {
    io.out('nothing was set')
    return EXIT.ok
  }
  const author = { authorId: null, channel: 'cli', at: io.now() }
  const done = await store.set(policy, source, author, current.version)
  if (done.kind === 'set') {
    io.out(inert(`version ${done.version} is set: "${policy.name}" holds from now on`))
    return EXIT.ok
  }
  io.err(`nothing was set: meanwhile somebody set version ${done.current}; look at it and try again`)
  return EXIT.refused
}

const versionText = ({ version }: PolicyVersion): string =>
  version === 0 ? 'the policy that comes with the product' : `version ${version}`
