import type { Happening } from '../../commands/kit/event.ts'
import type { AttachmentKind } from '../../domain/meetings/meeting.ts'
import { isJson, type Json, textAt } from '../json.ts'

type Content = Omit<Happening, 'kind'>

/** What people send. A message without any of these is a service message and asks for nothing. */
const CONTENT = [
  'text',
  'photo',
  'voice',
  'audio',
  'video',
  'video_note',
  'animation',
  'document',
  'sticker',
  'location',
  'venue',
  'contact',
  'poll',
  'dice',
  'story',
]

/** What can be attached to a meeting. */
const FILES: readonly Readonly<{ field: string; kind: AttachmentKind }>[] = [
  { field: 'photo', kind: 'PHOTO' },
  { field: 'voice', kind: 'VOICE' },
  { field: 'video', kind: 'VIDEO' },
  { field: 'video_note', kind: 'VIDEO' },
  // A recording sent as a file has a name like any other file.
  { field: 'audio', kind: 'DOCUMENT' },
  { field: 'document', kind: 'DOCUMENT' },
]

/** Telegram hands nothing larger to a bot. */
const LARGEST_FILE = 20 * 1024 * 1024

export const isContent = (message: Json): boolean => CONTENT.some((name) => name in message)

/** What a message without text tells; null when it is nothing that we could use. */
export function eventIn(message: Json): Content | null {
  // A moving picture brings a document along.
  if ('animation' in message) return null
  return placeIn(message) ?? cardIn(message['contact']) ?? fileIn(message)
}

function placeIn({ location, venue }: Json): Content | null {
  const place = location ?? (isJson(venue) ? venue['location'] : null)
  if (!isJson(place)) return null
  const { latitude, longitude } = place
  if (!isWithin(latitude, 90) || !isWithin(longitude, 180)) return null
  return { event: 'place', values: { latitude: String(latitude), longitude: String(longitude) } }
}

const isWithin = (degrees: unknown, most: number): degrees is number =>
  typeof degrees === 'number' && Math.abs(degrees) <= most

/** Whose card it is says nothing about who sent it: anybody can share anybody's. */
function cardIn(contact: unknown): Content | null {
  const given = [textAt(contact, 'first_name'), textAt(contact, 'last_name')]
  const name = given
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ')
  const phone = textAt(contact, 'phone_number').trim()
  if (name === '' && phone === '') return null
  return { event: 'card', values: { name: name || phone, ...(phone ? { phone } : {}) } }
}

function fileIn(message: Json): Content | null {
  for (const { field, kind } of FILES) {
    const file = field === 'photo' ? largest(message[field]) : message[field]
    const fileId = textAt(file, 'file_id')
    if (!isJson(file) || fileId === '') continue
    const bytes = file['file_size']
    const size = Number.isSafeInteger(bytes) && Number(bytes) >= 0 ? Number(bytes) : null
    const told = {
      name: textAt(file, 'file_name'),
      mimeType: textAt(file, 'mime_type'),
      bytes: size === null ? '' : String(size),
      caption: textAt(message, 'caption'),
      tooLarge: size !== null && size > LARGEST_FILE ? 'yes' : '',
    }
    const known = Object.entries(told).filter(([, value]) => value !== '')
    return { event: 'file', values: { kind, fileId, ...Object.fromEntries(known) } }
  }
  return null
}

/** A photo comes in several sizes. */
function largest(sizes: unknown): unknown {
  if (!Array.isArray(sizes)) return null
  const area = (size: unknown): number =>
    isJson(size) ? Number(size['width']) * Number(size['height']) || 0 : -1
  return sizes.reduce<unknown>((best, size) => (area(size) >= area(best) ? size : best), null)
}
