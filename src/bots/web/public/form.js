import { createCombobox } from './combobox.js'
import { searchChoices } from './connection.js'
import { el, freshId, grow, icon } from './dom.js'
import { memory } from './memory.js'

/** @typedef {import('../protocol.ts').SpokenForm} SpokenForm */
/** @typedef {import('../protocol.ts').SpokenFormField} Field */
/** @typedef {import('../protocol.ts').SpokenChoice} Choice */
/** @typedef {import('./words.js').Say} Say */
/** @typedef {Readonly<{ element: HTMLElement, read(): Choice, complain(words: string | null): void }>} Control */

/** As many choices stand side by side; more of them fold into a list. */
const SIDE_BY_SIDE = 4

/**
 * A form on its card. What is typed is kept for this tab until the form is sent or left.
 * @param {Readonly<{
 *   form: SpokenForm
 *   id: string
 *   persona: string
 *   say: Say
 *   cancelWords: string
 *   submit: (values: Record<string, string>, labels: Record<string, string>) => void
 *   cancel: () => void
 * }>} parts
 */
export function formNode({ form, id, persona, say, cancelWords, submit, cancel }) {
  const drafts = memory.formDraft(id) ?? {}
  const controls = form.fields.map((field) => {
    const control = controlFor(
      { ...field, ...(drafts[field.name] && { value: drafts[field.name] }) },
      persona,
      say,
    )
    return { field, control }
  })
  fillRows(controls.map(({ control }) => control.element))
  const read = () => controls.map(({ field, control }) => /** @type {const} */ ([field.name, control.read()]))
  const keep = () => memory.keepFormDraft(id, Object.fromEntries(read()))

  const onSubmit = (/** @type {Event} */ event) => {
    event.preventDefault()
    const missing = controls.filter(({ field, control }) => !field.optional && control.read().value === '')
    for (const { control } of controls) control.complain(null)
    for (const { control } of missing) control.complain(say('form.missing'))
    if (missing.length > 0) return focusFirstWrong(element)
    keep()
    const filled = read().filter(([, { value }]) => value !== '')
    const values = Object.fromEntries(filled.map(([name, { value }]) => [name, value]))
    const chosen = new Set(form.fields.filter((field) => field.searched).map(({ name }) => name))
    const labels = filled.filter(([name]) => chosen.has(name)).map(([name, { label }]) => [name, label])
    submit({ ...form.hidden, ...values }, Object.fromEntries(labels))
  }
  const wrong = form.fields.some(({ error }) => error)
  const leave = () => {
    memory.keepFormDraft(id, null)
    cancel()
  }
  const element = el(
    'form',
    {
      class: 'form',
      novalidate: true,
      'aria-label': form.title,
      on: { submit: onSubmit, input: keep, change: keep },
    },
    el('header', { class: 'head' }, el('h3', { text: form.title })),
    (form.failure || wrong) &&
      el(
        'p',
        { class: 'text bad summary', role: 'alert' },
        el('span', { class: 'sign' }, icon('bad')),
        el('span', { text: form.failure ?? say('form.wrong') }),
      ),
    ...controls.map(({ control }) => control.element),
    el(
      'div',
      { class: 'buttons' },
      el('button', { type: 'submit', class: 'button primary', text: form.submit }),
      el('button', { type: 'button', class: 'button plain', text: cancelWords, on: { click: leave } }),
    ),
  )
  return element
}

/** On a wide card two fields share a row; one that is left over takes it all. @param {readonly HTMLElement[]} elements */
function fillRows(elements) {
  let taken = 0
  for (const [at, element] of elements.entries()) {
    const isWide = element.classList.contains('wide')
    taken = isWide ? 0 : taken + 1
    const next = elements[at + 1]
    const isLast = !next || next.classList.contains('wide')
    if (isLast && taken % 2 === 1) element.classList.add('wide')
  }
}

/** @param {HTMLElement} form */
export function focusFirstWrong(form) {
  const marked = form.querySelector('[aria-invalid="true"]')
  const target =
    marked?.querySelector('input:checked, input') ??
    marked ??
    form.querySelector('input:checked, input, select, textarea')
  if (target instanceof HTMLElement) target.focus()
}

/** @param {Field} field @param {string} persona @param {Say} say @returns {Control} */
function controlFor(field, persona, say) {
  if (field.choices && !field.optional && field.choices.length <= SIDE_BY_SIDE)
    return radios(field, field.choices, say)
  if (field.choices) return folded(field, field.choices, say)
  if (field.kind === 'paragraph') return paragraph(field, say)
  return field.searched ? searched(field, persona, say) : typed(field, say)
}

/**
 * Label, hint and complaint around a control, tied to it by id.
 * @param {Field} field
 * @param {Say} say
 * @param {{ target: HTMLElement, group?: boolean, inner?: HTMLElement }} control
 */
