import type { Command } from '../../commands/kit/command.ts'
import { sentence } from '../../i18n/translate.ts'
import { EVENTS_PATH } from './guard.ts'
import { EVENT_SCOPES, METHOD_SCOPES } from './methods.ts'

/** JSON with the names of Slack's manifest schema. */
export type Manifest = { readonly [name: string]: ManifestValue }
export type ManifestValue = string | boolean | readonly ManifestValue[] | Manifest

type Options = Readonly<{
  /** The public address in HTTP mode, such as https://kamerton.example; without it, Socket Mode. */
  http?: string
}>

const USAGE_HINT = 1_000

/** Everything Slack must know of the app, made from the same definitions that run. */
export function slackManifest(commands: readonly Command[], { http }: Options = {}): Manifest {
  const url = http ? `${http.replace(/\/{1,8}$/, '')}${EVENTS_PATH}` : undefined
  const description = sentence('en', 'slack.app.description')
  return {
    display_information: {
      name: 'Kamerton',
      description,
      long_description: sentence('en', 'slack.app.longDescription'),
      background_color: '#1f3a4d',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Kamerton', always_online: true },
      slash_commands: slackCommands(commands).map((command) => slashCommand(command, url)),
    },
    oauth_config: { scopes: { bot: botScopes() } },
    settings: {
      event_subscriptions: {
        ...(url ? { request_url: url } : {}),
        bot_events: Object.keys(EVENT_SCOPES).toSorted(),
      },
      interactivity: {
        is_enabled: true,
        ...(url ? { request_url: url, message_menu_options_url: url } : {}),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: url === undefined,
      token_rotation_enabled: false,
    },
  }
}

/** What may be typed in Slack. */
const slackCommands = (commands: readonly Command[]): readonly Command[] =>
  commands.filter(({ listed, on }) => listed && (on?.includes('SLACK') ?? true))

function slashCommand({ name, summary, example }: Command, url: string | undefined): Manifest {
  const line = example ? sentence('en', example) : ''
  const hint = line.replace(/^\/\S+\s*/, '').slice(0, USAGE_HINT)
  return {
    command: `/${name}`,
    ...(url ? { url } : {}),
    description: sentence('en', summary),
    ...(hint === '' ? {} : { usage_hint: hint }),
    should_escape: false,
  }
}

/** No scope without a method, an event or a command that needs it. */
export function botScopes(): string[] {
  const needed = [...Object.values(METHOD_SCOPES), ...Object.values(EVENT_SCOPES)].flat()
  return [...new Set<string>(['commands', ...needed])].toSorted()
}
