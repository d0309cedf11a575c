import { addDays } from '../../domain/shared/day.ts'
import { weekdayOf } from '../../domain/when/calendar.ts'
import type { When } from '../../domain/when/reading.ts'
import type { Context } from '../kit/command.ts'
import { type Block, type Button, plain, say, type Text, type View } from '../kit/view.ts'
import { choiceText, shorten } from './phrases.ts'
import type { Impossible, Question } from './read-line.ts'
import { choiceOf, type Told } from './told.ts'

const SHOWN_LINE = 300
const SHOWN_NAME = 60
const SHOWN_WHAT = 120
const FRIDAY = 5

type Asking = Pick<Context, 'actor' | 'today'>

/** One question, with a button for every answer that is likely, and the form for any other. */
export function questionView(asking: Asking, told: Told, question: Question, draft: string): View {
  return [
    { kind: 'text', text: questionText(question) },
    ...theLine(told.line),
    { kind: 'buttons', buttons: answersTo(asking, question, draft) },
  ]
}

function questionText(question: Question): Text {
  switch (question.ask) {
    case 'account':
      return accountText(question)
    case 'when':
      return say(question.choices.length > 0 ? 'meeting.ask.which' : 'meeting.ask.day')
    case 'step':
      return say('meeting.ask.step', { what: plain(shorten(question.what, SHOWN_WHAT)) })
    default:
      return { key: `meeting.ask.${question.ask}` }
  }
}

function answersTo({ actor, today }: Asking, question: Question, draft: string): Button[] {
  const answer = (field: string, label: Text, value: string): Button => ({
    label,
    command: 'meeting-answer',
    args: { draft, field, value },
  })
  const timed = (field: string, choices: readonly When[]) =>
    choices.map((choice) => answer(field, choiceText(choice, actor.timeZone), choiceOf(choice)))
  const usual = (field: string) => usualDays(today).map(([label, day]) => answer(field, label, day))
  const past = answer('tense', say('meeting.ask.past'), 'past')
  const form = (label: Text): Button => ({ label, command: 'meeting', args: { draft } })
  const otherTime = form(say('meeting.ask.otherTime'))

  switch (question.ask) {
    case 'account': {
      const accounts = question.accounts.map(({ id, name }) => answer('account', plain(name), id))
      return [...accounts, form(say('meeting.ask.otherAccount'))]
    }
    case 'when':
      return [...timed('when', question.choices), otherTime]
    case 'tense':
      return [past, answer('tense', say('meeting.ask.future'), 'future')]
    case 'missing':
      return [...usual('when'), past, otherTime]
    case 'passed':
      return [past, otherTime]
    case 'step': {
      const field = `step${question.index}`
      const likely = question.choices.length > 0 ? timed(field, question.choices) : usual(field)
      return [...likely, otherTime]
    }
  }
}

const theLine = (line: string | null): Block[] =>
  line ? [{ kind: 'note', text: plain(shorten(line, SHOWN_LINE)) }] : []

/** Word for word the same for an account that does not exist and for one the asker may not see. */
function accountText({ name, found, accounts }: Extract<Question, { ask: 'account' }>): Text {
  if (found === 'several') return say('meeting.ask.several')
  if (name === null) return say('meeting.ask.account')
  const shown = { name: plain(shorten(name, SHOWN_NAME)) }
  return accounts.length > 0 ? say('meeting.ask.unknown', shown) : say('account.notFound', shown)
}

/** Friday is not offered where it would be today or tomorrow; next week begins on its Monday. */
function usualDays(today: string): (readonly [Text, string])[] {
  const weekday = weekdayOf(today)
  const friday = addDays(today, (FRIDAY - weekday + 7) % 7)
  const dated = (day: string): readonly [Text, string] => [say('when', { when: { day } }), day]
  return [
    [say('meeting.ask.today'), today],
    [say('meeting.ask.tomorrow'), addDays(today, 1)],
    ...(friday <= addDays(today, 1) ? [] : [dated(friday)]),
    dated(addDays(today, 8 - weekday)),
  ]
}

/** What cannot be, in a sentence that helps; nothing is lost and the form mends it. */
export function impossibleView(told: Told, impossible: Impossible, draft: string): View {
  return [
    { kind: 'text', tone: 'bad', text: impossibleText(impossible) },
    ...theLine(told.line),
    { kind: 'note', text: say('meeting.impossible.kept') },
    {
      kind: 'buttons',
      buttons: [
        { label: say('meeting.button.correct'), command: 'meeting', args: { draft }, style: 'primary' },
      ],
    },
  ]
}

export function impossibleText({ reason, step }: Impossible): Text {
  const text: Text = { key: `meeting.when.${reason}` }
  if (!step) return text
  return say('labelled', { label: plain(shorten(step.what, SHOWN_WHAT)), value: stepReason(reason) })
}

const stepReason = (reason: Impossible['reason']): Text =>
  reason === 'past' ? say('meeting.step.past') : { key: `meeting.when.${reason}` }
