import { z } from 'zod'
import { withAnswer, withQuestion } from '../../domain/discounts/rounds.ts'
import { isOpen } from '../../domain/discounts/request.ts'
import { type Answer, defineCommand } from '../kit/command.ts'
import type { Form } from '../kit/form.ts'
import { EVERYONE } from '../kit/roles.ts'
import { plain, say } from '../kit/view.ts'
import { officeFor, requestHeld } from './access.ts'
import { saveRequest } from './change.ts'
import { askWord, atStep, changingBy, LONGEST_WORD } from './decide.ts'
import { refused } from './refuse.ts'
import { becameOf, cardAnswer, requestId } from './show.ts'

/** More is a talk that belongs elsewhere. */
const MOST_QUESTIONS = 20

const word = z.string().max(LONGEST_WORD, { error: 'error.discountWord' }).optional()

const askForm: Form = {
  title: 'discount.ask',
  submit: 'discount.ask.submit',
  fields: [{ name: 'word', label: 'discount.ask.word', kind: 'paragraph', hint: 'discount.ask.hint' }],
}

/** A question of whoever decides. It stays with the request, and so does its answer. */
export const discountAsk = defineCommand({
  name: 'discount-ask',
  aliases: [],
  summary: 'discount.button.ask',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  form: askForm,
  input: z.object({ id: requestId, s: z.string().max(16), word }),
  async run(context, input) {
    return atStep(context, input, async ({ request, office, acting }) => {
      const text = input.word?.trim() ?? ''
      if (text === '') return askWord('discount-ask', askForm, input, input.word !== undefined)
      if (request.questions.length >= MOST_QUESTIONS)
        return cardAnswer(context, request, { text: say('error.discountQuestions'), tone: 'bad' })
      const id = `${request.questions.length + 1}`
      const after = withQuestion(request, { id, by: acting.by, text, at: context.now.toISOString() }, office)
      const changing = { ...changingBy(acting, request), action: 'discount.ask', word: text }
      const saved = await saveRequest({ work: context.work, office }, request, after, changing)
      if (!saved) return becameOf(context, request.id)
      return cardAnswer(context, saved, { text: say('discount.asked'), tone: 'good' })
    })
  },
})

const answerForm: Form = {
  title: 'discount.answer',
  submit: 'discount.ask.submit',
  fields: [{ name: 'word', label: 'discount.answer.word', kind: 'paragraph' }],
}

export const discountAnswer = defineCommand({
  name: 'discount-answer',
  aliases: [],
  summary: 'discount.button.answer',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  form: answerForm,
  input: z.object({ id: requestId, r: z.string().max(8).optional(), q: z.string().max(8), word }),
  async run(context, { id, q, word: said }): Promise<Answer> {
    const { work, actor, channel, now } = context
    const { request, relation } = await requestHeld(context, id)
    const question = request.questions.find((one) => one.id === q)
    if (!relation.asks) return refused(context, { request, relation, step: '' }, 'notAsker')
    if (!isOpen(request) || !question || question.answer) return becameOf(context, id, relation)
    const text = said?.trim() ?? ''
    if (text === '') {
      const values = { id: { value: id, label: plain(id) }, q: { value: q, label: plain(q) } }
      const errors = said === undefined ? {} : { word: say('error.discountWord') }
      return { kind: 'form', form: { command: 'discount-answer', form: answerForm, values, errors } }
    }
    const office = await officeFor(context, request.requester.id)
    const by = { id: actor.id, name: actor.name }
    const after = withAnswer(request, q, { by, text, at: now.toISOString() }, office)
    const saved = await saveRequest({ work, office }, request, after, {
      action: 'discount.answer',
      actorId: actor.id,
      onBehalfOf: actor.id === request.requester.id ? undefined : request.requester.id,
      channel,
      tells: [question.by.id],
      word: text,
    })
    return saved
      ? cardAnswer(context, saved, { text: say('discount.answered'), tone: 'good' })
      : becameOf(context, id)
  },
})
