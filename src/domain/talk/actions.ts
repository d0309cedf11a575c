import { wordsHere } from './plain.ts'

/** Verbs with which a promise begins. */
const ENGLISH =
  'send|call|phone|ring|prepare|e-?mail|write|check|ask|schedule|arrange|book|agree|share|submit|provide|confirm|follow up|get|give|make|set up|update|draft|review|order|deliver|show|present|calculate|invite|remind|organi[sz]e|sign|fix|bring|return|resolve|clarify|find|introduce|finali[sz]e|quote|approve|pay|test|ship|add|put|collect|meet|visit|discuss|come back|reply|answer|forward|issue|negotiate|offer|demo|talk|chase|ping|recalculate'
export const FIRST_PERSON =
  'отправлю|отправим|пришлю|пришлем|вышлю|вышлем|скину|скинем|подготовлю|подготовим|сделаю|сделаем|согласую|согласуем|уточню|уточним|передам|передадим|посчитаю|посчитаем|рассчитаю|рассчитаем|пересчитаю|пересчитаем|покажу|покажем|дам|дадим|отвечу|ответим|вернусь|вернемся|организую|организуем|привезу|привезем|закажу|закажем|направлю|направим|подпишу|подпишем|оформлю|оформим|проверю|проверим|перезвоню|перезвоним|напишу|напишем|выставлю|выставим|соберу|соберем|обновлю|обновим|отгрузим|отгружу'
export const THIRD_PERSON =
  'пришл(?:ет|ют)|отправ(?:ит|ят)|вышл(?:ет|ют)|подготов(?:ит|ят)|подпиш(?:ет|ут)|оплат(?:ит|ят)|согласу(?:ет|ют)|да(?:ст|дут)|ответ(?:ит|ят)|подтверд(?:ит|ят)|верн(?:ет|ут|ется|утся)|перед(?:аст|адут)|покаж(?:ет|ут)|сдела(?:ет|ют)|сообщ(?:ит|ат)|скин(?:ет|ут)|уточн(?:ит|ят)|реш(?:ит|ат)|направ(?:ит|ят)|провер(?:ит|ят)|перезвон(?:ит|ят)|предостав(?:ит|ят)|напиш(?:ет|ут)|размест(?:ит|ят)|закаж(?:ет|ут)|провед(?:ет|ут)'
export const THIRD_PLURAL =
  'пришлют|отправят|вышлют|подготовят|подпишут|оплатят|согласуют|дадут|ответят|подтвердят|вернут|вернутся|передадут|покажут|сделают|сообщат|скинут|уточнят|решат|направят|проверят|перезвонят|предоставят|напишут|разместят|закажут|проведут'
const INFINITIVE = '\\p{L}{1,20}(?:[аяиеуыо]ть|[сзй]ти|ться|тись|чь)'

const ACTION = wordsHere(`(?:to )?(?:${ENGLISH})|${INFINITIVE}|${FIRST_PERSON}`)

/** True when a promise may begin at this place. */
export function isActionAt(text: string, at: number): boolean {
  ACTION.lastIndex = at
  return ACTION.test(text)
}
