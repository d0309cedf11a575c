import { EN, RU, type SaidDiscount } from './discount-table.ts'

/**
 * Written after the parser. At first sight 31 of these 40 were understood as a whole; two answers turned out to be at odds
 * with the rules (`9,100` is a thousand, a lone dash falls), and what was mended for the rest was mended for every line.
 */
export const HELD_OUT: readonly SaidDiscount[] = [
  ...RU([
    [
      'Лента просит 10% на Care Standard, конкуренты дали 4200 евро за год',
      'A Лента | P 10% | S Care Standard | R 4200 EUR | W просит, конкуренты дали 4200 евро за год',
    ],
    ['нужна скидка 6,5% магниту на 30 шт aero dry 10', 'A Магнит | P 6.5% | S Aero Dry 10 | Q 30'],
    [
      'Магнит, Pilot Control, 15%, берут 40 комплектов до конца года',
      'A Магнит | P 15% | S Pilot Control | G VOLUME берут 40 комплектов @2026-12-31',
    ],
    [
      'Северсталь хочет P-500 по 25500 евро вместо 27300, иначе уйдут к Грундфос',
      'A Северсталь | P net 25500 EUR | S Hydro P-500 | W хочет, иначе уйдут к Грундфос',
    ],
    ['5 процентов Уралмашу, взамен 100% предоплата', 'A Уралмаш | P 5% | G PREPAYMENT 100% предоплата'],
    [
      'Уралмаш hydro p 500 скидка 2000 евро и 30 дней отсрочки',
      'A Уралмаш | P off 2000 EUR | S Hydro P-500 | D 30',
    ],
    [
      'можно дать ТехноНИКОЛЮ 9% на компрессорную станцию?',
      'A ТехноНИКОЛЬ | P 9% | S Компрессорная станция Aero K-90 | ?',
    ],
    [
      'ТехноНИКОЛЬ 9 % на станцию K90 если подпишут договор до 15.12',
      'A ТехноНИКОЛЬ | P 9% | S Компрессорная станция Aero K-90 | G DATE подпишут договор @2026-12-15',
    ],
    ['Вкусвил сервис 24/7 минус 8%', 'A ВкусВилл | P 8% | S Care 24/7 | W сервис'],
    [
      'Ромашка скидка 8 % на запчасти, срок действия до 15 января',
      'A Ромашка | P 8% | U 2027-01-15 | W на запчасти',
    ],
    [
      'прошу 3% доп. скидки для Ленты на GTX Pro, клиент обещает рекомендацию Магниту',
      'A Лента | P 3% | S GTX Pro | G REFERRAL клиент обещает рекомендацию Магниту',
    ],
    [
      'GTX Pro Ленте по 7900, конкурент — 7800',
      'A Лента | P net 7900 | S GTX Pro | R 7800 | W конкурент 7800',
    ],
    ['Лента GTX Pro скидка 500 рублей с штуки', 'A Лента | P off 500 RUB | S GTX Pro | W с штуки'],
    ['скидку в 11% деловым линиям, отсрочка платежа 14 календарных дней', 'A Деловые Линии | P 11% | D 14'],
    [
      'Деловые Линии: -11%; предоплата 70% до 5 декабря; крупный клиент',
      'A Деловые Линии | P 11% | G PREPAYMENT предоплата 70% @2026-12-05 | W крупный клиент',
    ],
    ['сибирский берег гтх 5% тк первый заказ', 'A Сибирский берег | P 5% | S GTX Pro | W первый заказ'],
    [
      'Сибирский берег, мотив: у конкурента дешевле на 7%, прошу 5% на парт кит',
      'A Сибирский берег | P 5% | S Parts kit | W мотив: у конкурента дешевле на 7%',
    ],
    [
      'Газпром нефть 150 шт Acid 98%, 3,5%, оплата 60 дней',
      'A Газпром нефть | P 3.5% | S Acid 98% | Q 150 | D 60',
    ],
    ['Газпром нефти скинуть ещё 2% по котельной', 'A Газпром нефть | P 2% | S Модернизация котельной'],
    ['десять процентов ромашке за предоплату', 'A Ромашка | P 10% | G PREPAYMENT предоплату'],
  ]),
  ...EN([
    [
      'Need 8% for Northwind Traders on Care Standard, they were promised it last year',
      'A Northwind Traders | P 8% | S Care Standard | W they were promised it last year',
    ],
    [
      'Globex wants GTX Pro at 9,100 EUR, list is 10,000',
      'A Globex | P net 9100 EUR | S GTX Pro | W wants, list is 10,000',
    ],
    ['Globex: 6.5 % discount on P500, payment terms 45 days', 'A Globex | P 6.5% | S Hydro P-500 | D 45'],
    [
      'Initech 15% off Pilot Control if they commit to 50 units by end of January',
      'A Initech | P 15% | S Pilot Control | G VOLUME they commit to 50 units @2027-01-31',
    ],
    [
      'can I give Initech 20% on the warehouse phase 2 deal?',
      'A Initech | P 20% | S Warehouse automation phase 2 | ?',
    ],
    [
      'Contoso, GTX Pro, 9%, rival quoted 8,750.00 USD',
      'A Contoso | P 9% | S GTX Pro | R 8750 USD | W rival quoted 8,750.00 USD',
    ],
    [
      'Deutsche Bahn aero k90 7% valid till 31.12.2026 since the tender closes',
      'A Deutsche Bahn | P 7% | S Компрессорная станция Aero K-90 | U 2026-12-31 | W the tender closes',
    ],
    [
      'take 300 euros off the Aero Dry for Wayne Enterprises',
      'A Wayne Enterprises | P off 300 EUR | S Aero Dry 10',
    ],
    [
      'Wayne Enterprises minus 5 percent, prepaid 100%',
      'A Wayne Enterprises | P 5% | G PREPAYMENT prepaid 100%',
    ],
    [
      'Blue Sky Logistics 4% 25 pieces K-40, loyal customer, never late',
      'A Blue Sky Logistics | P 4% | S Aero K-40 | Q 25 | W loyal customer, never late',
    ],
    ['12 % stark industries hydro 200', 'A Stark Industries | P 12% | S Hydro P-200'],
    [
      'Stark Industries special price 26000 for the P-500 in exchange for a case study',
      'A Stark Industries | P net 26000 | S Hydro P-500 | G OTHER a case study',
    ],
    [
      'Johnson & Johnson 10%, competitor (Festo) is at 17,500.50 €, K-40',
      'A Johnson & Johnson | P 10% | S Aero K-40 | R 17500.5 EUR | W competitor (Festo) is at 17,500.50 €',
    ],
    [
      'drop the price by 10% for Acme, they will sign this week',
      'A Acme | P 10% | G DATE they will sign @2026-11-23..2026-11-29',
    ],
    ['Acme K40 18,900 -> 17,000', 'A Acme | P net 17000 | S Aero K-40'],
    [
      'Acme fifteen percent on K40, deferral of 60 days, until the end of the year',
      'A Acme | P 15% | S Aero K-40 | D 60 | U 2026-12-31',
    ],
    ['Acme GTX Pro 5% on top of the usual 10%', 'A Acme | P 5% | S GTX Pro | W on top of the usual 10%'],
    ['Acme parts kit 3 percent discount, VAT 20% extra', 'A Acme | P 3% | S Parts kit | W VAT 20% extra'],
    [
      'Acme GTX discount 12.5 % if 50 % upfront before Christmas',
      'A Acme | P 12.5% | S GTX Pro | G PREPAYMENT 50 % upfront before Christmas',
    ],
    ['give acme 99.9% on gtx pro', 'A Acme | P 99.9% | S GTX Pro'],
  ]),
]
