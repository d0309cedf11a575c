export const away = {
  'away.summary': 'When you are away, and who stands in for you',
  'away.example': '/away 1–14 December Boris',
  'away.title': 'Absence',
  'away.mine': 'You are away',
  'away.theirs': 'You stand in for',
  'away.none': 'You have no absence planned.',
  'away.none.hint': 'One line is enough: /away 1–14 December Boris',
  'away.day': '{{day}}',
  'away.days': '{{from}} – {{until}}',
  'away.from': 'From {{day}}',
  'away.until': 'Until {{day}}',
  'away.now': 'now',
  'away.standsIn': '{{name}} stands in',
  'away.substitute': 'Substitute',
  'away.substitute.hint': 'A name or an e-mail address',

  'away.added': 'Planned.',
  'away.already': 'This is planned already.',
  'away.restored': 'Undone: the absence stands as it was.',
  'away.card': 'Away: {{days}}',
  'away.lends.own_one':
    'In these days {{name}} sees your {{count, number}} account and gets your reminders, briefs, questions and approvals.',
  'away.lends.own_other':
    'In these days {{name}} sees your {{count, number}} accounts and gets your reminders, briefs, questions and approvals.',
  'away.lends.tree_one':
    'In these days {{name}} sees {{count, number}} account, yours and those of everyone below you, and gets your reminders, briefs, questions and approvals.',
  'away.lends.tree_other':
    'In these days {{name}} sees {{count, number}} accounts, yours and those of everyone below you, and gets your reminders, briefs, questions and approvals.',
  'away.lends.none':
    'In these days {{name}} gets your reminders, briefs, questions and approvals. You have no accounts to pass on.',
  'away.lends.all':
    '{{name}} sees every account in any case, and in these days gets your reminders, briefs, questions and approvals.',
  'away.lends.notAll': 'That you see every account belongs to your role and does not pass on.',
  'away.onBehalf': 'Whatever is done for you is recorded in the name of who did it, on your behalf.',
  'away.behind':
    '{{name}} is away too: {{days}}. {{behind}} gets your reminders and approvals then, but your accounts are not passed on a second time.',
  'away.nobodyBehind':
    '{{name}} is away too: {{days}}. Nobody stands behind them, so think of choosing somebody else.',

  'away.ended': 'Welcome back. Your absence is over as of today.',
  'away.cancelled': 'Cancelled: {{days}}.',
  'away.takenBack': '{{name}} no longer gets anything of yours.',

  'away.button.plan': 'Plan an absence',
  'away.button.end': 'End now',
  'away.button.cancel': 'Cancel {{day}}',
  'away.button.undo': 'Undo',

  'away.askDays': 'When are you away?',
  'away.askWhich': 'Which days do you mean?',
  'away.askDays.other': 'Other days',
  'away.askUntil': 'Away from {{day}}. Until when?',
  'away.askUntil.same': 'That day alone',
  'away.askSubstitute': 'Who stands in for you?',
  'away.askSubstitute.other': 'Somebody else',

  'away.form': 'Absence',
  'away.form.submit': 'Plan',
  'away.form.from': 'First day',
  'away.form.from.hint': 'In your own words: tomorrow, 1 December, 1–14 December',
  'away.form.until': 'Last day',
  'away.form.until.hint': 'It counts too. Leave it empty for a single day.',

  'away.problem.past': 'Those days are over. Name days that are still to come, such as: 1–14 December.',
  'away.problem.backwards': 'The last day is before the first one. Write them in order: 1–14 December.',
  'away.problem.tooLong': 'An absence is at most a year long. Name a nearer last day.',
  'away.problem.tooFar': 'That is more than a year away. Name a nearer day.',
  'away.problem.noSuchDay': 'There is no such day. Write it like this: 1–14 December, or tomorrow.',
  'away.problem.doubtful': 'That can mean two things. Write the days in full, such as: 1–14 December 2026.',
  'away.problem.nobody': 'I find no colleague called “{{name}}”. The days are kept.',
  'away.problem.several': 'Several colleagues are called “{{name}}”. Choose one.',
  'away.problem.unknown': 'This colleague is no longer here. Choose somebody else.',
  'away.problem.left': '{{name}} is no longer in the team. Choose somebody else.',
  'away.problem.oneself': 'You cannot stand in for yourself. Choose a colleague.',
  'away.problem.overlap':
    'You have an absence on some of these days: {{days}}, and {{name}} stands in. End or cancel it first.',
  'away.problem.loop':
    '{{name}} cannot stand in for you: {{name}} is away {{days}}, and you stand in for them then. In your absence nobody would be left.',
  'away.problem.longLoop':
    '{{name}} cannot stand in for you: the chain of substitutes leads back to you, because you stand in for {{last}}, who is away {{days}}.',

  'error.away.gone': 'This absence is over or was cancelled already.',
  'error.awayDays': 'I cannot find a day in that. Write it like this: 1–14 December, tomorrow, next week.',
  'error.awayWho': 'Say who stands in for you: a name or an e-mail address.',

  'notice.absence': '{{name}} is away: {{days}}',
  'notice.absence.substitute': '{{name}} stands in.',
  'notice.absence.you': 'You stand in for {{name}}: {{days}}',
  'notice.absence.onBehalf': 'What you do for {{name}} is recorded as yours, on their behalf.',
  'notice.absence.over': 'The absence of {{name}} is over or called off',
  'notice.absence.over.days': 'It was planned for {{days}}.',
  'away.gets.all': 'In these days you get their reminders, briefs, questions and approvals.',
  'away.gets.none':
    'In these days you get their reminders, briefs, questions and approvals. They have no accounts.',
  'away.gets.accounts_one':
    'In these days you see their {{count, number}} account and get their reminders, briefs, questions and approvals.',
  'away.gets.accounts_other':
    'In these days you see their {{count, number}} accounts and get their reminders, briefs, questions and approvals.',
} as const
