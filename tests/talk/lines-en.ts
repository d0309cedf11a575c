import { EN, RU, type Spoken, US } from './table.ts'

/** Lines as English speaking salespeople write them, on Monday 23 November 2026 at 14:30 in London. */
export const ENGLISH: readonly Spoken[] = [
  ...EN([
    [
      'Acme yesterday 15:00 discussed the 2027 price list, mood good, next: send the quote by Friday',
      'Acme | 2026-11-22 15:00 | - | GOOD | - | > send the quote @2026-11-27 | discussed the 2027 price list',
    ],
    ['Acme', 'Acme | - | - | - | - | - | -'],
    [
      'met Acme over the weekend, discussed prices',
      'Acme | 2026-11-21..2026-11-22 | - | - | - | - | discussed prices',
    ],
    ['visited Acme', 'Acme | - | VISIT | - | - | - | -'],
    ['I visited Acme yesterday.', 'Acme | 2026-11-22 | VISIT | - | - | - | -'],
    ['visit acme tomorrow 10am', 'Acme | 2026-11-24 10:00 | VISIT | - | - | - | -'],
    ['tomorrow 10am visit acme', 'Acme | 2026-11-24 10:00 | VISIT | - | - | - | -'],
    ['Acme visit tomorrow at 10', 'Acme | 2026-11-24 10:00 | VISIT | - | - | - | -'],
    ['I will visit Acme on Friday', 'Acme | 2026-11-27 | VISIT | - | - | - | -'],
    ['planning to see Globex on Wednesday at 2pm', 'Globex | 2026-11-25 14:00 | - | - | - | - | -'],
    ['was at Globex this morning', 'Globex | 2026-11-23 09:00 | VISIT | - | - | - | -'],
    ['Met Globex on Friday', 'Globex | 2026-11-20 | - | - | - | - | -'],
    ['Meet Globex on Friday', 'Globex | ? 2026-11-20 ~ 2026-11-27 | - | - | - | - | -'],
    ['meeting with Globex tomorrow 3pm to 4pm', 'Globex | 2026-11-24 15:00..16:00 | - | - | - | - | -'],
    ['Globex call yesterday, went well', 'Globex | 2026-11-22 | CALL | GOOD | - | - | -'],
    ['called Globex, no answer', 'Globex | - | CALL | - | - | - | no answer'],
    ['Call with Globex went badly', 'Globex | - | CALL | BAD | - | - | -'],
    [
      'phoned initech at 11, they want a discount',
      'Initech | 2026-11-23 11:00 | CALL | - | - | - | they want a discount',
    ],
    ['Spoke to Initech over the phone about the visit on 3 December', 'Initech | - | CALL | - | - | - | *'],
    ['Initech zoom yesterday 4pm', 'Initech | 2026-11-22 16:00 | ONLINE | - | - | - | -'],
    ['teams call with initech on 25 Nov at 9:30', 'Initech | 2026-11-25 09:30 | ONLINE | - | - | - | -'],
    ['Lunch with Initech today at 1pm', 'Initech | 2026-11-23 13:00 | INFORMAL | - | - | - | -'],
    ['Coffee with Bob from Initech this morning', 'Initech | 2026-11-23 09:00 | INFORMAL | - | Bob | - | -'],
    [
      'Had dinner with Anna Lee and Tom from Northwind Traders on Thursday',
      'Northwind Traders | 2026-11-19 | INFORMAL | - | Anna Lee, Tom | - | -',
    ],
    [
      'northwind traders: met Anna Lee yesterday, mood: neutral',
      'Northwind Traders | 2026-11-22 | - | NEUTRAL | Anna Lee | - | -',
    ],
    [
      'Northwind yesterday, discussed rebates',
      'Northwind Traders | 2026-11-22 | - | - | - | - | discussed rebates',
    ],
    [
      'discussed rebates with Northwind yesterday',
      'Northwind Traders | 2026-11-22 | - | - | - | - | discussed rebates',
    ],
    [
      'yesterday at Northwind Traders with Anna and Tom Baker, talked about Q1 volumes',
      'Northwind Traders | 2026-11-22 | - | - | Anna, Tom Baker | - | talked about Q1 volumes',
    ],
    [
      'Stark Industries; were: Pepper Potts, Happy Hogan; discussed the tower',
      'Stark Industries | - | - | - | Pepper Potts, Happy Hogan | - | discussed the tower',
    ],
    [
      'Stark Industries attendees: Pepper Potts and Tony. Renewal in March.',
      'Stark Industries | - | - | - | Pepper Potts, Tony | - | Renewal in March.',
    ],
    ['stark industries yesterday 👍', 'Stark Industries | 2026-11-22 | - | GOOD | - | - | -'],
    [
      'Stark yesterday 🙂 signed the renewal',
      'Stark Industries | 2026-11-22 | - | GOOD | - | - | signed the renewal',
    ],
    ['Stark industires visit 20 Nov', 'Stark Industries | 2026-11-20 | VISIT | - | - | - | -'],
    [
      'Wayne Enterprises on site yesterday with CFO Lucius Fox',
      'Wayne Enterprises | 2026-11-22 | VISIT | - | Lucius Fox | - | *',
    ],
    [
      'wayne enterprises, tmrw 9am, kickoff',
      'Wayne Enterprises | 2026-11-24 09:00 | - | - | - | - | kickoff',
    ],
    ['Wayne Enterprises kickoff next Monday', 'Wayne Enterprises | 2026-11-30 | - | - | - | - | kickoff'],
    ['Wayne Enterprises call at 5', 'Wayne Enterprises | 2026-11-23 17:00 | CALL | - | - | - | -'],
    [
      'Wayne Enterprises call tomorrow at 8',
      'Wayne Enterprises | ? 2026-11-24 08:00 ~ 2026-11-24 20:00 | CALL | - | - | - | -',
    ],
    ['Blue Sky Logistics in 2 hours', 'Blue Sky Logistics | 2026-11-23 16:30 | - | - | - | - | -'],
    [
      'visited Blue Sky Logistics on 12/11',
      'Blue Sky Logistics | ? 2025-12-11 ~ 2026-11-12 | VISIT | - | - | - | -',
    ],
    ['Blue Sky Logistics 2 days ago by phone', 'Blue Sky Logistics | 2026-11-21 | CALL | - | - | - | -'],
    [
      'blue sky yesterday; they: will send the specification by 12.12',
      'Blue Sky Logistics | 2026-11-22 | - | - | - | < send the specification @2026-12-12 | -',
    ],
    [
      'Blue Sky: they promised to send the spec by 12 Dec',
      'Blue Sky Logistics | - | - | - | - | < send the spec @2026-12-12 | -',
    ],
    [
      'Blue Sky visited yesterday, we promised a new quote by Wednesday',
      'Blue Sky Logistics | 2026-11-22 | VISIT | - | - | > a new quote @2026-11-25 | -',
    ],
    [
      'Johnson & Johnson yesterday. I will send the minutes tomorrow. They will confirm by Thursday.',
      'Johnson & Johnson | 2026-11-22 | - | - | - | > send the minutes @2026-11-24 ; < confirm @2026-11-26 | -',
    ],
    [
      'met johnson & johnson today 9:00 next: contract draft by 1 Dec; price check by 3 Dec',
      'Johnson & Johnson | 2026-11-23 09:00 | - | - | - | > contract draft @2026-12-01 ; > price check @2026-12-03 | -',
    ],
    [
      'Johnson & Johnson: next: call Kate on Wednesday, they: sign by Friday',
      'Johnson & Johnson | - | - | - | - | > call Kate @2026-11-25 ; < sign @2026-11-27 | -',
    ],
    [
      'Contoso yesterday\ndiscussed logistics\nnext steps:\n- send offer by Tuesday\n- book the demo',
      'Contoso | 2026-11-22 | - | - | - | > send offer @2026-11-24 ; > book the demo | discussed logistics',
    ],
    ['Contoso demo tomorrow 11:00 online', 'Contoso | 2026-11-24 11:00 | ONLINE | - | - | - | demo'],
    [
      'Contoso today, todo: fix invoice ! by tomorrow',
      'Contoso | 2026-11-23 | - | - | - | > fix invoice @2026-11-24 ! | -',
    ],
    [
      'Contoso today. Next: urgent send certificate by tomorrow',
      'Contoso | 2026-11-23 | - | - | - | > send certificate @2026-11-24 ! | -',
    ],
    [
      'Met Contoso today, Peter will send the forecast by Friday',
      'Contoso | 2026-11-23 | - | - | - | < Peter will send the forecast @2026-11-27 | -',
    ],
    [
      'Contoso: client was happy with the pilot',
      'Contoso | - | - | GOOD | - | - | client was happy with the pilot',
    ],
    [
      'Contoso: client is not happy with the pilot',
      'Contoso | - | - | BAD | - | - | client is not happy with the pilot',
    ],
    ['Contoso in a bad mood today', 'Contoso | 2026-11-23 | - | BAD | - | - | -'],
    ['Deutsche Bahn 31 November visit', 'Deutsche Bahn | ! noSuchDay | VISIT | - | - | - | -'],
    ['met Deutsche Bahn on 12 December 2326', 'Deutsche Bahn | ! tooFar | - | - | - | - | -'],
    ['will visit Deutsche Bahn yesterday', 'Deutsche Bahn | ! past | VISIT | - | - | - | -'],
    ['met Deutsche Bahn tomorrow', 'Deutsche Bahn | ! future | - | - | - | - | -'],
    [
      'Deutsche Bahn emailed about the tender deadline of 15 December',
      'Deutsche Bahn | - | EMAIL | - | - | - | *',
    ],
    ['Agreed to meet Deutsche Bahn on Thursday at 3', 'Deutsche Bahn | 2026-11-26 15:00 | - | - | - | - | -'],
    [
      'Deutsche Bahn, discussed the offer, demo tomorrow at 10',
      'Deutsche Bahn | 2026-11-24 10:00 | - | - | - | - | *',
    ],
    [
      'met Acme today, next meeting on Friday at 10',
      'Acme | 2026-11-23 | - | - | - | > next meeting @2026-11-27 10:00 | -',
    ],
    ['Acme wants delivery on 5 December', 'Acme | - | - | - | - | - | wants delivery on 5 December'],
    ['met Acme and Globex yesterday', '? Acme ~ Globex | 2026-11-22 | - | - | - | - | *'],
    ['yesterday call', '- | 2026-11-22 | CALL | - | - | - | -'],
    ['had a great meeting with Acme', 'Acme | - | - | GOOD | - | - | *'],
    ['Acmee yesterday discussed prices', 'Acme | 2026-11-22 | - | - | - | - | discussed prices'],
    ['"Acme" yesterday', 'Acme | 2026-11-22 | - | - | - | - | -'],
    ['Acme (yesterday, call): wants 5% off', 'Acme | 2026-11-22 | CALL | - | - | - | wants 5% off'],
    [
      'Acme; yesterday; visit; mood bad; price war with competitors',
      'Acme | 2026-11-22 | VISIT | BAD | - | - | price war with competitors',
    ],
    ['mood good, Acme, visit, yesterday', 'Acme | 2026-11-22 | VISIT | GOOD | - | - | -'],
    [
      'with Ivan at Acme last Friday, contract runs until December',
      'Acme | 2026-11-20 | - | - | Ivan | - | contract runs until December',
    ],
    [
      'Acme last week, handed over samples',
      'Acme | 2026-11-16..2026-11-22 | - | - | - | - | handed over samples',
    ],
    ['Acme noon tomorrow with Dr. Brown', 'Acme | 2026-11-24 12:00 | - | - | Brown | - | *'],
    ['Yesterday Acme, contract signed', 'Acme | 2026-11-22 | - | - | - | - | contract signed'],
    [
      'stopped by Acme at 4pm yesterday, dropped off the samples',
      'Acme | 2026-11-22 16:00 | VISIT | - | - | - | dropped off the samples',
    ],
  ]),
  ...US([
    ['visited Acme on 10/12', 'Acme | 2026-10-12 | VISIT | - | - | - | -'],
    [
      'Acme call tomorrow 3pm, next: send the SOW by 11/5',
      'Acme | 2026-10-30 15:00 | CALL | - | - | > send the SOW @2026-11-05 | -',
    ],
    ['Lunch with Globex yesterday', 'Globex | 2026-10-28 | INFORMAL | - | - | - | -'],
  ]),
]

