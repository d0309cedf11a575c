import type { telegram as english } from '../en/telegram.ts'
import type { RussianOf } from '../keys.ts'

export const telegram = {
  'telegram.shortDescription': 'Всё о ваших ключевых клиентах одной строкой. Работает в личном чате.',
  'telegram.command.start': 'Начать или подключить этот чат',
  'telegram.command.cancel': 'Выйти из открытого вопроса',

  'telegram.onlyText':
    'Пока я читаю только текст. Наберите название клиента или команду; /help покажет, что я умею.',
  'telegram.forwarded': 'Пересланное сообщение для меня не команда. Наберите строку сами, и я отвечу.',
  'telegram.privateOnly': 'Я отвечаю только в личном чате, где нас не читают другие. Напишите мне: {{bot}}.',
  'telegram.choose': 'Выберите:',
} as const satisfies RussianOf<typeof english>
