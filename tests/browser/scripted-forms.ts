import type { OpenForm } from '../../src/commands/kit/form.ts'
import { plain, say, type View } from '../../src/commands/kit/view.ts'

/** A form as long as that of a meeting, with a paragraph and a value that is not shown. */
export function logForm(note = ''): OpenForm {
  const moods = (['GOOD', 'NEUTRAL', 'BAD'] as const).map((value) => ({ value, label: say(`mood.${value}`) }))
  const kinds = (['VISIT', 'CALL', 'ONLINE', 'INFORMAL'] as const).map((value) => ({
    value,
    label: say(`meeting.kind.${value}`),
  }))
  const known: OpenForm['values'] = {
    account: { value: 'a1', label: plain('Acme Industries GmbH') },
    meeting: { value: 'm1', label: plain('m1') },
  }
  return {
    command: 'log',
    values: note === '' ? known : { ...known, note: { value: note, label: plain(note) } },
    errors: {},
    form: {
      title: 'account.next.meeting',
      submit: 'settings.save',
      fields: [
        { name: 'account', label: 'account.owner', kind: 'account' },
        { name: 'when', label: 'account.next', kind: 'line', hint: 'settings.timeZone.hint', optional: true },
        { name: 'kind', label: 'account.last', kind: 'choice', choices: kinds, optional: true },
        { name: 'mood', label: 'account.goals', kind: 'choice', choices: moods },
        { name: 'people', label: 'account.people', kind: 'line', optional: true },
        { name: 'place', label: 'account.team', kind: 'line', optional: true },
        { name: 'note', label: 'account.dossier', kind: 'paragraph', hint: 'settings.currency.hint' },
        { name: 'next', label: 'account.dossier.ask', kind: 'paragraph', optional: true },
      ],
    },
  }
}

/** What comes by itself, with as many ways on as a follow-up has. */
export function reminder(what: string): View {
  const args = { id: 'f1' }
  return [
    { kind: 'heading', text: plain(what), badge: { text: say('account.overdue'), tone: 'warn' } },
    {
      kind: 'fields',
      fields: [
        { label: say('account.owner'), value: plain('Acme Industries GmbH') },
        {
          label: say('account.next'),
          value: say('account.next.when', {
            when: { instant: '2026-11-23T09:00:00Z' },
            ago: { daysAway: 0 },
          }),
        },
      ],
    },
    {
      kind: 'buttons',
      buttons: [
        { label: plain('Done'), command: 'account-invoices', args, style: 'primary' },
        { label: plain('+1 hour'), command: 'account', args },
        { label: plain('Tomorrow'), command: 'account', args },
        { label: plain('Next week'), command: 'account', args },
        { label: plain('Not relevant'), command: 'account', args, style: 'danger' },
      ],
    },
  ]
}
