import { z } from 'zod'
import type { Attachment, AttachmentKind, Meeting } from '../../domain/meetings/meeting.ts'
import { dayIn } from '../../domain/shared/day.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import { type Context, defineCommand } from '../kit/command.ts'
import { parseLine } from '../kit/parse.ts'
import { EVERYONE } from '../kit/roles.ts'
import {
  type Block,
  type Button,
  type Line,
  parts,
  plain,
  say,
  show,
  type Text,
  type View,
} from '../kit/view.ts'
import { meetingSeen, WRITERS } from './access.ts'
import { meetingCard } from './card.ts'
import { justLogged } from './just-logged.ts'
import { meeting as meetingCommand } from './log.ts'
import { shorten } from './phrases.ts'
import { tellsOfMeeting } from './plain-talk.ts'
import { readLine } from './read-line.ts'
import { type Logged, logMeeting, recordMeeting } from './write.ts'

const KINDS = ['PHOTO', 'VOICE', 'VIDEO', 'DOCUMENT'] as const satisfies readonly AttachmentKind[]
/** What Telegram hands to a bot; the same for everybody. */
const LARGEST_MB = 20
const LARGEST_BYTES = LARGEST_MB * 1024 * 1024
const LONGEST_NAME = 200
const LONGEST_CAPTION = 4_096
const SHOWN_CAPTION = 120

const cut = (length: number) => z.string().transform((text) => [...text].slice(0, length).join(''))

const input = z.object({
  kind: z.enum(KINDS),
  fileId: z.string().min(1).max(1_024),
  name: cut(LONGEST_NAME).optional(),
  mimeType: cut(LONGEST_NAME).optional(),
  bytes: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).optional(),
  caption: cut(LONGEST_CAPTION).optional(),
  tooLarge: z.string().optional(),
})
type File = Readonly<z.infer<typeof input>>

/** A photo, a voice note or a document belongs to the meeting of its caption, else to the one that was just logged. */
export const attach = defineCommand({
  name: 'attach',
  aliases: [],
  summary: 'file.summary',
  roles: WRITERS,
  effect: 'write',
  listed: false,
  hears: 'file',
  input,

  async run(context, file) {
    if (file.tooLarge || (file.bytes ?? 0) > LARGEST_BYTES) {
      throw new DomainError('fileTooLarge', { limit: LARGEST_MB })
    }
    const latest = await justLogged(context)
    const logged = await loggedByCaption(context, file.caption, latest)
    const meeting = logged?.meeting ?? latest
    if (!meeting) return show(noMeeting())
    await keep(context, meeting, file)
    const count = meeting.attachments + 1
    return show([...(logged ? loggedView(context, logged) : []), ...attachedView(meeting, file.kind, count)])
  },
})

/** A caption that tells of a meeting logs it first; of the one that was just logged it is only a caption. */
async function loggedByCaption(
  context: Context,
  caption: string | undefined,
  latest: Meeting | null,
): Promise<Logged | null> {
  const line = caption && lineIn(caption, latest === null)
  if (!line) return null
  const reading = await readLine(context, line)
  if (reading.kind !== 'ready') return null
  const { account, content } = reading.resolved
  if (latest && latest.account.id === account.id && dayOf(context, latest) === content.day) return null
  return logMeeting(context, reading.resolved)
}

const dayOf = ({ actor }: Context, { startsAt, day }: Meeting) =>
  startsAt ? dayIn(actor.timeZone, new Date(startsAt)) : day

/** With nothing to attach to, any caption that can be read as a meeting is one. */
function lineIn(caption: string, anything: boolean): string | null {
  const parsed = parseLine(caption.trim(), [meetingCommand])
  if (parsed.kind === 'command') return parsed.rest || null
  return parsed.kind === 'plain' && (anything || tellsOfMeeting(parsed.text)) ? parsed.text : null
}

async function keep(context: Context, meeting: Meeting, file: File): Promise<void> {
  const { actor, work, now, identity } = context
  const { kind, fileId, name = null, mimeType = null, bytes = null, caption = null } = file
  const kept: Attachment = { platform: identity.platform, kind, fileId, name, mimeType, bytes, caption }
  await work.meetings.attach(meeting.id, actor.id, now, kept)
  await recordMeeting(context, 'meeting.attach', meeting, { after: { kind, name, bytes } })
}

function noMeeting(): View {
  return [
    { kind: 'text', tone: 'warn', text: say('file.noMeeting') },
    { kind: 'note', text: say('file.how', { example: say('file.captionExample') }) },
  ]
}

const loggedView = ({ actor }: Context, { meeting, followUps }: Logged): View =>
  meetingCard(meeting, followUps, {
    actor,
    lead: say(meeting.status === 'HELD' ? 'meeting.logged' : 'meeting.planned'),
  })

function attachedView({ id, account, startsAt, day }: Meeting, kind: AttachmentKind, count: number): Block[] {
  const when = startsAt ? { instant: startsAt } : { day }
  const files: Button = { label: say('file.show'), command: 'meeting-files', args: { id } }
  return [
    {
      kind: 'text',
      tone: 'good',
      text: say('file.attached', { name: plain(account.name), when, what: { key: `file.kind.${kind}` } }),
    },
    { kind: 'note', text: say('file.count', { count }) },
    { kind: 'buttons', buttons: [files] },
  ]
}

/** What is attached. The platform keeps the content; here stands what is known of it. */
export const meetingFiles = defineCommand({
  name: 'meeting-files',
  aliases: [],
  summary: 'file.summary',
  roles: EVERYONE,
  effect: 'read',
  listed: false,
  input: z.object({ id: z.string().min(1).max(64) }),

  async run(context, { id }) {
    const meeting = await meetingSeen(context, id)
    const files = await context.work.meetings.attachments(id)
    const title: Block = { kind: 'heading', text: say('file.title', { name: plain(meeting.account.name) }) }
    if (files.length === 0) return show([title, { kind: 'text', text: say('file.none') }])
    return show([
      title,
      { kind: 'list', items: files.map(fileLine) },
      { kind: 'note', text: say('file.where') },
    ])
  },
})

function fileLine({ kind, name, bytes, caption, platform }: Attachment): Line {
  return {
    text: parts(
      { key: `file.kind.${kind}` },
      name ? plain(name) : null,
      bytes === null ? null : sizeText(bytes),
      { key: `platform.${platform}` },
      caption ? plain(shorten(caption.replaceAll(/\s+/gu, ' '), SHOWN_CAPTION)) : null,
    ),
  }
}

function sizeText(bytes: number): Text {
  const mb = bytes / 1_048_576
  if (mb >= 1) return say('file.mb', { mb: Math.round(mb * 10) / 10 })
  return say('file.kb', { kb: Math.max(1, Math.round(bytes / 1024)) })
}
