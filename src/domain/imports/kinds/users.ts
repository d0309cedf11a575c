import type { Definition } from '../definition.ts'
import { currency, email, line, oneOf, timeZone, userName, yesNo } from '../readings.ts'
import { DELEGATION_WORDS, LANGUAGE_WORDS, ROLE_WORDS } from '../words.ts'
import { externalId } from './column-headers.ts'

export const users: Definition = {
  kind: 'users',
  fields: [
    externalId('user_id', 'employee_id', 'sales_person_id', 'табельный номер'),
    {
      name: 'email',
      reading: email,
      headers: [['e-mail', 'mail', 'email address', 'почта', 'электронная почта', 'эл. почта', 'эл почта']],
      required: true,
    },
    {
      name: 'name',
      reading: line,
      headers: [['full name', 'user name', 'sales_agent', 'employee', 'имя', 'фио', 'ф. и. о.', 'сотрудник']],
      required: true,
    },
    { name: 'role', reading: oneOf(ROLE_WORDS), headers: [['роль']], required: true },
    {
      name: 'manager',
      reading: userName,
      headers: [
        ['manager_email', 'manager_id', 'почта руководителя'],
        ['manager', 'manager_name', 'reports to', 'boss', 'руководитель', 'начальник'],
      ],
      tree: true,
    },
    { name: 'language', reading: oneOf(LANGUAGE_WORDS), headers: [['lang', 'locale', 'язык']] },
    { name: 'timeZone', reading: timeZone, headers: [['time_zone', 'tz', 'часовой пояс']] },
    { name: 'currency', reading: currency, headers: [['валюта']] },
    {
      name: 'delegationLevel',
      reading: oneOf(DELEGATION_WORDS),
      headers: [['delegation', 'delegation_level', 'level', 'уровень делегирования', 'делегирование']],
    },
    { name: 'active', reading: yesNo, headers: [['enabled', 'is active', 'активен', 'работает']] },
  ],
  identifiedBy: ['email'],
  naturalKey: 'email',
  distinct: ['email'],
  complete: (values) => (values['active'] === null ? { ...values, active: true } : values),
}
