import type { Report } from './block-kit-report.ts'
import { isJson, type Json } from './json.ts'

export interface OptionRule {
  text: 'plain' | 'any'
  url: boolean
}

const plainOption: OptionRule = { text: 'plain', url: false }

/** The handbook allows a value of 150 by now, the published types still 75: the smaller one is always safe. */
const optionValueLimit = 75

export function checkOption(
  report: Report,
  path: string,
  value: unknown,
  rule: OptionRule = plainOption,
): void {
  if (!isJson(value)) return report.add(path, 'must be an option object')
  report.keys(path, value, ['text', 'value', 'description', ...(rule.url ? ['url'] : [])])
  report.text(`${path}/text`, value['text'], 75, rule.text)
  report.string(`${path}/value`, value['value'], optionValueLimit)
  report.text(`${path}/description`, value['description'], 75, rule.text, false)
  report.url(`${path}/url`, value['url'])
}

export function checkOptions(
  report: Report,
  path: string,
  value: unknown,
  max: number,
  rule = plainOption,
): void {
  const items = report.list(path, value, 1, max)
  items.forEach((item, index) => checkOption(report, `${path}/${index}`, item, rule))
  const values = items.filter(isJson).map((item) => item['value'])
  if (new Set(values).size < values.length) report.add(path, 'option values must differ from each other')
}

function checkGroups(report: Report, path: string, value: unknown): void {
  report.list(path, value, 1, 100).forEach((group, index) => {
    const at = `${path}/${index}`
    if (!isJson(group)) return report.add(at, 'must be an option group')
    report.keys(at, group, ['label', 'options'])
    report.text(`${at}/label`, group['label'], 75, 'plain')
    checkOptions(report, `${at}/options`, group['options'], 100)
  })
}

/** The options or groups of a static menu or of the answer to a block_suggestion. */
export function checkOptionSource(report: Report, path: string, value: Json): void {
  const { options, option_groups: groups } = value
  if ((options === undefined) === (groups === undefined)) {
    return report.add(path, 'needs either options or option_groups')
  }
  if (options !== undefined) checkOptions(report, `${path}/options`, options, 100)
  else checkGroups(report, `${path}/option_groups`, groups)
}

export function optionsOf(element: Json): Json[] {
  const groups = Array.isArray(element['option_groups']) ? element['option_groups'].filter(isJson) : []
  const lists = [element['options'], ...groups.map((group) => group['options'])]
  return lists.flatMap((list) => (Array.isArray(list) ? list.filter(isJson) : []))
}

export function checkInitial(report: Report, path: string, element: Json): void {
  const one = element['initial_option']
  const many = element['initial_options']
  const chosen = [...(one === undefined ? [] : [one]), ...(Array.isArray(many) ? many : [])]
  const known = optionsOf(element).map((option) => JSON.stringify(option))
  const strangers = chosen.filter((option) => !known.includes(JSON.stringify(option)))
  if (strangers.length > 0) report.add(path, 'an initial option must be one of the options, to the letter')
}

export function checkConfirm(report: Report, path: string, value: unknown): void {
  if (value === undefined) return
  if (!isJson(value)) return report.add(path, 'must be a confirmation dialog')
  report.keys(path, value, ['title', 'text', 'confirm', 'deny', 'style'])
  report.text(`${path}/title`, value['title'], 100, 'plain')
  report.text(`${path}/text`, value['text'], 300, 'any')
  report.text(`${path}/confirm`, value['confirm'], 30, 'plain')
  report.text(`${path}/deny`, value['deny'], 30, 'plain')
  report.oneOf(`${path}/style`, value['style'], ['primary', 'danger'])
}
