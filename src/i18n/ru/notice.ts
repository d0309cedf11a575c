import type { RussianOf } from '../keys.ts'
import type { notice as english } from '../en/notice.ts'

export const notice = {
  'notice.agenda': 'Ваш день: {{day}}',
  'notice.insteadOf': 'Вы замещаете: {{name}}.',

  'notice.weekly': 'Неделя вашей команды',
  'notice.weekly.broken_one': 'Просроченные обещания: {{count, number}}',
  'notice.weekly.broken_few': 'Просроченные обещания: {{count, number}}',
  'notice.weekly.broken_many': 'Просроченные обещания: {{count, number}}',
  'notice.weekly.broken_other': 'Просроченные обещания: {{count, number}}',
  'notice.weekly.since': 'срок: {{day}}',
  'notice.weekly.silent_one':
    'Ключевые клиенты давно без контакта и без назначенной встречи: {{count, number}}',
  'notice.weekly.silent_few':
    'Ключевые клиенты давно без контакта и без назначенной встречи: {{count, number}}',
  'notice.weekly.silent_many':
    'Ключевые клиенты давно без контакта и без назначенной встречи: {{count, number}}',
  'notice.weekly.silent_other':
    'Ключевые клиенты давно без контакта и без назначенной встречи: {{count, number}}',
  'notice.weekly.changed': 'Что изменилось',
  'notice.weekly.won': 'Выиграна сделка',
  'notice.weekly.lost': 'Проиграна сделка',
  'notice.weekly.ends': 'договор {{number}} заканчивается {{day}}',
  'notice.weekly.risk': 'Новые в зоне риска',
  'notice.weekly.more_one': 'Ещё {{count, number}} здесь не показано.',
  'notice.weekly.more_few': 'Ещё {{count, number}} здесь не показаны.',
  'notice.weekly.more_many': 'Ещё {{count, number}} здесь не показаны.',
  'notice.weekly.more_other': 'Ещё {{count, number}} здесь не показаны.',

  'notice.unreachable': '{{name}}: мои сообщения больше не доходят',
  'notice.unreachable.hint':
    'Всё, что предназначено этому сотруднику, я храню и отправлю, как только он снова мне напишет.',
  'notice.departed': '{{name}} больше не в команде, и напоминания никому не приходят',
  'notice.departed.hint': 'Их стоит кому-то передать.',
  'notice.departed.calm': 'Открытых обещаний за этим сотрудником нет.',
  'notice.open_one': 'Клиентам дано {{count, number}} открытое обещание.',
  'notice.open_few': 'Клиентам даны {{count, number}} открытых обещания.',
  'notice.open_many': 'Клиентам дано {{count, number}} открытых обещаний.',
  'notice.open_other': 'Клиентам дано {{count, number}} открытых обещания.',
} as const satisfies RussianOf<typeof english>
