import type { Language } from '../domain/shared/actor.ts'
import type { Told } from './story.ts'

type Note = Omit<Told, 'who'>

/** What older meetings were about: the everyday of such accounts. One that nobody wrote anything about is among them. */
export const PAST_NOTES: Readonly<Record<Language, readonly Note[]>> = {
  ru: [
    note('VISIT', 'GOOD', 'Плановый осмотр прошёл без замечаний. Попросили копию протокола.'),
    note('CALL', 'NEUTRAL', 'Обсудили цены на следующий год. Рост до пяти процентов примут, больше нет.'),
    note('ONLINE', 'NEUTRAL', 'Разобрали смету по строкам. Монтаж кажется им дорогим, остальное приняли.'),
    note('VISIT', 'GOOD', 'Обучили сменных: двое теперь сами меняют фильтры.'),
    note('CALL', 'BAD', 'Запчасть пришла не та. Заменили за два дня, но осадок остался.'),
    note('INFORMAL', 'GOOD', 'Обедали после выставки. Рассказали, что делает их главный конкурент.'),
    note('VISIT', 'NEUTRAL', 'Сняли показания счётчика, расход выше обычного. Нашли утечку у входа в цех.'),
    note('CALL', null, null),
    note('ONLINE', 'GOOD', 'Показали удалённый мониторинг. Хотят доступ для дежурного.'),
    note('CALL', 'GOOD', 'Поблагодарили за быстрый выезд в воскресенье.'),
    note('VISIT', 'NEUTRAL', 'Искали место для осушителя. Проход узкий, нужен чертёж.'),
    note('EMAIL', 'NEUTRAL', 'Прислали список оборудования, которое пора менять.'),
    note('ONLINE', null, 'Сверили взаиморасчёты, расхождений нет.'),
    note('VISIT', 'GOOD', 'Запустили после ремонта. Шум в норме, вибрация ниже прежней.'),
    note('CALL', 'NEUTRAL', 'Просят отсрочку 45 дней вместо 30. Сказали, что спросим.'),
    note('MEETING', 'NEUTRAL', 'Познакомились с новым человеком в снабжении. Пока только слушает.'),
    note('VISIT', 'GOOD', 'Прошли цех, отметили три места, где можно сэкономить на воздухе.'),
    note('CALL', 'NEUTRAL', 'Уточнили срок поставки. Неделя задержки для них не страшна, две уже да.'),
  ],
  en: [
    note('VISIT', 'GOOD', 'Yearly inspection, nothing to report. They asked for a copy of the protocol.'),
    note('CALL', 'NEUTRAL', "Talked about next year's price list. Up to five per cent is fine, more is not."),
    note(
      'ONLINE',
      'NEUTRAL',
      'Went through the quote line by line. Installation looks dear to them, the rest is agreed.',
    ),
    note('VISIT', 'GOOD', 'Trained two of the shift: they change filters themselves now.'),
    note('CALL', 'BAD', 'We sent the wrong part. Replaced in two days, but they remember it.'),
    note('INFORMAL', 'GOOD', 'Lunch after the trade fair. Heard what their main competitor is up to.'),
    note('VISIT', 'NEUTRAL', 'Read the meter: higher than usual. Found the leak next to the hall door.'),
    note('CALL', null, null),
    note('ONLINE', 'GOOD', 'Showed the remote monitoring. They want a log-in for the night shift.'),
    note('CALL', 'GOOD', 'They thanked us for coming out on a Sunday.'),
    note('VISIT', 'NEUTRAL', 'Looked for a place for the dryer. The passage is narrow, they need a drawing.'),
    note('EMAIL', 'NEUTRAL', 'They sent the list of machines that are due for replacement.'),
    note('ONLINE', null, 'Compared our books with theirs: no difference.'),
    note('VISIT', 'GOOD', 'Restarted after the repair. Noise as specified, vibration lower than before.'),
    note('CALL', 'NEUTRAL', 'They ask for 45 days to pay instead of 30. Said we would find out.'),
    note('MEETING', 'NEUTRAL', 'Met the new colleague in purchasing, who listened and said little.'),
    note('VISIT', 'GOOD', 'Walked the hall and marked three places where they waste air.'),
    note('CALL', 'NEUTRAL', 'Checked the delivery date. One week late is no problem, two would be.'),
  ],
}

function note(kind: Note['kind'], mood: Note['mood'], text: string | null): Note {
  return { kind, mood, note: text }
}
