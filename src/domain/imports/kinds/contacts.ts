import type { Definition } from '../definition.ts'
import { email, line, oneOf, phone } from '../readings.ts'
import { ATTITUDE_WORDS, INFLUENCE_WORDS } from '../words.ts'
import { account, externalId } from './column-headers.ts'

export const contacts: Definition = {
  kind: 'contacts',
  fields: [
    externalId('contact_id', 'person_id', 'код контакта'),
    account,
    {
      name: 'name',
      reading: line,
      headers: [
        [
          'contact',
          'contact_name',
          'full name',
          'person',
          'имя',
          'фио',
          'ф. и. о.',
          'контакт',
          'контактное лицо',
        ],
      ],
      required: true,
    },
    { name: 'position', reading: line, headers: [['title', 'job title', 'job', 'должность']] },
    {
      name: 'email',
      reading: email,
      headers: [['e-mail', 'mail', 'email address', 'почта', 'электронная почта', 'эл. почта']],
    },
    {
      name: 'phone',
      reading: phone,
      headers: [['phone number', 'telephone', 'tel', 'mobile', 'телефон', 'мобильный']],
    },
    { name: 'language', reading: line, headers: [['lang', 'язык']] },
    {
      name: 'influence',
      reading: oneOf(INFLUENCE_WORDS),
      headers: [['influence role', 'buying role', 'влияние', 'роль в решении']],
    },
    { name: 'attitude', reading: oneOf(ATTITUDE_WORDS), headers: [['relation', 'отношение']] },
  ],
  identifiedBy: ['account', 'name', 'email'],
}
