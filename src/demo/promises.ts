import type { PromisedBy } from '../domain/follow-ups/follow-up.ts'
import type { Repeat } from '../domain/follow-ups/repeat.ts'

/**
 * What was promised at a client. `due` and `done` are in days from today; a `weekly` one is due on its next weekday
 * (Monday is 1) and was kept and missed so often before.
 */
export type Promised = Readonly<{
  by: PromisedBy
  what: string
  contact?: string
  due?: number
  done?: number
  time?: string
  urgent?: true
  weekly?: Readonly<{ weekday: number; kept: number; missed: number }>
}>

/** By the client's key. The first of «Ромашка» is the one that the console reminds of soon after the demo is laid. */
export const PROMISES: Readonly<Record<string, readonly Promised[]>> = {
  romashka: [
    { ...ours('Отправить Савельеву акт о простое', 0), urgent: true },
    theirs('Игорь Савельев', 'Подписать акт сверки', -3),
    done(ours('Прислать план монтажа второй линии', -30), -31),
    done(ours('Посчитать окупаемость за три года', -12), -10),
  ],
  bereg: [ours('Перезвонить Фролову, он вернулся', -1)],
  verhrechye: [
    ours('Ответить про два комплекта фильтров на складе', 2),
    done(theirs('Роман Щербаков', 'Прислать протокол замеров', -20), -21),
  ],
  'teply-hleb': [weekly('Спросить Мухина, где были выезды', 1, '10:00', 7, 1)],
  gornodol: [
    ours('Ответить Корж про скидку 4 % за предоплату', 0),
    done(theirs('Антон Шилов', 'Прислать план цеха', -40), -37),
    done(ours('Отправить смету по воздуховоду', -25), -25),
  ],
  vetluga: [ours('Прислать Бергеру сравнение с Kaltwind', -1)],
  belkin: [
    theirs('Тамара Носова', 'Прислать график оплаты долга', -6),
    weekly('Сверить долг с бухгалтерией', 5, '15:00', 9, 2),
  ],
  nordlicht: [
    ours('Send Henrike the heat recovery figures for her board paper', 0),
    theirs('Jörg Petersen', 'Answer on the price for brewhouse 3', -2),
    done(ours('Send Malte the method for measuring leaks', -26), -27),
  ],
  rheinperle: [
    ours('One page for Dr. Stamm on spares kept on site', -1),
    done(ours('New drawing of the seal', -35), -32),
  ],
  bergmann: [weekly('Ask Katrin about the instalments', 4, '09:30', 5, 0)],
  'acme-industries': [
    ours('Send Greg the corrected delivery note', 0),
    theirs('Marcus Oyelaran', 'Comments on the price cap', -4),
    done(ours('Leak report of line 7', -18), -19),
  ],
  'prairie-steel': [
    ours('Payment plan in writing for Priya', -1),
    done(ours('List of open orders', -50), -46),
  ],
  'acme-logistics': [weekly('Ask Hector about the doors of the cold stores', 2, '11:00', 6, 1)],
}

function ours(what: string, due: number): Promised {
  return { by: 'US', what, due }
}

function theirs(contact: string, what: string, due: number): Promised {
  return { by: 'CLIENT', contact, what, due }
}

function done(promised: Promised, on: number): Promised {
  return { ...promised, done: on }
}

function weekly(what: string, weekday: number, time: string, kept: number, missed: number): Promised {
  return { by: 'US', what, time, weekly: { weekday, kept, missed } }
}

export const repeatOf = ({ weekly: turn }: Promised): Repeat | null =>
  turn ? { every: 'week', interval: 1, weekdays: [turn.weekday] } : null
