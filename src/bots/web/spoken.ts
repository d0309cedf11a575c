import { type Choice, type FormField, type OpenForm, SEARCHED } from '../../commands/kit/form.ts'
import type { Block, Button, Line, View } from '../../commands/kit/view.ts'
import { tame } from '../plain-words.ts'
import type { Speaker } from '../speaker.ts'
import type {
  SpokenBlock,
  SpokenButton,
  SpokenChoice,
  SpokenForm,
  SpokenFormField,
  SpokenLine,
} from './protocol.ts'

/** A view in one reader's words. The page shows every string as text, so nothing needs escaping here. */
export function spokenView(view: View, speaker: Speaker): readonly SpokenBlock[] {
  const speak: Speaker = (text) => tame(speaker(text))
  return view.map((block) => spokenBlock(block, speak))
}

export function spokenForm(open: OpenForm, speaker: Speaker): SpokenForm {
  const speak: Speaker = (text) => tame(speaker(text))
  const { command, form, values, errors } = open
  const shown = new Set(form.fields.map(({ name }) => name))
  const hidden = Object.entries(values).flatMap(([name, { value }]) =>
    shown.has(name) ? [] : [[name, value] as const],
  )
  return {
    command,
    hidden: Object.fromEntries(hidden),
    title: speak({ key: form.title }),
    submit: speak({ key: form.submit }),
    fields: form.fields.map((field) => spokenField(field, values[field.name], errors[field.name], speak)),
  }
}

export function spokenChoice({ value, label }: Choice, speak: Speaker): SpokenChoice {
  return { value, label: tame(speak(label)) }
}

function spokenBlock(block: Block, speak: Speaker): SpokenBlock {
  switch (block.kind) {
    case 'heading':
      return {
        kind: 'heading',
        text: speak(block.text),
        ...(block.badge && { badge: spokenLine(block.badge, speak) }),
      }
    case 'text':
      return { kind: 'text', ...spokenLine(block, speak) }
    case 'fields': {
      const fields = block.fields.map(({ label, value, tone }) => ({
        label: speak(label),
        value: speak(value),
        ...(tone && { tone }),
      }))
      return { kind: 'fields', ...titleOf(block, speak), fields }
    }
    case 'list':
      return {
        kind: 'list',
        ...titleOf(block, speak),
        items: block.items.map((item) => spokenLine(item, speak)),
      }
    case 'table': {
      const columns = block.columns.map(({ label, align }) => ({
        label: speak(label),
        ...(align && { align }),
      }))
      return {
        kind: 'table',
        ...titleOf(block, speak),
        columns,
        rows: block.rows.map((row) => row.map(speak)),
      }
    }
    case 'note':
      return { kind: 'note', text: speak(block.text) }
    case 'divider':
      return { kind: 'divider' }
    case 'buttons':
      return { kind: 'buttons', buttons: block.buttons.map((button) => spokenButton(button, speak)) }
  }
}

function titleOf({ title }: Extract<Block, { kind: 'fields' | 'list' | 'table' }>, speak: Speaker) {
  return title ? { title: speak(title) } : {}
}

function spokenLine({ text, tone }: Line, speak: Speaker): SpokenLine {
  return { text: speak(text), ...(tone && { tone }) }
}

function spokenButton({ label, command, args, style }: Button, speak: Speaker): SpokenButton {
  return { label: speak(label), command, args, ...(style && { style }) }
}

function spokenField(
  field: FormField,
  value: Choice | undefined,
  error: OpenForm['errors'][string] | undefined,
  speak: Speaker,
): SpokenFormField {
  const { name, label, kind, hint, optional, choices } = field
  return {
    name,
    label: speak({ key: label }),
    kind,
    searched: SEARCHED.includes(kind),
    optional: optional ?? false,
    ...(hint && { hint: speak({ key: hint }) }),
    ...(choices && { choices: choices.map((choice) => spokenChoice(choice, speak)) }),
    ...(value && { value: spokenChoice(value, speak) }),
    ...(error && { error: speak(error) }),
  }
}
