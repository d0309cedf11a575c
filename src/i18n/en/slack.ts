export const slack = {
  'slack.working': 'One moment: I am getting it.',
  'slack.close': 'Close',
  'slack.form.ready': 'The form is ready. It opens only right after a press.',
  'slack.form.open': 'Open the form',
  'slack.form.notTaken': 'What you filled in was not taken:',
  'slack.form.longest': 'In Slack this field takes up to {{most, number}} characters.',
  'slack.home.title': 'Kamerton',
  'slack.home.welcome':
    'I keep the whole picture of your key accounts. To get in, you need an account here with the same e-mail address as in your Slack profile; an administrator makes one. Then open this tab again.',
  'slack.home.find': 'Find any account',
  'slack.home.find.hint': 'Name, part of a name, tax number',

  'slack.app.description': 'The whole picture of your key accounts, one line away',
  'slack.app.longDescription':
    'Kamerton keeps the dossier of every key account: revenue against plan, open deals, overdue invoices, contracts, meetings and the people who decide. Ask for a client by any spelling of the name, in a command, in a direct message or by mentioning the app. Only you see the answers, and only about the accounts that are yours. English and Russian.',
} as const
