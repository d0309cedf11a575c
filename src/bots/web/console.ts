import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type FieldKind, SEARCHED } from '../../commands/kit/form.ts'
import type { Command } from '../../commands/kit/command.ts'
import type { Dispatcher, Journal } from '../../commands/kit/invocation.ts'
import type { Reader } from '../../domain/shared/actor.ts'
import type { CardNotes, Edit, Push } from '../ports.ts'
import { speakerFor } from '../speaker.ts'
import { actRequest, leaveRequest } from './act-request.ts'
import { type Asset, readAssets } from './assets.ts'
import { type ConversationParts, carryOut, identityOf, leaveForm } from './conversation.ts'
import { examplesFor } from './examples.ts'
import { onlyHosts, ownJson, safeHeaders, sameSite } from './guard.ts'
import type { People, Persona } from './personas.ts'
import { createEdit } from './edit.ts'
import { createPush } from './push.ts'
import { spokenChoice } from './spoken.ts'
import { startOf } from './start.ts'
import { createStreams, type Streams } from './streams.ts'
import { createThreads } from './threads.ts'

const LARGEST_BODY = 64 * 1024
const LONGEST_SEARCH = 200

export type ConsoleParts = Readonly<{
  dispatcher: Dispatcher
  people: People
  commands: readonly Command[]
  journal: Journal
  /** Where answers are noted that show the card of a request. */
  cards?: CardNotes | undefined
  now(): Date
  newId(): string
  /** For words that must be said without a look into the database; the language is the persona's. */
  defaults?: Reader | undefined
  /** `127.0.0.1:3000`, or a name without a port for any port of it. */
  allowedHosts: readonly string[]
}>

/** A handler of requests that belongs to no server yet, and what must be closed with it. */
export type Console = Readonly<{
  fetch(request: Request): Response | Promise<Response>
  push: Push
  edit: Edit
  close(): void
}>

/** The local web console: one page that speaks as any persona, for demonstrations and for trying things out. */
export function createConsole(parts: ConsoleParts): Console {
  const threads = createThreads(parts.now())
  const streams = createStreams(threads, parts.newId())
  const conversation: ConversationParts = { ...parts, threads }

  const app = new Hono()
  app.use(safeHeaders, onlyHosts(parts.allowedHosts.map((host) => host.toLowerCase())))
  addPage(app, readAssets())
  app.use('/api/*', sameSite)
  app.get('/api/start', async (context) =>
    context.json(startOf(await parts.people.personas(), parts.commands)),
  )
  app.get('/api/stream', (context) => openStream(context, parts.people, streams))
  addPersonaRoutes(app, parts, conversation)
  app.notFound((context) => context.text('Nothing is here.\n', 404))
  app.onError((error, context) => {
    parts.journal.error({ err: error, path: context.req.path }, 'the console failed')
    return context.text('Something went wrong.\n', 500)
  })
  return {
    fetch: (request) => app.fetch(request),
    push: createPush({ ...parts, threads }),
    edit: createEdit({ ...parts, threads }),
    close: () => streams.close(),
  }
}

function addPage(app: Hono, assets: ReadonlyMap<string, Asset>): void {
  const serve = (context: Context, name: string): Response => {
    const asset = assets.get(name)
    if (!asset) return context.text('Nothing is here.\n', 404)
    context.header('ETag', asset.etag)
    context.header('Cache-Control', 'no-cache')
    if (context.req.header('if-none-match') === asset.etag) return context.body(null, 304)
    return context.body(asset.body, 200, { 'Content-Type': asset.type })
  }
  app.get('/', (context) => serve(context, 'index.html'))
  app.get('/favicon.ico', (context) => serve(context, 'icon.svg'))
  app.get('/assets/:name', (context) => serve(context, context.req.param('name')))
}

async function openStream(context: Context, people: People, streams: Streams): Promise<Response> {
  const wanted = context.req.queries('as') ?? []
  const known = await people.personas()
  if (wanted.length === 0 || !wanted.every((id) => known.some((persona) => persona.id === id)))
    return unknown(context)
  if (streams.full()) return context.text('Too many pages are open.\n', 503, { 'Retry-After': '10' })
  const lastSeen = context.req.header('last-event-id') ?? context.req.query('after') ?? null
  return context.body(streams.open(wanted, lastSeen), 200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  })
}

const unknown = (context: Context) => context.text('Nobody here has this name.\n', 404)

/** What one persona does and is offered. */
function addPersonaRoutes(app: Hono, parts: ConsoleParts, conversation: ConversationParts): void {
  const { dispatcher } = parts
  const small = bodyLimit({ maxSize: LARGEST_BODY, onError: (context) => context.text('Too long.\n', 413) })
  const as =
    (answer: (context: Context, persona: Persona) => Promise<Response>) => async (context: Context) => {
      const id = context.req.param('id')
      const persona = (await parts.people.personas()).find((one) => one.id === id)
      return persona ? answer(context, persona) : unknown(context)
    }

  app.get(
    '/api/people/:id/examples',
    as(async (context, persona) => context.json(await examplesFor(dispatcher, persona, parts.commands))),
  )
  app.get(
    '/api/people/:id/suggest',
    as((context, persona) => suggest(context, dispatcher, persona)),
  )
  app.post(
    '/api/people/:id/acts',
    ownJson,
    small,
    as(async (context, persona) => {
      const request = actRequest.safeParse(await jsonOf(context))
      if (!request.success) return malformed(context)
      return context.json(await carryOut(conversation, persona, request.data))
    }),
  )
  app.post(
    '/api/people/:id/leave',
    ownJson,
    small,
    as(async (context, persona) => {
      const request = leaveRequest.safeParse(await jsonOf(context))
      if (!request.success) return malformed(context)
      return context.json({ exchange: leaveForm(conversation, persona, request.data.on) })
    }),
  )
}

const malformed = (context: Context) => context.text('This is not an act.\n', 400)

const jsonOf = (context: Context): Promise<unknown> => context.req.json().catch(() => null)

async function suggest(context: Context, dispatcher: Dispatcher, persona: Persona): Promise<Response> {
  const kind = SEARCHED.find((one): one is FieldKind => one === context.req.query('kind'))
  if (!kind) return context.text('There is nothing of this kind.\n', 400)
  const typed = (context.req.query('typed') ?? '').slice(0, LONGEST_SEARCH)
  const { reader, choices } = await dispatcher.suggest(identityOf(persona), kind, typed)
  const speak = speakerFor(reader)
  return context.json({ choices: choices.map((choice) => spokenChoice(choice, speak)) })
}