/** Both languages in one line, as in teams that sell in both. */
export const MIXED: readonly Spoken[] = [
  ...RU([
    ['Acme вчера обсудили цены, mood good', 'Acme | 2026-11-22 | - | GOOD | - | - | обсудили цены'],
    ['созвон с Acme завтра в 15:00', 'Acme | 2026-11-24 15:00 | CALL | - | - | - | -'],
    [
      'был в Acme с Джоном, next: send quote by Friday',
      'Acme | - | VISIT | - | Джоном | > send quote @2026-11-27 | -',
    ],
    [
      'Globex вчера zoom, далее: отправить SLA до среды',
      'Globex | 2026-11-22 | ONLINE | - | - | > отправить SLA @2026-11-25 | -',
    ],
    ['zoom с Лентой tomorrow 10:00', 'Лента | 2026-11-24 10:00 | ONLINE | - | - | - | -'],
    [
      'Initech, звонок today, they: пришлют RFP до 1 декабря',
      'Initech | 2026-11-23 | CALL | - | - | < пришлют RFP @2026-12-01 | -',
    ],
    ['Ромашка yesterday, call, настроение ок', 'Ромашка | 2026-11-22 | CALL | NEUTRAL | - | - | -'],
    ['митинг с Contoso завтра 11:00', 'Contoso | 2026-11-24 11:00 | - | - | - | - | *'],
    ['lenta завтра 10:00', 'Лента | 2026-11-24 10:00 | - | - | - | - | -'],
    ['Акме вчера визит', 'Acme | 2026-11-22 | VISIT | - | - | - | -'],
    [
      'обсудили roadmap с Globex вчера, todo: прислать NDA завтра',
      'Globex | 2026-11-22 | - | - | - | > прислать NDA @2026-11-24 | обсудили roadmap',
    ],
    [
      'в Northwind Traders сегодня в 9:00 был kickoff',
      'Northwind Traders | 2026-11-23 09:00 | - | - | - | - | *',
    ],
  ]),
]
