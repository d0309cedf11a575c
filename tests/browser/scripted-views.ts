import type { OpenForm } from '../../src/commands/kit/form.ts'
import { type Block, parts, plain, say, type Text, type View } from '../../src/commands/kit/view.ts'

const eur = (amount: string) => say('money', { money: { money: { amount, currency: 'EUR' } } })
const sums = (amount: string) => ({ list: [eur(amount)] })

const stage = (name: string, deals: number) => plain(`${name}: ${deals}`)
const met = (day: string) => say('account.people.lastMet', { day: { day } })
const row = (number: string, amount: string, day: string, state: Text) => [
  plain(number),
  eur(amount),
  say('when', { when: { day } }),
  parts(state),
]

/** An account card with every kind of block, as rich as the real one, about a company of this name. */
export function accountCard(name: string, id: string): View {
  return [
    { kind: 'heading', text: plain(name), badge: { text: say('health.level.risk'), tone: 'bad' } },
    {
      kind: 'text',
      text: parts(
        say('account.tier', { tier: 'A' }),
        say('account.delegation', { level: 'D3' }),
        plain('Machine building'),
        plain('Rotterdam'),
        say('labelled', { label: say('account.taxNumber'), value: plain('NL861234567B01') }),
      ),
    },
    {
      kind: 'list',
      items: [
        {
          text: say('health.overdue', { sum: { money: { amount: '84200', currency: 'EUR' } }, count: 34 }),
          tone: 'bad',
        },
        { text: say('health.silent', { count: 41 }), tone: 'warn' },
        { text: say('health.revenueUp', { share: { share: 0.18 } }), tone: 'good' },
      ],
    },
    {
      kind: 'fields',
      fields: [
        { label: say('account.owner'), value: plain('Anna Petrova') },
        { label: say('account.team'), value: plain('Boris Klein and Li Wei') },
      ],
    },
    ...moneyAndNext(),
    ...meetingsAndPeople(),
    { kind: 'note', text: say('account.missing', { what: { list: [say('account.missing.contract')] } }) },
    { kind: 'divider' },
    cardButtons(id),
  ]
}

function cardButtons(id: string): Block {
  const args = { id }
  return {
    kind: 'buttons',
    buttons: [
      { label: say('account.button.people'), command: 'account-people', args, style: 'primary' },
      { label: say('account.button.deals'), command: 'account-deals', args },
      { label: say('account.button.invoices'), command: 'account-invoices', args },
      { label: say('account.button.meetings'), command: 'account-meetings', args },
      { label: say('account.button.mine'), command: 'account', args: {} },
    ],
  }
}

function moneyAndNext(): Block[] {
  const change = { share: { change: 0.18 }, year: '2025', sums: sums('1040000') }
  const plan = { share: { share: 0.71 }, sums: sums('1720000'), passed: { share: 0.9 } }
  const late = { sums: sums('84200'), count: 3, since: { day: '2026-10-20' }, ago: { daysAway: -34 } }
  return [
    {
      kind: 'fields',
      title: say('account.money'),
      fields: [
        {
          label: say('account.revenue', { year: '2026' }),
          value: parts(eur('1227400'), say('account.revenue.change', change)),
        },
        { label: say('account.plan', { year: '2026' }), value: say('account.plan.done', plan) },
        { label: plain('Pipeline'), value: parts(stage('Offer', 2), eur('310000')) },
        { label: plain(''), value: parts(stage('Negotiation', 1), eur('95500.50')) },
        { label: say('account.overdue'), value: say('account.overdue.value', late), tone: 'bad' },
      ],
    },
    {
      kind: 'fields',
      title: say('account.next'),
      fields: [
        {
          label: say('account.next.meeting'),
          value: say('account.next.when', {
            when: { instant: '2026-11-26T09:00:00Z' },
            ago: { daysAway: 3 },
          }),
        },
        {
          label: say('account.next.contract', { number: plain('K-2024/17') }),
          value: say('account.next.contractEnds', { day: { day: '2026-12-31' }, ago: { daysAway: 38 } }),
          tone: 'warn',
        },
      ],
    },
  ]
}

