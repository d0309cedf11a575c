import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { createPGlite, type Database, openDatabase } from '../../../src/db/client.ts'
import { addClients, addTeam, emailOf } from '../../support/clients.ts'
import { type Program, startProgram, temporaryFolder } from '../../support/program.ts'
import { type SlackStandIn, startSlackStandIn } from '../../support/slack/slack-stand-in.ts'
import { startTelegramStandIn, type TelegramStandIn } from '../../support/telegram/telegram-stand-in.ts'
import { CANARY } from './canaries.ts'

const PEOPLE = ['anna', 'boris', 'max', 'vera', 'dana', 'fay', 'ada'] as const
/** The first five may use every command. */
const ALL_ROUND = 5
export const slackIdOf = (person: string) => `U0${person.toUpperCase()}`
const telegramOf = (index: number) => ({ id: 601 + index, first_name: PEOPLE[index] ?? 'nobody' })

export type Platforms = Readonly<{ slack: SlackStandIn; telegram: TelegramStandIn }>

export type Stage = Platforms &
  Readonly<{
    program: Program
    address: string
    /** The next one in turn, so that no chat's rate holds up the scripts. */
    anybody(): Readonly<{ slack: string; telegram: ReturnType<typeof telegramOf> }>
    until(condition: () => boolean | Promise<boolean>): Promise<void>
    stop(): Promise<void>
  }>

/** A folder with a team, clients, linked chats, and a reminder due on either platform. */
export async function prepareFolder(): Promise<ReturnType<typeof temporaryFolder>> {
  const folder = temporaryFolder()
  const template = process.env['TEST_TEMPLATE'] ?? ''
  const dump = existsSync(template) ? new Blob([readFileSync(template)]) : undefined
  const pglite = await createPGlite(join(folder.path, 'pglite'), dump)
  const database = await openDatabase({ pglite })
  await database.migrate()
  await addTeam(database)
  await addClients(database)
  await database.prisma.identity.createMany({
    data: PEOPLE.flatMap((userId, index) => [
      { id: `t-${userId}`, userId, platform: 'TELEGRAM', externalId: String(telegramOf(index).id) },
      { id: `s-${userId}`, userId, platform: 'SLACK', workspace: 'T0HOME', externalId: slackIdOf(userId) },
    ]),
  })
  await owe(database, 'anna', 'SLACK')
  await owe(database, 'boris', 'TELEGRAM')
  await database.close()
  return folder
}

async function owe({ prisma }: Database, person: string, preferredChat: 'SLACK' | 'TELEGRAM') {
  const dueAt = new Date(Date.now() - 1_000)
  await prisma.user.update({ where: { id: person }, data: { preferredChat } })
  await prisma.followUp.create({
    data: {
      id: person,
      ownerId: person,
      authorId: person,
      promisedBy: 'US',
      what: 'send the quote',
      dueOn: dueAt,
      urgent: true,
      remindAt: dueAt,
    },
  })
  await prisma.notice.create({
    data: {
      id: person,
      key: `reminder:${person}:1`,
      personId: person,
      kind: 'reminder',
      subject: person,
      number: 1,
      dueAt,
      tryAt: dueAt,
    },
  })
}

export async function startPlatforms(): Promise<Platforms> {
  const channels = Array.from({ length: 9 }, (_, index) => ({ id: `C${index}`, name: `sales-${index}` }))
  const slack = await startSlackStandIn({
    botToken: CANARY.slackBot,
    appToken: CANARY.slackApp,
    signingSecret: CANARY.slackSigning,
    users: [...PEOPLE, 'guest1', 'guest2'].map((id) => ({ id: slackIdOf(id), email: emailOf(id) })),
    channels,
  })
  const telegram = await startTelegramStandIn({ token: CANARY.telegram })
  for (const [index] of PEOPLE.entries()) telegram.meet(telegramOf(index))
  return { slack, telegram }
}

export function settingsOf({ slack, telegram }: Platforms): Record<string, string> {
  return {
    PORT: '0',
    SLACK_BOT_TOKEN: CANARY.slackBot,
    SLACK_APP_TOKEN: CANARY.slackApp,
    SLACK_SIGNING_SECRET: CANARY.slackSigning,
    SLACK_API_URL: slack.apiUrl,
    TELEGRAM_BOT_TOKEN: CANARY.telegram,
    TELEGRAM_API_ROOT: telegram.apiRoot,
  }
}

/** Starts the real program over a copy of the folder; `begun` scripts what goes wrong from the first moment on. */
export async function startStage(
  prepared: string,
  env: Readonly<Record<string, string>>,
  begun: (platforms: Platforms) => void,
): Promise<Stage & Readonly<{ folder: string }>> {
  const folder = temporaryFolder()
  cpSync(prepared, folder.path, { recursive: true })
  const platforms = await startPlatforms()
  begun(platforms)
  const program = startProgram(['serve'], { ...settingsOf(platforms), DATA_DIR: folder.path, ...env })
  const address = (await program.says(/ready on (http:\/\/\S+)/))[1] ?? ''
  platforms.slack.setTarget(`${address}/slack/events`)
  let turn = 0
  return {
    ...platforms,
    program,
    address,
    folder: folder.path,
    anybody() {
      const index = (turn += 1) % ALL_ROUND
      return { slack: slackIdOf(PEOPLE[index] ?? ''), telegram: telegramOf(index) }
    },
    until: (condition) =>
      vi.waitFor(async () => expect(await condition()).toBe(true), { timeout: 30_000, interval: 20 }),
    async stop() {
      program.child.kill('SIGKILL')
      await program.ended
      await Promise.all([platforms.slack.stop(), platforms.telegram.stop()])
      folder.remove()
    },
  }
}
