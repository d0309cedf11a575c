import { dayIn } from '../../shared/day.ts'
import type { Definition, Rejection, Value, Values } from '../definition.ts'
import { dayTime, instant, instantOf, list, oneOf, time, userName } from '../readings.ts'
import { MEETING_KIND_WORDS, MEETING_STATUS_WORDS, MOOD_WORDS } from '../words.ts'
import { account, comment, externalId } from './column-headers.ts'

export const meetings: Definition = {
  kind: 'meetings',
  fields: [
    externalId('meeting_id', 'activity_id', 'interaction_id', 'код встречи'),
    account,
    {
      name: 'author',
      reading: userName,
      headers: [
        ['author_email', 'user_email', 'owner_email', 'kam_email'],
        [
          'author',
          'author_name',
          'user',
          'owner',
          'kam',
          'sales_agent',
          'agent',
          'автор',
          'сотрудник',
          'менеджер',
          'ответственный',
        ],
      ],
      reference: 'user',
    },
    {
      name: 'kind',
      reading: oneOf(MEETING_KIND_WORDS),
      headers: [['type', 'activity_type', 'meeting_type', 'вид', 'тип', 'тип встречи']],
    },
    { name: 'status', reading: oneOf(MEETING_STATUS_WORDS), headers: [['state', 'статус', 'состояние']] },
    {
      name: 'day',
      reading: dayTime,
      headers: [
        [
          'date',
          'timestamp',
          'datetime',
          'date_time',
          'meeting_date',
          'when',
          'held_on',
          'дата',
          'день',
          'дата встречи',
          'дата и время',
        ],
      ],
      required: true,
    },
    { name: 'time', reading: time, headers: [['start_time', 'время', 'время начала']] },
    { name: 'startsAt', reading: instant, headers: [['starts_at']] },
    { name: 'mood', reading: oneOf(MOOD_WORDS), headers: [['настроение', 'тон']] },
    {
      name: 'attendees',
      reading: list,
      headers: [
        [
          'attendee',
          'contact_name',
          'contact_names',
          'contact',
          'contacts',
          'participants',
          'участники',
          'контакт',
          'контакты',
          'контактное лицо',
        ],
      ],
    },
    comment(
      'notes',
      'note',
      'comment',
      'comments',
      'text',
      'summary',
      'description',
      'заметки',
      'комментарий',
      'текст',
      'описание',
      'итоги',
    ),
  ],
  identifiedBy: ['account', 'day', 'time', 'kind', 'attendees'],
  complete(values, { isNew, today, timeZone: zone }) {
    const rest: Values = { ...values, ...partDay(values, zone) }
    const day = rest['day']
    const presumed = typeof day === 'string' && day > today ? 'PLANNED' : 'HELD'
    return {
      ...rest,
      ...unlessTold(rest, 'kind', 'MEETING', isNew),
      ...unlessTold(rest, 'status', presumed, isNew),
    }
  },
  check: ({ day, time: hours }) =>
    typeof hours === 'string' && day === undefined
      ? [{ field: 'time', reason: 'needs a day: add a column with it' }]
      : [],
}

export type Moment = Readonly<{ day: Date; startsAt: Date | null }>

const HOUR = 3_600_000
/** Local time is up to 14 hours ahead of UTC, and 12 behind. */
const AHEAD = 14
const BEHIND = 12

/**
 * Why a start that the file tells apart from the day is not on it. A meeting may be in another zone than the import's; a
 * stored one shows about where: what it was moved by, in days and in hours, is the same but for the time of day.
 */
export function startOffDay(values: Values, stored: Moment | null): Rejection | null {
  const { startsAt, day: told } = values
  const day = typeof told === 'string' ? new Date(told) : stored?.day
  if (values['startIsOffHere'] !== true || typeof startsAt !== 'string' || !day) return null
  const hours = hoursInto(day, new Date(startsAt))
  const isOnDay = stored?.startsAt
    ? Math.abs(hours - hoursInto(stored.day, stored.startsAt)) < 24
    : hours >= -AHEAD && hours < 24 + BEHIND
  if (isOnDay) return null
  return told === undefined
    ? { field: 'startsAt', reason: 'is on another day than the meeting: add a column with its day' }
    : {
        field: 'day',
        reason:
          'is not the day of startsAt: change both, or leave startsAt empty and write the time with the day',
      }
}

const hoursInto = (day: Date, start: Date): number => (start.getTime() - day.getTime()) / HOUR

function unlessTold(values: Values, field: string, presumed: Value, isNew: boolean): Values {
  const value = values[field]
  return value === null || (value === undefined && isNew) ? { [field]: presumed } : {}
}

/** Parts `2026-11-24T15:30` into its day and its instant. A day without a time clears the time: the file tells the whole moment. */
function partDay(values: Values, zone: string): Values {
  const { day: moment, time: hours, startsAt } = values
  if (typeof moment !== 'string') return { startIsOffHere: true }
  const [date = '', withDay] = moment.split('T')
  if (moment.endsWith('Z')) return { day: dayIn(zone, new Date(moment)), startsAt: moment }
  if (typeof startsAt === 'string')
    return { day: date, startIsOffHere: dayIn(zone, new Date(startsAt)) !== date }
  const told = typeof hours === 'string' ? hours : withDay
  return { day: date, startsAt: told ? instantOf(date, told, { timeZone: zone }) : null }
}