function meetingsAndPeople(): Block[] {
  return [
    {
      kind: 'list',
      title: say('account.last'),
      items: [
        {
          text: parts(
            say('when', { when: { day: '2026-10-13' } }),
            say('meeting.kind.VISIT'),
            say('mood.GOOD'),
            plain(
              'Went through the 2027 price list; they want the volume bonus in writing before the budget round',
            ),
          ),
        },
        {
          text: parts(
            say('when', { when: { day: '2026-09-02' } }),
            say('meeting.kind.CALL'),
            say('mood.BAD'),
            plain('Late delivery'),
          ),
        },
      ],
    },
    {
      kind: 'list',
      title: say('account.people'),
      items: [
        {
          text: parts(
            plain('Maarten de Vries'),
            plain('CPO'),
            say('contact.influence.DECISION_MAKER'),
            met('2026-10-13'),
          ),
        },
        {
          text: parts(
            plain('Ольга Смирнова'),
            say('contact.influence.INFLUENCER'),
            say('account.people.neverMet'),
          ),
        },
      ],
    },
    {
      kind: 'fields',
      title: say('account.dossier'),
      fields: [
        {
          label: say('account.goals'),
          value: plain('Second line in Gdansk by spring, with one supplier for both'),
        },
        { label: say('account.dossier.filled'), value: say('account.dossier.of', { filled: 7, parts: 10 }) },
        { label: say('account.dossier.ask'), value: say('account.ask.competitors') },
      ],
    },
  ]
}

/** A table that is wider than a telephone. */
export function invoicesOf(name: string, id: string): View {
  const late = say('account.invoices.late', { money: { money: { amount: '42100', currency: 'EUR' } } })
  return [
    { kind: 'heading', text: say('account.invoices.title', { name: plain(name) }) },
    {
      kind: 'table',
      columns: [
        { label: plain('Number') },
        { label: plain('Amount'), align: 'end' },
        { label: plain('Due') },
        { label: plain('State') },
      ],
      rows: [
        row('INV-2026-00871', '42100', '2026-10-20', late),
        row(
          'INV-2026-00903',
          '118250.40',
          '2026-12-04',
          say('account.invoices.open', { money: { money: { amount: '118250.40', currency: 'EUR' } } }),
        ),
        row(
          'INV-2026-00688',
          '9600',
          '2026-08-15',
          say('account.invoices.paid', { day: { day: '2026-08-12' } }),
        ),
      ],
    },
    {
      kind: 'buttons',
      buttons: [
        { label: say('account.button.back', { name: plain(name) }), command: 'account', args: { id } },
      ],
    },
  ]
}

export function myAccounts(accounts: readonly Readonly<{ id: string; name: string }>[]): View {
  const levels = ['risk', 'watch', 'steady', 'thriving'] as const
  const tones = { risk: 'bad', watch: 'warn', steady: null, thriving: 'good' } as const
  return [
    { kind: 'heading', text: say('account.mine', { count: 14 }) },
    {
      kind: 'list',
      items: accounts.map(({ name }, index) => {
        const level = levels[Math.min(index, 3)] ?? 'steady'
        const tone = tones[level]
        const text = parts(plain(name), say('account.tier', { tier: 'AAB'[index % 3] ?? 'C' }), {
          key: `health.level.${level}`,
        })
        return { text, ...(tone && { tone }) }
      }),
    },
    {
      kind: 'buttons',
      buttons: accounts.map(({ id, name }) => ({ label: plain(name), command: 'account', args: { id } })),
    },
    { kind: 'note', text: say('account.notFound.hint') },
  ]
}

export function settingsForm(values: OpenForm['values'], errors: OpenForm['errors']): OpenForm {
  return {
    command: 'settings-save',
    values,
    errors,
    form: {
      title: 'settings.form',
      submit: 'settings.save',
      fields: [
        {
          name: 'language',
          label: 'settings.language',
          kind: 'choice',
          choices: [
            { value: 'en', label: say('language.en') },
            { value: 'ru', label: say('language.ru') },
          ],
        },
        { name: 'account', label: 'account.owner', kind: 'account', optional: true },
        { name: 'timeZone', label: 'settings.timeZone', kind: 'timeZone', hint: 'settings.timeZone.hint' },
        { name: 'currency', label: 'settings.currency', kind: 'currency', hint: 'settings.currency.hint' },
        {
          name: 'preferredChat',
          label: 'settings.preferredChat',
          kind: 'choice',
          optional: true,
          choices: [
            { value: 'LAST', label: say('settings.preferredChat.none') },
            { value: 'SLACK', label: say('platform.SLACK') },
          ],
        },
      ],
    },
  }
}
