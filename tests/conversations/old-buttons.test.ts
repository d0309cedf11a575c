import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import { loadDemo } from '../../src/db/demo.ts'
import { ask, createCore, press } from '../support/core.ts'
import { TODAY } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { figure } from '../support/figures.ts'

type Recorded = Readonly<{ command: string; args: Record<string, string> }>

/** One of each kind of button that versions have put into chats, as it stood there. They are never taken out. */
const RECORDED = JSON.parse(readFileSync('tests/fixtures/upgrade/buttons.json', 'utf8')) as Record<
  string,
  readonly Recorded[]
>

let database: Database
let core: ReturnType<typeof createCore>

beforeAll(async () => {
  database = await emptyDatabase()
  await loadDemo(database.prisma, TODAY)
  core = createCore(database)
})

const answerTo = async ({ command, args }: Recorded): Promise<string> => {
  const { answer } = await ask(core.dispatcher, 'demo-user-anna', press(command, args))
  return JSON.stringify(answer)
}
const isRefused = (answer: string) =>
  answer.includes('error.oldButton') || answer.includes('error.unexpected')

describe('G-09 a button of an older version', () => {
  it.each(Object.keys(RECORDED))('(%s) is understood by this one', async (version) => {
    const refused: Recorded[] = []
    for (const button of RECORDED[version] ?? []) if (isRefused(await answerTo(button))) refused.push(button)
    expect(refused).toEqual([])
    figure('G-09', `buttons of “${version}”: ${RECORDED[version]?.length} kinds understood`)
  })

  it('that says what nobody ever said is refused, and so this would be seen', async () => {
    expect(
      isRefused(await answerTo({ command: 'account', args: { account: 'demo-account-romashka' } })),
    ).toBe(false)
    expect(isRefused(await answerTo({ command: 'account-shown', args: {} }))).toBe(true)
    expect(isRefused(await answerTo({ command: 'account-people', args: { account: 'x' } }))).toBe(true)
  })
})
