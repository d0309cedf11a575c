import { EN, RU, type SaidDiscount } from './discount-table.ts'

/**
 * Written after the first lines that were held out had been mended. At first sight 32 of these 40 were understood as a
 * whole, with no wrong claim; one answer had left out words of the reason.
 */
export const SECOND_HELD_OUT: readonly SaidDiscount[] = [
  ...RU([
    [
      'Добрый день, Лента просит скидку 9% на осушители Aero Dry 10',
      'A Лента | P 9% | S Aero Dry 10 | W Добрый день, просит на осушители',
    ],
    ['по Магниту 4% P-200 100 штук', 'A Магнит | P 4% | S Hydro P-200 | Q 100'],
    ['Магнит P-200 100 штук за 9500 за штуку', 'A Магнит | P net 9500 | S Hydro P-200 | Q 100 | W за штуку'],
    [
      'восемнадцать процентов ленте на гидро п500 до пятницы',
      'A Лента | P 18% | S Hydro P-500 | U 2026-11-27',
    ],
    [
      'Лента 18 % до 27.11.2026 взамен объём 500 шт к 1 марта',
      'A Лента | P 18% | U 2026-11-27 | G VOLUME объём 500 шт @2027-03-01',
    ],
    [
      'Уралмаш пилот 6% с отсрочкой 30 дней, постоянный клиент',
      'A Уралмаш | P 6% | S Pilot Control | D 30 | W постоянный клиент',
    ],
    ['отсрочка 2 недели и 6% Уралмашу', 'A Уралмаш | P 6% | D 14'],
    [
      'Уралмаш, Care Standard со скидкой 20 процентов, потому что прошлый год прошёл с проблемами',
      'A Уралмаш | P 20% | S Care Standard | W прошлый год прошёл с проблемами',
    ],
    ['Ромашка: 5%, аванс 40%, рекомендация', 'A Ромашка | P 5% | G PREPAYMENT аванс 40% | W рекомендация'],
    [
      'согласуйте 5% ромашке, конкурент предлагает 8 тыс. евро за P-200',
      'A Ромашка | P 5% | S Hydro P-200 | R 8000 EUR | W конкурент предлагает 8 тыс. евро',
    ],
    ['Северсталь −7% на Aero K-40 (тендер 15.12)', 'A Северсталь | P 7% | S Aero K-40 | W (тендер 15.12)'],
    ['северстать 7% аэро к-40', 'A Северсталь | P 7% | S Aero K-40'],
    ['скидка Северстали 500 € на K-40', 'A Северсталь | P off 500 EUR | S Aero K-40'],
    ['Северсталь K-40 цена 17 900,50 евро', 'A Северсталь | P net 17900.5 EUR | S Aero K-40'],
    ['ВкусВилл 110% Care 24/7', 'A ВкусВилл | P ! tooLarge 110% | S Care 24/7'],
    [
      'ВкусВилл 3.5 % care 24/7 с учётом роста объёма на 20%',
      'A ВкусВилл | P 3.5% | S Care 24/7 | W с учётом роста объёма на 20%',
    ],
    [
      'Белый парус GTX Pro 8% — в ответ подпишут годовой контракт до 10 декабря',
      'A Белый парус | P 8% | S GTX Pro | G DATE подпишут годовой контракт @2026-12-10',
    ],
    [
      'Деловые Линии Hydro P-200 5%, если предоплата 100 %',
      'A Деловые Линии | P 5% | S Hydro P-200 | G PREPAYMENT предоплата 100 %',
    ],
    ['Деловые Линии хотят 10%, я бы дал 6%', 'A Деловые Линии | P ! ambiguous 10%, 6% | W хотят, я бы дал'],
    [
      'Сибирский берег Aero K-40 по цене конкурента 16500',
      'A Сибирский берег | S Aero K-40 | R 16500 | W по цене конкурента 16500',
    ],
  ]),
  ...EN([
    [
      '7.25% Northwind Traders Hydro P-500 quantity 12',
      'A Northwind Traders | P 7.25% | S Hydro P-500 | Q 12',
    ],
    [
      'Northwind Traders: knock 10% off the GTX Pro, they threaten to leave',
      'A Northwind Traders | P 10% | S GTX Pro | W they threaten to leave',
    ],
    ['Globex 5 pct on Pilot, net 30 instead of net 15', 'A Globex | P 5% | S Pilot Control | W instead of'],
    [
      'Globex GTX Pro at €8.900,00 each for 15 units',
      'A Globex | P net 8900 EUR | S GTX Pro | Q 15 | W each',
    ],
    ['for Globex, Aero K-40, 1000 euro discount', 'A Globex | P off 1000 EUR | S Aero K-40'],
    ['Initech reduce care 24/7 by 900', 'A Initech | P off 900 | S Care 24/7'],
    [
      'Initech Care 24/7 price 10500, competitor has 10 200',
      'A Initech | P net 10500 | S Care 24/7 | R 10200 | W competitor has 10 200',
    ],
    [
      'Contoso ten percent, they will prepay half by 10 December',
      'A Contoso | P 10% | G PREPAYMENT they will prepay half @2026-12-10',
    ],
    ['Contoso 10% provided they take 3 seats more', 'A Contoso | P 10% | G VOLUME they take 3 seats more'],
    ['Contoso 10% as long as we get a reference', 'A Contoso | P 10% | G REFERRAL we get a reference'],
    ['is 15% ok for Deutsche Bahn on P-200?', 'A Deutsche Bahn | P 15% | S Hydro P-200 | W is ok | ?'],
    ['Deutsche Bahn 13% wharehouse automation', 'A Deutsche Bahn | P 13% | S Warehouse automation phase 2'],
    ['Stark Industries 6% + 60 days payment terms', 'A Stark Industries | P 6% | D 60'],
    [
      'Stark Industries 6% K90 due to delayed delivery in October',
      'A Stark Industries | P 6% | S Компрессорная станция Aero K-90 | W delayed delivery in October',
    ],
    [
      'Blue Sky Logistics wants the same 8% as last year on Parts kit',
      'A Blue Sky Logistics | P 8% | S Parts kit | W wants the same as last year',
    ],
    [
      'Blue Sky Logistics 100 USD off Parts kit, expires 10 January',
      'A Blue Sky Logistics | P off 100 USD | S Parts kit | U 2027-01-10',
    ],
    [
      'acme: gtx pro; 11%; competitor: 9 200 eur; in return: 200 units until 1 March',
      'A Acme | P 11% | S GTX Pro | R 9200 EUR | G VOLUME 200 units @2027-03-01 | W competitor: 9 200 eur',
    ],
    ['Acme Hydro P-300 10%', 'A Acme | P 10% | S ? Hydro P-200 ~ Hydro P-500'],
    ['Acme 12.50% off everything', 'A Acme | P 12.5% | W everything'],
    [
      'Wayne Enterprises 3-year deal, 9%, Care Standard',
      'A Wayne Enterprises | P 9% | S Care Standard | W 3-year deal',
    ],
  ]),
]
