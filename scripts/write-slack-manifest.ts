/**
 * Writes slack-manifest.yaml from the commands, scopes and events in the code.
 *
 *   node scripts/write-slack-manifest.ts                            Socket Mode, into slack-manifest.yaml
 *   node scripts/write-slack-manifest.ts --http https://host.tld    HTTP mode, onto the screen
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { slackManifest } from '../src/bots/slack/manifest.ts'
import { yamlOf } from '../src/bots/slack/yaml.ts'
import { allCommands } from '../src/commands/registry.ts'

const { values } = parseArgs({ options: { http: { type: 'string' } } })
const commands = allCommands({ bot: { name: () => null }, random: () => 0 })

if (values.http === undefined) {
  writeFileSync(new URL('../slack-manifest.yaml', import.meta.url), yamlOf(slackManifest(commands)))
} else {
  if (!/^https:\/\/[^/\s]+/.test(values.http))
    throw new Error('--http takes an address such as https://kamerton.example')
  process.stdout.write(yamlOf(slackManifest(commands, { http: values.http })))
}
