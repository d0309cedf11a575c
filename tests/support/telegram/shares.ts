import type { Json } from './types.ts'

/** What people send besides text, in the shapes of the Bot API. */
export type Shared =
  | Readonly<{ kind: 'location'; latitude: number; longitude: number; livePeriod?: number }>
  | Readonly<{ kind: 'venue'; latitude: number; longitude: number; title: string }>
  | Readonly<{ kind: 'contact'; firstName: string; lastName?: string; phone: string; userId?: number }>
  /** `bytes` of the largest size; the smaller ones are made up. */
  | Readonly<{ kind: 'photo'; bytes: number; caption?: string }>
  | Readonly<{ kind: 'voice' | 'video_note'; bytes: number; caption?: string }>
  | Readonly<{ kind: 'video' | 'audio' | 'animation'; bytes: number; name?: string; caption?: string }>
  | Readonly<{ kind: 'document'; bytes: number; name?: string; mimeType?: string; caption?: string }>
  | Readonly<{ kind: 'sticker' }>

type File = Extract<Shared, { bytes: number }>

const CAPTION_MAX = 1_024
/** What clients may send; a bot may download less. */
const SENT_MAX = 2_000 * 1024 * 1024
const MIME = { voice: 'audio/ogg', video: 'video/mp4', audio: 'audio/mpeg', animation: 'video/mp4' } as const

/** The fields of a message that carries it. `fileId` makes the names of its files. */
export function contentOf(shared: Shared, fileId: (part: string) => string): Json {
  switch (shared.kind) {
    case 'location':
    case 'venue':
      return placed(shared)
    case 'contact':
      return { contact: cardOf(shared) }
    case 'sticker':
      return {
        sticker: {
          ...named(fileId('sticker')),
          type: 'regular',
          width: 512,
          height: 512,
          is_animated: false,
        },
      }
    default:
      return { ...fileOf(shared, fileId), ...captionOf(shared) }
  }
}

function placed(shared: Extract<Shared, { kind: 'location' | 'venue' }>): Json {
  const { latitude, longitude } = shared
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw new Error('no such place on earth')
  const location = { latitude, longitude }
  // A venue brings the location along, for bots of before there were venues.
  if (shared.kind === 'venue')
    return { venue: { location, title: shared.title, address: 'Street 1' }, location }
  const { livePeriod } = shared
  return { location: livePeriod === undefined ? location : { ...location, live_period: livePeriod } }
}

function cardOf({ firstName, lastName, phone, userId }: Extract<Shared, { kind: 'contact' }>): Json {
  const card: Json = { phone_number: phone, first_name: firstName }
  if (lastName !== undefined) card['last_name'] = lastName
  if (userId !== undefined) card['user_id'] = userId
  return card
}

const named = (id: string): Json => ({ file_id: id, file_unique_id: `u${id}` })

function fileOf(file: File, fileId: (part: string) => string): Json {
  if (file.bytes < 1 || file.bytes > SENT_MAX) throw new Error('no client sends a file of this size')
  const whole = { ...named(fileId(file.kind)), file_size: file.bytes }
  switch (file.kind) {
    case 'photo':
      return { photo: sizes(file.bytes, fileId) }
    case 'voice':
      return { voice: { ...whole, duration: 7, mime_type: MIME.voice } }
    case 'video_note':
      return { video_note: { ...whole, length: 240, duration: 7 } }
    case 'document':
      return { document: { ...whole, ...fileName(file.name), mime_type: file.mimeType ?? 'application/pdf' } }
    case 'animation': {
      const animation = {
        ...whole,
        ...fileName(file.name),
        width: 1,
        height: 1,
        duration: 1,
        mime_type: MIME.animation,
      }
      return { animation, document: { ...whole, ...fileName(file.name), mime_type: MIME.animation } }
    }
    default:
      return { [file.kind]: { ...whole, ...fileName(file.name), duration: 7, mime_type: MIME[file.kind] } }
  }
}

const fileName = (name: string | undefined): Json => (name === undefined ? {} : { file_name: name })

/** The smallest first, as Telegram lists them. */
function sizes(bytes: number, fileId: (part: string) => string): Json[] {
  return [
    { ...named(fileId('photo-s')), width: 90, height: 67, file_size: Math.min(1_200, bytes) },
    { ...named(fileId('photo-m')), width: 320, height: 240, file_size: Math.min(18_000, bytes) },
    { ...named(fileId('photo-x')), width: 1_280, height: 960, file_size: bytes },
  ]
}

function captionOf({ caption }: File): Json {
  if (caption === undefined) return {}
  if (caption.length > CAPTION_MAX) throw new Error('a user can write 1,024 characters below a file only')
  return { caption }
}