function framed(field, say, { target, group, inner = target }) {
  const id = freshId()
  const extra = field.optional && el('span', { class: 'optional', text: say('form.optional') })
  const label = group
    ? el('legend', { class: 'label' }, field.label, extra)
    : el('label', { class: 'label', for: id }, field.label, extra)
  const hint = el('p', { class: 'hint', id: `${id}-hint`, text: field.hint ?? '', hidden: !field.hint })
  const complaint = el('p', { class: 'complaint', id: `${id}-wrong`, hidden: true })
  if (!group) target.id = id
  target.setAttribute('aria-describedby', `${id}-hint ${id}-wrong`)
  if (!field.optional && !group) target.setAttribute('aria-required', 'true')

  const complain = (/** @type {string | null} */ words) => {
    complaint.replaceChildren(...(words ? [icon('bad'), words] : []))
    complaint.hidden = !words
    if (words) target.setAttribute('aria-invalid', 'true')
    else target.removeAttribute('aria-invalid')
  }
  complain(field.error ?? null)
  if (!group) return { element: el('div', { class: 'control' }, label, inner, hint, complaint), complain }
  target.append(label, inner, hint, complaint)
  return { element: target, complain }
}

/** @param {Field} field @param {Say} say @returns {Control} */
function typed(field, say) {
  const input = el('input', { type: 'text', name: field.name, autocomplete: 'off', dir: 'auto' })
  input.value = field.value?.label ?? ''
  return {
    ...framed(field, say, { target: input }),
    read: () => ({ value: input.value.trim(), label: input.value.trim() }),
  }
}

/** Many lines, as tall as its text. Enter begins a new line there, so Ctrl or Cmd with it sends. @param {Field} field @param {Say} say @returns {Control} */
function paragraph(field, say) {
  const area = el('textarea', { name: field.name, rows: '4', autocomplete: 'off', dir: 'auto' })
  area.value = field.value?.value ?? ''
  area.addEventListener('input', () => grow(area))
  area.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    area.form?.requestSubmit()
  })
  requestAnimationFrame(() => grow(area))
  const framing = framed(field, say, { target: area })
  framing.element.classList.add('wide')
  return { ...framing, read: () => ({ value: area.value.trim(), label: area.value.trim() }) }
}

/** Text that is searched while it is typed. What was chosen counts until the text is changed. @param {Field} field @param {string} persona @param {Say} say @returns {Control} */
function searched(field, persona, say) {
  const input = el('input', {
    type: 'text',
    name: field.name,
    autocomplete: 'off',
    spellcheck: 'false',
    dir: 'auto',
  })
  /** @type {Choice | null} */
  let chosen = field.value ?? null
  input.value = chosen?.label ?? ''
  const suggestions = createCombobox({
    field: input,
    label: `${field.label}: ${say('suggestions')}`,
    none: say('suggestions.none'),
    search: (text) => searchChoices(persona, field.kind, text.trim()),
    pick(choice) {
      chosen = choice
      input.value = choice.label
      input.dispatchEvent(new Event('change', { bubbles: true }))
    },
  })
  input.addEventListener('input', () => void (chosen = null))
  input.addEventListener('focus', () => input.select())
  input.addEventListener(
    'keydown',
    (event) => suggestions.onKey(event) && event.key !== 'Tab' && event.preventDefault(),
  )
  const inner = el('div', { class: 'searched' }, input, icon('chevron'), suggestions.list)
  const text = () => input.value.trim()
  const read = () => (chosen && chosen.label === input.value ? chosen : { value: text(), label: text() })
  return { ...framed(field, say, { target: input, inner }), read }
}

/** @param {Field} field @param {readonly Choice[]} choices @param {Say} say @returns {Control} */
function folded(field, choices, say) {
  const empty =
    field.optional || !field.value
      ? [el('option', { value: '', text: field.value ? '' : say('form.choose') })]
      : []
  const options = choices.map(({ value, label }) => el('option', { value, text: label }))
  const select = el('select', { name: field.name }, ...empty, ...options)
  select.value = field.value?.value ?? ''
  const inner = el('div', { class: 'folded' }, select, icon('chevron'))
  const read = () => ({ value: select.value, label: select.selectedOptions[0]?.text ?? '' })
  return { ...framed(field, say, { target: select, inner }), read }
}

/** @param {Field} field @param {readonly Choice[]} choices @param {Say} say @returns {Control} */
function radios(field, choices, say) {
  const name = freshId()
  const inputs = choices.map((choice) => {
    const input = el('input', { type: 'radio', name, value: choice.value })
    input.checked = choice.value === field.value?.value
    return { input, choice }
  })
  const inner = el(
    'div',
    { class: 'radios' },
    ...inputs.map(({ input, choice }) => el('label', {}, input, el('span', { text: choice.label }))),
  )
  const target = el('fieldset', { class: 'control' })
  const read = () => inputs.find(({ input }) => input.checked)?.choice ?? { value: '', label: '' }
  return { ...framed(field, say, { target, group: true, inner }), read }
}
