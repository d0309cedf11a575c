import { inspect, type Surface } from './block-kit.ts'
import { ApiError } from './api-error.ts'
import type { Directory } from './directory.ts'
import type { Json } from './json.ts'
import { crowdMentions, type Mention } from './mrkdwn.ts'
import type { RateLimits } from './rate-limits.ts'
import type { Timeline } from './timeline.ts'
import type { Triggers } from './triggers.ts'
import type { Views } from './views.ts'

export interface Identity {
  teamId: string
  teamDomain: string
  appId: string
  botId: string
  botUserId: string
  botToken: string
  appToken: string
  signingSecret: string
  verificationToken: string
}

interface Refusal {
  via: string
  error: string
  problems: string[]
  payload: Json
}

interface UploadedFile {
  id: string
  filename: string
  length: number
  body: Buffer | null
  title: string
  channel: string | null
}

/** The state that the parts of the stand-in share. */
export interface World {
  identity: Identity
  now: () => number
  directory: Directory
  timeline: Timeline
  triggers: Triggers
  views: Views
  limits: RateLimits
  refused: Refusal[]
  problems: string[]
  mentions: Mention[]
  files: Map<string, UploadedFile>
  baseUrl: () => string
  socketUrl: () => string
}

/** Records and throws when the payload breaks a limit; otherwise notes the crowd mentions in it. */
export function accept(world: World, surface: Surface, payload: Json, via: string): void {
  const found = inspect(surface, payload)
  if (found.length === 0) {
    world.mentions.push(...crowdMentions(payload, via))
    return
  }
  const special = found.find((problem) => problem.code !== 'invalid_blocks')?.code
  const error = special ?? (surface === 'message' ? 'invalid_blocks' : 'invalid_arguments')
  const problems = found.map((problem) => problem.message)
  refuse(world, via, error, problems, payload)
  throw new ApiError(
    error,
    problems.map((problem) => `[ERROR] ${problem}`),
  )
}

export function refuse(world: World, via: string, error: string, problems: string[], payload: Json): void {
  world.refused.push({ via, error, problems, payload })
  world.problems.push(...problems.map((problem) => `${via}: ${problem}`))
}
