import type { telegram as english } from '../en/telegram.ts'
import type { RussianOf } from '../keys.ts'

export const telegram = {
  'telegram.shortDescription': 'Всё о ваших ключевых клиентах одной строкой. Работает в личном чате.',
  'telegram.command.start': 'Начать или подключить этот чат',
  'telegram.command.cancel': 'Выйти из открытого вопроса',

  'telegram.useless':
    'С таким сообщением я ничего не могу сделать. Я принимаю текст, геопозицию, контакт, фото, голосовое, видео или файл; /help покажет, для чего.',
  'telegram.forwarded':
    'Пересланное сообщение я не принимаю за ваш собственный отчёт. Чтобы записать встречу, скопируйте текст и отправьте его после /meeting.',
  'telegram.shareLocation': 'Или отправьте свою геопозицию: я назову клиентов поблизости.',
  'telegram.privateOnly': 'Я отвечаю только в личном чате, где нас не читают другие. Напишите мне: {{bot}}.',
  'telegram.choose': 'Выберите:',
} as const satisfies RussianOf<typeof english>
