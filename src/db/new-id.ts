import { randomBytes } from 'node:crypto'

/**
 * UUIDv7 in base 36, 25 characters: sorts by time of making, and is short enough for Telegram's 64-byte buttons.
 * Layout of the 128 bits: RFC 9562, section 5.7.
 */
export function newId(now = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return BigInt(`0x${bytes.toString('hex')}`)
    .toString(36)
    .padStart(25, '0')
}
