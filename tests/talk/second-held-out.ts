import { EN, RU, type Spoken } from './table.ts'

/** Written once the first tuning was over. At first sight 19 of these 24 were understood as a whole, with no wrong time. */
export const SECOND_HELD_OUT: readonly Spoken[] = [
  ...RU([
    [
      'Только что вышел от Магнита, были втроём с Олегом, цены не устроили, настроение так себе',
      'Магнит | - | - | NEUTRAL | Олег | - | *',
    ],
    [
      'Уралмаш 18.11 визит с Антоном Кузнецовым и Леной. Показал насос. Следующий шаг - КП до 25.11',
      'Уралмаш | 2026-11-18 | VISIT | - | Антон Кузнецов, Лена | > КП @2026-11-25 | Показал насос.',
    ],
    [
      'перезвонил Северстали, согласовали отсрочку до 15 декабря',
      'Северсталь | - | CALL | - | - | - | согласовали отсрочку до 15 декабря',
    ],
    ['в среду в 14 еду к Вкусвиллу', 'ВкусВилл | 2026-11-25 14:00 | VISIT | - | - | - | -'],
    [
      'Лента: ужин в ресторане вчера, настроение отличное, обещали дать тираж до вторника',
      'Лента | 2026-11-22 | INFORMAL | GOOD | - | < дать тираж @2026-11-24 | -',
    ],
    [
      'вчера был на встрече в Газпром нефти, нужно подготовить расчёт к четвергу',
      'Газпром нефть | 2026-11-22 | - | - | - | > подготовить расчёт @2026-11-26 | -',
    ],
    [
      'Встреча в офисе у Технониколь 24 ноября в 11:00, тема: рамочный договор',
      'ТехноНИКОЛЬ | 2026-11-24 11:00 | - | - | - | - | *',
    ],
    [
      'деловые линии звонок сегодня утром недовольны тарифом далее пересчитать тариф до завтра',
      'Деловые Линии | 2026-11-23 09:00 | CALL | - | - | * | *',
    ],
    [
      'Сибирский берег. Созвон 19.11 в 10:30. Присутствовали: Юлия, Марк Вебер. Итоги: пилот одобрен',
      'Сибирский берег | 2026-11-19 10:30 | CALL | - | Юлия, Марк Вебер | - | *',
    ],
    [
      'Белый парус послезавтра 12:00 видеовстреча с Дарьей',
      'Белый парус | 2026-11-25 12:00 | ONLINE | - | Дарья | - | -',
    ],
    [
      'мы обещали Ромашке образцы до понедельника, созвон был сегодня в 13:00',
      'Ромашка | 2026-11-23 13:00 | CALL | - | - | * | *',
    ],
    [
      'Ромашка, прошло нормально, перенесли подписание на декабрь',
      'Ромашка | - | - | NEUTRAL | - | - | перенесли подписание на декабрь',
    ],
  ]),
  ...EN([
    [
      'Just got off the phone with Globex, they are fine with the new terms',
      'Globex | - | CALL | - | - | - | *',
    ],
    [
      'Globex: QBR next Thursday 2-4pm on site with Maria Lopez',
      'Globex | ? 2026-11-26 14:00..16:00 ~ 2026-12-03 14:00..16:00 | VISIT | - | Maria Lopez | - | QBR',
    ],
    [
      'Saw Kate at Contoso today. Atmosphere was tense. Next step: share the roadmap by EOD Wednesday',
      'Contoso | 2026-11-23 | - | BAD | Kate | > share the roadmap @2026-11-25 18:00 | -',
    ],
    [
      'initech / call / yesterday 9am / renewal risk',
      'Initech | 2026-11-22 09:00 | CALL | - | - | - | renewal risk',
    ],
    [
      'Breakfast with Stark Industries tomorrow 8:30am, Pepper joins',
      'Stark Industries | 2026-11-24 08:30 | INFORMAL | - | - | - | Pepper joins',
    ],
    [
      'Wayne Enterprises, 19 Nov, visit. Good mood. They will pay invoice 1045 by 30 Nov. We will ship on 2 Dec.',
      'Wayne Enterprises | 2026-11-19 | VISIT | GOOD | - | < pay invoice 1045 @2026-11-30 ; > ship @2026-12-02 | -',
    ],
    ['Need to call Acme tomorrow at 11', 'Acme | 2026-11-24 11:00 | CALL | - | - | - | *'],
    [
      'emailed northwind traders the revised offer',
      'Northwind Traders | - | EMAIL | - | - | - | the revised offer',
    ],
    [
      'Blue Sky Logistics lunch yesterday w/ Sam, all good',
      'Blue Sky Logistics | 2026-11-22 | INFORMAL | - | Sam | - | *',
    ],
    [
      'spent the morning at Deutsche Bahn, toured the depot',
      'Deutsche Bahn | 2026-11-23 09:00 | - | - | - | - | *',
    ],
    [
      'Johnson & Johnson 23/11 11:00 call - they asked for 30 days more',
      'Johnson & Johnson | 2026-11-23 11:00 | CALL | - | - | - | they asked for 30 days more',
    ],
    ['cancelled: Contoso tomorrow 3pm', 'Contoso | 2026-11-24 15:00 | - | - | - | - | cancelled'],
  ]),
]
