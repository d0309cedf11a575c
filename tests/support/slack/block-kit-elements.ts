import {
  checkConfirm,
  checkInitial,
  checkOption,
  checkOptions,
  checkOptionSource,
} from './block-kit-composition.ts'
import type { Report } from './block-kit-report.ts'
import { isJson, str, type Json } from './json.ts'

type Check = (report: Report, path: string, element: Json) => void

interface ElementRule {
  keys: string[]
  check: Check
}

const focus = ['focus_on_load', 'placeholder']
const dispatch = ['dispatch_action_config']
const nothing: Check = () => undefined

function button(report: Report, path: string, element: Json): void {
  report.text(`${path}/text`, element['text'], 75, 'plain')
  if (element['value'] !== undefined) report.string(`${path}/value`, element['value'], 2000)
  report.url(`${path}/url`, element['url'])
  report.oneOf(`${path}/style`, element['style'], ['primary', 'danger'])
  report.string(`${path}/accessibility_label`, element['accessibility_label'], 75, false)
}

function staticSelect(report: Report, path: string, element: Json): void {
  checkOptionSource(report, path, element)
  checkInitial(report, path, element)
  report.integer(`${path}/max_selected_items`, element['max_selected_items'], 1, 100)
}

function externalSelect(report: Report, path: string, element: Json): void {
  report.integer(`${path}/min_query_length`, element['min_query_length'], 0, 1000)
  report.integer(`${path}/max_selected_items`, element['max_selected_items'], 1, 100)
  if (element['initial_option'] !== undefined) {
    checkOption(report, `${path}/initial_option`, element['initial_option'])
  }
}

function choices(report: Report, path: string, element: Json): void {
  checkOptions(report, `${path}/options`, element['options'], 10, { text: 'any', url: false })
  checkInitial(report, path, element)
}

function overflow(report: Report, path: string, element: Json): void {
  checkOptions(report, `${path}/options`, element['options'], 5, { text: 'plain', url: true })
}

function pattern(key: string, shape: RegExp): Check {
  return (report, path, element) => {
    const value = element[key]
    if (value !== undefined && !shape.test(typeof value === 'number' ? `${value}` : str(value)))
      report.add(`${path}/${key}`, 'has the wrong format')
  }
}

function textInput(report: Report, path: string, element: Json): void {
  const { min_length: min, max_length: max, initial_value: initial } = element
  report.integer(`${path}/min_length`, min, 0, 3000)
  report.integer(`${path}/max_length`, max, 1, 3000)
  if (Number(min ?? 0) > Number(max ?? 3000)) report.add(path, 'min_length is above max_length')
  if (initial !== undefined) report.string(`${path}/initial_value`, initial, Number(max ?? 3000), false)
}

function numberInput(report: Report, path: string, element: Json): void {
  const { min_value: min, max_value: max, is_decimal_allowed: decimal } = element
  if (typeof decimal !== 'boolean') report.add(`${path}/is_decimal_allowed`, 'must be a boolean')
  for (const key of ['min_value', 'max_value', 'initial_value']) {
    const value = element[key]
    if (value === undefined) continue
    if (typeof value !== 'string' || Number.isNaN(Number(value))) {
      report.add(`${path}/${key}`, 'must be a number written as a string')
    }
  }
  if (min !== undefined && max !== undefined && Number(min) > Number(max)) {
    report.add(path, 'min_value is above max_value')
  }
}

export function checkImage(report: Report, path: string, element: Json): void {
  report.string(`${path}/alt_text`, element['alt_text'], 2000)
  if (element['slack_file'] === undefined) report.url(`${path}/image_url`, element['image_url'], true)
}

const select = ['action_id', 'confirm', ...focus]
const multi = [...select, 'max_selected_items']
const source = ['options', 'option_groups']
const conversation = ['default_to_current_conversation', 'filter']

