import type { console as english } from '../en/console.ts'
import type { RussianOf } from '../keys.ts'

export const console = {
  'console.title': 'Камертон',
  'console.tagline': 'Ассистент для работы с ключевыми клиентами',
  'console.language': 'Язык страницы',
  'console.split': 'Рядом',
  'console.split.hint': 'Показать рядом второго человека',
  'console.split.close': 'Закрыть эту половину',
  'console.panes': 'Люди на этой странице',

  'console.pick.title': 'Кем вы будете?',
  'console.pick.text':
    'Выберите человека. Вы говорите от его имени и видите то, что видно ему, и ничего больше.',
  'console.pick.second': 'А кто рядом? Слева: {{name}}',
  'console.pick.second.text': 'Что делает один, сразу видно у другого, если это его касается.',
  'console.pick.none':
    'Здесь пока никого нет. Загрузите демонстрационные данные или добавьте людей и откройте страницу снова.',
  'console.persona': 'Вы говорите за: {{name}}. Сменить',
  'console.sees.KAM': 'Видит своих клиентов и клиентов своих команд',
  'console.sees.MANAGER': 'Видит клиентов всех подчинённых',
  'console.sees.DIRECTOR': 'Видит всех клиентов',
  'console.sees.FINANCE': 'Видит всех клиентов, ничего не меняет',
  'console.sees.ADMIN': 'Видит всех клиентов, хранит ключи',

  'console.empty.title': 'Здравствуйте, {{name}}',
  'console.empty.text': 'Наберите название клиента или команду. Или нажмите одно из этого:',
  'console.example.mine': 'Мои клиенты: сначала те, кому нужно внимание',
  'console.example.latin': 'Русское название латиницей',
  'console.example.typo': 'Название с пропущенной буквой',
  'console.example.meeting': 'Встреча одной строкой: итоги, настроение и следующий шаг',
  'console.example.followup': 'Обещание с напоминанием',
  'console.example.today': 'Мой день: встречи и обещания',
  'console.try.meeting':
    '/meeting {{account}} вчера 15:00 обсудили цены на год, настроение хорошее, далее: отправить КП до пятницы',
  'console.try.followup': '/followup {{account}} завтра 10:00 позвонить по договору',
  'console.example.settings': 'Язык, часовой пояс, часы работы, валюта',
  'console.example.help': 'Что здесь можно делать',

  'console.thread': 'Разговор с Камертоном, говорит {{name}}',
  'console.composer.label': 'Сообщение, пишет {{name}}',
  'console.composer.placeholder': 'Клиент или /команда',
  'console.composer.send': 'Отправить',
  'console.composer.keys': 'Enter отправляет · ↑ возвращает набранное · / показывает команды',
  'console.suggestions': 'Подсказки',
  'console.suggestions.count': 'Подсказок: {{count}}',
  'console.suggestions.none': 'Ничего не нашлось. Попробуйте написать иначе.',

  'console.you': 'Вы',
  'console.pending': 'Ищу',
  'console.unasked': 'Уведомление',
  'console.unasked.arrived': 'Уведомление, {{name}}: {{text}}',
  'console.answered': 'Новый ответ, {{name}}: {{text}}',
  'console.form.opened': 'Форма: {{title}}',
  'console.form.wrong': 'Посмотрите, пожалуйста, на отмеченные поля.',
  'console.form.optional': 'можно не заполнять',
  'console.form.missing': 'Заполните, пожалуйста.',
  'console.form.cancel': 'Отмена',
  'console.form.choose': 'Выберите',
  'console.repeat':
    'Это сделано ещё до перезапуска, и ответ не сохранился. Спросите снова, чтобы увидеть, как обстоят дела.',

  'console.away': 'Камертон не отвечает. Всё, что вы набрали, цело.',
  'console.away.next': 'Следующая попытка через {{seconds}} с',
  'console.away.now': 'Пробую снова',
  'console.away.retry': 'Попробовать сейчас',
  'console.unsent': 'Ещё не отправлено. Уйдёт, как только Камертон ответит.',
  'console.refused': 'Это не удалось принять.',
  'console.refused.long': 'Это слишком длинно для отправки.',
  'console.refused.again': 'Вернуть в строку',
  'console.gone': 'Этого человека здесь больше нет. Выберите другого.',

  'console.tone.good': 'хорошо',
  'console.tone.warn': 'внимание',
  'console.tone.bad': 'критично',

  'console.terminal.hello':
    'Камертон для вас, {{name}} ({{role}}). Наберите название клиента или команду; список: {{help}}.',
  'console.terminal.choose': 'Наберите номер, чтобы нажать кнопку.',
  'console.terminal.leave': 'Выход: Ctrl-D или /quit.',
  'console.terminal.literal': 'Чтобы ответить самим числом, поставьте перед ним =, например =5',
  'console.terminal.bye': 'До свидания.',
  'console.terminal.repeat': 'На это уже есть ответ.',

  'console.try.discount': '/discount {{account}} 14% {{product}} ?',
  'console.example.discount': 'Кто и почему решал бы о скидке; запрос не отправляется',
  'console.example.approvals': 'Скидки, которые ждут моего решения',
} as const satisfies RussianOf<typeof english>
