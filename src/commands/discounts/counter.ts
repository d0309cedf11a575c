import { z } from 'zod'
import { countered } from '../../domain/discounts/decide.ts'
import { atPercent, type Give, GIVE_KINDS, isLess, type Terms } from '../../domain/discounts/terms.ts'
import { readWhen } from '../../domain/when/read-when.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import type { Choice, Form } from '../kit/form.ts'
import { EVERYONE } from '../kit/roles.ts'
import { talkContext } from '../kit/talk-context.ts'
import { plain, say, type Text } from '../kit/view.ts'
import { atStep, decided, type Deciding, LONGEST_WORD, voteBy } from './decide.ts'
import { percentValue } from './phrases.ts'
import { requestId } from './show.ts'
import { percentIn } from './wish.ts'

const stepId = z.string().max(16)
const text = (most: number) => z.string().max(most, { error: 'error.discountWord' }).optional()

const counterForm: Form = {
  title: 'discount.counter',
  submit: 'discount.counter.submit',
  fields: [
    {
      name: 'percent',
      label: 'discount.counter.percent',
      kind: 'line',
      hint: 'discount.counter.percent.hint',
    },
    { name: 'word', label: 'discount.word', kind: 'line', hint: 'discount.counter.hint' },
  ],
}

const counterInput = z.object({ id: requestId, s: stepId, percent: text(40), word: text(LONGEST_WORD) })

/** Approve at another percentage: an offer that the requester takes or leaves with one tap. */
export const discountCounter = defineCommand({
  name: 'discount-counter',
  aliases: [],
  summary: 'discount.button.counter',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  form: counterForm,
  input: counterInput,
  async run(context, input) {
    return atStep(context, input, async (deciding) => {
      const { terms } = deciding.request
      const isSent = input.percent !== undefined || input.word !== undefined
      const said = percentIn(context, input.percent ?? '')
      const percent = said !== null && isLess(said, terms.percent) ? said : null
      const word = input.word?.trim() ?? ''
      const errors: Record<string, Text> = {
        ...(percent ? {} : { percent: say('error.discountCounter', { most: percentValue(terms.percent) }) }),
        ...(word === '' ? { word: say('error.discountWord') } : {}),
      }
      if (!percent || word === '') return asked('discount-counter', counterForm, input, isSent ? errors : {})
      return offered(context, deciding, atPercent(terms, percent), word)
    })
  },
})

const CONDITIONS: readonly Choice[] = GIVE_KINDS.map((kind) => ({
  value: kind,
  label: { key: `discount.give.${kind}` },
}))

const conditionForm: Form = {
  title: 'discount.condition',
  submit: 'discount.counter.submit',
  fields: [
    { name: 'kind', label: 'discount.condition.kind', kind: 'choice', choices: CONDITIONS },
    { name: 'what', label: 'discount.condition.what', kind: 'line', hint: 'discount.condition.what.hint' },
    { name: 'due', label: 'discount.condition.due', kind: 'line', hint: 'discount.condition.due.hint' },
    { name: 'word', label: 'discount.word', kind: 'line', hint: 'discount.condition.hint' },
  ],
}

const conditionInput = z.object({
  id: requestId,
  s: stepId,
  kind: z.enum(GIVE_KINDS).optional(),
  what: text(200),
  due: text(80),
  word: text(LONGEST_WORD),
})

/** Approve if the client gives something for it. */
export const discountCondition = defineCommand({
  name: 'discount-condition',
  aliases: [],
  summary: 'discount.button.condition',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  form: conditionForm,
  input: conditionInput,
  async run(context, input) {
    return atStep(context, input, async (deciding) => {
      const { terms } = deciding.request
      const { kind, what = '', word = '' } = input
      const dueOn = dayIn(context, input.due ?? '')
      const isSent = [kind, input.what, input.due, input.word].some((value) => value !== undefined)
      const errors: Record<string, Text> = {
        ...(kind ? {} : { kind: say('error.discountCondition') }),
        ...(what.trim() === '' ? { what: say('error.discountWhat') } : {}),
        ...(dueOn ? {} : { due: say('error.discountDue') }),
        ...(word.trim() === '' ? { word: say('error.discountWord') } : {}),
      }
      if (!kind || !dueOn || Object.keys(errors).length > 0)
        return asked('discount-condition', conditionForm, input, isSent ? errors : {})
      const give: Give = { kind, what: what.trim(), dueOn }
      return offered(context, deciding, { ...terms, gives: [...terms.gives, give] }, word.trim())
    })
  },
})

/** A day to come, in ordinary words; null when it is doubtful or past. */
function dayIn(context: Context, said: string): string | null {
  const found = readWhen(said, { ...talkContext(context.actor, context.now), direction: 'future' })
  return found.kind === 'clear' && found.when.day >= context.today ? found.when.day : null
}

function offered(context: Context, deciding: Deciding, terms: Terms, word: string): Promise<Answer> {
  const { request, acting, office } = deciding
  const after = countered(request, acting, { terms, word }, office)
  return decided(context, deciding, after, {
    action: 'discount.counter',
    vote: voteBy(acting, 'counter'),
    word,
  })
}

function asked(
  command: string,
  form: Form,
  input: Readonly<Record<string, string | undefined>>,
  errors: Readonly<Record<string, Text>>,
): Answer {
  const values = Object.fromEntries(
    Object.entries(input).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, { value, label: labelOf(form, name, value) }]],
    ),
  )
  return { kind: 'form', form: { command, form, values, errors } }
}

const labelOf = (form: Form, name: string, value: string): Text =>
  form.fields.find((field) => field.name === name)?.choices?.find((choice) => choice.value === value)
    ?.label ?? plain(value)