const rules: Record<string, ElementRule> = {
  button: {
    keys: ['action_id', 'text', 'value', 'url', 'style', 'confirm', 'accessibility_label'],
    check: button,
  },
  workflow_button: {
    keys: ['action_id', 'text', 'workflow', 'style', 'confirm', 'accessibility_label'],
    check: button,
  },
  static_select: { keys: [...select, ...source, 'initial_option'], check: staticSelect },
  multi_static_select: { keys: [...multi, ...source, 'initial_options'], check: staticSelect },
  external_select: { keys: [...select, 'initial_option', 'min_query_length'], check: externalSelect },
  multi_external_select: { keys: [...multi, 'initial_options', 'min_query_length'], check: externalSelect },
  users_select: { keys: [...select, 'initial_user'], check: nothing },
  multi_users_select: { keys: [...multi, 'initial_users'], check: nothing },
  conversations_select: {
    keys: [...select, ...conversation, 'initial_conversation', 'response_url_enabled'],
    check: nothing,
  },
  multi_conversations_select: {
    keys: [...multi, ...conversation, 'initial_conversations'],
    check: nothing,
  },
  channels_select: { keys: [...select, 'initial_channel', 'response_url_enabled'], check: nothing },
  multi_channels_select: { keys: [...multi, 'initial_channels'], check: nothing },
  overflow: { keys: ['action_id', 'options', 'confirm'], check: overflow },
  checkboxes: {
    keys: ['action_id', 'options', 'initial_options', 'confirm', 'focus_on_load'],
    check: choices,
  },
  radio_buttons: {
    keys: ['action_id', 'options', 'initial_option', 'confirm', 'focus_on_load'],
    check: choices,
  },
  datepicker: {
    keys: [...select, 'initial_date'],
    check: pattern('initial_date', /^\d{4}-\d\d-\d\d$/),
  },
  timepicker: {
    keys: [...select, 'initial_time', 'timezone'],
    check: pattern('initial_time', /^([01]\d|2[0-3]):[0-5]\d$/),
  },
  datetimepicker: {
    keys: ['action_id', 'initial_date_time', 'confirm', 'focus_on_load'],
    check: pattern('initial_date_time', /^\d{10}$/),
  },
  plain_text_input: {
    keys: ['action_id', ...focus, ...dispatch, 'initial_value', 'multiline', 'min_length', 'max_length'],
    check: textInput,
  },
  number_input: {
    keys: [
      'action_id',
      ...focus,
      ...dispatch,
      'is_decimal_allowed',
      'initial_value',
      'min_value',
      'max_value',
    ],
    check: numberInput,
  },
  email_text_input: { keys: ['action_id', ...focus, ...dispatch, 'initial_value'], check: nothing },
  url_text_input: { keys: ['action_id', ...focus, ...dispatch, 'initial_value'], check: nothing },
  rich_text_input: { keys: ['action_id', ...focus, ...dispatch, 'initial_value'], check: nothing },
  file_input: {
    keys: ['action_id', 'filetypes', 'max_files'],
    check: (report, path, element) => report.integer(`${path}/max_files`, element['max_files'], 1, 10),
  },
  image: { keys: ['image_url', 'slack_file', 'alt_text'], check: checkImage },
  feedback_buttons: { keys: ['action_id', 'positive_button', 'negative_button'], check: nothing },
  icon_button: {
    keys: ['action_id', 'icon', 'text', 'value', 'confirm', 'accessibility_label', 'visible_to_user_ids'],
    check: button,
  },
}

const menus = ['static_select', 'external_select', 'users_select', 'conversations_select', 'channels_select']
const selects = [...menus, ...menus.map((menu) => `multi_${menu}`)]
const pickers = ['checkboxes', 'radio_buttons', 'datepicker', 'timepicker']
const inputs = ['plain_text_input', 'number_input', 'email_text_input', 'url_text_input', 'file_input']

export const elementsOf = {
  actions: [
    ...selects,
    ...pickers,
    'datetimepicker',
    'button',
    'workflow_button',
    'overflow',
    'rich_text_input',
  ],
  accessory: [...selects, ...pickers, 'button', 'workflow_button', 'overflow', 'image'],
  input: [...selects, ...pickers, ...inputs, 'datetimepicker', 'rich_text_input'],
  contextActions: ['feedback_buttons', 'icon_button'],
}

export function checkElement(
  report: Report,
  path: string,
  value: unknown,
  allowed: readonly string[],
  scope: Set<string>,
): void {
  if (!isJson(value)) return report.add(path, 'must be an element')
  const rule = rules[String(value['type'])]
  if (!rule || !allowed.includes(String(value['type']))) {
    return report.add(path, `unsupported type: ${String(value['type'])}`)
  }
  report.keys(path, value, ['type', ...rule.keys])
  report.actionId(path, value['action_id'], scope)
  report.text(`${path}/placeholder`, value['placeholder'], 150, 'plain', false)
  checkConfirm(report, `${path}/confirm`, value['confirm'])
  if (value['focus_on_load'] === true) report.focused += 1
  rule.check(report, path, value)
}
